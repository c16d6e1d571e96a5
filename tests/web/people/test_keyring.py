"""Whatever ends in the middle, the store opens with something the person has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from tests.fakes.ending import Ending
from tests.fakes.seats import FakeSeat
from thaw.units import DamageError, InputError, SettingError
from thaw.vault.keys import DataKey, derive, new_data_key, next_data_key
from thaw.vault.recovery import RecoveryCode, new_code
from thaw.vault.stretch import Cost
from thaw.web import sealed
from thaw.web.ids import new_id
from thaw.web.people import keyring
from thaw.web.people.models import KeySlot, KeyState, Person, Session, Setting
from thaw.web.sealed import Row
from thaw.web.write.models import Note

pytestmark = pytest.mark.django_db

CHEAP = Cost(64, passes=1, lanes=1)
DAY = datetime(2026, 11, 22, tzinfo=UTC).date()
FIRST, SECOND = "first of all these words", "second of all these words"


@dataclass
class Home:
    """A data folder with one person in it, and three notes of theirs."""

    data: Path
    person_id: UUID
    code: RecoveryCode

    def key(self) -> DataKey:
        """Return the key as whoever has all there is can get it."""
        beside = keyring.key_beside(self.data, self.person_id)
        return beside or self.opened_by(FIRST) or self.opened_by(SECOND) or self.by_code()

    def opened_by(self, text: str) -> DataKey | None:
        try:
            return keyring.unlock_with_passphrase(self.person_id, text, CHEAP, data=self.data)
        except InputError:
            return None

    def by_code(self) -> DataKey:
        words = " ".join(self.code.words)
        return keyring.unlock_with_code(self.person_id, words, data=self.data)

    def write(self, notes: int = 3) -> None:
        seat = FakeSeat(self.person_id, self.key())
        for number in range(notes):
            body = {"body": f"note {number}".encode()}
            sealed.create(Note, seat, new_id(), body, day=DAY)

    def read(self, key: DataKey) -> list[bytes]:
        rows = sealed.rows_of(Note, FakeSeat(self.person_id, key))
        return sorted(row.fields["body"] if isinstance(row, Row) else b"damaged" for row in rows)

    def set(self, text: str = FIRST) -> bool:
        old = keyring.key_beside(self.data, self.person_id)
        assert old is not None
        new = next_data_key(old)
        wrap = keyring.wrapped(new, text, self.person_id, CHEAP)
        return keyring.set_passphrase(self.person_id, old, new, wrap, self.code, data=self.data)

    def set_once_more(self) -> bool:
        old = self.by_code()
        new = next_data_key(old)
        wrap = keyring.wrapped(new, SECOND, self.person_id, CHEAP)
        return keyring.set_passphrase(self.person_id, old, new, wrap, self.code, data=self.data)

    def change(self) -> bool:
        key = self.by_code()
        wrap = keyring.wrapped(key, SECOND, self.person_id, CHEAP)
        return keyring.change_passphrase(self.person_id, key, wrap)

    def remove(self) -> bool:
        return keyring.remove_passphrase(self.person_id, self.by_code(), data=self.data)

    def parts(self) -> list[str]:
        """Return what lies in the folder of the key."""
        return sorted(path.name for path in self.data.iterdir() if path.name.startswith("key"))


NOTES = [b"note 0", b"note 1", b"note 2"]


def new_home(data: Path) -> Home:
    data.mkdir(exist_ok=True)
    Person.objects.all().delete()
    home = Home(data, keyring.first_person(data), new_code())
    home.write()
    return home


@pytest.fixture
def home(thaw_data: Path) -> Home:
    """A home without a passphrase."""
    return new_home(thaw_data)


@pytest.fixture
def closed(home: Home) -> Home:
    """A home with a passphrase."""
    assert home.set()
    return home


def homes_after_each_end(
    data: Path, prepare: Callable[[Home], object], do: Callable[[Home], object]
) -> Iterator[Home]:
    """Yield a home for each write of ``do``, which ended right before it."""
    for at in count(1):
        home = new_home(data)
        prepare(home)
        ending = Ending(data, at)
        with ending.ending():
            do(home)
        if not ending.came:
            assert at > 5, "What ends nowhere proves nothing."
            return
        yield home


def whole_after_a_start(home: Home) -> None:
    """Start again and open it: all notes are there, and what was begun is done or was not."""
    assert keyring.first_person(home.data) == home.person_id
    key = home.key()
    assert home.read(key) == NOTES
    assert not keyring.is_unfinished(home.person_id)
    is_closed = keyring.has_passphrase(home.person_id)
    assert home.parts() == ([] if is_closed else ["key"])
    sealed.create(Note, FakeSeat(home.person_id, key), new_id(), {"body": b"later"}, day=DAY)
    assert len(home.read(key)) == 4


def test_the_first_person_has_a_key_beside_the_data(thaw_data: Path) -> None:
    thaw_data.mkdir()
    person_id = keyring.first_person(thaw_data)
    key = keyring.key_beside(thaw_data, person_id)
    assert key is not None
    assert key.version == Person.objects.get(id=person_id).key_version
    assert (thaw_data / "key").stat().st_mode & 0o777 == 0o600
    assert Setting.objects.get(person_id=person_id).idle_minutes == 10
    assert keyring.first_person(thaw_data) == person_id
    assert keyring.key_beside(thaw_data, person_id) == key


def test_a_first_start_that_ends_anywhere_leaves_a_next_one_that_works(thaw_data: Path) -> None:
    thaw_data.mkdir()
    for at in range(1, 5):
        Person.objects.all().delete()
        with Ending(thaw_data, at).ending():
            keyring.first_person(thaw_data)
        person_id = keyring.first_person(thaw_data)
        assert keyring.key_beside(thaw_data, person_id)


def test_a_first_passphrase_makes_a_new_key_and_leaves_nothing_of_the_old(home: Home) -> None:
    old = home.key()
    assert home.set()
    new = home.opened_by(FIRST)
    assert new is not None
    assert new.version == old.version + 1
    assert home.by_code() == new
    assert home.read(new) == NOTES
    assert set(Note.objects.values_list("key_version", flat=True)) == {new.version}
    assert keyring.key_beside(home.data, home.person_id) is None
    assert home.parts() == []
    state = KeyState.objects.get(person_id=home.person_id)
    assert (state.older, state.is_unfinished) == (None, False)


def test_drafts_of_before_the_passphrase_can_still_be_read(home: Home) -> None:
    old = home.key()
    assert keyring.drafts_keys(home.person_id, old) == (derive(old, "drafts"),)
    home.set()
    new = home.by_code()
    keys = (derive(new, "drafts"), derive(old, "drafts"))
    assert keyring.drafts_keys(home.person_id, new) == keys
    KeyState.objects.update(drafts=b"damaged")
    assert keyring.drafts_keys(home.person_id, new) == keys[:1]


def test_a_first_passphrase_that_ends_anywhere_loses_nothing(thaw_data: Path) -> None:
    for home in homes_after_each_end(thaw_data, lambda _: None, Home.set):
        whole_after_a_start(home)


def test_carrying_on_may_end_anywhere_too(thaw_data: Path) -> None:
    def end_in_the_middle(home: Home) -> None:
        with Ending(home.data, 8).ending():
            home.set()
        assert keyring.is_unfinished(home.person_id)

    for home in homes_after_each_end(thaw_data, end_in_the_middle, Home.by_code):
        whole_after_a_start(home)


def test_after_an_end_in_the_middle_code_and_passphrase_open(thaw_data: Path) -> None:
    for open_ in (Home.by_code, lambda home: home.opened_by(FIRST)):
        home = new_home(thaw_data)
        with Ending(thaw_data, 8).ending():
            home.set()
        assert keyring.has_passphrase(home.person_id)
        assert keyring.key_beside(thaw_data, home.person_id) is None
        assert home.parts() == ["key"]
        key = open_(home)
        assert key is not None
        assert home.read(key) == NOTES


def test_many_rows_are_sealed_anew_from_where_it_ended(thaw_data: Path) -> None:
    home = new_home(thaw_data)
    home.write(600)
    with Ending(thaw_data, 550).ending():
        home.set()
    versions = list(Note.objects.values_list("key_version", flat=True))
    assert 0 < versions.count(2) < 603
    assert len(home.read(home.by_code())) == 603
    assert set(Note.objects.values_list("key_version", flat=True)) == {2}


def test_the_key_beside_helps_where_its_copy_in_the_store_is_damaged(thaw_data: Path) -> None:
    home = new_home(thaw_data)
    with Ending(thaw_data, 8).ending():
        home.set()
    KeyState.objects.update(older=b"damaged")
    assert home.read(home.by_code()) == NOTES
    assert home.parts() == []


def test_a_person_gets_in_where_the_older_key_is_lost(thaw_data: Path) -> None:
    home = new_home(thaw_data)
    with Ending(thaw_data, 8).ending():
        home.set()
    KeyState.objects.update(older=b"damaged")
    (thaw_data / "key").write_bytes(b"damaged")
    assert home.read(home.by_code()) == [b"damaged"] * 3
    assert keyring.is_unfinished(home.person_id)
    with pytest.raises(Exception, match="not finished"):
        home.remove()
    assert home.opened_by(FIRST)


def test_another_passphrase_opens_the_same_key(closed: Home) -> None:
    before = closed.by_code()
    assert closed.change()
    assert closed.opened_by(FIRST) is None
    assert closed.opened_by(SECOND) == closed.by_code() == before


def test_a_changed_passphrase_that_ends_anywhere_loses_nothing(thaw_data: Path) -> None:
    for home in homes_after_each_end(thaw_data, Home.set, Home.change):
        assert bool(home.opened_by(FIRST)) is not bool(home.opened_by(SECOND))
        whole_after_a_start(home)


def test_another_code_opens_the_same_key(closed: Home) -> None:
    key, older = closed.by_code(), closed.code
    closed.code = new_code()
    assert keyring.change_code(closed.person_id, key, closed.code)
    assert closed.by_code() == closed.opened_by(FIRST) == key
    with pytest.raises(InputError) as refused:
        Home(closed.data, closed.person_id, older).by_code()
    assert refused.value.code == "vault.wrong_code"


def test_a_removed_passphrase_lays_the_same_key_beside_the_data(closed: Home) -> None:
    key = closed.by_code()
    assert closed.remove()
    assert keyring.key_beside(closed.data, closed.person_id) == key
    assert closed.read(key) == NOTES
    assert not KeySlot.objects.exists()
    assert closed.opened_by(FIRST) is None


def test_a_removed_passphrase_that_ends_anywhere_loses_nothing(thaw_data: Path) -> None:
    for home in homes_after_each_end(thaw_data, Home.set, Home.remove):
        whole_after_a_start(home)


def test_a_key_laid_beside_in_vain_is_taken_away_at_the_next_unlock(closed: Home) -> None:
    with Ending(closed.data, 5).ending():
        closed.remove()
    (closed.data / "key.new").write_bytes(b"half of a key")
    assert closed.parts() == ["key", "key.new"]
    assert keyring.key_beside(closed.data, closed.person_id) is None
    assert closed.opened_by(FIRST)
    assert closed.parts() == []


def test_set_again_a_passphrase_makes_a_new_key_again(closed: Home) -> None:
    before = closed.by_code()
    closed.remove()
    assert closed.set(SECOND)
    after = closed.opened_by(SECOND)
    assert after is not None
    assert after.version == before.version + 1
    assert closed.read(after) == NOTES


def test_what_a_change_was_begun_on_must_still_stand(closed: Home) -> None:
    key = closed.by_code()
    wrap = keyring.wrapped(next_data_key(key), SECOND, closed.person_id, CHEAP)
    stranger = new_data_key(7)
    changes: list[Callable[[], object]] = [
        closed.set_once_more,
        lambda: keyring.change_passphrase(closed.person_id, stranger, wrap),
        lambda: keyring.change_code(closed.person_id, stranger, closed.code),
        lambda: keyring.remove_passphrase(closed.person_id, stranger, data=closed.data),
    ]
    for change in changes:
        with pytest.raises(InputError) as error:
            change()
        assert error.value.code == "key.changed_meanwhile"
        assert closed.parts() == []
    assert closed.opened_by(FIRST) == closed.by_code() == key


def test_every_session_is_locked_by_a_first_passphrase(home: Home) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    Session.objects.create(
        id_hash="a", person_id=home.person_id, sealed_key=b"sealed", created_at=now, seen_at=now
    )
    home.set()
    session = Session.objects.get(id_hash="a")
    assert session.sealed_key is None
    assert session.locked_at is not None


@pytest.mark.parametrize(
    ("content", "code"), [(None, "key.missing"), (b"no key at all", "key.damaged")]
)
def test_a_start_without_the_key_of_what_is_kept_is_refused(
    home: Home, content: bytes | None, code: str
) -> None:
    key = home.data / "key"
    kept = key.read_bytes()
    key.unlink()
    if content is not None:
        key.write_bytes(content)
    with pytest.raises(SettingError) as refused:
        keyring.first_person(home.data)
    assert refused.value.code == code
    with pytest.raises(DamageError) as damaged:
        keyring.key_beside(home.data, home.person_id)
    assert damaged.value.code == code
    key.write_bytes(kept)
    assert keyring.first_person(home.data) == home.person_id
    assert home.read(home.key()) == NOTES


def test_a_lost_key_that_opened_nothing_is_made_anew(home: Home) -> None:
    Note.objects.all().delete()
    (home.data / "key").unlink()
    assert keyring.first_person(home.data) == home.person_id
    home.write()
    assert home.read(home.key()) == NOTES


def test_the_key_of_another_folder_is_not_taken(home: Home) -> None:
    from thaw.vault.beside import lay_open

    (home.data / "key").write_bytes(lay_open(new_data_key(), person=str(new_id())))
    with pytest.raises(DamageError):
        keyring.key_beside(home.data, home.person_id)


def test_a_damaged_wrap_is_called_so_and_the_code_still_opens(closed: Home) -> None:
    KeySlot.objects.filter(kind=KeySlot.Kind.PASSPHRASE).update(wrap=b"damaged")
    with pytest.raises(DamageError):
        closed.opened_by(FIRST)
    key = closed.by_code()
    wrap = keyring.wrapped(key, SECOND, closed.person_id, CHEAP)
    assert keyring.change_passphrase(closed.person_id, key, wrap)
    assert closed.opened_by(SECOND) == key


def test_where_no_passphrase_is_any_is_wrong_in_the_same_words(home: Home) -> None:
    with pytest.raises(InputError) as nothing_there:
        keyring.unlock_with_passphrase(home.person_id, FIRST, CHEAP, data=home.data)
    with pytest.raises(InputError) as no_code:
        home.by_code()
    home.set()
    with pytest.raises(InputError) as wrong:
        keyring.unlock_with_passphrase(home.person_id, SECOND, CHEAP, data=home.data)
    home.code = new_code()
    with pytest.raises(InputError) as wrong_code:
        home.by_code()
    assert nothing_there.value.message == wrong.value.message
    assert no_code.value.message == wrong_code.value.message


@pytest.mark.parametrize(
    "text",
    ["ﬁrst of all these words", "  first of all these words\n", "\uff46irst of all these words"],
)
def test_a_passphrase_opens_however_its_characters_are_written(closed: Home, text: str) -> None:
    assert closed.opened_by(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("half \ud83d of it", "vault.passphrase_unreadable"),
        ("x" * 1001, "vault.passphrase_too_long"),
        (" \n", "vault.passphrase_empty"),
    ],
)
def test_what_is_no_passphrase_is_refused_by_a_sentence(closed: Home, text: str, code: str) -> None:
    for _ in range(10):  # It is no try, so nobody waits.
        with pytest.raises(InputError) as refused:
            keyring.unlock_with_passphrase(closed.person_id, text, CHEAP, data=closed.data)
        assert refused.value.code == code
    assert closed.opened_by(FIRST)
