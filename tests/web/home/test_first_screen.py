"""The first screen, and the one choice before the first sitting."""

from datetime import date
from html import unescape
from threading import Event

import pytest
from django.test import Client

from tests.fakes.sounding import FakeSound
from tests.web.conftest import let_in, new_visitor, seat_in, until
from thaw.web import sealed
from thaw.web.checkin.models import CheckIn
from thaw.web.database.rows import SealedRow
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.sit.models import Sat
from thaw.web.sound import VoiceCard


def text_of(client: Client, path: str = "/") -> str:
    return unescape(client.get(path).content.decode())


def voiced(sound: FakeSound, count: int = 1) -> None:
    until(lambda: len(sound.spoken), lambda spoken: spoken >= count)


def test_it_recognises_and_asks_for_nothing(seated: Client) -> None:
    page = text_of(seated)
    main = page[page.index('id="main"') : page.rindex("</main>")]
    for words in (
        "Feeling little, or nothing?",
        "Far from people, from joy, and from sadness too?",
        "Many know this.",
        "a way of getting through",
        "have to feel anything here.",
        "Stays on this machine. No account. Not a medical device.",
    ):
        assert words in main
    for control in ("<form", "<input", "<select", "<textarea"):
        assert control not in main


def test_three_ways_on_stand_on_it(seated: Client) -> None:
    page = text_of(seated)
    ways = page[page.index('class="actions"') : page.rindex("</main>")]
    for words in ("Sit with me for 3 minutes", "Look around", "Help now"):
        assert words in ways
    assert ways.count('class="button filled"') == 1


def test_it_offers_three_minutes_of_five_things(seated: Client) -> None:
    offer = seated.get("/").context["offer"]
    assert (offer.practice.id, offer.minutes, offer.level) == ("five-things", 3, 1)
    assert offer.drawing.words.startswith("3 minutes")


@pytest.mark.parametrize("model", [Sat, CheckIn])
def test_who_sat_or_checked_in_is_led_to_today(
    seated: Client, house: House, model: type[SealedRow]
) -> None:
    assert seated.get("/").status_code == 200
    seat = seat_in(house, seated)
    sealed.create(model, seat, new_id(), {"body": b"{}"}, day=date(2026, 11, 22))
    answer = seated.get("/")
    assert (answer.status_code, answer["Location"]) == (303, "/today")


def test_the_best_voice_is_made_ready_while_one_reads(seated: Client, sound: FakeSound) -> None:
    seated.get("/")
    voiced(sound)
    assert {voice for voice, _ in sound.spoken} == {"flite-slt"}


def test_the_choice_says_when_not_to_sit_and_names_every_voice(seated: Client) -> None:
    page = text_of(seated, "/first")
    assert "Not while driving, in water, or minding a small child." in page
    for voice in FakeSound().voices():
        assert f'name="voice" value="{voice.name}"' in page
        assert f'data-sample="/voices/{voice.name}/sample.mp4"' in page
    assert "Read the words" in page
    assert page.count('class="button filled"') == 1


def test_of_many_voices_the_first_stand_open(seated: Client, sound: FakeSound) -> None:
    sound.cards = tuple(
        VoiceCard(f"voice-{number}", f"Voice {number}", is_default=number == 3)
        for number in range(1, 6)
    )
    offer = seated.get("/first").context["offer"]
    assert [voice.name for voice in offer.voices] == ["voice-3", "voice-1", "voice-2"]
    assert [voice.name for voice in offer.more] == ["voice-4", "voice-5"]
    assert "More voices" in text_of(seated, "/first")


def test_where_no_voice_works_the_words_are_offered(seated: Client, sound: FakeSound) -> None:
    sound.cards = ()
    assert seated.get("/").status_code == 200
    page = text_of(seated, "/first")
    assert "Words to read" in page
    assert 'class="button filled" type="submit" name="voice" value="none"' in page


def test_words_begin_at_once(seated: Client) -> None:
    answer = seated.post("/first", {"voice": "none"})
    assert answer.status_code == 303
    assert answer["Location"].startswith("/sit/")
    assert seated.get(answer["Location"]).status_code == 200


def test_a_voice_begins_once_it_is_ready_and_says_so_until_then(
    seated: Client, sound: FakeSound
) -> None:
    sound.hung["flite-slt"] = Event()
    answer = seated.post("/first", {"voice": "flite-slt"})
    assert answer.status_code == 202
    assert "being made ready" in answer.content.decode()
    sound.hung["flite-slt"].set()
    begun = until(
        lambda: seated.post("/first", {"voice": "flite-slt"}),
        lambda told: told.status_code != 202,
    )
    assert begun.status_code == 303


@pytest.mark.parametrize("chosen", [{}, {"voice": "nobody"}])
def test_a_voice_that_is_not_there_is_a_sentence(seated: Client, chosen: dict[str, str]) -> None:
    answer = seated.post("/first", chosen)
    assert answer.status_code == 422
    assert answer.context["sentence"]
    assert "Read the words" in answer.content.decode()


def test_whoever_comes_next_finds_the_first_sitting_voiced(house: House, seated: Client) -> None:
    seated.get("/")
    until(lambda: seated.post("/first", {"voice": "flite-slt"}), lambda it: it.status_code == 303)
    someone = let_in(house, new_visitor())
    assert someone.post("/first", {"voice": "flite-slt"}).status_code == 303
    seeds = {client.get("/first").context["offer"].seed for client in (seated, someone)}
    assert len(seeds) == 1


def test_today_library_write_and_me_are_the_pages(seated: Client) -> None:
    page = text_of(seated, "/library")
    pages = page[page.index('<nav class="pages"') : page.index("</nav>")]
    assert pages.count("<a ") == 4
    assert pages.count("aria-current") == 1
    for address in ("/today", "/library", "/write", "/me"):
        assert f'href="{address}"' in pages
