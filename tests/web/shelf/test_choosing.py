"""What a person chooses, from closed lists; the plan that follows; voicing in the background."""

import json
import shutil
import threading
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.fakes.sounding import FakeSound
from tests.web.conftest import until
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.compose import lines_of
from thaw.practice.need import lines_needed
from thaw.practice.plan import Choices
from thaw.units import OutsideError
from thaw.web.house import House, furnish
from thaw.web.sound import VoiceCard

PAGE = "/library/five-things"
PLAN = f"{PAGE}/plan.json"
VOICING = f"{PAGE}/voicing"
SIT = f"{PAGE}/sit"
JSON = {"Accept": "application/json"}

WRONG = [
    ("minutes", "61"),
    ("minutes", "-1"),
    ("minutes", "1.5"),
    ("minutes", "1e9"),
    ("minutes", "x"),
    ("minutes", "9" * 400),
    ("seconds", "3601"),
    ("seconds", "-5"),
    ("seconds", "abc"),
    ("voice", "nobody"),
    ("voice", "../../etc/passwd"),
    ("pace", "116"),
    ("pace", "fast"),
    ("level", "4"),
    ("level", "0"),
    ("posture", "floating"),
    ("anchor", "the moon"),
    ("avoid", "everything"),
    ("silence", "4"),
    ("silence", "91"),
    ("silence", "quiet"),
    ("seed", "-1"),
    ("seed", str(2**40)),
    ("seed", "\x00"),
]


def plan_of(seated: Client, **choices: str | list[str]) -> dict[str, object]:
    answer = seated.get(PLAN, choices)
    assert answer.status_code == 200, answer.content
    shape: dict[str, object] = answer.json()
    return shape


def voiced(seated: Client, **choices: str | list[str]) -> dict[str, object]:
    """Have it voiced and return how it stands when it is ready."""
    seated.post(VOICING, choices)
    return until(lambda: seated.get(VOICING, choices).json(), lambda told: told["ready"])


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_a_wrong_choice_is_a_sentence_wherever_it_is_made(
    seated: Client, field: str, value: str
) -> None:
    for answer in (
        seated.get(PLAN, {field: value}),
        seated.get(VOICING, {field: value}),
        seated.post(VOICING, {field: value}),
        seated.post(SIT, {"voice": "none", field: value}, headers=JSON),
    ):
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["field"]) == (
            422,
            "choice.unknown",
            "minutes" if (field, value) == ("minutes", "-1") else field,
        )
        assert error["message"].endswith(".")
    for answer in (
        seated.get(PAGE, {field: value}),
        seated.post(SIT, {"voice": "none", field: value}),
    ):
        assert answer.status_code == 422
        assert error["message"] in unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("minutes", "seconds", "total"),
    [("3", "", 180), ("2", "30", 150), ("", "200", 200), ("0", "180", 180), ("", "", 180)],
)
def test_minutes_and_seconds_add_up(seated: Client, minutes: str, seconds: str, total: int) -> None:
    assert plan_of(seated, minutes=minutes, seconds=seconds)["total_s"] == total


@pytest.mark.parametrize("seconds", ["0", "3600"])
def test_a_length_of_nothing_or_above_an_hour_is_a_sentence(seated: Client, seconds: str) -> None:
    answer = seated.get(PLAN, {"minutes": "0" if seconds == "0" else "1", "seconds": seconds})
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "A sitting lasts from 1 second to 60 minutes."


def test_any_second_within_reach_is_had(seated: Client) -> None:
    for total in (180, 181, 187, 239):
        assert plan_of(seated, seconds=str(total))["total_s"] == total


@pytest.mark.parametrize(("seconds", "near"), [("5", "longer_s"), ("3600", "shorter_s")])
def test_a_length_out_of_reach_names_the_nearest(seated: Client, seconds: str, near: str) -> None:
    answer = seated.get(PLAN, {"seconds": seconds, "voice": "none"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "length.out_of_reach")
    other = "shorter_s" if near == "longer_s" else "longer_s"
    assert error[other] is None
    assert plan_of(seated, seconds=f"{error[near]:g}", voice="none")["total_s"] == error[near]


def test_a_plan_says_what_it_draws(seated: Client) -> None:
    shape = plan_of(seated, minutes="3")
    strokes = shape["strokes"]
    assert isinstance(strokes, list)
    assert {"kind", "d", "start", "end", "ring"} == set(strokes[0])
    assert (strokes[0]["start"], strokes[-1]["end"]) == (0, 180 * 48_000)
    assert shape["view_box"] == "0 0 400 400"
    assert str(shape["words"]).startswith("3 minutes")
    assert (shape["notices"], shape["error"]) == ([], None)


def test_a_plan_is_exact_once_it_is_voiced(seated: Client) -> None:
    before = plan_of(seated, minutes="3")["voicing"]
    assert isinstance(before, dict)
    assert (before["voice"], before["done"], before["ready"]) == ("flite-slt", 0, False)
    voiced(seated, minutes="3")
    after = plan_of(seated, minutes="3")["voicing"]
    assert isinstance(after, dict)
    assert after["ready"]
    assert after["waits_s"] == 0


def test_words_on_the_screen_need_no_voice(seated: Client, sound: FakeSound) -> None:
    assert seated.get(VOICING, {"voice": "none"}).json()["ready"]
    assert sound.spoken == []


def test_every_line_that_any_length_needs_is_voiced_once(
    seated: Client, sound: FakeSound, house: House
) -> None:
    voiced(seated, minutes="3", seed="7")
    practice = house.shelf.published("five-things")
    choices = Choices(0, voice="flite-slt", seed=7)
    needed = lines_of(practice, choices, words=house.words)
    until(lambda: len(sound.spoken), lambda many: many == len(needed))
    assert sorted(text for _, text in sound.spoken) == sorted(needed)
    for minutes in ("2", "5", "10"):
        assert voiced(seated, minutes=minutes, seed="7")["ready"]
    assert len(sound.spoken) == len(needed)


def test_what_the_usual_length_turns_on_is_voiced_first(
    seated: Client, sound: FakeSound, house: House
) -> None:
    voiced(seated, minutes="3", seed="7")
    practice = house.shelf.published("five-things")
    choices = Choices(3 * 60, voice="flite-slt", seed=7)
    first = lines_needed(practice, choices, words=house.words, known=lambda _text: None)
    assert [text for _, text in sound.spoken][: len(first)] == list(first)


def test_polling_goes_on_with_work_that_was_left(seated: Client, sound: FakeSound) -> None:
    until(lambda: seated.get(VOICING).json(), lambda told: told["ready"])
    assert sound.spoken


def test_looking_at_a_page_or_a_plan_voices_nothing(seated: Client, sound: FakeSound) -> None:
    seated.get(PAGE)
    seated.get(PLAN)
    assert sound.spoken == []


def test_a_voice_that_fails_is_a_sentence_with_another_voice(
    seated: Client, sound: FakeSound
) -> None:
    said = "The voice failed. Choose another voice."
    sound.trouble["flite-slt"] = OutsideError("voice.crashed", said, {"fallback": "espeak-ng"})
    seated.post(VOICING)
    told = until(lambda: seated.get(VOICING).json(), lambda told: told["trouble"])
    assert (told["trouble"], told["instead"], told["ready"]) == (said, "espeak-ng", False)
    assert voiced(seated, voice="espeak-ng")["ready"]
    sound.trouble.clear()
    assert voiced(seated)["trouble"] is None


def test_a_long_wait_offers_the_quick_voice(
    seated: Client, sound: FakeSound, house: House, clocks: FakeClocks
) -> None:
    later = threading.Event()
    now = 0.0

    def tick() -> None:
        nonlocal now
        if now:
            later.wait(timeout=20)
        now += 30.0

    sound.tick = tick
    slow = House(house.data, sound=sound, clock=lambda: now, clocks=clocks.as_clocks())
    furnish(slow)
    seated.post(VOICING)
    told = until(lambda: seated.get(VOICING).json(), lambda told: told["done"])
    assert told["waits_s"] > 10
    assert told["quick"] == "espeak-ng"
    later.set()
    slow.close()


def test_the_voices_there_are_are_offered_with_a_sample_and_none_is_chosen(
    seated: Client,
) -> None:
    page = seated.get(PAGE)
    assert [voice.name for voice in page.context["voices"]] == ["flite-slt", "espeak-ng"]
    assert not any(voice.chosen for voice in page.context["voices"])
    assert page.context["voices"][0].sample_url == "/voices/flite-slt/sample.mp4"
    assert page.context["voices"][0].advice
    assert not page.context["voices"][1].advice
    assert page.context["form"].voice == ""


def test_choices_in_the_address_are_kept_in_the_page(seated: Client) -> None:
    chosen = {"minutes": "4", "seconds": "20", "voice": "espeak-ng", "pace": "100", "level": "1"}
    chosen |= {"posture": "standing", "anchor": "sounds", "silence": "12", "seed": "5"}
    page = seated.get(PAGE, chosen | {"avoid": ["breath", "bells"]})
    form = page.context["form"]
    assert (form.minutes, form.seconds, form.total_s) == (4, 20, 260)
    assert (form.voice, form.pace, form.silence, form.seed) == ("espeak-ng", 100, 12, 5)
    for options, wanted in (
        (form.levels, {"1"}),
        (form.postures, {"standing"}),
        (form.anchors, {"sounds"}),
        (form.paces, {"100"}),
        (form.avoid, {"breath", "bells", "silence"}),
    ):
        assert {option.value for option in options if option.chosen} == wanted


def test_each_opening_draws_a_seed_of_its_own(seated: Client) -> None:
    seeds = {seated.get(PAGE).context["form"].seed for _ in range(8)}
    assert len(seeds) == 8


@pytest.mark.parametrize(("level", "most"), [("1", 10), ("2", 10), ("3", 10)])
def test_lengths_are_offered_up_to_the_level(seated: Client, level: str, most: int) -> None:
    form = seated.get(PAGE, {"level": level}).context["form"]
    assert (form.least, form.usual, form.most) == (2, 3, most)


def test_a_long_practice_is_offered_as_far_as_the_level_goes(seated: Client) -> None:
    offered = {
        level: seated.get("/library/thawing", {"level": level}).context["form"].most
        for level in ("1", "2", "3")
    }
    usual = seated.get("/library/thawing").context["form"].usual
    assert offered == {"1": max(10, usual), "2": max(15, usual), "3": 20}


BREATHING = """---
title: Breathing
summary: A few breaths.
level: 1
minutes: {least: 1, usual: 2, most: 3}
themes: [breath]
for: trying out
not_for: times when the breath is hard
anchors: [breath, feet]
postures: [sitting, standing]
moving: self
eyes: open
sources: []
author: Thaw
licence: CC-BY-SA-4.0
language: en
version: 1
---

## Breathing

You can stop whenever you like, or breathe.

[rest 5..60]

One breath.

[rest 5..60]

Another breath, if you like.

## Coming back {closing}

Look around the room.

[rest 5..60]
"""


def test_what_cannot_be_played_so_names_another_practice(
    seated: Client, house: House, tmp_path: Path
) -> None:
    shutil.copytree(content_folder(), tmp_path / "content")
    (tmp_path / "content" / "practices" / "breathing.md").write_text(BREATHING)
    house.shelf = Shelf(tmp_path / "content")
    answer = seated.get("/library/breathing/plan.json", {"avoid": "breath"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "avoid.too_little_left")
    assert seated.get(error["another"]["url"]).status_code == 200
    assert error["another"]["title"]
    page = seated.get("/library/breathing", {"avoid": "breath"})
    assert "Too little of Breathing is left" in page.context["sentence"]
    told = seated.post("/library/breathing/sit", {"avoid": "breath", "voice": "none"})
    assert told.status_code == 422


def test_a_page_of_what_cannot_be_played_so_says_it_and_draws_the_usual(seated: Client) -> None:
    page = seated.get(PAGE, {"minutes": "60"})
    assert page.status_code == 200
    assert "cannot last" in page.context["sentence"]
    assert page.context["drawing"] == page.context["card"].drawing


def test_the_whole_text_is_there_to_read(seated: Client, house: House) -> None:
    text = seated.get(PAGE).context["text"]
    sections = house.shelf.published("five-things").sections
    assert [section.title for section in text] == [section.title for section in sections]
    words = " ".join(word for part in text for line in part.lines for word in line.wordings)
    assert "You can stop" in words
    assert not set("{}*") & set(words)


def test_a_sitting_begins_with_a_see_other(seated: Client) -> None:
    answer = seated.post(SIT, {"voice": "none", "minutes": "2"})
    assert answer.status_code == 303
    assert seated.get(answer["Location"]).status_code == 200


def test_an_island_is_told_where_the_sitting_is(seated: Client) -> None:
    answer = seated.post(SIT, {"voice": "none"}, headers=JSON)
    assert answer.status_code == 201
    assert answer.json()["url"] == answer["Location"]
    assert seated.get(answer["Location"]).status_code == 200


def test_without_a_voice_chosen_nothing_begins(seated: Client) -> None:
    answer = seated.post(SIT, {"minutes": "3"})
    assert answer.status_code == 422
    assert "Choose a voice" in answer.content.decode()
    told = seated.post(SIT, {"minutes": "3"}, headers=JSON)
    assert (told.status_code, told.json()["error"]["code"]) == (422, "voice.not_chosen")


def test_a_sitting_waits_for_its_lines(seated: Client, sound: FakeSound) -> None:
    sound.hung["flite-slt"] = threading.Event()
    choices = {"voice": "flite-slt", "minutes": "3"}
    page = seated.post(SIT, choices)
    assert page.status_code == 202
    assert "being made ready" in page.content.decode()
    assert "data-waits" in page.content.decode()
    assert "data-waits" not in seated.get(PAGE, choices).content.decode()
    told = seated.post(SIT, choices, headers=JSON)
    assert (told.status_code, told.json()["voicing"]["ready"]) == (202, False)
    sound.hung["flite-slt"].set()
    until(lambda: seated.get(VOICING, choices).json(), lambda told: told["ready"])
    assert seated.post(SIT, choices).status_code == 303


def test_a_voice_that_fails_at_the_button_is_a_sentence(seated: Client, sound: FakeSound) -> None:
    sound.trouble["flite-slt"] = OutsideError("voice.crashed", "The voice failed at a line.")
    choices = {"voice": "flite-slt", "minutes": "3", "seed": "1"}
    seated.post(SIT, choices)
    until(lambda: seated.get(VOICING, choices).json(), lambda told: told["trouble"])
    page = seated.get(PAGE, choices)
    assert page.context["voicing"]["trouble"] == "The voice failed at a line."


def test_lines_that_were_lost_are_voiced_again(seated: Client, sound: FakeSound) -> None:
    choices = {"voice": "flite-slt", "minutes": "3", "seed": "1"}
    voiced(seated, **choices)
    until(lambda: seated.get(VOICING, choices).json(), lambda told: told["done"] == told["total"])
    lost = sound.spoken[0][1]
    sound.voiced("flite-slt", 115).discard(lost)
    assert seated.post(SIT, choices).status_code == 202
    until(lambda: seated.get(VOICING, choices).json(), lambda told: told["ready"])
    assert sound.spoken[-1] == ("flite-slt", lost)
    assert seated.post(SIT, choices).status_code == 303


def test_where_no_voice_works_the_words_are_there(seated: Client, sound: FakeSound) -> None:
    sound.cards = ()
    page = seated.get(PAGE)
    assert page.context["voices"] == ()
    assert page.context["voicing"]["voice"] == "none"
    assert seated.post(SIT, {"voice": "none"}).status_code == 303


def test_a_voice_that_comes_while_it_runs_is_offered(seated: Client, sound: FakeSound) -> None:
    better = VoiceCard("piper-alba", "Alba, by Piper", is_default=True)
    sound.cards = (better, *(replace(card, is_default=False) for card in sound.cards))
    assert seated.get(PAGE).context["voices"][0].name == "piper-alba"
    assert json.loads(seated.get(VOICING).content)["voice"] == "piper-alba"
