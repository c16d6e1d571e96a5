"""Voicing in the background: once for everyone, bounded, and over when nobody asks."""

import logging
import threading
from collections.abc import Sequence
from functools import partial

import pytest

from tests.fakes.sounding import FakeSound
from tests.web.conftest import until
from thaw.practice.plan import Choices
from thaw.units import OutsideError
from thaw.web.booth import GLANCE_S, PATIENCE_S, Booth, Voicing
from thaw.web.own import Own
from thaw.web.sound import SILENT

LINES = ("You can stop.", "Look around.", "Come back.")
SLT = "flite-slt"


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def trouble(**fields: str) -> OutsideError:
    return OutsideError("voice.crashed", "The voice failed at a line.", fields)


def test_lines_are_voiced_and_counted() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    seen = until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    assert (seen.done, seen.total, seen.waits_s) == (3, 3, 0.0)
    assert sound.spoken == [(SLT, line) for line in LINES]
    booth.close()


def test_looking_starts_nothing() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    assert booth.look(SLT, 115, LINES) == Voicing(0, 3, ready=False)
    assert sound.spoken == []
    booth.close()


def test_words_on_the_screen_are_ready_at_once() -> None:
    booth = Booth(FakeSound(), Clock())
    assert booth.ask(SILENT, 115, LINES).ready
    assert booth.look(SILENT, 115, LINES).ready
    booth.close()


def test_many_who_ask_for_the_same_share_the_work() -> None:
    sound = FakeSound(hung={SLT: threading.Event()})
    booth = Booth(sound, Clock())
    threads = [threading.Thread(target=booth.ask, args=(SLT, 115, LINES)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sound.hung[SLT].set()
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    assert sound.spoken == [(SLT, line) for line in LINES]
    booth.close()


def test_asking_again_when_it_is_ready_voices_nothing() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    assert booth.ask(SLT, 115, LINES, again=True).ready
    assert len(sound.spoken) == 3
    booth.close()


def test_what_was_forgotten_is_voiced_anew() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    booth.forget(SLT, 115, LINES)
    booth.ask(SLT, 115, LINES)
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    sound.voiced(SLT, 115).clear()
    booth.forget(SLT, 115, LINES)
    assert not booth.look(SLT, 115, LINES).ready
    booth.ask(SLT, 115, LINES)
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    assert len(sound.spoken) == 6
    booth.close()


def test_work_under_way_is_not_forgotten() -> None:
    sound = FakeSound(hung={SLT: threading.Event()})
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    booth.forget(SLT, 115, LINES)
    booth.ask(SLT, 115, LINES)
    sound.hung[SLT].set()
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    assert len(sound.spoken) == 3
    booth.close()


def test_a_voice_that_fails_says_so_and_names_another() -> None:
    sound = FakeSound(trouble={SLT: trouble(fallback="espeak-ng")})
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    seen = until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.trouble is not None)
    assert (seen.ready, seen.trouble) == (False, "The voice failed at a line.")
    assert seen.instead == "espeak-ng"
    booth.close()


def test_a_failure_stays_until_someone_asks_again() -> None:
    sound = FakeSound(trouble={SLT: trouble()})
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    seen = until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.trouble is not None)
    assert seen.instead is None
    sound.trouble.clear()
    assert booth.ask(SLT, 115, LINES).trouble
    assert not booth.ask(SLT, 115, LINES, again=True).trouble
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    booth.close()


def test_a_voice_that_fails_leaves_another_alone() -> None:
    sound = FakeSound(trouble={SLT: trouble()})
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    booth.ask("espeak-ng", 115, LINES)
    until(lambda: booth.look("espeak-ng", 115, LINES), lambda seen: seen.ready)
    booth.close()


def test_a_voice_that_hangs_leaves_another_alone() -> None:
    sound = FakeSound(hung={SLT: threading.Event()})
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    booth.ask("espeak-ng", 115, LINES)
    until(lambda: booth.look("espeak-ng", 115, LINES), lambda seen: seen.ready)
    assert not booth.look(SLT, 115, LINES).ready
    sound.hung[SLT].set()
    booth.close()


def test_nothing_begins_once_it_is_closed() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    booth.close()

    assert not booth.ask(SLT, 115, LINES).ready
    assert sound.spoken == []


def test_work_that_nobody_asks_for_stops_and_goes_on_when_someone_asks() -> None:
    clock, sound = Clock(), FakeSound(hung={SLT: threading.Event()})
    booth = Booth(sound, clock)
    booth.ask(SLT, 115, LINES)
    clock.now = PATIENCE_S + 1
    sound.hung[SLT].set()
    # A job of another voice that is ready shows that the desk was left.
    booth.ask("espeak-ng", 115, LINES)
    until(lambda: booth.look("espeak-ng", 115, LINES), lambda seen: seen.ready)
    assert (SLT, LINES[0]) not in sound.spoken
    until(lambda: booth.ask(SLT, 115, LINES), lambda seen: seen.ready)
    booth.close()


MORE = ("Look up.", "Look down.")


def spoken_after(
    asks: Sequence[tuple[tuple[str, ...], bool]], *, at_desk: bool = False
) -> list[str]:
    """Return what one desk speaks, and when, where each of ``asks`` came a while after the other.

    Args:
        asks: Lines, and whether a page shows how far they are.
        at_desk: Whether the first is at the desk already when the second comes.
    """
    clock, desk, other = Clock(), threading.Event(), threading.Event()
    sound = FakeSound(hung={SLT: desk, "other": other})
    booth = Booth(sound, clock)
    booth.ask("other", 115, LINES, is_watched=False)
    if not at_desk:
        booth.ask(SLT, 115, ("Busy.",), is_watched=False)
    for texts, is_watched in asks:
        clock.now += GLANCE_S + 1
        booth.ask(SLT, 115, texts, is_watched=is_watched)
    desk.set()
    for texts, _ in reversed(asks):  # To look is to ask after them.
        until(partial(booth.look, SLT, 115, texts), lambda seen: seen.ready)
    booth.close()
    other.set()
    return [line for voice, line in sound.spoken if voice == SLT and line != "Busy."]


def test_who_looks_is_served_before_who_left() -> None:
    assert spoken_after([(LINES, True), (MORE, True)]) == [*MORE, *LINES]


def test_who_left_makes_way_at_the_next_line_and_is_served_afterwards() -> None:
    assert spoken_after([(LINES, True), (MORE, True)], at_desk=True) == [*MORE, *LINES]


def test_what_a_sitting_may_need_makes_way_for_nobody() -> None:
    assert spoken_after([(LINES, False), (MORE, True)]) == [*LINES, *MORE]
    assert spoken_after([(LINES, False), (MORE, True)], at_desk=True) == [*LINES, *MORE]


def test_the_wait_is_told_from_the_lines_until_now() -> None:
    clock, second_line = Clock(), threading.Event()

    def tick() -> None:
        if clock.now:
            second_line.wait(timeout=20)
        clock.now += 8.0

    booth = Booth(FakeSound(tick=tick), clock)
    booth.ask(SLT, 115, LINES)
    seen = until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.done == 1)
    assert seen.waits_s == pytest.approx(16.0)
    # Who comes later waits for those before, two of which are served at a time.
    assert booth.ask(SLT, 130, LINES).waits_s == pytest.approx(24.0 + 8.0)
    second_line.set()
    booth.close()


def test_lines_that_were_there_already_teach_nothing_about_the_wait() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    assert booth.ask(SLT, 115, (*LINES, "More.")).waits_s == 0.0
    booth.close()


def test_what_is_remembered_is_bounded() -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())
    for number in range(80):
        text = (f"Line {number}.",)
        booth.ask(SLT, 115, text)
        until(partial(booth.look, SLT, 115, text), lambda seen: seen.ready)
    assert not booth.look(SLT, 115, ("Line 0.",)).ready
    assert booth.look(SLT, 115, ("Line 79.",)).ready
    booth.close()


def test_a_closed_booth_stops_at_the_next_line() -> None:
    sound = FakeSound(hung={SLT: threading.Event()})
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES)
    booth.close()
    sound.hung[SLT].set()
    for thread in threading.enumerate():
        if thread.name.startswith("booth"):
            thread.join(timeout=20)
    assert sound.spoken == []


def test_what_breaks_unforeseen_is_a_sentence_too(caplog: pytest.LogCaptureFixture) -> None:
    def tick() -> None:
        raise RuntimeError("private words")

    booth = Booth(FakeSound(tick=tick), Clock())
    booth.ask(SLT, 115, LINES)
    seen = until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.trouble)
    assert seen.trouble == "This voice could not be used. Choose another one."
    assert "RuntimeError" in caplog.text
    assert "private words" not in caplog.text
    booth.close()


def test_lines_of_ones_own_are_voiced_for_one_alone_and_leave_no_trace() -> None:
    sound, own = FakeSound(), Own(Choices(180, asked=(("being", "Zora"),)))
    booth = Booth(sound, Clock())
    theirs = ("May Zora be well.",)
    booth.ask(SLT, 115, theirs, own=own)
    seen = until(lambda: booth.look(SLT, 115, theirs, own=own), lambda seen: seen.ready)
    assert seen.done == 1
    assert sound.theirs(own) == set(theirs)
    assert not sound.voiced(SLT, 115)
    assert booth.look(SLT, 115, theirs) == Voicing(0, 1, ready=False)
    booth.forget(SLT, 115, theirs, own=own)
    assert not own.jobs
    booth.close()


def test_the_work_for_one_alone_stops_once_their_sitting_is_gone() -> None:
    hung = threading.Event()
    sound, own = FakeSound(hung={SLT: hung}), Own(Choices(180, asked=(("being", "Zora"),)))
    booth = Booth(sound, Clock())
    booth.ask(SLT, 115, LINES, own=own)
    (job,) = own.jobs.values()
    own.clear()
    hung.set()
    until(lambda: job.has_ended, bool)
    assert sound.spoken == []
    booth.close()


def test_what_is_asked_later_is_asked_and_a_failure_harms_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sound = FakeSound()
    booth = Booth(sound, Clock())

    def fail() -> None:
        raise RuntimeError("private words")

    with caplog.at_level("ERROR", logger="thaw.web"):
        logging.getLogger("thaw").addHandler(caplog.handler)
        booth.later(fail)
        booth.later(lambda: booth.ask(SLT, 115, LINES))
        until(lambda: booth.look(SLT, 115, LINES), lambda seen: seen.ready)
    logging.getLogger("thaw").removeHandler(caplog.handler)
    assert "RuntimeError" in caplog.text
    assert "private" not in caplog.text
    booth.close()
    booth.later(fail)
