"""What a listener hears: packets decoded by an independent decoder."""

from collections.abc import Sequence

import av
import numpy as np
from numpy.typing import NDArray

PRE_SKIP = 120


def decoded(codec: str, packets: Sequence[bytes]) -> NDArray[np.float32]:
    """Return the samples of mono packets at 48 kHz."""
    decoder = av.CodecContext.create(codec, "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.sample_rate = 48_000
    decoder.layout = "mono"
    pieces = [
        np.ravel(frame.to_ndarray())
        for packet in packets
        for frame in decoder.decode(av.Packet(packet))
    ]
    heard = np.concatenate(pieces)
    if heard.dtype == np.int16:
        return (heard / 32768).astype(np.float32)
    return heard.astype(np.float32)


def heard_opus(packets: Sequence[bytes]) -> NDArray[np.float32]:
    """Return what Opus packets sound like, in time with the samples they were made from."""
    return decoded("libopus", packets)[PRE_SKIP:]
