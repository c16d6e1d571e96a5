"""The chain: the ways to play a practice, each with a little more in it than the one before.

Closing and plain sections, each loop with its first entry; then the sections that begin with
so many minutes; then further entries, the loops in turn; then what is optional; all in the
order of the text (the practice language, "Fit").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from thaw.practice.elements import Portion
from thaw.practice.remainder import Part, Size

Link = tuple[Size | None, ...]
"""For each section how much of it is played; None where it is left out."""

_FIRST: Size = (1, 0)


def chain_of(parts: Sequence[Part | None], minutes: float) -> list[Link]:
    """Return the links of the chain for a sitting of ``minutes``, the shortest first.

    A section that holds only from so many minutes on has its place in the chain where the
    sitting is that long, and no place at all where it is not.
    """
    present = {at: part for at, part in enumerate(parts) if part and _begins(part, minutes)}
    plain = {at: part for at, part in present.items() if _is_plain(part)}
    sizes: list[Size | None] = [None] * len(parts)
    for at, part in plain.items():
        if part.section.from_minutes is None:
            sizes[at] = _FIRST
    links = [tuple(sizes)]
    for at, size in (*_later(plain), *_further_entries(plain), *_optional(present)):
        sizes[at] = size
        links.append(tuple(sizes))
    return links


def portions_of(parts: Sequence[Part | None], link: Link) -> Iterator[Portion | None]:
    """Yield what of each section a link plays, in the order of the text."""
    for part, size in zip(parts, link, strict=True):
        yield part.portion(size) if part and size else None


def starting_minutes(parts: Iterable[Part | None]) -> list[int]:
    """Return the minutes at which the chain changes because a section begins to hold."""
    minutes = {part.section.from_minutes for part in parts if part}
    return sorted(number for number in minutes if number)


def _begins(part: Part, minutes: float) -> bool:
    return (part.section.from_minutes or 0) <= minutes


def _is_plain(part: Part) -> bool:
    """Return whether it is played before anything optional is."""
    return not part.section.when.optional and bool(part.plain)


def _later(plain: Mapping[int, Part]) -> Iterator[tuple[int, Size]]:
    for at, part in plain.items():
        if part.section.from_minutes is not None:
            yield at, _FIRST


def _further_entries(plain: Mapping[int, Part]) -> Iterator[tuple[int, Size]]:
    most = max((len(part.plain) for part in plain.values()), default=1)
    for count in range(2, most + 1):
        for at, part in plain.items():
            if count <= len(part.plain):
                yield at, (count, 0)


def _optional(present: Mapping[int, Part]) -> Iterator[tuple[int, Size]]:
    for at, part in present.items():
        entries = len(part.plain)
        if not _is_plain(part):
            entries = 1
            yield at, _FIRST
        for count in range(entries + 1, len(part.plain) + len(part.optional) + 1):
            entries = count
            yield at, (count, 0)
        for lines in range(1, len(part.optional_lines) + 1):
            yield at, (entries, lines)
