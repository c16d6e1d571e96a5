"""Less guidance: what a sitting would say, without what may be dropped for fewer words."""

from thaw.practice.ahead import still_planned
from thaw.practice.events import events_of
from thaw.practice.links import Links
from thaw.practice.reach import Found, find_at_cap, find_link
from thaw.units import LengthError


def find_sparing(quiet: Links, whole: Links, wanted: int) -> Found:
    """Return the link to play for ``wanted`` frames where little is to be said.

    What is dropped must not make room for other lines: rests grow instead. So what would be
    played with all of the guidance is looked at first, by guessed lengths, and nothing is said
    that is not said there. Only where rests cannot grow that far other lines come; and where
    those do not help either, what should have been dropped is said after all, before the cap on
    rests is raised.

    Args:
        quiet: The links without what may be dropped.
        whole: The links with all of it, in the same situation.
        wanted: In frames.

    Raises:
        LengthError: As ``find_link``, for ``whole``.
    """
    return (
        _spared(quiet, whole, wanted)
        or find_at_cap(quiet, wanted)
        or find_at_cap(whole, wanted)
        or _found(quiet, wanted)
        or find_link(whole, wanted)
    )


def _spared(quiet: Links, whole: Links, wanted: int) -> Found | None:
    guessed = whole.guessed()
    found = _found(guessed, wanted)
    if found is None:
        return None
    said = tuple(events_of(found.draft, wanted))
    parts = still_planned(quiet.parts, said, guessed.parts)
    spared = Links(parts, quiet.situation, quiet.lines, quiet.cap, quiet.guess)
    return find_at_cap(spared, wanted)


def _found(links: Links, wanted: int) -> Found | None:
    try:
        return find_link(links, wanted)
    except LengthError:
        return None
