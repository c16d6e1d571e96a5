"""Listeners: slow ones, ones who leave, broken sound, and an end to all of it."""

import http.client
import socket
import threading
from functools import partial

import pytest

from tests.fakes.sounding import FakeSound
from tests.web.conftest import until
from tests.web.serving import serving, settle
from thaw.units import OutsideError
from thaw.web.audio.pacing import Pace
from thaw.web.house import House

LARGE = 24 * 1024 * 1024  # More than the kernel keeps for a connection.


def peek(ear: socket.socket) -> int:
    """Return how many bytes wait to be read."""
    return len(ear.recv(150_000, socket.MSG_PEEK))


def test_sound_that_is_gone_is_a_sentence_before_and_a_cut_after_it_began(
    house: House, sound: FakeSound, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(house) as guest:
        place = settle(guest)
        (stream,) = sound.streams
        stream.gone = 0
        gone = place.guest.get(place.url())
        assert (gone.status, gone.body) == (503, b"A line of this sitting is gone.\n")
        stream.gone = 70_000
        with pytest.raises(http.client.IncompleteRead):
            place.guest.get(place.url())
        assert "OutsideError" in caplog.text
        assert place.path not in caplog.text
        stream.gone = None
        assert place.guest.get(place.url()).body == place.content


def test_three_hundred_who_do_not_read_hold_up_nobody(house: House, sound: FakeSound) -> None:
    sound.size = LARGE
    with serving(house) as guest:
        path = f"/audio/{guest.sit()}/1.mp3"
        ears = [guest.listen(path) for _ in range(300)]
        try:
            assert guest.get("/library").status == 200
            answer = guest.get(path, Range=f"bytes={LARGE - 10}-")
            assert (answer.status, len(answer.body)) == (206, 10)
            for ear in ears:
                assert ear.recv(12) == b"HTTP/1.1 200"
        finally:
            for ear in ears:
                ear.close()


def test_nothing_is_read_for_who_has_left(house: House, sound: FakeSound) -> None:
    sound.size = LARGE
    with serving(house) as guest:
        ear = guest.listen(f"/audio/{guest.sit()}/1.mp3")
        ear.recv(1000)
        ear.close()
        (stream,) = sound.streams
        assert stream.left.wait(timeout=20)
        assert stream.read < LARGE // 65536


def test_after_the_first_part_sound_comes_at_a_listeners_pace(
    house: House, sound: FakeSound
) -> None:
    slow = Pace(burst=100_000, piece=50_000, every_s=1000.0)
    with serving(house, slow) as guest:
        path = f"/audio/{guest.sit()}/1.mp3"
        assert len(guest.get(f"{path}?download=1").body) == sound.size
        ear = guest.listen(path)
        until(partial(peek, ear), lambda many: many >= 100_000)
    heard = ear.makefile("rb").read()
    ear.close()
    assert heard.startswith(b"HTTP/1.1 200")
    assert len(heard.partition(b"\r\n\r\n")[2]) == 100_000


def test_only_some_downloads_at_a_time_are_as_fast_as_they_can(
    house: House, sound: FakeSound
) -> None:
    sound.size = LARGE
    slow = Pace(burst=100_000, piece=50_000, every_s=1000.0)
    with serving(house, slow) as guest:
        path = f"/audio/{guest.sit()}/1.mp3?download=1"
        ears = [guest.listen(path) for _ in range(5)]
        # The fifth gets its first part; more would come only after a long while.
        for ear in ears:
            until(partial(peek, ear), lambda many: many >= 100_000)
        (stream,) = sound.streams
        until(lambda: stream.read, lambda many: many > 4 * 3)
    bodies = [len(ear.makefile("rb").read().partition(b"\r\n\r\n")[2]) for ear in ears]
    for ear in ears:
        ear.close()
    assert min(bodies) == 100_000
    assert sum(body > 100_000 for body in bodies) == 4


def test_assembling_holds_up_no_page(house: House, sound: FakeSound) -> None:
    with serving(house) as guest:
        path = f"/audio/{guest.sit()}/1.mp3"
        sound.assembling = threading.Event()
        ear = guest.listen(path)
        assert guest.get("/library").status == 200
        sound.assembling.set()
        assert ear.recv(12) == b"HTTP/1.1 200"
        ear.close()


def test_sittings_with_a_bed_hold_up_none_without(house: House, sound: FakeSound) -> None:
    with serving(house) as guest:
        place = settle(guest)
        sound.assembling = threading.Event()
        ears = []
        for _ in range(6):
            form = {"voice": "none", "minutes": "3", "bed": "rain"}
            begun = guest.post("/library/five-things/sit", form)
            sitting = begun.headers["location"].removeprefix("/sit/")
            ears.append(guest.listen(f"/audio/{sitting}/1.mp3"))
        assert place.guest.get(place.url()).body == place.content
        sound.assembling.set()
        for ear in ears:
            assert ear.recv(12) == b"HTTP/1.1 200"
            ear.close()


def test_a_voice_that_fails_or_hangs_at_its_sample_harms_no_sitting(
    house: House, sound: FakeSound
) -> None:
    with serving(house) as guest:
        place = settle(guest)
        sound.trouble["espeak-ng"] = OutsideError("voice.crashed", "The voice failed at a line.")
        answer = place.guest.get("/voices/espeak-ng/sample.mp4")
        assert (answer.status, answer.body) == (503, b"The voice failed at a line.\n")
        sound.trouble.clear()
        sound.hung["flite-slt"] = threading.Event()
        ears = [place.guest.listen(f"/voices/flite-slt/sample.mp4?pace={p}") for p in (90, 95, 100)]
        assert place.guest.get(place.url()).body == place.content
        sound.hung["flite-slt"].set()
        for ear in ears:
            assert ear.recv(12) == b"HTTP/1.1 200"
            ear.close()
        assert place.guest.get("/voices/espeak-ng/sample.mp4").status == 200
