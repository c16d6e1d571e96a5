"""The page after a sitting: how it was, a line, and what came; nothing of it has to be said."""

from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest
from django.test import Client

from tests.fakes.sat import have_sat
from tests.fakes.seats import new_seat
from tests.web.after.conftest import Sits
from thaw.web import sealed
from thaw.web.after.queries import FELT
from thaw.web.checkin.models import CheckIn
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.sit.queries import sat
from thaw.web.today.queries import has_decided, unwelcome_since
from thaw.web.write import actions as journal
from thaw.web.write.days import today
from thaw.web.write.models import Note
from thaw.web.write.queries import Written, note_of, notes_on


def page_of(client: Client, id_: UUID, more: str = "") -> str:
    answer = client.get(f"/after/{id_}{more}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def notes(seat: Seat) -> list[str]:
    found = [note for day in notes_on(seat, today()).days for note in day.notes]
    return [note.body.text for note in found if isinstance(note, Written)]


def settled(sits: Sits, count: int = 1) -> UUID:
    """Have sat so often that nothing is asked but how it was; return the latest."""
    for _ in range(count):
        sits()
    return sits()


def test_five_answers_of_one_weight_and_going_on_without_one(seated: Client, sits: Sits) -> None:
    page = page_of(seated, settled(sits))
    for felt, words in FELT.items():
        assert f'<button class="button" type="submit" name="felt" value="{felt}">{words}<' in page
    assert 'name="go" value="on">Go on<' in page
    assert "How was that?" in page


@pytest.mark.parametrize("felt", FELT)
def test_one_tap_is_kept_and_thanked_for_alike(
    seated: Client, seat: Seat, sits: Sits, felt: str
) -> None:
    id_ = settled(sits)
    answer = seated.post(f"/after/{id_}", {"felt": felt})
    assert (answer.status_code, answer["Location"]) == (303, f"/after/{id_}")
    assert sat(seat, id_).body.after.felt == felt
    page = page_of(seated, id_)
    assert "Thank you." in page
    assert f"You said: {FELT[felt].lower()}." in page


@pytest.mark.parametrize(
    ("felt", "is_harder"),
    [("harder", True), ("further", True)]
    + [(felt, False) for felt in ("easier", "same", "cant-tell")],
)
def test_after_harder_the_room_comes_first_then_people(
    seated: Client, sits: Sits, felt: str, is_harder: bool
) -> None:
    id_ = settled(sits)
    seated.post(f"/after/{id_}", {"felt": felt})
    page = page_of(seated, id_)
    page = page[page.index('id="main"') : page.index("<dialog")]
    assert ("Press both feet into the floor" in page) is is_harder
    assert ('href="/help" data-help' in page) is is_harder
    assert ("It says something about the practice, not about you." in page) is is_harder


def test_another_answer_takes_the_place_of_the_first(
    seated: Client, seat: Seat, sits: Sits
) -> None:
    id_ = settled(sits)
    for felt in ("easier", "easier", "harder"):
        seated.post(f"/after/{id_}", {"felt": felt})
    assert sat(seat, id_).body.after.felt == "harder"
    assert 'value="harder" aria-pressed="true"' in page_of(seated, id_, "?again=1")


@pytest.mark.parametrize(
    ("sat_s", "words"),
    [
        (0.4, "Less than a minute, sat."),
        (62, "1 minute, sat."),
        (179.9, "3 minutes, sat."),
        (245, "4 minutes, sat."),
    ],
)
@pytest.mark.parametrize("how", ["stopped", "gently", "left", "ended"])
def test_the_minutes_count_as_a_fact_however_it_ended(
    seated: Client, sits: Sits, sat_s: float, words: str, how: str
) -> None:
    assert words in page_of(seated, sits(sat_s=sat_s, how=how))


def test_a_line_becomes_a_note_of_this_sitting(seated: Client, seat: Seat, sits: Sits) -> None:
    id_, note = settled(sits), new_id()
    said = {"felt": "same", "line": "The lamp was warm.\r\nI think.", "note": str(note)}
    assert seated.post(f"/after/{id_}", said).status_code == 303
    kept = note_of(seat, note)
    assert kept.body.text == "The lamp was warm.\nI think."
    assert str(kept.body.sat) == "five-things:3"
    assert sat(seat, id_).body.after.note == note
    assert f'href="/write/notes/{note}"' in page_of(seated, id_)
    assert "<textarea" not in page_of(seated, id_)


def test_what_is_sent_twice_is_kept_once(seated: Client, seat: Seat, sits: Sits) -> None:
    id_ = settled(sits)
    said = {"felt": "easier", "line": "Once.", "note": str(new_id())}
    for _ in range(3):
        assert seated.post(f"/after/{id_}", said).status_code == 303
    assert notes(seat) == ["Once."]


def test_another_line_after_going_back_is_not_lost_and_overwrites_nothing(
    seated: Client, seat: Seat, sits: Sits
) -> None:
    id_, note = settled(sits), str(new_id())
    seated.post(f"/after/{id_}", {"line": "First.", "note": note})
    answer = seated.post(f"/after/{id_}", {"line": "Second.", "note": note, "go": "on"})
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "in the journal already" in page
    assert "Second.</textarea>" in page
    assert f'name="note" value="{answer.context["note"]}"' in page
    seated.post(f"/after/{id_}", {"line": "Second.", "note": str(answer.context["note"])})
    assert sorted(notes(seat)) == ["First.", "Second."]


def test_an_id_that_is_someone_elses_costs_no_line(seated: Client, seat: Seat, sits: Sits) -> None:
    theirs = new_id()
    sealed.create(Note, new_seat(), theirs, {"body": b"{}"}, day=today())
    answer = seated.post(f"/after/{settled(sits)}", {"line": "Mine.", "note": str(theirs)})
    assert answer.status_code == 404
    assert "Mine.</textarea>" in answer.content.decode()
    assert answer.context["note"] != theirs
    assert notes(seat) == []


def test_a_line_of_nothing_is_no_note(seated: Client, seat: Seat, sits: Sits) -> None:
    seated.post(f"/after/{settled(sits)}", {"line": " \n ", "go": "on"})
    assert notes(seat) == []


@pytest.mark.parametrize("note", ["", "x", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"])
def test_a_line_needs_no_id_of_the_page(seated: Client, seat: Seat, sits: Sits, note: str) -> None:
    seated.post(f"/after/{settled(sits)}", {"line": "Kept.", "note": note})
    assert notes(seat) == ["Kept."]


def test_a_character_that_cannot_be_kept_is_marked_and_the_tap_counts(
    seated: Client, seat: Seat, sits: Sits
) -> None:
    id_ = settled(sits)
    answer = seated.post(f"/after/{id_}", {"felt": "same", "line": "a\x00b"})
    assert answer.status_code == 422
    assert "a\N{REPLACEMENT CHARACTER}b" in answer.content.decode()
    assert sat(seat, id_).body.after.felt == "same"


def test_a_note_that_was_thrown_away_leaves_room_for_another(
    seated: Client, seat: Seat, sits: Sits
) -> None:
    id_, note = settled(sits), new_id()
    seated.post(f"/after/{id_}", {"line": "Once.", "note": str(note)})
    journal.trash(seat, note)
    assert "<textarea" in page_of(seated, id_)
    journal.purge(seat, note)
    assert "<textarea" in page_of(seated, id_)


def test_a_note_that_cannot_be_read_is_still_there(seated: Client, sits: Sits) -> None:
    id_, note = settled(sits), new_id()
    seated.post(f"/after/{id_}", {"line": "Once.", "note": str(note)})
    Note.objects.filter(id=note).update(body=b"\x00" * 80)
    assert f'href="/write/notes/{note}"' in page_of(seated, id_)


@pytest.mark.parametrize("felt", ["best", "Easier", "0"])
def test_an_answer_that_there_is_not_is_a_sentence_and_the_line_stays(
    seated: Client, seat: Seat, sits: Sits, felt: str
) -> None:
    id_ = settled(sits)
    answer = seated.post(f"/after/{id_}", {"felt": felt, "line": "Still here."})
    assert answer.status_code == 422
    assert "Choose one of the five answers" in answer.content.decode()
    assert "Still here.</textarea>" in answer.content.decode()
    assert sat(seat, id_).body.after.felt is None


def test_going_on_leads_to_today_and_says_nothing(seated: Client, seat: Seat, sits: Sits) -> None:
    id_ = settled(sits)
    answer = seated.post(f"/after/{id_}", {"go": "on"})
    assert (answer.status_code, answer["Location"]) == (303, "/today")
    assert sat(seat, id_).body.after.felt is None


def test_a_check_in_is_offered_and_comes_back(seated: Client, sits: Sits) -> None:
    id_ = settled(sits)
    assert "A check-in first" in page_of(seated, id_)
    answer = seated.post(f"/after/{id_}", {"go": "checkin", "line": "Before it."})
    assert answer["Location"] == f"/check-in?next=after/{id_}"


def test_a_check_in_that_followed_is_named_in_the_log(
    seated: Client, seat: Seat, sits: Sits
) -> None:
    before = new_id()
    sealed.create(CheckIn, seat, before, {"body": b'{"felt": 1}'}, day=today())
    id_, after = settled(sits), new_id()
    seated.post(f"/after/{id_}", {"felt": "same"})
    assert sat(seat, id_).body.after.checkin is None
    sealed.create(CheckIn, seat, after, {"body": b'{"felt": 2}'}, day=today())
    sealed.create(CheckIn, seat, new_id(), {"body": b"damaged"}, day=today())
    seated.post(f"/after/{id_}", {"go": "on"})
    assert sat(seat, id_).body.after.checkin == after
    assert "A check-in first" not in page_of(seated, id_)
    seated.post(f"/after/{id_}", {"go": "on"})


def test_what_is_someone_elses_or_was_never_sat_is_not_there(seated: Client) -> None:
    for unknown in (have_sat(new_seat()), new_id()):
        assert seated.get(f"/after/{unknown}").status_code == 404
        assert seated.post(f"/after/{unknown}", {"felt": "same"}).status_code == 404


def test_a_practice_that_left_the_library_has_no_drawing(seated: Client, sits: Sits) -> None:
    id_ = sits(practice="gone", title="Gone", planned_s=65.0)
    assert seated.get(f"/after/{id_}").context["page"].drawing is None
    far = sits(planned_s=3600.0)
    assert seated.get(f"/after/{far}").context["page"].drawing is None
    assert seated.get(f"/after/{sits()}").context["page"].drawing is not None


def test_no_title_names_what_was_sat_or_said(seated: Client, sits: Sits) -> None:
    assert "<title>Thaw</title>" in page_of(seated, sits())


@pytest.mark.parametrize("count", [1, 3, 5])
def test_what_was_unwelcome_is_asked_on_its_schedule(
    seated: Client, sits: Sits, count: int
) -> None:
    for number in range(1, 6):
        page = page_of(seated, sits())
        if number == count:
            assert "Did anything unwelcome come, then or later?" in page
        if number in (2, 4):
            assert "unwelcome come" not in page


def test_no_is_one_tap_and_kept(seated: Client, seat: Seat, sits: Sits) -> None:
    id_ = sits()
    for _ in range(2):
        assert seated.post(f"/after/{id_}", {"came": "no"})["Location"] == f"/after/{id_}"
    assert {each.kinds for each in unwelcome_since(seat)} == {("no",)}
    assert sat(seat, id_).body.unwelcome == ()
    assert "unwelcome come" not in page_of(seated, id_)


def test_something_leads_to_what_it_was(seated: Client, seat: Seat, sits: Sits) -> None:
    id_ = sits()
    answer = seated.post(f"/after/{id_}", {"came": "yes", "felt": "further"})
    assert answer["Location"] == f"/after/{id_}?came=1"
    assert sat(seat, id_).body.after.felt == "further"
    assert "More numb, or further away" in page_of(seated, id_, "?came=1")
    said = {"kinds": ["more-numb", "anxious"], "lasted": "hours", "unwelcome": str(new_id())}
    for _ in range(2):
        assert seated.post(f"/after/{id_}", said)["Location"] == f"/after/{id_}"
    (came,) = unwelcome_since(seat)
    assert (came.kinds, came.lasted, came.sitting) == (("more-numb", "anxious"), "hours", id_)
    assert sat(seat, id_).body.unwelcome == ("more-numb", "anxious")
    page = page_of(seated, id_, "?came=1")
    assert "A day without practice is a good answer" in page
    assert "cheetahhouse.org" in page[page.index('id="main"') : page.index("<dialog")]


@pytest.mark.parametrize("kinds", [["unknown"], ["anxious", "unknown"]])
def test_what_nobody_knows_is_a_sentence(seated: Client, sits: Sits, kinds: list[str]) -> None:
    answer = seated.post(f"/after/{sits()}", {"kinds": kinds})
    assert answer.status_code == 422
    assert "Choose what came" in answer.content.decode()


def test_keeping_without_choosing_says_so_and_leads_nowhere(seated: Client, sits: Sits) -> None:
    answer = seated.post(f"/after/{sits()}", {"came": "these", "lasted": "hours"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose what came, or go back." in page
    assert '<option value="hours" selected>' in page


def test_another_answer_under_the_same_id_is_a_sentence(seated: Client, sits: Sits) -> None:
    id_, sent = sits(), str(new_id())
    seated.post(f"/after/{id_}", {"kinds": ["low"], "unwelcome": sent})
    answer = seated.post(f"/after/{id_}", {"kinds": ["pain"], "unwelcome": sent})
    assert answer.status_code == 422
    assert "answered already" in answer.content.decode()


def test_passing_over_the_question_lets_it_rest(seated: Client, seat: Seat, sits: Sits) -> None:
    id_ = sits()
    seated.post(f"/after/{id_}", {"go": "on"})
    assert has_decided(seat, "asked:unwelcome")
    assert "unwelcome come" not in page_of(seated, id_)
    assert unwelcome_since(seat) == ()


def test_it_is_asked_after_the_newest_sitting_only(seated: Client, sits: Sits) -> None:
    old = sits()
    sits(), sits()
    assert "unwelcome come" not in page_of(seated, old)


def test_the_day_a_note_belongs_to_is_the_day_it_was_written(
    seated: Client, seat: Seat, sits: Sits
) -> None:
    id_, note = settled(sits), new_id()
    seated.post(f"/after/{id_}", {"line": "Today.", "note": str(note)})
    assert note_of(seat, note).day == datetime.now(UTC).astimezone().date()
    assert sealed.row_of(Note, seat, note).version == 1
