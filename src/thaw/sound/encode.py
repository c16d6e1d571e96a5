"""Samples to packets: Opus as the sitting is heard, MP3 where it is wanted, FLAC to keep.

All at 48 kHz mono. Each call takes a fresh encoder, so the same samples give the same bytes.
"""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from thaw.sound.clip import SILENCE_PACKET
from thaw.units import FRAME, SAMPLE_RATE

if TYPE_CHECKING:
    import av
    import numpy as np
    from numpy.typing import NDArray

    Pcm = NDArray[np.int16]
    Mono = NDArray[np.float32]

A = TypeVar("A")
T = TypeVar("T")

OPUS_BITS = 56_000
"""Bit rate asked for; speech gets about 64 kb/s, its silences next to nothing."""

OPUS_SETTINGS = {
    "application": "lowdelay",  # CELT only: packets stand beside silence without a trace.
    "frame_duration": "20",
    "vbr": "on",
    "compression_level": "5",  # A third faster than 10, 1 dB less exact.
}

CONSTANT_OPUS_SETTINGS = {**OPUS_SETTINGS, "vbr": "off"}

CONSTANT_OPUS_BITS = 64_000
CONSTANT_OPUS_BYTES = 160
"""Bytes in a frame where every frame is of one size."""

CONSTANT_MP3_BITS = 96_000

_AT_ONCE = SAMPLE_RATE
"""Samples given to an encoder at once: fewer cost calls, more cost memory."""

MP3_BITS = 64_000
MP3_FRAME = 1152
"""Samples in an MP3 frame: 24 ms."""

MP3_DELAY = 1105
"""Samples by which encoder and decoder of an MP3 are late together (528 + 1 + 576)."""


FLAC_LEVEL = 0.5
"""Twice as fast as 1, files 5 % larger."""


def opus_packets(pcm: "Pcm") -> tuple[bytes, ...]:
    """Return whole frames of samples as Opus packets, one for each frame.

    The encoder looks 2.5 ms ahead, so the last packet holds only the end of what went
    before; after at least two frames of silence it is silence itself and written as such.

    Args:
        pcm: Whole frames, the last two of them digital silence.
    """
    import av

    encoder = av.CodecContext.create("libopus", "w")
    encoder.bit_rate = OPUS_BITS
    frames = _encode(encoder, pcm, FRAME, OPUS_SETTINGS)
    count = len(pcm) // FRAME
    return (*frames[: count - 1], SILENCE_PACKET)


def mp3_frames(pcm: "Pcm") -> tuple[bytes, ...]:
    """Return samples as MP3 frames of 24 ms that do not lean on each other.

    There is no bit reservoir, so every frame can stand anywhere. They hold ``pcm`` late by
    ``MP3_DELAY`` samples in ``ceil((n + 1105) / 1152)`` frames.
    """
    import av
    import numpy as np

    count = -(-(len(pcm) + MP3_DELAY) // MP3_FRAME)
    padded = np.pad(pcm, (0, count * MP3_FRAME - len(pcm)))
    encoder = av.CodecContext.create("libmp3lame", "w")
    encoder.bit_rate = MP3_BITS
    frames = _encode(encoder, padded, MP3_FRAME, {"reservoir": "0"}, form="s16p")
    return tuple(frames[:count])


class ConstantOpus:
    """An encoder whose packets have 160 bytes each, one for each frame of samples.

    It looks 2.5 ms back: a packet holds its frame late by as much, and nothing of the frame
    after it.
    """

    def __init__(self) -> None:
        import av

        self._encoder = av.CodecContext.create("libopus", "w")
        self._encoder.bit_rate = CONSTANT_OPUS_BITS
        _open(self._encoder, CONSTANT_OPUS_SETTINGS, "flt")
        self._now = 0

    def packets(self, pcm: "Mono") -> list[bytes]:
        """Return the packets of whole frames that follow on those before; full scale is 1."""
        packets: list[bytes] = []
        for start in range(0, len(pcm), _AT_ONCE):
            frame = _frame_of(pcm[start : start + _AT_ONCE], "flt", self._now + start)
            packets += map(bytes, self._encoder.encode(frame))
        self._now += len(pcm)
        return packets


def constant_mp3(pcm: "Mono", *, skip: int, count: int) -> list[bytes]:
    """Return samples as ``count`` MP3 frames of 288 bytes that do not lean on each other.

    Args:
        pcm: Full scale is 1; two frames more than come out of it, since the encoder looks ahead.
        skip: So many frames are left out in front.
        count: So many are returned.
    """
    import av

    encoder = av.CodecContext.create("libmp3lame", "w")
    encoder.bit_rate = CONSTANT_MP3_BITS
    settings = {"reservoir": "0", "compression_level": "7"}
    frames = _encode(encoder, pcm, 40 * MP3_FRAME, settings, form="fltp")
    return frames[skip : skip + count]


def side_by_side(encode: Callable[[A], T], given: Sequence[A]) -> list[T]:
    """Return what ``encode`` makes of each thing given, two at a time in all of the process.

    Encoders leave the interpreter to others while they work.
    """
    if len(given) < 2:
        return [encode(each) for each in given]
    return list(_encoders().map(encode, given))


@cache
def _encoders() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, thread_name_prefix="encode")


def flac_of(pcm: "Pcm") -> bytes:
    """Return samples as a FLAC file."""
    import soundfile

    made = io.BytesIO()
    soundfile.write(
        made, pcm, SAMPLE_RATE, format="FLAC", subtype="PCM_16", compression_level=FLAC_LEVEL
    )
    return made.getvalue()


def pcm_of(flac: bytes) -> "Pcm":
    """Return the samples of a FLAC file made by ``flac_of``."""
    import soundfile

    samples: Pcm = soundfile.read(io.BytesIO(flac), dtype="int16")[0]
    return samples


def _encode(
    encoder: "av.AudioCodecContext",
    pcm: "Pcm | Mono",
    size: int,
    settings: dict[str, str],
    *,
    form: str = "s16",
) -> list[bytes]:
    _open(encoder, settings, form)
    packets = []
    for start in range(0, len(pcm), size):
        packets += encoder.encode(_frame_of(pcm[start : start + size], form, start))
    packets += encoder.encode(None)
    return [bytes(packet) for packet in packets]


def _open(encoder: "av.AudioCodecContext", settings: dict[str, str], form: str) -> None:
    encoder.sample_rate = SAMPLE_RATE
    encoder.layout = "mono"
    encoder.format = form
    encoder.options = settings
    encoder.open()


def _frame_of(pcm: "Pcm | Mono", form: str, start: int) -> "av.AudioFrame":
    import av

    frame = av.AudioFrame.from_ndarray(pcm[None], format=form, layout="mono")
    frame.sample_rate = SAMPLE_RATE
    frame.pts = start
    return frame
