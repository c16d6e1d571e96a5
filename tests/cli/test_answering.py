"""``--respond``: taps on a sitting, each answered, and every wrong one a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ended, Thaw
from tests.cli.texts import BODY, HEAD
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.library.words import load_words
from thaw.practice.answers import RESPONSES

WORDS = load_words(content_folder())
MINUTE = 60 * 48_000


def planned(thaw: Thaw, *taps: str) -> Ended:
    """Return how ``thaw plan`` ends for five minutes of *Five things* with these taps."""
    options = [word for tap in taps for word in ("--respond", tap)]
    return thaw("plan", "five-things", "--minutes", "5", "--voice", "none", "--json", *options)


def plan_of(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0
    plan: dict[str, Any] = json.loads(ended.out)
    assert sum(event["length"] for event in plan["events"]) == plan["total_samples"]
    return plan


def said(plan: dict[str, Any]) -> list[str]:
    return [event["text"] for event in plan["events"] if event["kind"] == "say"]


@pytest.mark.parametrize("kind", RESPONSES)
def test_every_kind_is_answered(thaw: Thaw, kind: str) -> None:
    before = plan_of(planned(thaw))

    ended = planned(thaw, f"90:{kind}")

    plan = plan_of(ended)
    assert ended.err == ""
    assert plan["events"][:5] == before["events"][:5]
    if kind in ("end", "stop", "too-much", "bored"):
        assert plan["total_samples"] < 5 * MINUTE
    else:
        assert plan["total_samples"] == 5 * MINUTE
    assert (plan["total_samples"] == 90 * 48_000) == (kind == "stop")


def test_several_taps_are_answered_in_the_order_of_their_times(thaw: Thaw) -> None:
    answers = Shelf(content_folder()).answers.by_kind
    titles = {kind: answers[kind].script.sections[0].title for kind in ("tears", "nothing")}

    one = plan_of(planned(thaw, "150:tears", "60:nothing", "170:less-talk"))
    other = plan_of(planned(thaw, "60:nothing", "150:tears", "170:less-talk"))

    assert one == other
    sections = [event["section"] for event in one["events"]]
    assert sections.index(titles["nothing"]) < sections.index(titles["tears"])


def test_what_finds_no_room_is_shown_on_standard_error(thaw: Thaw) -> None:
    ended = planned(thaw, "295:tears", "296:end")

    assert said(plan_of(ended)) == said(plan_of(planned(thaw)))
    shown, unchanged = ended.err.splitlines()
    assert shown.startswith("At 4:55 the answer is shown, not spoken: ")
    assert unchanged == "At 4:56 end changes nothing any more."


def test_what_ends_is_not_answered_and_needs_no_word(thaw: Thaw) -> None:
    ended = planned(thaw, "60:end")

    assert ended.err == ""
    assert said(plan_of(ended))[-1] == said(plan_of(planned(thaw)))[-1]


@pytest.mark.parametrize(
    ("tap", "sentence"),
    [
        ("60:nothng", "Did you mean nothing?"),
        ("nothing", "such as 90:nothing"),
        ("60", "such as 90:nothing"),
        ("1.5:nothing", "such as 90:nothing"),
        ("-3:nothing", "such as 90:nothing"),
        ("3601:nothing", "such as 90:nothing"),
        ("60:Nothing", "such as 90:nothing"),
        ("300:nothing", "At 5:00 the sitting is over: it lasts 5:00."),
    ],
)
def test_a_wrong_tap_is_a_sentence_and_exit_2(thaw: Thaw, tap: str, sentence: str) -> None:
    ended = planned(thaw, tap)

    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert sentence in ended.err


def test_a_tap_after_a_stop_is_a_sentence_and_exit_2(thaw: Thaw) -> None:
    ended = planned(thaw, "60:stop", "61:nothing")

    assert ended.code == 2
    assert "it lasts 1:00" in ended.err


OWN = "\n## When restless {response=restless}\n\nPace for a while.\n\n[rest 1..9]\n"


def test_a_practice_may_answer_by_itself(thaw: Thaw, tmp_path: Path) -> None:
    path = tmp_path / "own.md"
    path.write_text(HEAD + BODY.replace("\n## Back", OWN + "\n## Back"), encoding="utf-8")

    ended = thaw(
        *("plan", path, "--minutes", "1", "--voice", "none", "--respond", "10:restless", "--json")
    )

    assert "Pace for a while." in said(plan_of(ended))


def test_the_same_taps_give_the_same_bytes_whatever_was_voiced_before(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.md"
    inward = BODY.replace("## Start", "## Start {inward}")
    path.write_text(HEAD + inward, encoding="utf-8")
    options = ("--minutes", "1", "--voice", "flite-slt", "--respond", "5:unreal")
    files = [tmp_path / "one.opus", tmp_path / "other.opus"]

    assert thaw("render", path, *options, "-o", files[0]).code == 0
    assert thaw("plan", path, *options, "--respond", "20:tears", "--seed", "1").code == 0
    assert thaw("render", path, *options, "-o", files[1]).code == 0

    assert files[0].read_bytes() == files[1].read_bytes()
    monkeypatch.setenv("THAW_DATA", str(tmp_path / "another"))
    assert thaw("render", path, *options, "-o", files[1]).code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
