"""Reading what an engine gave: WAV bytes to samples, or a sentence why not."""

import io
import wave
from typing import TYPE_CHECKING

from thaw.sound.voices.engine import broken, silent
from thaw.sound.voices.port import Speech

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAINTEST = 0.001
"""Peak (full scale = 1) below which nothing can be heard: -60 dBFS."""

RATES = range(8_000, 192_001)


def speech_of(wav: bytes, *, voice: str) -> Speech:
    """Return the speech in a WAV file of 16-bit mono samples.

    A header that names more samples than follow (engines that stream write one) is read
    as far as the samples go.

    Raises:
        OutsideError: ``voice.broken`` or ``voice.silent``.
    """
    import numpy as np

    try:
        with wave.open(io.BytesIO(wav)) as file:
            form = (file.getnchannels(), file.getsampwidth())
            rate = file.getframerate()
            content = file.readframes(len(wav) // 2)
    except (wave.Error, EOFError, ValueError) as error:
        raise broken(voice) from error
    if form != (1, 2):
        raise broken(voice)
    whole = content[: len(content) // 2 * 2]
    samples = np.frombuffer(whole, "<i2").astype(np.float32) / np.float32(32768)
    return heard(samples, rate, voice=voice)


def heard(samples: "NDArray[np.float32]", rate: int, *, voice: str) -> Speech:
    """Return samples as speech once it is sure that something can be heard in them.

    Raises:
        OutsideError: ``voice.broken`` for an impossible rate or values that are no numbers,
            ``voice.silent`` for nothing above ``FAINTEST``.
    """
    import numpy as np

    if rate not in RATES or not np.isfinite(samples).all():
        raise broken(voice)
    if not len(samples) or float(np.abs(samples).max()) < FAINTEST:
        raise silent(voice)
    return Speech(samples, rate)
