"""``thaw plan``: the promised JSON, exact lengths, and every bad input as a sentence."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Thaw
from tests.cli.texts import BODY, HEAD


def planned(thaw: Thaw, *arguments: str | Path) -> Ended:
    """Return how ``thaw plan`` ends for 3 minutes without a voice."""
    return thaw("plan", *arguments, "--voice", "none")


def test_json_has_the_keys_that_were_promised(thaw: Thaw) -> None:
    plan = json.loads(planned(thaw, "five-things", "--minutes", "3", "--json").out)
    assert list(plan) == [
        "practice",
        "title",
        "voice",
        "seed",
        "sample_rate",
        "total_samples",
        "events",
        "beds",
    ]
    assert (plan["practice"], plan["voice"], plan["seed"]) == ("five-things", "none", 0)
    assert (plan["sample_rate"], plan["beds"]) == (48_000, [])
    for event in plan["events"]:
        assert list(event) == ["kind", "start", "length", "section", "text"]


@pytest.mark.parametrize(("minutes", "seconds"), [(2, 0), (3, 7), (9, 59)])
def test_events_fill_the_length_to_the_sample(thaw: Thaw, minutes: int, seconds: int) -> None:
    length = ("--minutes", str(minutes), "--seconds", str(seconds))
    plan = json.loads(planned(thaw, "five-things", *length, "--json").out)
    at = 0
    for event in plan["events"]:
        assert event["start"] == at
        at += event["length"]
    assert at == plan["total_samples"] == (60 * minutes + seconds) * 48_000


def test_the_same_seed_gives_the_same_plan_and_another_gives_another(thaw: Thaw) -> None:
    def words(seed: str) -> str:
        return planned(thaw, "five-things", "--minutes", "5", "--seed", seed, "--json").out

    assert words("0") == words("0")
    events = {seed: json.loads(words(str(seed)))["events"] for seed in range(4)}
    assert any(events[seed] != events[0] for seed in (1, 2, 3))


def test_the_table_is_plain_where_no_terminal_reads(thaw: Thaw) -> None:
    ended = planned(thaw, "five-things", "--minutes", "3")
    assert ended.code == 0
    assert "0:00" in ended.out
    assert "voice: none" in ended.out
    assert "\x1b" not in ended.out


def test_an_unknown_practice_names_the_nearest(thaw: Thaw) -> None:
    ended = planned(thaw, "five-thing", "--minutes", "3")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "five-things" in ended.err


def test_a_length_out_of_reach_names_the_nearest_on_each_side(thaw: Thaw) -> None:
    ended = planned(thaw, "five-things", "--minutes", "60")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert re.search(r"\b\d+:\d\d\b.*Choose \d+:\d\d", ended.err)


def test_a_length_that_is_not_offered_is_played_with_a_word(thaw: Thaw) -> None:
    ended = planned(thaw, "five-things", "--minutes", "1", "--seconds", "50")
    assert ended.code == 0
    assert ended.err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--avoid", "mondays"), ("--posture", "flying"), ("--anchor", "the-moon")],
)
def test_a_choice_that_is_not_there_is_exit_2(thaw: Thaw, option: str, value: str) -> None:
    ended = planned(thaw, "five-things", "--minutes", "3", option, value)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert value in ended.err


def test_a_practice_of_ones_own_is_named_by_its_path(thaw: Thaw, tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    path.write_text(HEAD + BODY, encoding="utf-8")
    plan = json.loads(planned(thaw, path, "--minutes", "1", "--json").out)
    assert (plan["practice"], plan["total_samples"]) == ("own", 60 * 48_000)


BOMB = HEAD.replace(
    "summary: For a test.",
    "summary: &a [x, x]\nmore: &b [*a, *a, *a, *a]\neven: [*b, *b, *b, *b]",
)
BAD_TEXTS = {
    "a YAML bomb": BOMB + BODY,
    "an unknown slot": HEAD + BODY.replace("look around", "look at {nowhere}"),
    "an unknown list": HEAD + BODY.replace("## Start", "## Start {each=nothing}"),
    "an unknown attribute": HEAD + BODY.replace("## Start", "## Start {loud}"),
    "an unknown directive": HEAD + BODY.replace("[rest 10..60]", "[dance]"),
    "an unknown avoid term": HEAD + BODY.replace("## Start", "## Start {avoid=mondays}"),
    "a rest upside down": HEAD + BODY.replace("10..60", "60..10"),
    "no closing": HEAD + BODY.replace(" {closing}", ""),
    "an over-long line": HEAD + BODY.replace("look around", "look around " * 30),
    "no front matter": BODY,
    "nothing at all": "",
}


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_bad_text_is_exit_2_with_every_place_and_what_to_do(
    thaw: Thaw, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "bad.md"
    path.write_text(text, encoding="utf-8")
    ended = planned(thaw, path, "--minutes", "1")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err
    for line in ended.err.splitlines():
        assert re.match(
            rf"{re.escape(str(path))}:\d+:\d+: (error|warning) practice\.\w+: .+\.", line
        )
    assert thaw("lint", path).code == 1


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01 binary", b"\xff\xfe\xfa", b"a" * 10_000_000],
    ids=["binary", "not UTF-8", "10 MB"],
)
def test_what_is_not_a_text_is_exit_2_with_a_sentence(
    thaw: Thaw, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.md"
    path.write_bytes(content)
    ended = planned(thaw, path, "--minutes", "1")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert str(path) in ended.err


def test_a_missing_file_is_exit_2_with_a_sentence(thaw: Thaw, tmp_path: Path) -> None:
    ended = planned(thaw, tmp_path / "gone.md", "--minutes", "1")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_the_installed_command_says_the_same_as_a_process(thaw_process: Thaw) -> None:
    ended = thaw_process("plan", "five-thing", "--minutes", "3", "--voice", "none")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "five-things" in ended.err
