"""The page of today: one suggestion, why, quiet answers, cards, and nothing that scolds."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from tests.web.today.conftest import Past
from thaw.practice.parts import Conditions, Entry
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.preferences.actions import prefer_voice
from thaw.web.preferences.body import Preferred, sealed_of
from thaw.web.preferences.models import Preferences
from thaw.web.today.models import Decision
from thaw.web.today.offering import turns_inward
from thaw.web.today.queries import (
    asks_unwelcome_now,
    caution_for,
    decisions_of,
    local_now,
    state_at,
)

TITLE = re.compile(r'<h2 id="offer">([^<]+)</h2>')
OTHERS = re.compile(r'<h3><a href="([^"]+)">([^<]+)</a></h3>')


def page(client: Client) -> str:
    answer = client.get("/today")
    assert answer.status_code == 200
    return answer.content.decode()


def offered(client: Client) -> str:
    """Return the title of what is suggested, or an empty string for rest."""
    found = TITLE.search(page(client))
    return found[1] if found else ""


def decide(client: Client, kind: str, value: str = "") -> None:
    answer = client.post("/today/decide", {"kind": kind, "value": value})
    assert (answer.status_code, answer["Location"]) == (303, "/today")


def test_one_practice_is_suggested_with_its_reason_and_two_others_beside_it(
    seated: Client,
) -> None:
    told = page(seated)
    assert TITLE.findall(told) == ["Five things"]
    assert "A short one with the eyes open is a gentle way to begin." in told
    assert [title for _, title in OTHERS.findall(told)] == ["Shaking and rocking", "A first look"]
    assert told.count('class="button filled"') == 1
    assert "Not while driving, in water, or minding a small child." in told
    assert "!" not in re.sub(r"<[^>]+>", "", told.split("<main")[1].split("</main>")[0])


def test_without_a_voice_the_button_leads_to_where_one_is_chosen(seated: Client) -> None:
    found = re.search(r'class="button filled" href="([^"]+)"', page(seated))
    assert found
    address = found[1].replace("&amp;", "&")
    assert address == "/library/five-things?minutes=3&level=1"
    assert seated.get(address).status_code == 200


def test_with_a_voice_the_button_begins_it(seated: Client, seat: Seat) -> None:
    prefer_voice(seat, "none")
    told = page(seated)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', told))
    assert (fields["minutes"], fields["level"], fields["voice"]) == ("3", "1", "none")
    answer = seated.post("/library/five-things/sit", fields)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/sit/")


def test_what_is_made_ready_stays_the_same_until_something_was_sat(
    seated: Client, seat: Seat, past: Past
) -> None:
    prefer_voice(seat, "none")

    def seed() -> int:
        return int(seated.get("/today").context["page"].choices.seed)

    assert (first := seed()) == seed()
    past.sat(0, "hands")
    assert seed() != first


def test_a_voice_is_made_ready_while_one_reads(seated: Client, seat: Seat, house: House) -> None:
    voice = house.sound.voices()[0].name
    prefer_voice(seat, voice)
    assert offered(seated) == "Five things"


def test_something_else_shorter_and_not_today_are_full_answers(seated: Client) -> None:
    decide(seated, "something-else", "five-things")
    assert offered(seated) == "Shaking and rocking"
    assert "You asked for something else" in page(seated)
    decide(seated, "offer-again")
    decide(seated, "shorter", "3")
    told = page(seated)
    assert "Sit with me for 2 minutes" in told
    assert "Shorter is fine" in told
    decide(seated, "not-today")
    told = page(seated)
    assert not TITLE.search(told)
    assert "Not today is a full answer. Thank you for looking in." in told
    assert len(OTHERS.findall(told)) == 2
    decide(seated, "offer-again")
    assert offered(seated) == "Five things"


def test_when_everything_was_declined_rest_is_suggested(seated: Client, house: House) -> None:
    for practice in house.shelf.ids():
        decide(seated, "something-else", practice)
    told = page(seated)
    assert "a day without is a good answer, too." in told
    assert "Offer it all again" in told


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("", ""),
        ("something-else", ""),
        ("something-else", "x" * 81),
        ("shorter", "0"),
        ("shorter", "many"),
        ("level", "4"),
        ("override:S2", ""),
        ("override:S11", ""),
        ("skip:person", ""),
    ],
)
def test_what_is_not_on_the_page_cannot_be_decided(seated: Client, kind: str, value: str) -> None:
    answer = seated.post("/today/decide", {"kind": kind, "value": value})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_a_pause_says_why_and_can_be_gone_against_after_reading(seated: Client, past: Past) -> None:
    past.sat(3, felt="harder")
    past.sat(2, "thawing", minutes=5, inward=2, taps=("too-much",))
    told = page(seated)
    assert "Two sittings within a week were too much or left things harder" in told
    assert "I have read this. Offer it anyway." in told
    assert offered(seated) == "Shaking and rocking"
    assert "Thawing" not in [title for _, title in OTHERS.findall(told)]
    assert "walking" in told
    decide(seated, "override:S5")
    assert "is paused" not in page(seated)


def test_the_stop_card_suggests_nothing_and_points_to_others(seated: Client, past: Past) -> None:
    for days in (1, 2, 3):
        past.sat(days, felt="further")
    told = page(seated)
    assert "These practices seem to make things harder just now." in told
    assert "That says something about them, not about you." in told
    assert "Cheetah House" in told
    assert 'href="/help#worse"' in told
    assert not TITLE.search(told)
    decide(seated, "override:S6")
    assert TITLE.search(page(seated))


def test_too_much_ends_with_the_day_and_locks_nothing(seated: Client, past: Past) -> None:
    past.sat(0, taps=("too-much",))
    told = page(seated)
    assert "It ends with the day. Nothing in the library is locked." in told
    assert "override:S2" not in told
    assert seated.get("/library/thawing").status_code == 200


def test_unreal_names_a_professional_once(seated: Client, past: Past) -> None:
    past.checked_in(2, unreal=True)
    past.checked_in(1, unreal=True)
    assert "a good thing to tell a doctor or a therapist" in page(seated)
    decide(seated, "seen:professional")
    told = page(seated)
    assert "a good thing to tell a doctor or a therapist" not in told
    assert "Things were unreal or far away in two of your last five check-ins" in told


def test_after_anger_a_card_waits_until_it_is_put_away(seated: Client, past: Past) -> None:
    past.sat(2, taps=("angry",))
    assert "After the anger" in page(seated)
    decide(seated, "seen:repair")
    assert "After the anger" not in page(seated)


def test_a_lot_in_one_day_is_said(seated: Client, past: Past) -> None:
    past.sat(0, minutes=21)
    told = page(seated)
    assert "That was a lot for one day." in told
    assert "Movement and people are still good company." in told


def test_after_a_gap_the_old_level_is_one_tap_away(seated: Client, past: Past) -> None:
    past.decided(40, "level", "2")
    past.sat(30)
    told = page(seated)
    assert "A short one is a gentle way to begin again." in told
    assert "As before: steadier" in told
    decide(seated, "level", "2")


def test_longer_quiet_is_asked_and_both_answers_are_fine(seated: Client, past: Past) -> None:
    for days in range(1, 7):
        past.sat(days)
    assert "Longer quiet between the words?" in page(seated)
    decide(seated, "quiet-as-it-is")
    assert "Longer quiet between the words?" not in page(seated)


def test_a_check_in_of_today_is_acknowledged(seated: Client, past: Past) -> None:
    assert "You said how it is today." not in page(seated)
    row = past.checked_in(0)
    told = page(seated)
    assert "You said how it is today." in told
    assert f"/check-in/{row.id}" in told
    assert "/check-in?next=today" in told


def test_what_cannot_be_played_with_what_is_avoided_is_not_offered(
    seated: Client, seat: Seat
) -> None:
    body = sealed_of(Preferred(avoid=("self", "standing"), posture="walking"))
    sealed.create(Preferences, seat, new_id(), {"body": body})
    told = page(seated)
    assert TITLE.search(told)
    assert "walking" in told


def test_where_nothing_can_be_played_rest_is_suggested(seated: Client, seat: Seat) -> None:
    body = sealed_of(Preferred(silence_s=1))  # As an import may bring it: no length is reached.
    sealed.create(Preferences, seat, new_id(), {"body": body})
    told = page(seated)
    assert not TITLE.search(told)
    assert not OTHERS.findall(told)
    assert "Nothing here fits just now, and rest is a good answer, too." in told


def test_what_only_answers_a_tap_does_not_make_a_practice_inward(house: House) -> None:
    thawing = house.shelf.published("thawing")
    inward = next(section for section in thawing.sections if section.when.inward)
    assert turns_inward(thawing)
    assert not turns_inward(replace(thawing, sections=(replace(inward, response="nothing"),)))
    entry = Entry("the hands", Conditions(inward=True))
    assert turns_inward(replace(thawing, sections=(), lists={"places": (entry,)}))


def test_the_question_of_what_came_is_due_after_the_first_sitting(seat: Seat, past: Past) -> None:
    assert not asks_unwelcome_now(seat)
    past.sat(0)
    assert asks_unwelcome_now(seat)
    past.came(0, "no")
    assert not asks_unwelcome_now(seat)


def test_who_opens_a_practice_by_themselves_is_told_why(
    seated: Client, seat: Seat, past: Past, house: House
) -> None:
    thawing, five = (house.shelf.published(name) for name in ("thawing", "five-things"))
    assert caution_for(seat, thawing) is None
    past.checked_in(0, unreal=True)
    caution = caution_for(seat, thawing)
    assert caution is not None
    assert caution.reason.startswith("You said that things are unreal or far away")
    assert caution_for(seat, five) is None
    assert len(seated.get("/library/thawing").content) > 0


def test_the_guide_is_told_everything_that_happened(seat: Seat, past: Past) -> None:
    past.sat(500)
    past.sat(1, "thawing", minutes=5, inward=2, taps=("too-much",), felt="harder")
    past.checked_in(1, unreal=True)
    past.came(1, "low", lasted="hours")
    past.decided(1, "not-today")
    state = state_at(seat, local_now())
    assert [sat.practice for sat in state.sittings] == ["thawing", "five-things"]
    sat = state.sittings[0]
    assert (sat.minutes, sat.inward_minutes, sat.responses) == (5, 2, ("too-much",))
    assert sat.felt_after == "harder"
    assert [each.unreal for each in state.checkins] == [True]
    assert [each.kinds for each in state.unwelcome] == [("low",)]
    assert [each.kind for each in state.decisions] == ["not-today"]


def test_no_decision_is_kept_by_looking(seated: Client, seat: Seat) -> None:
    page(seated)
    assert not decisions_of(seat)
