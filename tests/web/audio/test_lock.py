"""Sound and the lock: what plays keeps it off until its end; once it falls, all is silent."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.fakes.clocks import FakeClocks
from tests.fakes.sounding import FakeSound
from tests.web.conftest import PASSPHRASE, set_passphrase, until
from tests.web.serving import Guest, serving
from thaw.web.audio.pacing import Pace
from thaw.web.house import House
from thaw.web.people import lock as locking
from thaw.web.people.models import Person, Session, Setting

SAMPLE = "/voices/espeak-ng/sample.mp4"
LARGE = 24 * 1024 * 1024  # More than the kernel keeps for a connection.


@pytest.fixture
def guest(house: House) -> Iterator[Guest]:
    """Who unlocked a session that locks when nobody is there for a minute."""
    set_passphrase(house)
    Setting.objects.update_or_create(person=Person.objects.get(), defaults={"idle_minutes": 1})
    with serving(house, Pace(burst=100_000, piece=50_000, every_s=0.05)) as guest:
        assert guest.post("/unlock", {"passphrase": PASSPHRASE}).status == 303
        yield guest


def left_s(house: House) -> float:
    return house.idle.left_s(Session.objects.get().id_hash)


def test_a_sitting_that_is_heard_is_somebody_until_its_end(
    house: House, guest: Guest, clocks: FakeClocks
) -> None:
    path = f"/audio/{guest.sit()}/1.mp3"
    assert left_s(house) == 60
    assert guest.get(path).status == 200
    assert left_s(house) == 180 + 60  # Three minutes, and one to begin in.
    clocks.wait(minutes=3)
    locking.look_after()
    assert guest.get("/lock").status == 200
    clocks.wait(minutes=1)
    locking.look_after()
    assert guest.get("/lock").status == 423
    assert guest.get(path).status == 404


def test_the_rest_of_a_sitting_counts_from_where_it_is_heard(
    house: House, guest: Guest, sound: FakeSound, clocks: FakeClocks
) -> None:
    path = f"/audio/{guest.sit()}/1.mp3"
    assert guest.get(path, Range=f"bytes={sound.size // 2}-").status == 206
    assert left_s(house) == 90 + 60
    clocks.wait(minutes=1)
    assert guest.get(path, Range="bytes=0-9").status == 206
    assert left_s(house) == 180 + 60


def test_what_is_only_looked_at_or_kept_is_not_heard(house: House, guest: Guest) -> None:
    path = f"/audio/{guest.sit()}/1.mp3"
    for answer in (
        guest.ask("HEAD", path),
        guest.get(f"{path}?download=1"),
        guest.get(SAMPLE),
        guest.get(path, Range="bytes=999999999-"),
    ):
        assert answer.status in (200, 416)
    assert left_s(house) == 60


def test_locking_ends_what_is_being_heard(
    house: House, guest: Guest, sound: FakeSound, caplog: pytest.LogCaptureFixture
) -> None:
    sound.size = LARGE
    path = f"/audio/{guest.sit()}/1.mp3"
    ear = guest.listen(path)
    assert ear.recv(100_000)
    guest.post("/lock", {})
    heard = ear.makefile("rb").read()
    ear.close()
    assert len(heard) < LARGE / 2
    (stream,) = sound.streams
    assert stream.left.wait(timeout=20)
    assert not [record for record in caplog.records if record.name.startswith("thaw")]
    assert guest.get(path).status == 404
    assert guest.get(SAMPLE).status == 404
    until(partial(guest.get, "/lock"), lambda answer: answer.status == 423)
    del house


def test_what_is_due_is_silent_before_anyone_locks_it(
    house: House, guest: Guest, clocks: FakeClocks
) -> None:
    path = f"/audio/{guest.sit()}/1.mp3"
    clocks.wait(minutes=1)
    assert guest.get(path).status == 404
    assert house.sittings.is_there(path.split("/")[2])


def test_a_sample_of_a_voice_is_for_who_was_let_in(guest: Guest) -> None:
    assert guest.get(SAMPLE).status == 200
    assert Guest(guest.port).get(SAMPLE).status == 404
    forged = Guest(guest.port, dict.fromkeys(guest.cookies, "x" * 43))
    assert forged.get(SAMPLE).status == 404


def test_another_session_of_the_same_person_hears_nothing(house: House, guest: Guest) -> None:
    path = f"/audio/{guest.sit()}/1.mp3"
    other = Guest(guest.port).come_in(house)
    assert other.post("/unlock", {"passphrase": PASSPHRASE}).status == 303
    assert other.get(path).status == 404
    assert guest.get(path).status == 200
