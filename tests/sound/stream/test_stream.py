"""A plan as a file that is never built: any range of it, what is heard, its name."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.clips import NoiseClips, ToneClips
from tests.sound.decoders import Pcm, by_pyav
from tests.sound.plans import Step, plan_of
from thaw.sound.clip import Clip
from thaw.sound.loudness import SILENCE, integrated_of
from thaw.sound.stream import Container, Stream, assemble, container_of, sitting_loudness
from thaw.sound.timeline import Audible
from thaw.units import InputError, OutsideError

CONTAINERS: list[Container] = ["opus", "mp4", "mp3", "wav"]
AUDIBLE: list[Audible] = ["all", "bells", "nothing"]
SITTING: list[Step] = ["# Arriving", "bell low", 50, "Hello", 1, "You", 700, "# End", "Bye", 149]

each_container = pytest.mark.parametrize("container", CONTAINERS)

lines = st.sampled_from(["Hello", "You", "What a day", "Feet on the floor", "Nothing, perhaps"])
bells = st.sampled_from(["bell low", "bell middle", "bell high"])
rests = st.one_of(st.integers(1, 60), st.integers(1, 9000))
plans = st.lists(st.one_of(lines, rests, bells), min_size=1, max_size=12)


def whole(stream: Stream) -> bytes:
    return stream.read(0, stream.size)


@each_container
@given(steps=plans, audible=st.sampled_from(AUDIBLE), cuts=st.lists(st.floats(0, 1.1), max_size=6))
@settings(max_examples=25)
def test_any_range_is_a_slice_of_the_whole(
    container: Container, steps: list[Step], audible: Audible, cuts: list[float]
) -> None:
    clips = NoiseClips()
    stream = assemble(plan_of(steps, clips), clips, container, audible=audible)
    file = whole(stream)
    assert len(file) == stream.size
    places = sorted({0, *(int(cut * stream.size) for cut in cuts), stream.size})
    for start in places:
        for stop in (start, start + 1, *places):
            assert stream.read(start, stop) == file[start:stop]


@each_container
def test_every_byte_can_be_read_alone(container: Container) -> None:
    clips = NoiseClips((1, 3, 40))
    stream = assemble(plan_of(["Hello", 3, "bell low", 60], clips), clips, container)
    file = whole(stream)
    ends = range(0, len(file), max(1, len(file) // 5000))
    assert all(stream.read(at, at + 1) == file[at : at + 1] for at in ends)


@each_container
def test_the_same_sitting_gives_the_same_bytes(container: Container) -> None:
    first, second = (
        assemble(plan_of(SITTING, clips), clips, container) for clips in (ToneClips(), ToneClips())
    )
    assert first.etag == second.etag
    assert whole(first) == whole(second)


@each_container
def test_chunks_are_the_range_in_pieces(container: Container) -> None:
    clips = ToneClips()
    stream = assemble(plan_of(SITTING, clips), clips, container)
    file = whole(stream)
    chunks = list(stream.chunks(100, stream.size + 10, size=1000))
    assert b"".join(chunks) == file[100:]
    assert {len(chunk) for chunk in chunks[:-1]} == {1000}
    assert list(stream.chunks(10, 10)) == []


def decoded(container: Container, audible: Audible) -> Pcm:
    clips = ToneClips()
    stream = assemble(plan_of(SITTING, clips), clips, container, audible=audible)
    return by_pyav(whole(stream))


@each_container
def test_bells_only_leaves_out_the_lines_and_keeps_the_timing(container: Container) -> None:
    everything, bells_only = decoded(container, "all"), decoded(container, "bells")
    bell = 8 * 48_000
    assert len(bells_only) == len(everything)
    assert np.array_equal(bells_only[:bell], everything[:bell])
    assert np.abs(bells_only[:bell]).max() > 0.01
    assert not bells_only[bell + 4800 :].any()


@each_container
def test_nothing_is_silence_of_the_same_length(container: Container) -> None:
    silence = decoded(container, "nothing")
    assert len(silence) == len(decoded(container, "all"))
    assert not silence.any()


def test_what_is_not_heard_need_not_be_voiced() -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    clips.lose("Hello")
    assert assemble(plan, clips, "opus", audible="bells").size
    with pytest.raises(OutsideError, match="not voiced"):
        assemble(plan, clips, "opus")


def test_a_line_made_anew_in_another_length_is_said_before_anything_is_sent() -> None:
    class SlowerClips(NoiseClips):
        def line(self, text: str) -> Clip:
            return super().line(text * 2)

    with pytest.raises(OutsideError) as caught:
        assemble(plan_of(["Hello", 50], NoiseClips()), SlowerClips(), "opus")
    assert caught.value.code == "stream.clip_changed"
    assert caught.value.retryable


def test_emphasis_is_not_spoken() -> None:
    clips = ToneClips()
    plan = plan_of(["Hello *you*", 10], clips)
    clips.asked.clear()
    assemble(plan, clips, "opus")
    assert clips.asked == ["Hello you"]


def etags() -> Iterator[str]:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    later = plan_of([*SITTING[:2], 51, *SITTING[3:-1], 148], clips)
    for container in CONTAINERS:
        yield assemble(plan, clips, container).etag
        yield assemble(later, clips, container).etag
        yield assemble(plan, clips, container, audible="bells").etag
        yield assemble(plan, clips, container, audible="nothing").etag
        yield assemble(plan, clips, container, title="A walk").etag


def test_the_etag_tells_every_other_file_apart() -> None:
    found = list(etags())
    assert len(set(found)) == len(found) == 20


def test_a_quiet_title_names_no_section() -> None:
    clips = ToneClips()
    for container in CONTAINERS:
        stream = assemble(plan_of(SITTING, clips), clips, container)
        assert b"Arriving" not in whole(stream)
        assert container == "wav" or b"a quiet minute" in whole(stream)


def test_many_sections_end_in_one_long_chapter() -> None:
    clips = ToneClips()
    steps: list[Step] = []
    for number in range(120):
        steps += [f"# Number {number}", 10]
    for container in CONTAINERS:
        file = whole(assemble(plan_of(steps, clips), clips, container, title="Long"))
        assert container == "wav" or b"Number 98" in file
        assert b"Number 99" not in file


@pytest.mark.parametrize(
    ("name", "container"), [("a.opus", "opus"), ("B.MP4", "mp4"), ("mp3", "mp3")]
)
def test_a_name_says_the_container(name: str, container: Container) -> None:
    assert container_of(name) == container


@pytest.mark.parametrize("name", ["a.ogg", "a", "opus.txt", ""])
def test_an_unknown_ending_is_an_error_that_names_the_known(name: str) -> None:
    with pytest.raises(InputError, match=r"\.opus, \.mp4, \.mp3 or \.wav"):
        container_of(name)


@pytest.mark.parametrize(
    ("container", "content_type"),
    [
        ("opus", "audio/ogg; codecs=opus"),
        ("mp4", "audio/mp4; codecs=opus"),
        ("mp3", "audio/mpeg"),
        ("wav", "audio/wav"),
    ],
)
def test_a_stream_says_its_media_type(container: Container, content_type: str) -> None:
    clips = ToneClips()
    assert assemble(plan_of([50], clips), clips, container).content_type == content_type


def test_the_loudness_of_a_sitting_is_that_of_its_samples() -> None:
    clips = ToneClips()
    steps: list[Step] = ["bell low", 50, "Hello there", 400, "And you", 60]
    plan = plan_of(steps, clips)
    stream = assemble(plan, clips, "wav")
    samples = np.frombuffer(whole(stream)[44:], "<i2")
    assert sitting_loudness(plan, clips) == pytest.approx(integrated_of(samples), abs=0.1)


def test_a_silent_sitting_has_no_loudness() -> None:
    clips = ToneClips()
    assert sitting_loudness(plan_of([500], clips), clips) == SILENCE
