"""Options of a sitting: bounds, and sentences for what lies outside them."""

import click
import pytest

from tests.cli.conftest import Thaw
from thaw.cli.choosing import Wanted, Whole, sitting_options


def chosen(*arguments: str) -> Wanted:
    """Return what the options of a sitting make of ``arguments``."""

    @click.command()
    @sitting_options
    def command(wanted: Wanted) -> Wanted:
        return wanted

    found = command.main(["five-things", *arguments], standalone_mode=False)
    assert isinstance(found, Wanted)
    return found


def test_what_is_not_said_has_its_usual_value() -> None:
    assert chosen("--minutes", "3") == Wanted(
        practice="five-things",
        seconds=180,
        level=2,
        voice=None,
        pace=115,
        posture=None,
        anchor=None,
        avoid=(),
        seed=0,
    )


def test_seconds_add_to_minutes() -> None:
    assert chosen("--minutes", "3", "--seconds", "95").seconds == 275


def test_things_to_avoid_are_sorted_and_said_once() -> None:
    wanted = chosen("--minutes", "3", "--avoid", "touch", "--avoid", "breath", "--avoid", "touch")
    assert wanted.avoid == ("breath", "touch")


def test_choices_carry_everything_and_the_voice_that_speaks() -> None:
    wanted = chosen("--minutes", "3", "--level", "1", "--posture", "standing", "--anchor", "feet")
    choices = wanted.choices("flite-slt")
    assert (choices.voice, choices.level, choices.posture, choices.anchor, choices.seconds) == (
        "flite-slt",
        1,
        "standing",
        "feet",
        180,
    )


@pytest.mark.parametrize("value", ["1", "60"])
def test_bounds_are_inside(value: str) -> None:
    assert Whole(1, 60).convert(value, None, None) == int(value)


@pytest.mark.parametrize("value", ["0", "61", "-3", "3.5", "three", "", "٣", "1_0", "9" * 30])
def test_anything_else_is_refused_with_the_bounds(value: str) -> None:
    with pytest.raises(click.BadParameter, match="whole number from 1 to 60"):
        Whole(1, 60).convert(value, None, None)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--minutes", "61"),
        ("--minutes", "ten"),
        ("--seconds", "-1"),
        ("--level", "4"),
        ("--pace", "300"),
        ("--seed", "-1"),
    ],
)
def test_a_wrong_option_is_a_sentence_and_exit_2(thaw: Thaw, option: str, value: str) -> None:
    ended = thaw("plan", "five-things", "--minutes", "3", "--voice", "none", option, value)
    assert ended.code == 2
    assert option in ended.err
    assert "whole number" in ended.err
    assert "thaw plan --help" in ended.err
    assert not ended.out


def test_a_sitting_without_a_length_is_a_sentence_and_exit_2(thaw: Thaw) -> None:
    ended = thaw("plan", "five-things")
    assert ended.code == 2
    assert "--minutes" in ended.err


def test_more_than_an_hour_is_refused(thaw: Thaw) -> None:
    ended = thaw("plan", "five-things", "--minutes", "60", "--seconds", "1")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "at most 60 minutes" in ended.err
