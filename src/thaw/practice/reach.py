"""Which lengths a practice can have, and which way of playing it serves a length best."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from thaw.practice.cap import Cap
from thaw.practice.chain import Link, starting_minutes
from thaw.practice.draft import Draft
from thaw.practice.links import Links
from thaw.units import FRAME, FRAMES_PER_SECOND, LengthError, Samples

MOST_SECONDS = 60 * 60
"""The language itself allows an hour."""

Interval = tuple[int, int]
"""From the first to the last length in whole seconds, both reachable, and all between."""


@dataclass(frozen=True, slots=True)
class Found:
    """The link that serves a length, and how.

    Attributes:
        number: Which link of the chain it is, counted from 0.
        draft: The link in a row.
        cap: The cap on rests, raised where the length needed it.
    """

    number: int
    draft: Draft
    cap: Cap


def find_link(links: Links, wanted: int) -> Found:
    """Return the link to play for ``wanted`` frames.

    The longest link whose usual length is not above the wanted length, or else the nearest
    link whose bounds hold it; where no bounds do, the same with the cap raised as little as
    it takes.

    Raises:
        LengthError: No link can last so long; carries the nearest lengths that can be had.
    """
    chain = links.chain(wanted)
    order = _by_fitness(links, chain, wanted)
    cap = links.cap
    found = _first_that_holds(links, chain, order, wanted, cap)
    if found is None and (raised := _raised(links, chain, wanted)):
        found = _first_that_holds(links, chain, order, wanted, raised)
    if found is None:
        raise _out_of_reach(links, wanted)
    return found


def intervals_of(links: Links, *, may_raise: bool) -> list[Interval]:
    """Return every reachable length, in whole seconds, as few intervals as can be.

    Args:
        links: The practice in a situation.
        may_raise: Whether the level's cap on rests may be raised, as for a length asked for
            by name.
    """
    pieces: list[Interval] = []
    starts = [0, *(60 * minutes for minutes in starting_minutes(links.parts)), MOST_SECONDS + 1]
    for first, then in pairwise(starts):
        chain = links.chain(first * FRAMES_PER_SECOND)
        cap = _loosest(links, chain) if may_raise else links.cap
        for link in chain:
            tight = links.tight(link, cap)
            least = max(-(-tight.least // FRAMES_PER_SECOND), first, 1)
            most = min(tight.most // FRAMES_PER_SECOND, then - 1)
            if least <= most:
                pieces.append((least, most))
    return _merged(pieces)


def _by_fitness(links: Links, chain: Sequence[Link], wanted: int) -> list[int]:
    """Return the numbers of the links, the one to take first in front."""
    usual = [links.usual(link) for link in chain]

    def nearness(number: int) -> tuple[int, int]:
        return abs(usual[number] - wanted), -number

    fitting = [number for number in range(len(chain)) if usual[number] <= wanted]
    longest = max(fitting, key=lambda number: (usual[number], number), default=None)
    rest = sorted((number for number in range(len(chain)) if number != longest), key=nearness)
    return rest if longest is None else [longest, *rest]


def _first_that_holds(
    links: Links, chain: Sequence[Link], order: Sequence[int], wanted: int, cap: Cap
) -> Found | None:
    for number in order:
        if draft := links.draft(chain[number], wanted, cap):
            return Found(number, draft, cap)
    return None


def _loosest(links: Links, chain: Sequence[Link]) -> Cap:
    """Return the cap raised so far that no more can be had by raising it."""
    longest = -(-links.longest_rest(chain) // FRAMES_PER_SECOND)
    hard = links.situation.avoid.longest_silence
    seconds = longest if hard is None else min(longest, hard)
    return links.cap.raised_to(max(seconds, links.cap.raised // FRAMES_PER_SECOND))


def _raised(links: Links, chain: Sequence[Link], wanted: int) -> Cap | None:
    """Return the lowest cap, in whole seconds, with which some link can last ``wanted``."""
    first = links.cap.raised // FRAMES_PER_SECOND + 1
    last = _loosest(links, chain).raised // FRAMES_PER_SECOND
    caps = [links.cap.raised_to(seconds) for seconds in range(first, last + 1)]

    def serves(cap: Cap) -> int:
        return any(links.tight(link, cap).holds(wanted) for link in chain)

    # A higher cap makes every link longer and none shorter, so this is sorted.
    at = bisect_left(caps, 1, key=serves)
    return caps[at] if at < len(caps) else None


def _out_of_reach(links: Links, wanted: int) -> LengthError:
    intervals = intervals_of(links, may_raise=True)
    seconds = wanted / FRAMES_PER_SECOND
    shorter = max((most for _, most in intervals if most < seconds), default=None)
    longer = min((least for least, _ in intervals if least > seconds), default=None)
    return LengthError(Samples(wanted * FRAME), _samples(shorter), _samples(longer))


def _samples(seconds: int | None) -> Samples | None:
    return None if seconds is None else Samples(seconds * FRAMES_PER_SECOND * FRAME)


def _merged(pieces: Sequence[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for least, most in sorted(pieces):
        if merged and least <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], most))
        else:
            merged.append((least, most))
    return merged
