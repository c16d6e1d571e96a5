"""Two lines in a row that an answer has brought together never say the same."""

from tests.practice.words import practice_of
from thaw.practice.echo import without_echoes
from thaw.practice.elements import Element, Past, Say
from thaw.practice.fit import Elastic
from thaw.practice.leave import Placed
from thaw.practice.parts import Leave
from thaw.practice.plan import Spot
from thaw.units import Frames

OPEN, CLOSING = practice_of("## A\n\nOne.\n").sections
REST = Elastic(Frames(1), Frames(2), Frames(3))
LONG = Elastic(Frames(4), Frames(5), Frames(6))
MARK = Leave()
PAST = Past(Frames(50))


def say(text: str, line: int = 0) -> Say:
    return Say(text, Frames(9), Spot("", line), is_way_out=False)


def row(*elements: Element, closing: tuple[Element, ...] = ()) -> list[Placed]:
    return [(OPEN, element) for element in elements] + [(CLOSING, element) for element in closing]


def shown(placed: list[Placed]) -> list[object]:
    return [element.text if isinstance(element, Say) else element for _, element in placed]


def kept(placed: list[Placed], said: str = "") -> list[object]:
    return shown(without_echoes(placed, said, frozenset()))


def test_the_second_goes_and_of_rests_that_meet_the_first_stays() -> None:
    assert kept(row(PAST, say("A"), REST, MARK, say("*A*"), LONG, say("B"))) == [
        *(PAST, "A", REST, MARK, "B")
    ]


def test_what_was_heard_last_is_not_said_again() -> None:
    assert kept(row(PAST, say("A"), REST, say("B")), said="A") == [PAST, "B"]


def test_where_nothing_is_said_twice_the_row_is_as_it_was() -> None:
    placed = row(PAST, say("A"), REST, say("B"), LONG, say("A"))

    assert kept(placed, said="B") == shown(placed)


def test_before_the_closing_the_first_goes() -> None:
    closing = (say("A"), REST, say("C"))

    assert kept(row(say("B"), REST, say("A"), LONG, closing=closing)) == [
        *("B", REST, "A", REST, "C")
    ]


def test_a_closing_of_one_line_stays_whatever_was_heard() -> None:
    assert kept(row(PAST, closing=(say("A"), REST)), said="A") == [PAST, "A", REST]


def test_a_closing_of_several_lines_can_do_without_one_that_was_heard() -> None:
    closing = (say("A"), REST, say("A"), REST, say("B"))

    assert kept(row(PAST, closing=closing), said="A") == [PAST, "B"]


def test_what_an_author_said_twice_is_said_twice() -> None:
    placed = row(say("A", 3), REST, say("A", 5), REST, say("A", 7))

    meant = without_echoes(placed, "", {(Spot("", 3), Spot("", 5))})

    assert shown(meant) == ["A", REST, "A", REST]
