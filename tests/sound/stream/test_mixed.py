"""A sitting with a bed: exact, the same in whatever order it is read, no cut to be heard."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import get_args

import numpy as np
import pytest

from tests.fakes.clips import NoiseClips, ToneClips
from tests.sound.decoders import Pcm, by_libsndfile, by_pyav, decode_packets, frames_in
from tests.sound.plans import Step, plan_of
from thaw.practice.beds import BEDS, FADE, BedSpan
from thaw.practice.plan import Plan
from thaw.sound.beds import LOUDNESS, Volume
from thaw.sound.borders import borders_of
from thaw.sound.clip import Clip
from thaw.sound.containers import mixed
from thaw.sound.containers.mp3 import SPAN, frames_for
from thaw.sound.encode import ConstantOpus, constant_mp3
from thaw.sound.loudness import integrated_of
from thaw.sound.mix import MP3_STRETCHES, PCM, STRETCHES, Mix, forget_mixed
from thaw.sound.own import OwnCache
from thaw.sound.stream import Container, Stream, assemble
from thaw.sound.stretch import Stretch, stretches_of
from thaw.sound.timeline import timeline_of
from thaw.units import FRAME, OutsideError, Samples, samples_of

CONTAINERS = get_args(Container)
SITTING: list[Step] = ["# Arriving", "bell low", 50, "Hello", 400, "You", 500, "# End"]
SITTING += ["What a day", 300, "Bye", 149]

each_container = pytest.mark.parametrize("container", CONTAINERS)
each_bed = pytest.mark.parametrize("bed", BEDS)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget_mixed()
    yield
    forget_mixed()


def with_bed(plan: Plan, bed: str = "rain", volume: Volume = 2) -> Plan:
    choices = replace(plan.origin.choices, bed_volume=volume)
    beds = (BedSpan(bed, Samples(0), plan.total),)
    return replace(plan, beds=beds, origin=replace(plan.origin, choices=choices))


def sitting(container: Container, bed: str = "rain", steps: list[Step] = SITTING) -> Stream:
    clips = ToneClips()
    return assemble(with_bed(plan_of(steps, clips), bed), clips, container)


def whole(stream: Stream) -> bytes:
    return stream.read(0, stream.size)


def heard_in(stream: Stream) -> Pcm:
    """Return the samples of a file; full scale is 1."""
    samples = by_pyav(whole(stream))
    return samples / np.float32(32768) if stream.content_type == "audio/wav" else samples


def mix_of(plan: Plan, clips: ToneClips) -> Mix:
    return Mix(timeline_of(plan, clips, "all"), plan.beds, plan.origin.choices.bed_volume)


@pytest.mark.parametrize(
    ("container", "bed"), [*((each, "rain") for each in CONTAINERS), ("mp4", "sea")]
)
def test_a_sitting_with_a_bed_is_exact_to_the_sample(container: Container, bed: str) -> None:
    stream = sitting(container, bed)
    file = whole(stream)
    assert len(file) == stream.size
    assert len(by_pyav(file)) == plan_of(SITTING, ToneClips()).total


@pytest.mark.parametrize("container", ["opus", "mp3", "wav"])
def test_another_decoder_finds_as_many_samples(container: Container) -> None:
    heard = by_libsndfile(whole(sitting(container)))
    assert len(heard) == plan_of(SITTING, ToneClips()).total


@pytest.mark.parametrize(("container", "rate"), [("opus", 8000), ("mp4", 8000), ("mp3", 12_000)])
def test_size_follows_from_the_length_alone(container: Container, rate: int) -> None:
    silent = sitting(container, steps=[3000])
    spoken = sitting(container, steps=["Hello", 3000 - 50, "You", 10])
    longer = sitting(container, steps=[6000])
    assert silent.size == pytest.approx(60 * rate, rel=0.03)
    assert longer.size - silent.size == pytest.approx(60 * rate, rel=0.01)
    assert abs(spoken.size - silent.size) < 2 * rate


def test_every_frame_of_opus_has_160_bytes() -> None:
    clips = ToneClips()
    plan = with_bed(plan_of(SITTING, clips))
    total = plan.total // FRAME
    for stretch in stretches_of(mix_of(plan, clips), borders_of(plan.events, total)):  # type: ignore[arg-type] # A number of frames.
        packets = stretch.measured().packets
        assert stretch.shape.weight == len(packets.body)
        assert stretch.shape.sizes == packets.sizes
        at = 0
        for size in packets.sizes:
            assert {len(frame) for frame in frames_in(packets.body[at : at + size])} == {160}
            at += size


@each_container
def test_any_range_in_any_order_is_a_slice_of_the_whole(container: Container) -> None:
    chance = Random(container)  # noqa: S311 - no secret.
    file = whole(sitting(container))
    forget_mixed()
    stream = sitting(container)
    for _ in range(6):
        start = chance.randrange(stream.size)
        stop = start + chance.choice([1, 100, 70_000])
        if chance.random() < 0.5:
            forget_mixed()
        assert stream.read(start, stop) == file[start:stop]
    assert b"".join(stream.chunks(0, stream.size)) == file


@each_container
def test_the_same_sitting_gives_the_same_bytes_and_tag(container: Container) -> None:
    first = sitting(container)
    file = whole(first)
    forget_mixed()
    second = sitting(container)
    assert (second.etag, whole(second)) == (first.etag, file)


@each_container
def test_another_bed_or_volume_is_another_file(container: Container) -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    tags = {assemble(plan, clips, container).etag}
    for bed in BEDS:
        for volume in get_args(Volume):
            tags.add(assemble(with_bed(plan, bed, volume), clips, container).etag)
    assert len(tags) == 1 + 9


def test_the_bed_is_the_same_at_the_same_second_whatever_is_said() -> None:
    quiet: list[Step] = [3000]
    spoken: list[Step] = [1000, "Hello", 2000 - 50]
    one, other = (heard_in(sitting("wav", "sea", steps)) for steps in (quiet, spoken))
    assert np.array_equal(one[: 20 * 48_000], other[: 20 * 48_000])
    after = slice(25 * 48_000, 50 * 48_000)
    assert np.array_equal(one[after], other[after])


@each_container
def test_what_is_heard_is_the_sitting_with_the_bed_beneath(container: Container) -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    plain = heard_in(assemble(plan, clips, "wav"))
    bed = heard_in(assemble(with_bed(plan), clips, "wav", audible="all")) - plain
    heard = heard_in(assemble(with_bed(plan), clips, container))
    assert rms_db(heard) - rms_db(heard - plain - bed) > 15
    middle = slice(5 * 48_000, plan.total - 5 * 48_000)
    assert integrated_of(np.ascontiguousarray(bed[middle])) == pytest.approx(LOUDNESS[2], abs=0.6)


@each_bed
@pytest.mark.parametrize("volume", get_args(Volume))
def test_a_bed_is_heard_as_loud_as_was_chosen(bed: str, volume: Volume) -> None:
    clips = ToneClips()
    plan = with_bed(plan_of([6000], clips), bed, volume)
    heard = heard_in(assemble(plan, clips, "opus"))
    middle = heard[5 * 48_000 : -5 * 48_000]
    assert integrated_of(middle) == pytest.approx(LOUDNESS[volume], abs=1)


def rms_db(samples: Pcm) -> float:
    return float(10 * np.log10(np.mean(np.square(samples.astype(np.float64))) + 1e-20))


@each_container
def test_a_bed_comes_and_goes_slowly_and_around_it_is_silence(container: Container) -> None:
    clips = ToneClips()
    plan = plan_of([2000], clips)
    span = BedSpan("brown", samples_of(8), samples_of(20))
    heard = heard_in(assemble(replace(plan, beds=(span,)), clips, container))
    assert rms_db(heard[: samples_of(7.9)]) < -90
    assert rms_db(heard[span.end + 4800 :]) < -90
    steps = [rms_db(heard[at : at + 9600]) for at in range(samples_of(9), samples_of(27), 4800)]
    assert max(abs(one - other) for one, other in pairwise(steps)) < 6
    middle = rms_db(heard[samples_of(16) : samples_of(20)])
    halfway = rms_db(heard[span.start + FADE // 2 - 9600 : span.start + FADE // 2 + 9600])
    assert halfway == pytest.approx(middle - 6, abs=2)


def test_nothing_jumps_where_a_sitting_ends() -> None:
    heard = heard_in(sitting("opus", "brown", [1500]))
    assert rms_db(heard[-960:]) < -75
    assert rms_db(heard[:960]) < -75


def test_one_bed_gives_way_to_another() -> None:
    clips = ToneClips()
    plan = plan_of([2000], clips)
    spans = (
        BedSpan("rain", Samples(0), samples_of(24)),
        BedSpan("brown", samples_of(20), samples_of(20)),
    )
    heard = heard_in(assemble(replace(plan, beds=spans), clips, "wav"))
    around = [rms_db(heard[samples_of(at) : samples_of(at + 1)]) for at in (16, 20, 21, 22, 23)]
    assert min(around) > around[0] - 6


@each_container
def test_bells_only_keep_the_bed_and_nothing_is_silent(container: Container) -> None:
    clips = ToneClips()
    plan = with_bed(plan_of(SITTING, clips))
    bells = heard_in(assemble(plan, clips, container, audible="bells"))
    nothing = heard_in(assemble(plan, clips, container, audible="nothing"))
    assert rms_db(bells[samples_of(12) : samples_of(20)]) > -60
    assert len(bells) == len(nothing) == plan.total
    assert not nothing.any()


def excess(
    cut: Pcm, straight: Pcm, meant: Pcm, places: list[int], around: range
) -> tuple[float, float]:
    """Return by how many dB cuts add to the error: all together, and at the worst place."""

    def error(decoded: Pcm, place: int) -> float:
        part = slice(place + around.start, place + around.stop)
        return float(np.square(decoded[part] - meant[part], dtype=np.float64).sum())

    pairs = [(error(cut, place), error(straight, place)) for place in places]
    together = sum(one for one, _ in pairs) / sum(other for _, other in pairs)
    worst = max(one / other for one, other in pairs)
    return float(10 * np.log10(together)), float(10 * np.log10(worst))


LONG: list[Step] = [step for number in range(10) for step in (f"Line {number}", 420 + 31 * number)]
AROUND = range(-960, 60 * 48)


@each_bed
def test_a_cut_is_not_heard_in_opus(bed: str) -> None:
    clips = ToneClips()
    plan = with_bed(plan_of(LONG, clips), bed)
    mix = mix_of(plan, clips)
    meant = mix.frames(0, mix.total)
    borders = borders_of(plan.events, mix.total)
    packets: list[bytes] = []
    for stretch in stretches_of(mix, borders):
        packets += packets_in(stretch)
    straight = decode_packets(ConstantOpus().packets(meant))
    places = [border * FRAME for border in borders[1:-1]]
    together, worst = excess(decode_packets(packets), straight, meant, places, AROUND)
    assert together < 0.5
    assert worst < 2.5


def packets_in(stretch: Stretch) -> Iterator[bytes]:
    packets, at = stretch.measured().packets, 0
    for size in packets.sizes:
        yield from frames_in(packets.body[at : at + size])
        at += size


@each_bed
def test_a_cut_is_not_heard_in_mp3(bed: str) -> None:
    clips = ToneClips()
    plan = with_bed(plan_of(LONG[:6], clips), bed)
    mix = mix_of(plan, clips)
    meant = mix.frames(0, mix.total)
    file = whole(assemble(plan, clips, "mp3"))
    count = frames_for(len(meant))
    padded = np.pad(meant, (0, (count + 2) * SPAN - len(meant)))
    frames = b"".join(constant_mp3(padded, skip=0, count=count))
    straight = by_pyav(file[: -count * mixed.RATE.size] + frames)
    borders = borders_of(plan.events, mix.total, mixed.ABOUT)
    places = [border * FRAME for border in borders[1:-1]]
    together, worst = excess(by_pyav(file), straight, meant, places, AROUND)
    assert together < 0.1
    assert worst < 0.5


def test_sittings_that_are_alike_share_what_was_encoded() -> None:
    clips = ToneClips()
    steps = [*SITTING, 2000]
    plan, longer = (with_bed(plan_of([*steps, "More", length], clips)) for length in (1000, 1500))
    one, other = (
        list(stretches_of(mix_of(each, clips), borders_of(each.events, mix_of(each, clips).total)))
        for each in (plan, longer)
    )
    assert [s.key for s in one[:6]] == [s.key for s in other[:6]]
    assert one[-1].key != other[-1].key
    assert one[0].measured() is other[0].measured()


def test_what_is_kept_of_an_hour_is_bounded() -> None:
    assert STRETCHES.most + MP3_STRETCHES.most + PCM.most <= 24 << 20


def test_a_line_of_ones_own_is_not_kept_after_its_sitting() -> None:
    clips = ToneClips()
    stream = assemble(with_bed(plan_of(SITTING, clips)), clips, "opus")
    whole(stream)
    assert STRETCHES.count
    assert PCM.count
    own = OwnCache()
    line = clips.line("Hello")
    own.keep(line, clips.pcm(line))
    own.clear()
    assert STRETCHES.count == PCM.count == 0


class LostClips(ToneClips):
    """Clips whose samples are gone."""

    def pcm(self, clip: Clip) -> bytes:
        del clip
        raise OutsideError("voice.not_voiced", "This line was not voiced yet.")


@pytest.mark.parametrize("container", ["opus", "mp3", "wav"])
def test_a_line_that_is_gone_is_an_error_when_it_is_read(container: Container) -> None:
    clips = LostClips()
    stream = assemble(with_bed(plan_of(SITTING, clips)), clips, container)
    with pytest.raises(OutsideError):
        whole(stream)


def test_a_line_that_was_made_anew_in_another_length_is_an_error() -> None:
    class ShorterClips(NoiseClips):
        def pcm(self, clip: Clip) -> bytes:
            return super().pcm(clip)[:-2]

    clips = ShorterClips()
    stream = assemble(with_bed(plan_of(SITTING, clips)), clips, "opus")
    with pytest.raises(OutsideError) as caught:
        whole(stream)
    assert caught.value.code == "stream.clip_changed"


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="no ffmpeg here")
@pytest.mark.parametrize("container", ["opus", "mp4", "mp3"])
def test_ffmpeg_hears_no_fault(container: Container, tmp_path: Path) -> None:
    file = tmp_path / f"a.{container}"
    file.write_bytes(whole(sitting(container)))
    command = ["ffmpeg", "-v", "warning", "-xerror", "-i", str(file), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
