"""Clips in use stay within bounds, and a stream finds its clips again."""

import pytest

from tests.fakes.clips import NoiseClips, ToneClips
from tests.sound.decoders import frames_in
from tests.sound.plans import Step, plan_of
from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.containers.mp4 import HEADS
from thaw.sound.measured import IN_USE, measured, silent
from thaw.sound.memory import Memory
from thaw.sound.stream import assemble
from thaw.units import OutsideError

SITTING: list[Step] = ["Hello", 50, "You", 60]


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    memory: Memory[str] = Memory(10)
    memory.keep("a", "first", 4)
    memory.keep("b", "second", 4)
    assert memory.find("a") == "first"
    memory.keep("c", "third", 4)
    assert (memory.find("a"), memory.find("b"), memory.find("c")) == ("first", None, "third")


def test_the_latest_is_kept_however_much_it_weighs() -> None:
    memory: Memory[str] = Memory(10)
    memory.keep("a", "small", 1)
    memory.keep("b", "large", 100)
    assert (memory.find("a"), memory.find("b")) == (None, "large")


def test_what_is_kept_anew_weighs_once() -> None:
    memory: Memory[str] = Memory(10)
    for _ in range(5):
        memory.keep("a", "same", 4)
    memory.keep("b", "other", 6)
    assert memory.find("a") == "same"


def test_the_silence_a_clip_ends_with_is_not_part_of_its_body() -> None:
    clip = Clip("k", (b"\xf8one", SILENCE_PACKET, b"\xf8two", SILENCE_PACKET, SILENCE_PACKET), ())
    made = measured(clip)
    assert frames_in(made.packets.body) == list(clip.packets[:3])
    assert (made.shape.heard, made.shape.length) == (3, 5)


def forget_all() -> None:
    """Keep something too heavy for anything else to stay."""
    heavy = silent(1)
    IN_USE.keep("heavy", heavy, 1 << 40)
    IN_USE.keep("heavy", heavy, 0)
    HEADS.keep("heavy", b"", 1 << 40)
    HEADS.keep("heavy", b"", 0)


def test_a_clip_and_an_index_that_were_forgotten_are_found_again() -> None:
    clips = ToneClips()
    stream = assemble(plan_of(SITTING, clips), clips, "mp4")
    before = stream.read(0, stream.size)
    forget_all()
    clips.asked.clear()
    assert stream.read(0, stream.size) == before
    assert clips.asked == ["Hello", "You"]


def test_a_clip_that_is_gone_is_an_error_when_its_bytes_are_read() -> None:
    clips = ToneClips()
    stream = assemble(plan_of(SITTING, clips), clips, "opus")
    forget_all()
    clips.lose("You")
    with pytest.raises(OutsideError, match="not voiced"):
        stream.read(0, stream.size)


def test_a_clip_that_was_made_anew_meanwhile_never_breaks_the_file() -> None:
    class ChangingClips(NoiseClips):
        again = False

        def line(self, text: str) -> Clip:
            clip = super().line(text)
            packets = (b"\xf8", *clip.packets[1:]) if self.again else clip.packets
            return Clip(clip.key, packets, clip.energies)

    clips = ChangingClips((160,))
    stream = assemble(plan_of(SITTING, clips), clips, "opus")
    forget_all()
    clips.again = True
    with pytest.raises(OutsideError) as caught:
        stream.read(0, stream.size)
    assert caught.value.code == "stream.clip_changed"


def test_a_clip_made_anew_in_another_length_takes_the_place_of_the_old() -> None:
    clips = NoiseClips()
    made = clips.line("Hello")
    longer = Clip(made.key, (*made.packets, SILENCE_PACKET), ())

    class LongerClips(NoiseClips):
        def line(self, text: str) -> Clip:
            assert text == "Hello"
            return longer

    assemble(plan_of(["Hello", 5], clips), clips, "opus")
    stream = assemble(plan_of(["Hello", 5], LongerClips()), LongerClips(), "opus")
    assert len(stream.read(0, stream.size)) == stream.size


def test_a_clip_in_use_is_not_looked_for_again() -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    forget_all()
    clips.asked.clear()
    for _ in range(3):
        assemble(plan, clips, "opus")
    assert clips.asked == ["Hello", "You"]


def test_what_is_missing_is_made_once() -> None:
    memory: Memory[str] = Memory(10)
    made = iter(["first", "second"])
    assert [memory.get("a", lambda: (next(made), 4)) for _ in range(2)] == ["first", "first"]
    memory.clear()
    assert (memory.count, memory.get("a", lambda: (next(made), 4))) == (0, "second")


def test_what_was_begun_before_all_was_forgotten_is_not_kept() -> None:
    memory: Memory[str] = Memory(10)

    def make() -> tuple[str, int]:
        memory.clear()
        return "late", 4

    assert memory.get("a", make) == "late"
    assert memory.count == 0
