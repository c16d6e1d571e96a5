"""Three singing bowls, made from the way a struck bowl rings: nothing to license.

A bowl rings in a few modes far apart in pitch; each is a pair of tones a little out of tune,
since no bowl is quite round, and their beating is the slow swell one hears. A mode's tone is
a decaying complex exponential, and exponentials of a sum are products, so a whole stroke is
one product of two small matrices.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from thaw.sound.clip import Clip
from thaw.sound.encode import opus_packets
from thaw.sound.level import hold_below
from thaw.sound.loudness import energies_of, loudest
from thaw.units import FRAME, SAMPLE_RATE, InputError, Lufs, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono = NDArray[np.float32]

LENGTH = Samples(8 * SAMPLE_RATE)
"""Length of a stroke with its dying away."""

RISE = Samples(2 * SAMPLE_RATE)
"""How long the first stroke of a sitting takes to be there."""

LOUDEST = Lufs(-21)
"""Momentary loudness (400 ms) of a stroke: below that of the voice."""

PITCHES = {"low": 131.0, "middle": 196.0, "high": 294.0}
"""Lowest tone of each bowl, in Hz."""

_CEILING_DB = -6.5  # True peak before encoding; -6 dBTP is the limit.
_RECIPE = "1"  # Raised whenever a bowl sounds otherwise.
_RATIOS = (1.0, 2.77, 5.18, 8.16, 11.66, 15.6)  # Modes of a struck bowl, measured in pitch.
_LEVELS = (1.0, 0.55, 0.28, 0.12, 0.06, 0.03)
_SPLITS = (0.55, 0.9, 1.4, 1.9, 2.5, 3.1)  # Hz between the two tones of a mode.
_DYING = (26.0, 14.0, 8.0, 5.0, 3.0, 1.8)  # Seconds until a mode has lost 60 dB.
_SECOND = 0.4  # Level of the second tone of each pair.
_ATTACK = SAMPLE_RATE * 6 // 1000  # A felt mallet.
_FADE = 5 * SAMPLE_RATE // 2
_QUIET_END = 2 * FRAME
_BLOCK = 600


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke of a bowl: the clip, and its samples (16 bit, little-endian, mono, 48 kHz)."""

    clip: Clip
    pcm: bytes


def stroke(bowl: str, *, first: bool) -> Stroke:
    """Return a stroke of a bowl, made once in the life of the process.

    Args:
        bowl: ``low``, ``middle`` or ``high``.
        first: Rises over 2 s, so that a sitting does not begin with a start.

    Raises:
        InputError: ``bell.unknown``.
    """
    if bowl not in PITCHES:
        names = ", ".join(PITCHES)
        raise InputError(
            "bell.unknown",
            f"There is no bell called {bowl}. Choose one of: {names}.",
            {"bell": bowl},
        )
    return _stroke(bowl, first)


def stroke_of(key: str) -> Stroke | None:
    """Return the stroke whose clip has this key, or None when it is no bell's."""
    for bowl in PITCHES:
        for first in (False, True):
            if _key(bowl, first) == key:
                return _stroke(bowl, first)
    return None


@lru_cache(maxsize=2 * len(PITCHES))
def _stroke(bowl: str, first: bool) -> Stroke:
    import numpy as np

    ring = _ring(PITCHES[bowl]) * _envelope(_ATTACK)
    # The rise takes away from the stroke, so the level is that of the stroke without it.
    gain = 10 ** ((LOUDEST - loudest(energies_of(ring))) / 20)
    ring = hold_below((ring * gain).astype(np.float32), _CEILING_DB)
    if first:
        ring = ring * _envelope(RISE)
    pcm = np.rint(ring * 32767).astype("<i2")
    clip = Clip(_key(bowl, first), opus_packets(pcm), energies_of(pcm))
    return Stroke(clip, pcm.tobytes())


@lru_cache(maxsize=2 * len(PITCHES))
def _key(bowl: str, first: bool) -> str:
    return hashlib.sha256(f"bell {_RECIPE} {bowl} {first}".encode()).hexdigest()


def _ring(pitch: float) -> "Mono":
    """Return the sum of all modes: ``Re exp(s (k B + j)) = Re (exp(s k B) exp(s j))``."""
    import numpy as np

    tones = np.array(
        [
            (level * share, -np.log(1000) / dying + 2j * np.pi * (pitch * ratio + side * split / 2))
            for ratio, level, split, dying in zip(_RATIOS, _LEVELS, _SPLITS, _DYING, strict=True)
            for share, side in ((1.0, -1), (_SECOND, 1))
        ]
    )
    levels, speeds = tones[:, 0], tones[:, 1] / SAMPLE_RATE
    starts = np.exp(np.outer(np.arange(LENGTH // _BLOCK) * _BLOCK, speeds)) * levels
    within = np.exp(np.outer(speeds, np.arange(_BLOCK)))
    # Sine phase: every tone begins at zero.
    made: Mono = (starts @ within).imag.reshape(-1).astype(np.float32)
    return made


def _envelope(rise: int) -> "Mono":
    """Return how a stroke comes and goes: a rise, the fade at its end, two frames of nothing."""
    import numpy as np

    shape = np.ones(LENGTH, np.float32)
    shape[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise, endpoint=False)) ** 2
    end = LENGTH - _QUIET_END
    shape[end - _FADE : end] *= np.cos(np.linspace(0, np.pi / 2, _FADE)) ** 2
    shape[end:] = 0
    return shape
