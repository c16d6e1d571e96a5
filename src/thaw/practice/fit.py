"""Fit rests to a length: each as near to its usual as the whole allows, exact to the frame.

The problem is to minimise the sum of ``(x - usual)**2 / (most - least)`` over all rests, with
``least <= x <= most`` and a given total. It is separable and convex, so at the best place all
rests feel the same pull: ``x = clip(usual + pull * (most - least))``. The total grows with the
pull in straight pieces, and the pull follows from where they meet (docs/explanation/fitting.md).

Rests are counted in whole frames of 20 ms, and so is everything that is compared: the answer
is the best one in whole frames, the same on every machine.
"""

from collections.abc import Sequence
from heapq import heappop, heapreplace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from thaw.units import FRAME, Frames, LengthError, Samples

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

_OFF_ANY_TIE = 1.41421356e-7
"""Taken from the pull, so that no rest lies halfway between two frames by construction."""


class Elastic(NamedTuple):
    """What a rest may be, in frames: ``least <= usual <= most``."""

    least: Frames
    usual: Frames
    most: Frames


def fit_rests(rests: Sequence[Elastic], *, spoken: Samples, wanted: Samples) -> list[Samples]:
    """Return the length of each rest so that the whole sitting lasts exactly ``wanted``.

    Minimises the weighted squared distance from each rest's usual length, within its
    bounds (a separable quadratic programme, solved on its breakpoints and then brought to
    the best whole frames; see docs/explanation/fitting.md). A rest's weight is one over its
    play, so rests that may give much give much.

    Args:
        rests: The silences in playing order.
        spoken: Length of all lines and bells, in whole frames.
        wanted: Length of the sitting, in whole frames.

    Returns:
        One length per rest, in samples at 48 kHz; with ``spoken`` they add up to ``wanted``.

    Raises:
        LengthError: ``wanted`` lies outside what the rests allow; carries the nearest length.
    """
    import numpy as np  # here, so that reading a practice or starting Thaw does without it

    total = (wanted - spoken) // FRAME
    bounds = np.fromiter(chain.from_iterable(rests), np.int64, 3 * len(rests))
    bounds = bounds.reshape(-1, 3).T.copy()
    shortest, _, longest = bounds.sum(axis=1).tolist()
    if not shortest <= total <= longest:
        nearest = Samples(spoken + (longest if total > longest else shortest) * FRAME)
        shorter, longer = (nearest, None) if total > longest else (None, nearest)
        raise LengthError(wanted, shorter, longer)
    frames = _share(bounds, total) if rests else bounds[0]
    lengths: list[Samples] = (frames * FRAME).tolist()
    return lengths


def _share(bounds: "Whole", total: int) -> "Whole":
    """Return the best whole lengths, in frames, that add up to ``total``.

    Args:
        bounds: Three rows, least, usual and most, with a column for each rest; one or more.
        total: Within what the rests allow.
    """
    import numpy as np

    least, usual, most = bounds
    play = most - least
    pull = _common_pull(least, usual, most, total) - _OFF_ANY_TIE
    lengths: Whole = np.rint(usual + pull * play).astype(np.int64).clip(least, most)
    missing = total - int(lengths.sum())
    if missing > 0:
        return _lengthen(lengths, usual, most, play, missing)
    if missing < 0:
        # Taking a frame away is adding one with every sign turned, from the other end.
        return -_lengthen(-lengths[::-1], -usual[::-1], -least[::-1], play[::-1], -missing)[::-1]
    return lengths


def _common_pull(least: "Whole", usual: "Whole", most: "Whole", total: int) -> float:
    """Return the pull at which the rests, not rounded, add up to ``total``."""
    import numpy as np

    play = most - least
    width = np.maximum(play, 1)
    knots = np.concatenate(((least - usual) / width, (most - usual) / width))
    order = knots.argsort(kind="stable")
    knots = knots[order]
    slopes = np.concatenate((play, -play))[order].cumsum()
    totals = np.concatenate(([0.0], slopes[:-1] * np.diff(knots))).cumsum() + least.sum()
    return float(np.interp(total, totals, knots))


def _lengthen(
    lengths: "Whole", usual: "Whole", most: "Whole", play: "Whole", missing: int
) -> "Whole":
    """Return ``lengths`` with ``missing`` frames added, one at a time where it costs least.

    The cost of a rest's next frame only grows, so taking the cheapest each time is best. At
    most ``missing`` rests can take part: those whose first frame is cheapest. Of equal costs
    the earlier rest goes first.
    """
    import numpy as np

    costs = np.where(lengths < most, (2 * (lengths - usual) + 1) / np.maximum(play, 1), np.inf)
    first = costs.argsort(kind="stable")[:missing]
    queue = list(zip(costs[first].tolist(), first.tolist(), strict=True))  # sorted, so a heap
    longer = lengths.copy()
    for _ in range(missing):
        at = queue[0][1]
        longer[at] += 1
        if longer[at] < most[at]:
            heapreplace(queue, (float((2 * (longer[at] - usual[at]) + 1) / play[at]), at))
        else:
            heappop(queue)
    return longer
