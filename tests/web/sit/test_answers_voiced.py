"""Answers are voiced while the sitting begins; until then a tap is answered in writing."""

import threading

from django.test import Client

from tests.fakes.sounding import FakeSound
from tests.web.conftest import until
from tests.web.sit.tapping import begin, tapped
from thaw.web.house import House


def test_answers_are_voiced_from_the_begin_on_the_most_urgent_first(
    house: House, seated: Client, sound: FakeSound
) -> None:
    path = _voiced_sitting(seated)
    before = len(sound.spoken)
    until(lambda: len(sound.spoken), lambda count: count > before + 100)
    first = [text for _, text in sound.spoken[before : before + 4]]
    script = house.shelf.answers.by_kind["too-much"].script
    wordings = {
        variant.text
        for section in script.sections
        for item in section.items
        for variant in getattr(item, "variants", ())
    }
    assert first[0] in wordings
    assert tapped(seated, path, "too-much", 20.0)["is_spoken"]


def test_until_it_is_voiced_an_answer_is_shown(seated: Client, sound: FakeSound) -> None:
    choices = {"voice": "flite-slt", "minutes": "3", "seed": "1"}
    _voice(seated, choices)
    sound.hung["flite-slt"] = threading.Event()
    path = begin(seated, **choices)
    told = tapped(seated, path, "nothing", 20.0)
    assert (told["changes"], told["is_spoken"]) == (False, False)
    assert told["answer"]
    closing = tapped(seated, path, "too-much", 21.0)
    assert (closing["changes"], closing["is_spoken"]) == (True, False)
    sound.hung["flite-slt"].set()


def test_words_alone_answer_at_once(seated: Client, sound: FakeSound) -> None:
    told = tapped(seated, begin(seated, voice="none"), "tears", 20.0)
    assert (told["changes"], told["is_spoken"]) == (True, True)
    assert sound.spoken == []


def _voice(seated: Client, choices: dict[str, str]) -> None:
    url = "/library/five-things/voicing"
    seated.post(url, choices)
    until(lambda: seated.get(url, choices).json(), lambda told: told["done"] == told["total"])


def _voiced_sitting(seated: Client) -> str:
    choices = {"voice": "flite-slt", "minutes": "3", "seed": "1"}
    _voice(seated, choices)
    return begin(seated, **choices)
