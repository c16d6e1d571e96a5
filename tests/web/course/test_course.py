"""The pages of courses: days open in any order, done and taken back, none of them ever missed."""

import io
import re
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.conftest import let_in, new_visitor, seat_in, set_passphrase, unlock
from thaw.exchange.sources import ZipSource
from thaw.library.courses import Courses
from thaw.library.shelf import Shelf
from thaw.units import DamageError, InputError
from thaw.web import sealed
from thaw.web.course.actions import finish, remember
from thaw.web.course.body import Finished, check_done, finished_in, sealed_of
from thaw.web.course.models import Done
from thaw.web.course.queries import done_days
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat
from thaw.web.preferences.actions import keep as prefer
from thaw.web.preferences.body import Preferred
from thaw.web.take.exports import export_zip
from thaw.web.take.imports import take_in
from thaw.web.write.body import Body, body_of
from thaw.web.write.models import Note

DAY = "/course/out-of-numbness/2"
DONE = "You have done this day."


@pytest.fixture
def seat(house: House, seated: Client) -> Seat:
    return seat_in(house, seated)


def main_of(page: bytes) -> str:
    """Return the words of a page's own part."""
    found = re.search(r'<main id="main".*?</main>', page.decode(), re.DOTALL)
    assert found
    flat = re.sub(r"</?(?:em|a|span)\b[^>]*>", "", found[0])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", flat)).split())


def notes(seat: Seat) -> list[Body]:
    """Return what is in the journal."""
    rows = sealed.rows_of(Note, seat)
    return [body_of(row.fields["body"]) for row in rows if isinstance(row, sealed.Row)]


def done(seat: Seat) -> list[Finished]:
    return [each.finished for each in done_days(seat)]


def written(text: str = "fog over a field", note: UUID | None = None) -> dict[str, str]:
    return {"how": "written", "text": text, "note": str(note or new_id())}


def test_the_course_has_its_days_and_nothing_is_counted(seated: Client) -> None:
    answer = seated.get("/course")
    said = main_of(answer.content)
    assert "Out of numbness" in said
    for number, title in enumerate(
        ("Understand", "Begin", "Undo thoughts", "Kindness", "Act"), start=1
    ):
        assert f"Day {number} {title}" in said
        assert f'href="/course/out-of-numbness/{number}"' in answer.content.decode()
    assert "done" not in said.partition("Day 1")[2]
    assert not re.search(r"\b(streak|missed|of 5|of five|left to do|next up|%|overdue)\b", said)


@pytest.mark.parametrize("number", [5, 1, 3, 2, 4])
def test_every_day_is_open_at_any_time(seated: Client, house: House, number: int) -> None:
    course = house.courses.course("out-of-numbness")
    day = course.days[number - 1]
    answer = seated.get(f"/course/out-of-numbness/{number}")
    said = main_of(answer.content)
    assert answer.status_code == 200
    assert f"<h1>{day.title}</h1>" in answer.content.decode()
    for passage in day.passages:
        assert passage.text in said
    assert day.thing.text in said
    assert DONE not in said


def test_the_button_leads_to_the_practice_in_its_length(seated: Client) -> None:
    page = seated.get(DAY).content.decode()
    assert 'href="/library/walking-back-in?minutes=5">Sit with me for 5 minutes' in page
    assert page.count("button filled") == 1
    assert "Not while driving" in page


def test_with_a_voice_of_ones_own_the_button_begins(seated: Client, seat: Seat) -> None:
    prefer(seat, Preferred(voice="none"), new_id(), 0)
    page = seated.get(DAY).content.decode()
    form = re.search(
        r'<form[^>]+action="(/library/walking-back-in/sit)".*?</form>', page, re.DOTALL
    )
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert fields["minutes"] == "5"
    begun = seated.post(form[1], {k: v for k, v in fields.items() if k != "csrfmiddlewaretoken"})
    assert begun.status_code in (200, 303)


def test_what_is_written_becomes_a_note_and_the_day_is_done(seated: Client, seat: Seat) -> None:
    note = new_id()
    answer = seated.post(DAY, written(note=note))
    assert (answer.status_code, answer["Location"]) == (303, f"{DAY}/kept")
    assert notes(seat) == [Body(text="fog over a field", tags=("Out of numbness, day 2",))]
    assert done(seat) == [Finished("out-of-numbness", 2, "written", note)]
    kept = seated.get(f"{DAY}/kept").content.decode()
    assert f'href="/write/notes/{note}"' in kept
    assert 'href="/course/out-of-numbness/3"' in kept
    assert DONE in main_of(seated.get(DAY).content)
    listed = main_of(seated.get("/course").content)
    assert "Day 2 Begin done Day 3" in listed
    assert "Day 1 Understand Day 2" in listed


@pytest.mark.parametrize("how", ["paper", "left"])
def test_on_paper_or_left_at_that_is_as_good(seated: Client, seat: Seat, how: str) -> None:
    assert seated.post(DAY, {"how": how, "text": "  "}).status_code == 303
    assert [each.how for each in done(seat)] == [how]
    assert notes(seat) == []
    said = main_of(seated.get(f"{DAY}/kept").content)
    assert "Thank you. You can leave it at that." in said
    assert "journal" not in said


def test_the_last_day_leads_to_no_further_one(seated: Client) -> None:
    seated.post("/course/out-of-numbness/5", {"how": "paper"})
    assert "Day 6" not in main_of(seated.get("/course/out-of-numbness/5/kept").content)


def test_a_day_done_again_is_remembered_once_and_each_note_stays(
    seated: Client, seat: Seat
) -> None:
    first, second = new_id(), new_id()
    for sent in (written("one", first), written("two", second), {"how": "paper"}):
        assert seated.post(DAY, sent).status_code == 303
    assert done(seat) == [Finished("out-of-numbness", 2, "paper", second)]
    assert sorted(body.text for body in notes(seat)) == ["one", "two"]


def test_what_is_sent_twice_is_kept_once_and_other_words_beside_it(
    seated: Client, seat: Seat
) -> None:
    note = new_id()
    for text in ("one", "one", "two"):
        assert seated.post(DAY, written(text, note)).status_code == 303
    assert sorted(body.text for body in notes(seat)) == ["one", "two"]
    assert len(done(seat)) == 1


def test_done_can_be_taken_back_and_what_was_written_stays(seated: Client, seat: Seat) -> None:
    seated.post(DAY, written())
    answer = seated.post(f"{DAY}/back")
    assert (answer.status_code, answer["Location"]) == (303, DAY)
    assert not Done.objects.exists()
    assert DONE not in main_of(seated.get(DAY).content)
    assert len(notes(seat)) == 1
    assert seated.post(f"{DAY}/back").status_code == 303


def test_a_note_that_was_thrown_away_is_not_linked_any_more(seated: Client) -> None:
    note = new_id()
    seated.post(DAY, written(note=note))
    seated.post(f"/write/notes/{note}/trash")
    assert str(note) not in seated.get(DAY).content.decode()
    seated.post(f"/write/notes/{note}/purge")
    answer = seated.get(DAY)
    assert str(note) not in answer.content.decode()
    assert DONE in main_of(answer.content)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"how": "written", "text": " \n"}, "Nothing is written yet"),
        ({"how": "paper", "text": "half a line"}, "There are words in the field."),
        ({"how": "left", "text": "half a line"}, "There are words in the field."),
        ({"how": "gold", "text": "half a line"}, "Keep it, do it on paper, or leave it at that."),
        ({"text": "half a line"}, "Keep it, do it on paper, or leave it at that."),
        ({"how": "written", "text": "a\0b"}, "a character in this that cannot be kept"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(
    seated: Client, seat: Seat, sent: dict[str, str], sentence: str
) -> None:
    answer = seated.post(DAY, sent)
    assert answer.status_code == 422
    assert sentence in main_of(answer.content)
    shown = sent["text"].strip().replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert f"{shown}</textarea>" in answer.content.decode().replace("\r\n", "\n").replace(
        " \n<", "<"
    )
    assert (done(seat), notes(seat)) == ([], [])


def test_a_text_that_is_too_long_comes_back(seated: Client, seat: Seat) -> None:
    answer = seated.post(DAY, written("x" * (2**20 + 1)))
    assert answer.status_code == 413
    assert "more than one note can hold" in main_of(answer.content)
    assert done(seat) == []


@pytest.mark.parametrize(
    "path", ["/course/nowhere/1", "/course/out-of-numbness/0", "/course/out-of-numbness/6"]
)
def test_a_day_that_is_none_is_a_calm_404(seated: Client, path: str) -> None:
    for answer in (seated.get(path), seated.get(f"{path}/kept"), seated.post(path, written())):
        assert answer.status_code == 404
    assert "no such" in main_of(seated.get(path).content)


@pytest.mark.parametrize("path", ["/course/../1", "/course/out-of-numbness/x", "/course/a/-1"])
def test_no_address_leads_elsewhere(seated: Client, path: str) -> None:
    assert seated.get(path).status_code == 404


def put(house: House, tmp_path: Path, name: str, text: str) -> None:
    """Give the house courses of its own, this one among them."""
    folder = tmp_path / "content" / "courses"
    folder.mkdir(parents=True, exist_ok=True)
    ours = (house.content / "courses" / "out-of-numbness.md").read_text(encoding="utf-8")
    (folder / "out-of-numbness.md").write_text(ours, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    house.courses = Courses(folder.parent)


def ours(house: House) -> str:
    return (house.content / "courses" / "out-of-numbness.md").read_text(encoding="utf-8")


def test_a_broken_course_is_named_and_takes_no_other_down(
    seated: Client, house: House, tmp_path: Path
) -> None:
    put(house, tmp_path, "broken.md", ours(house).replace("days: 5", "days: 6"))
    said = main_of(seated.get("/course").content)
    assert "Out of numbness" in said
    assert "broken.md:1:1: error course.days: The front matter says 6 days" in said
    assert seated.get(DAY).status_code == 200
    answer = seated.get("/course/broken/1")
    assert answer.status_code == 422
    assert "The front matter says 6 days" in main_of(answer.content)


def test_of_two_courses_each_has_its_heading(seated: Client, house: House, tmp_path: Path) -> None:
    put(house, tmp_path, "other.md", ours(house).replace("title: Out of", "title: Further out of"))
    page = seated.get("/course").content.decode()
    assert "<h1>Courses</h1>" in page
    assert "<h2>Further out of numbness</h2>" in page
    assert 'href="/course/other/1"' in page


def test_without_courses_the_page_says_so(seated: Client, house: House, tmp_path: Path) -> None:
    house.courses = Courses(tmp_path)
    assert "There are no courses here." in main_of(seated.get("/course").content)


def test_a_practice_that_is_gone_takes_no_day_down(
    seated: Client, house: House, tmp_path: Path
) -> None:
    put(house, tmp_path, "x.md", ours(house).replace("walking-back-in, 5", "gone-by-now, 5"))
    answer = seated.get("/course/x/2")
    assert answer.status_code == 200
    assert "is not in the library just now" in main_of(answer.content)
    assert seated.post("/course/x/2", {"how": "paper"}).status_code == 303


def test_a_practice_that_is_broken_takes_no_day_down(
    seated: Client, house: House, tmp_path: Path
) -> None:
    folder = tmp_path / "content" / "practices"
    folder.mkdir(parents=True)
    for name in ("words", "responses"):
        (folder.parent / name).symlink_to(house.content / name)
    (folder / "walking-back-in.md").write_text("no practice", encoding="utf-8")
    house.shelf = Shelf(folder.parent)
    assert "is not in the library just now" in main_of(seated.get(DAY).content)


def test_a_length_that_the_practice_has_no_more_is_the_nearest(
    seated: Client, house: House, tmp_path: Path
) -> None:
    put(house, tmp_path, "x.md", ours(house).replace("walking-back-in, 5", "walking-back-in, 60"))
    assert "Sit with me for 20 minutes" in main_of(seated.get("/course/x/2").content)


def test_a_claim_leads_to_its_work_and_one_without_says_so(
    seated: Client, house: House, tmp_path: Path
) -> None:
    text = ours(house).replace("the cup in your hand.", "a cup. [@ma-2021] Tea [@gone-1900].", 1)
    put(house, tmp_path, "x.md", text)
    page = seated.get("/course/x/2").content.decode()
    assert 'a cup. (<a href="/learn/works/ma-2021">Ma and others, 2021</a>)' in page
    assert "Tea (the source of this is missing)." in page


def test_a_text_that_a_lesson_names_is_one_tap_away_while_it_is_there(
    seated: Client, house: House, tmp_path: Path
) -> None:
    link = '<a href="/learn/where-it-comes-from">Where numbness can come from</a>'
    assert link in seated.get("/course/out-of-numbness/1").content.decode()
    put(house, tmp_path, "x.md", ours(house).replace("/learn/where-it-comes-from", "/learn/gone"))
    page = seated.get("/course/x/1")
    assert page.status_code == 200
    assert "called Where numbness can come from. You" in main_of(page.content)
    assert b"/learn/gone" not in page.content


def test_a_tag_is_never_longer_than_tags_may_be(
    seated: Client, seat: Seat, house: House, tmp_path: Path
) -> None:
    text = ours(house).replace("title: Out of numbness", f"title: {'Far, and further, ' * 8}out")
    put(house, tmp_path, "x.md", text)
    assert seated.post("/course/x/5", written()).status_code == 303
    ((tag,),) = (body.tags for body in notes(seat))
    assert tag.startswith("Far and further Far and further F")
    assert len(tag) <= 40
    assert tag.endswith(", day 5")


def test_locked_shows_nothing_of_it(house: House, seated: Client) -> None:
    seated.post(DAY, written())
    set_passphrase(house)
    client = let_in(house, new_visitor())
    assert client.get(DAY).status_code == 423
    assert client.post(DAY, written()).status_code == 423
    assert DONE in main_of(unlock(client).get(DAY).content)


def test_which_day_was_done_stands_clear_nowhere(seated: Client, house: House) -> None:
    seated.post(DAY, written("a line that nobody else reads"))
    files = [path.read_bytes() for path in house.data.rglob("*") if path.is_file()]
    assert not [found for found in files if b"out-of-numbness" in found]


def test_a_row_that_no_longer_opens_is_passed_over(seated: Client, seat: Seat) -> None:
    seated.post(DAY, {"how": "paper"})
    Done.objects.update(version=7)
    assert done(seat) == []
    assert seated.get(DAY).status_code == 200


def test_a_row_of_another_shape_is_passed_over(seat: Seat) -> None:
    sealed.create(Done, seat, new_id(), {"body": b'{"course": 1}'})
    assert done(seat) == []


def test_two_rows_of_one_day_are_one_and_go_together(seated: Client, seat: Seat) -> None:
    for how in ("paper", "left"):
        body = sealed_of(Finished("out-of-numbness", 2, how))
        sealed.create(Done, seat, new_id(), {"body": body})
    assert seated.get("/course").content.count(b"was-done") == 1
    seated.post(f"{DAY}/back")
    assert not Done.objects.exists()


def test_what_was_said_in_two_tabs_at_once_is_remembered(seat: Seat) -> None:
    finish(seat, "a", 1, "paper", note=new_id())
    before = next(done_days(seat))
    remember(seat, Finished("a", 1, "left"))
    sealed.save(Done, seat, before.id, 2, {"body": sealed_of(Finished("a", 1, "paper"))})
    assert len(done(seat)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"course": "a"}',
        b'{"course": "A b", "day": 1}',
        b'{"course": "a", "day": 0}',
        b'{"course": "a", "day": 1000}',
        b'{"course": "a", "day": true}',
        b'{"course": "a", "day": "1"}',
        b'{"course": "a", "day": 1, "note": "x"}',
        b'{"course": "a", "day": 1, "note": 7}',
        b'{"course": "' + b"a" * 81 + b'", "day": 1}',
    ],
)
def test_a_copy_brings_in_no_row_that_is_no_day(body: bytes) -> None:
    with pytest.raises(DamageError):
        check_done({"body": body})


def test_a_way_that_a_later_thaw_added_reads_as_left() -> None:
    found = finished_in(b'{"course": "a", "day": 1, "how": "danced", "more": 1}')
    assert found == Finished("a", 1, "left")
    assert finished_in(sealed_of(found)) == found


def test_what_was_done_goes_along_in_a_copy_and_comes_back(seated: Client, seat: Seat) -> None:
    seated.post(DAY, written())
    before = done(seat)
    copy = io.BytesIO(b"".join(export_zip(seat, timezone.now())))
    seated.post(f"{DAY}/back")
    taken = take_in(seat, ZipSource(copy))
    assert (taken.new, taken.same) == (1, 1)
    assert done(seat) == before


def test_a_copy_with_a_day_that_is_none_is_refused_whole(seat: Seat) -> None:
    sealed.create(Done, seat, new_id(), {"body": b'{"course": "Not One", "day": 1}'})
    copy = io.BytesIO(b"".join(export_zip(seat, timezone.now())))
    Done.objects.all().delete()
    with pytest.raises(InputError):
        take_in(seat, ZipSource(copy))
    assert not Done.objects.exists()
