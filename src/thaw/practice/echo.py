"""Leave out what would be said twice in a row, where an answer or a gap brings it together."""

from collections.abc import Container, Iterator, Sequence

from thaw.practice.elements import MARKS, Past, Say
from thaw.practice.fit import Elastic
from thaw.practice.leave import Placed
from thaw.practice.plan import Spot, spoken

Repeat = tuple[Spot | None, Spot | None]
"""Where two lines in a row stand that say the same."""


def without_echoes(row: Sequence[Placed], said: str, repeats: Container[Repeat]) -> list[Placed]:
    """Return a row in which no line says what the line before it said, unless it always did.

    Of two such lines the second goes, and of rests that meet then the first is kept. But the
    closing keeps its own: there the line before it goes, where it was not heard yet, and a
    closing of one line stays whatever was heard.

    Args:
        row: What was heard, and what follows.
        said: The last line that was heard, as a voice is given it.
        repeats: The lines that an author has put behind others that say the same.
    """
    lines = [at for at, (_, element) in enumerate(row) if isinstance(element, Say)]
    gone: set[int] = set()
    last: int | None = None
    closing = sum(row[at][0].closing for at in lines)
    for at in lines:
        before = said if last is None else _text(row[last])
        if _text(row[at]) == before and (_spot(row, last), _spot(row, at)) not in repeats:
            echo = _echo(row, at, last, closing)
            if echo is not None:
                gone.add(echo)
                closing -= row[echo][0].closing
            if echo == at:
                continue
        last = at
    return list(_without(row, gone)) if gone else list(row)


def _echo(row: Sequence[Placed], at: int, last: int | None, closing: int) -> int | None:
    """Return which of two lines that say the same is left out: the second, the first, or none."""
    if not row[at][0].closing:
        return at
    if last is not None and not row[last][0].closing:
        return last
    return at if closing > 1 else None


def _spot(row: Sequence[Placed], at: int | None) -> Spot | None:
    element = None if at is None else row[at][1]
    return element.spot if isinstance(element, Say) else None


def _text(placed: Placed) -> str:
    element = placed[1]
    return spoken(element.text) if isinstance(element, Say) else ""


def _without(row: Sequence[Placed], gone: set[int]) -> Iterator[Placed]:
    is_cut = ends_in_rest = False
    for at, (section, element) in enumerate(row):
        if at in gone:
            is_cut = True
        elif isinstance(element, MARKS):
            yield section, element
        elif not (isinstance(element, Elastic) and is_cut and ends_in_rest):
            yield section, element
            is_cut, ends_in_rest = False, isinstance(element, (Elastic, Past))
