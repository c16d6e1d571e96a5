"""How long a line takes to say when nothing is voiced (``--voice none``)."""

import math
import re

from thaw.units import FRAME, FRAMES_PER_SECOND, Samples

USUAL_PACE = 115
"""Words a minute, where nothing else is said. Guidance is slow: 100 to 130."""

_MORE = 30 * FRAME
"""0.6 s: what flite's lines last beyond ``length_at``, in the middle of three practices."""

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


def guess_at(text: str, pace: int, *, voiced: bool) -> Samples:
    """Return the length that ``text`` will about have, in whole frames.

    Args:
        text: Without emphasis.
        pace: Words a minute.
        voiced: Whether a voice speaks it: a clip ends with a little silence, and a voice takes
            longer over a few words than the pace says.
    """
    return Samples(length_at(text, pace) + (_MORE if voiced else 0))
