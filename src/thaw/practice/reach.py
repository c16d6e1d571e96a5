"""Which lengths a practice can have, and which way of playing it serves a length best."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from thaw.practice.cap import Cap
from thaw.practice.chain import Link, starting_minutes
from thaw.practice.draft import Draft
from thaw.practice.links import Links
from thaw.practice.parts import Rest
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
    if wanted > MOST_SECONDS * FRAMES_PER_SECOND:
        raise _out_of_reach(links, wanted)
    chain = links.chain(wanted)
    for cap in _caps(links, chain, wanted):
        if found := _find(links, chain, wanted, cap):
            return found
    raise _out_of_reach(links, wanted)


def find_at_cap(links: Links, wanted: int) -> Found | None:
    """Return the link that ``find_link`` takes, or None where the cap would have to be raised."""
    if wanted > MOST_SECONDS * FRAMES_PER_SECOND:
        return None
    return _find(links, links.chain(wanted), wanted, links.cap)


def is_reachable(links: Links, wanted: int) -> bool:
    """Return whether some link can last ``wanted`` frames, the cap raised where that helps."""
    cap = _loosest(links)
    bounds = (links.bounds(link, cap) for link in links.chain(wanted))
    return any(least <= wanted <= most for least, most in bounds)


def intervals_of(links: Links, *, may_raise: bool) -> list[Interval]:
    """Return every reachable length, in whole seconds, as few intervals as can be.

    Args:
        links: The practice in a situation.
        may_raise: Whether the level's cap on rests may be raised, as for a length asked for
            by name.
    """
    intervals: list[Interval] = []
    starts = [0, *(60 * minutes for minutes in starting_minutes(links.parts)), MOST_SECONDS + 1]
    for first, then in pairwise(starts):
        chain = links.chain(first * FRAMES_PER_SECOND)
        cap = _loosest(links) if may_raise else links.cap
        # From both ends, as the middle of the chain seldom adds to what its ends can do.
        for link in (chain[0], *reversed(chain[1:])):
            if not _covered(_clipped(links.widest(link, cap), first, then), intervals):
                piece = _clipped(links.bounds(link, cap), first, then)
                intervals = merged([*intervals, *piece])
    return intervals


def _find(links: Links, chain: Sequence[Link], wanted: int, cap: Cap) -> Found | None:
    for number in _by_fitness(links, chain, wanted):
        least, most = links.bounds(chain[number], cap)
        if least <= wanted <= most:
            return Found(number, links.draft(chain[number], wanted, cap), cap)
    return None


def _by_fitness(links: Links, chain: Sequence[Link], wanted: int) -> Iterator[int]:
    """Yield the numbers of the links, the one to take first in front.

    Where each is too long, the first one is the nearest, as the chain grows.
    """

    def usual(number: int) -> int:
        return links.span(chain[number], links.cap).usual

    first = max(_longest(links, chain, wanted), 0)
    yield first
    yield from sorted(
        (number for number in range(len(chain)) if number != first),
        key=lambda number: (abs(usual(number) - wanted), -number),
    )


def _longest(links: Links, chain: Sequence[Link], wanted: int) -> int:
    """Return the last link that is not too long by its usual length; -1 where each one is.

    The chain grows from link to link. Guessed lengths lead close to the place, and only the
    links from there to it are measured, so that few lines need a voice before the plan is known.
    """
    guessed = links.guessed()

    def is_too_long(number: int) -> bool:
        return links.span(chain[number], links.cap).usual > wanted

    def is_guessed_too_long(number: int) -> bool:
        return guessed.span(chain[number], links.cap).usual > wanted

    numbers = range(len(chain))
    longest = bisect_left(numbers, 1, key=is_guessed_too_long) - 1
    while longest >= 0 and is_too_long(longest):
        longest -= 1
    while longest + 1 < len(chain) and not is_too_long(longest + 1):
        longest += 1
    return longest


def _caps(links: Links, chain: Sequence[Link], wanted: int) -> Iterator[Cap]:
    """Yield the level's cap, then the lowest in whole seconds with which some link will do."""
    yield links.cap
    first, last = (cap.raised // FRAMES_PER_SECOND for cap in (links.cap, _loosest(links)))
    caps = [links.cap.raised_to(seconds) for seconds in range(first + 1, last + 1)]

    def serves(cap: Cap) -> int:
        bounds = (links.bounds(link, cap) for link in chain)
        return any(least <= wanted <= most for least, most in bounds)

    # A higher cap makes the most of every link longer and no least, so this is sorted.
    yield from caps[bisect_left(caps, 1, key=serves) :][:1]


def _loosest(links: Links) -> Cap:
    """Return the cap raised as far as the text and the avoid list let it matter."""
    rests = (
        item.most
        for part in links.parts
        if part
        for item in part.section.items
        if isinstance(item, Rest)
    )
    seconds = ceil(max(rests, default=0))
    if (hard := links.situation.avoid.longest_silence) is not None:
        seconds = min(seconds, hard)
    return links.cap.raised_to(max(seconds, links.cap.raised // FRAMES_PER_SECOND))


def _clipped(bounds: tuple[int, int], first: int, then: int) -> list[Interval]:
    """Return the whole seconds within ``bounds`` in frames, from ``first`` until ``then``."""
    least = max(-(-bounds[0] // FRAMES_PER_SECOND), first, 1)
    most = min(bounds[1] // FRAMES_PER_SECOND, then - 1)
    return [(least, most)] if least <= most else []


def _covered(pieces: Sequence[Interval], intervals: Sequence[Interval]) -> bool:
    return all(
        any(least <= first and last <= most for least, most in intervals) for first, last in pieces
    )


def _out_of_reach(links: Links, wanted: int) -> LengthError:
    intervals = intervals_of(links, may_raise=True)
    seconds = wanted / FRAMES_PER_SECOND
    shorter = max((most for _, most in intervals if most < seconds), default=None)
    longer = min((least for least, _ in intervals if least > seconds), default=None)
    return LengthError(Samples(wanted * FRAME), _samples(shorter), _samples(longer))


def _samples(seconds: int | None) -> Samples | None:
    return None if seconds is None else Samples(seconds * FRAMES_PER_SECOND * FRAME)


def merged(pieces: Iterable[Interval]) -> list[Interval]:
    """Return the same whole seconds in as few intervals as can be, in order."""
    found: list[Interval] = []
    for least, most in sorted(pieces):
        if found and least <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], most))
        else:
            found.append((least, most))
    return found
