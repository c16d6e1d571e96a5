"""What was worked out lately is not worked out again."""

import pytest

from thaw.web.kept import Kept
from thaw.web.place import place_of


def test_a_value_is_made_once() -> None:
    kept, made = Kept[int](2), []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept.get("a", make), kept.get("a", make)] == [1, 1]


def test_the_one_longest_unused_makes_room() -> None:
    kept = Kept[str](2)
    for name in ("a", "b", "a", "c"):
        kept.get(name, name.upper)
    assert kept.get("a", lambda: "new") == "A"
    assert kept.get("b", lambda: "new") == "new"


def test_an_error_is_not_kept() -> None:
    kept = Kept[int](2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1


def test_a_place_names_our_code_and_nothing_that_was_said() -> None:
    with pytest.raises(ValueError, match="private words") as failed:
        int("private words")
    assert place_of(failed.value) == "ValueError"
    assert place_of(None) == "unknown"
