"""The real sound room: voices that work here, a line voiced, a sitting assembled."""

from pathlib import Path

import pytest

from thaw.practice.beds import BEDS
from thaw.practice.plan import Choices, Event, Origin, Plan
from thaw.sound.beds import bed_of
from thaw.units import InputError, OutsideError, Samples
from thaw.web.sound import QUICK, SILENT, SoundRoom

LINE = "You can stop."


@pytest.fixture
def room(thaw_data: Path) -> SoundRoom:
    return SoundRoom(thaw_data)


def plan_of(*events: Event) -> Plan:
    total = Samples(sum(event.length for event in events))
    return Plan("test", "Test", "en", total, events, Origin("", Choices(0), 0, (), 20.0))


def test_the_voices_that_work_are_offered_with_one_default(room: SoundRoom) -> None:
    voices = room.voices()
    assert QUICK in {voice.name for voice in voices}
    assert [voice.is_default for voice in voices] == [True] + [False] * (len(voices) - 1)
    assert all(voice.title for voice in voices)
    assert isinstance(room.advice(), str)


def test_a_line_is_voiced_kept_and_streamed(room: SoundRoom, thaw_data: Path) -> None:
    clips = room.clips(QUICK, 115)
    with pytest.raises(OutsideError, match="not voiced yet"):
        clips.length(LINE)
    told: list[tuple[int, int]] = []
    room.voice_lines(
        [LINE],
        voice=QUICK,
        pace=115,
        progress=lambda done, total: told.append((done, total)),
        stop=lambda: False,
    )
    assert told[-1] == (1, 1)
    length = clips.length(LINE)
    assert length > 0
    assert room.clips(QUICK, 115) is clips
    plan = plan_of(Event("say", Samples(0), length, "Arriving", LINE))
    stream = room.assemble(plan, clips, "mp4", audible="all")
    whole = b"".join(stream.chunks(0, stream.size))
    assert len(whole) == stream.size
    assert whole[4:8] == b"ftyp"
    assert list((thaw_data / "cache" / "clips").rglob("*.clip"))


def test_words_on_the_screen_have_the_length_of_reading(room: SoundRoom) -> None:
    assert room.clips(SILENT, 100).length(LINE) > room.clips(SILENT, 140).length(LINE)


def test_a_voice_that_is_not_here_is_a_sentence(room: SoundRoom) -> None:
    with pytest.raises(InputError, match="nobody"):
        room.clips("nobody", 115)


def test_what_the_first_sound_needs_can_be_got_before(room: SoundRoom) -> None:
    room.warm()
    assert bed_of.cache_info().currsize == len(BEDS)
    plan = plan_of(Event("bell", Samples(0), Samples(8 * 48_000), "Arriving", "middle"))
    assert room.assemble(plan, room.clips(SILENT, 115), "mp3", audible="bells").size > 0
