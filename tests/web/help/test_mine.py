"""Keeping one's own help, and letting it be read while locked."""

from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from django.test import Client
from sqlcipher3 import dbapi2

from tests.web.conftest import new_visitor, seat_in, unlock
from thaw.units import DamageError, InputError
from thaw.web import sealed
from thaw.web.help import body
from thaw.web.help.actions import keep as keep_own
from thaw.web.help.body import Own
from thaw.web.help.models import OwnHelp, ShownHelp
from thaw.web.help.queries import everything_of, mine_of, shown_of
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.people.models import Setting

JSON = {"Accept": "application/json"}
EVERYTHING = {"part": ["person", "plan", "country"], "read": "yes"}


def own_of(house: House, client: Client) -> Own:
    newest = everything_of(seat_in(house, client)).newest
    assert newest is not None
    return newest.own


def test_what_is_kept_is_there_again_and_can_be_changed(
    seated: Client, house: House, form: dict[str, str]
) -> None:
    assert seated.post("/help/mine/edit", form).status_code == 303
    page = seated.get("/help/mine/edit").content.decode()
    assert 'value="Mira of the third floor"' in page
    assert "the curtains stay closed" in page
    changed = {**form, "version": "1", "name": "", "number": "", "line": "", "signs": "a\r\nb"}
    assert seated.post("/help/mine/edit", changed).status_code == 303
    own = own_of(house, seated)
    assert (own.name, own.signs, own.country) == ("", "a\nb", "gb")
    assert not own.has_person


def test_all_of_it_is_sealed(seated: Client, house: House, form: dict[str, str]) -> None:
    assert seated.post("/help/mine/edit", form).status_code == 303
    for path in house.data.iterdir():
        if path.is_file():
            assert b"third floor" not in path.read_bytes()
    assert not ShownHelp.objects.exists()
    assert not Setting.objects.exclude(country="").exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "call her", "cannot be dialled"),
        ("number", "*#06#", "cannot be dialled"),
        ("country", "zz", "not in the list"),
        ("country", "nowhere", "5 letters at most"),
        ("name", "x" * 81, "80 letters at most"),
        ("reason", "x" * 601, "600 letters at most"),
        ("line", "a\0b", "cannot be kept"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(
    seated: Client, form: dict[str, str], field: str, value: str, said: str
) -> None:
    answer = seated.post("/help/mine/edit", {**form, field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Mira of the third floor" in page or field == "name"
    assert not OwnHelp.objects.exists()
    told = seated.post("/help/mine/edit", {**form, field: value}, headers=JSON)
    assert told.json()["error"]["field"] == field


def test_two_pages_that_meet_lose_neither_text(seated: Client, form: dict[str, str]) -> None:
    assert seated.post("/help/mine/edit", form).status_code == 303
    late = {**form, "reason": "the garden"}
    answer = seated.post("/help/mine/edit", late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "the garden" in page
    assert "the old dog" in page
    assert 'name="version" value="1"' in page
    assert seated.post("/help/mine/edit", late, headers=JSON).status_code == 409
    assert seated.post("/help/mine/edit", {**late, "version": "x"}).status_code == 409
    assert seated.post("/help/mine/edit", {**late, "version": "1"}).status_code == 303


def test_a_country_is_kept_by_itself(seated: Client, house: House, form: dict[str, str]) -> None:
    kept = seated.post("/help/country", {"country": "au"}, headers=JSON)
    assert kept.json() == {"country": "au"}
    assert own_of(house, seated) == Own(country="au")
    assert seated.post("/help/mine/edit", {**form, "version": "1"}).status_code == 303
    assert seated.post("/help/country", {"country": "other"}).status_code == 303
    assert own_of(house, seated).country == "other"
    assert own_of(house, seated).name == form["name"]
    assert seated.post("/help/country", {"country": "zz"}).status_code == 422


def test_nothing_is_shown_while_locked_before_it_was_read_what_that_means(
    locked: Client, form: dict[str, str]
) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    page = locked.get("/help/mine/locked").content.decode()
    assert "Now nothing of yours can be read while locked." in page
    answer = locked.post("/help/mine/locked", {"part": ["person"]})
    assert answer.status_code == 422
    assert "Tick that you have read" in answer.content.decode()
    assert locked.post("/help/mine/locked", {"part": ["x"], "read": "yes"}).status_code == 422
    assert not ShownHelp.objects.exists()


@pytest.mark.parametrize(
    ("part", "there", "not_there"),
    [
        ("person", ["Mira", "need company", "tel:+4930123456"], ["old dog", "selected"]),
        ("plan", ["old dog", "curtains"], ["Mira", "selected"]),
        ("country", ['<option value="gb" selected>'], ["Mira", "old dog"]),
    ],
)
def test_each_part_is_shown_while_locked_by_itself(
    locked: Client, form: dict[str, str], part: str, there: list[str], not_there: list[str]
) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    assert locked.post("/help/mine/locked", {"part": part, "read": "yes"}).status_code == 303
    locked.post("/lock")
    for path in ("/help/mine", "/library", "/unlock"):
        page = locked.get(path).content.decode()
        for word in there:
            assert word in page
        for word in not_there:
            assert word not in page
    for client in (new_visitor(), locked):
        assert "Mira" not in client.get("/help").content.decode()


def words_in_folder(data: Path, word: bytes) -> list[str]:
    found = [path for path in data.rglob("*") if path.is_file()]
    return [path.name for path in found if word in path.read_bytes()]


def test_taken_back_it_is_written_over(locked: Client, house: House, form: dict[str, str]) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    assert locked.post("/help/mine/locked", EVERYTHING).status_code == 303
    assert words_in_folder(house.data, b"third floor")
    assert Setting.objects.get().country == "gb"
    assert locked.post("/help/mine/locked").status_code == 303
    assert not words_in_folder(house.data, b"third floor")
    assert not ShownHelp.objects.exists()
    assert Setting.objects.get().country == ""
    assert own_of(house, locked).name == form["name"]


def test_what_is_changed_is_changed_in_what_is_shown_and_the_old_words_go(
    locked: Client, house: House, form: dict[str, str]
) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    assert locked.post("/help/mine/locked", EVERYTHING).status_code == 303
    changed = {**form, "version": "1", "name": "Someone else", "country": "au"}
    assert locked.post("/help/mine/edit", changed).status_code == 303
    assert not words_in_folder(house.data, b"third floor")
    assert words_in_folder(house.data, b"Someone else")
    assert Setting.objects.get().country == "au"
    emptied = {"version": "2"}
    assert locked.post("/help/mine/edit", emptied).status_code == 303
    assert not words_in_folder(house.data, b"Someone else")
    assert not ShownHelp.objects.exists()


def test_a_country_with_no_code_of_its_own_is_shown_to_nobody_locked(locked: Client) -> None:
    unlock(locked)
    assert locked.post("/help/country", {"country": "other"}).status_code == 303
    assert locked.post("/help/mine/locked", EVERYTHING).status_code == 303
    locked.post("/lock")
    assert "selected" not in locked.get("/help/mine").content.decode()


def test_other_settings_stay(locked: Client, form: dict[str, str]) -> None:
    unlock(locked)
    assert locked.post("/me/privacy/idle", {"idle_minutes": "5"}).status_code == 303
    assert locked.post("/help/mine/edit", form).status_code == 303
    assert locked.post("/help/mine/locked", EVERYTHING).status_code == 303
    assert Setting.objects.get().idle_minutes == 5
    assert locked.post("/help/mine/locked").status_code == 303
    assert Setting.objects.get().idle_minutes == 5


def test_under_the_cover_stands_what_stands_while_locked(
    seated: Client, form: dict[str, str]
) -> None:
    assert seated.post("/help/mine/edit", form).status_code == 303
    page = seated.get("/help/mine/locked").content.decode()
    assert "There is no passphrase, so Thaw is never locked." in page
    assert seated.post("/help/mine/locked", {"part": "plan", "read": "yes"}).status_code == 303
    page = seated.get("/cover").content.decode()
    assert "old dog" in page
    assert "Mira" not in page


def test_what_an_import_brought_stands_beside_and_can_be_used_instead(
    seated: Client, house: House, form: dict[str, str]
) -> None:
    seat = seat_in(house, seated)
    brought = Own(name="Noor", number="0123", reason="the sea")
    sealed.create(OwnHelp, seat, new_id(), {"body": body.sealed_of(brought)})
    sealed.create(OwnHelp, seat, new_id(), {"body": body.sealed_of(body.own_from(form))})
    page = seated.get("/help/mine").content.decode()
    assert "Kept too" in page
    assert "Noor" in page
    (other,) = everything_of(seat).others
    assert seated.post("/help/mine/use", {"kept": str(other.id)}).status_code == 303
    assert own_of(house, seated).name == "Noor"
    assert [each.own.name for each in everything_of(seat).others] == [form["name"]]
    for wrong in ("", str(new_id())):
        assert seated.post("/help/mine/use", {"kept": wrong}).status_code == 404


def test_a_copy_in_clear_that_is_broken_shows_nothing(
    locked: Client, house: House, form: dict[str, str]
) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    assert locked.post("/help/mine/locked", EVERYTHING).status_code == 303
    with closing(dbapi2.connect(str(house.data / "thaw.sqlite3"))) as store:
        store.execute("UPDATE help_shownhelp SET text = 'no longer so'")
        store.commit()
    assert shown_of(seat_in(house, locked).person_id) == Own(country="gb")


def test_what_cannot_be_read_is_counted_and_the_rest_is_there(
    seated: Client, house: House, form: dict[str, str]
) -> None:
    seat = seat_in(house, seated)
    sealed.create(OwnHelp, seat, new_id(), {"body": b"[]"})
    keep_own(seat, 0, body.checked(body.own_from(form)))
    found = everything_of(seat)
    assert found.newest is not None
    assert (found.newest.own.name, found.damaged) == (form["name"], 1)
    assert mine_of(seat).is_damaged


def test_a_body_comes_back_as_it_was_and_more_than_we_know_is_passed_over() -> None:
    own = Own(**{each.name: f"{each.name} x" for each in fields(Own)})
    assert body.own_in(body.sealed_of(own)) == own
    with_more = body.sealed_of(own)[:-1] + b',"more":1}'
    assert body.own_in(with_more) == own
    for wrong in (b"", b"[]", b"{}", b"\xff"):
        with pytest.raises(DamageError):
            body.own_in(wrong)


@pytest.mark.parametrize("typed", ["116 123", "+44 20 7946-0018", "(030) 12/34", "112"])
def test_a_number_is_dialled_as_it_is_written(typed: str) -> None:
    own = body.checked(Own(number=typed))
    assert own.number == typed
    assert own.dialled.lstrip("+").isdigit()


@pytest.mark.parametrize("typed", ["1", "+", "12;ext=3", "12,3", "javascript:x", "١٢٣"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="cannot be dialled"):
        body.checked(Own(number=typed))
