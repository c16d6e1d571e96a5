"""MP3: exact length, sounds near their place however long the sitting, tags."""

import io

import av
import numpy as np
import pytest

from tests.fakes.clips import ToneClips
from tests.sound.decoders import FFMPEG, Decoder, Pcm, by_ffmpeg, by_libsndfile, by_pyav, start_of
from tests.sound.plans import Step, plan_of
from thaw.sound.clip import Clip
from thaw.sound.containers.mp3 import LAG, SPAN
from thaw.sound.stream import assemble

SITTING: list[Step] = ["bell low", 50, "Hello *there*", 1, "You", 7, "What a day", 3000]
SITTING += ["Next", "to each other", 49, "bell high", 149]


def whole(steps: list[Step], clips: ToneClips, *, title: str = "x") -> bytes:
    stream = assemble(plan_of(steps, clips), clips, "mp3", title=title)
    return stream.read(0, stream.size)


def decode_frames(frames: tuple[bytes, ...]) -> Pcm:
    """Decode bare MP3 frames, and leave out what coder and decoder lag behind."""
    decoder = av.CodecContext.create("mp3float", "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoded = [frame for packet in frames for frame in decoder.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray()[0] for frame in decoded])[LAG:].astype(np.float32)


@pytest.mark.parametrize(
    "decode",
    [
        by_pyav,
        by_libsndfile,
        pytest.param(by_ffmpeg, marks=pytest.mark.skipif(not FFMPEG, reason="no ffmpeg here")),
    ],
)
@pytest.mark.parametrize("rest", range(149, 155))
def test_every_decoder_finds_exactly_the_samples_of_the_plan(decode: Decoder, rest: int) -> None:
    clips = ToneClips()
    steps: list[Step] = ["Hello", rest]
    assert len(decode(whole(steps, clips))) == plan_of(steps, clips).total


def test_a_sound_is_never_more_than_12_ms_from_its_place() -> None:
    clips = ToneClips()
    steps: list[Step] = []
    for rest in range(1, 40):
        steps += ["Hello", rest]
    plan = plan_of(steps, clips)
    heard = by_pyav(whole(steps, clips))
    alone = decode_frames(clips.mp3(clips.line("Hello")))[: 27 * 960]
    for event in plan.lines():
        place = (event.start + 576) // SPAN * SPAN
        assert abs(place - event.start) <= 576  # 12 ms
        assert np.allclose(heard[place : place + len(alone)], alone, atol=1e-5)


def test_silence_is_silent() -> None:
    clips = ToneClips()
    heard = by_pyav(whole(["Hello", 1000], clips))
    assert not heard[60 * 960 :].any()


def test_every_frame_has_the_same_size_and_stands_alone() -> None:
    file = whole(SITTING, ToneClips())
    first = file.index(b"\xff\xfb")
    frames = [file[at : at + 192] for at in range(first, len(file), 192)]
    assert {frame[:3] for frame in frames} == {b"\xff\xfb\x54"}
    # The first nine bits after the header say how far back a frame reaches: not at all.
    assert {frame[4] | frame[5] >> 7 for frame in frames} == {0}


def test_a_line_is_encoded_only_when_its_bytes_are_read() -> None:
    class CountedClips(ToneClips):
        encoded = 0

        def mp3(self, clip: Clip) -> tuple[bytes, ...]:
            self.encoded += 1
            return super().mp3(clip)

    clips = CountedClips()
    stream = assemble(plan_of([500, "Only here"], clips), clips, "mp3")
    stream.read(0, 1000)
    assert clips.encoded == 0
    stream.read(stream.size - 192 * 20, stream.size)
    stream.read(stream.size - 192 * 30, stream.size)
    assert clips.encoded == 1


def test_title_and_chapters_are_found_by_others() -> None:
    steps: list[Step] = ["# Arriving", "Hello", 50, "# Coming back", "You", 100]
    with av.open(io.BytesIO(whole(steps, ToneClips(), title="A long walk"))) as file:
        assert file.metadata["title"] == "A long walk"
        chapters = file.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["Arriving", "Coming back"]
        assert [start_of(chapter) for chapter in chapters] == [0, 2]


def test_a_long_tag_is_measured_in_bytes_of_seven_bits() -> None:
    steps: list[Step] = []
    for number in range(30):
        steps += [f"# Section {number} {'ü' * 50}", 10]
    with av.open(io.BytesIO(whole(steps, ToneClips(), title="ü" * 100))) as file:
        assert file.metadata["title"] == "ü" * 59 + "…"
        assert len(file.chapters()) == 30
