"""How long a line takes to say when nothing is voiced (``--voice none``)."""

import math
import re

from thaw.units import FRAME, FRAMES_PER_SECOND, Samples

USUAL_PACE = 115
"""Words a minute, where nothing else is said. Guidance is slow: 100 to 130."""


_WORD = re.compile(r"\S*[^\W_]\S*")


def count_words(text: str) -> int:
    """Return how many words a voice would speak; a lone dash or star is none."""
    return len(_WORD.findall(text))


def length_at(text: str, pace: int = USUAL_PACE) -> Samples:
    """Return how long ``text`` takes at ``pace`` words a minute, in whole frames.

    A line is never shorter than one frame.
    """
    frames = math.ceil(count_words(text) * 60 * FRAMES_PER_SECOND / pace)
    return Samples(max(frames, 1) * FRAME)
