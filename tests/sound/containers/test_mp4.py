"""Opus in MP4: what other decoders make of it, and whether its boxes add up."""

import io
import struct
from collections.abc import Iterator

import av
import numpy as np
import pytest

from tests.fakes.clips import NoiseClips, ToneClips
from tests.sound.decoders import FFMPEG, Decoder, by_ffmpeg, by_pyav, frames_in, start_of
from tests.sound.plans import Step, clip_of, plan_of
from thaw.sound.stream import assemble

SITTING: list[Step] = ["bell low", 50, "Hello *there*", 1, "You", 7, "What a day", 3000]
SITTING += ["Next", "to each other", 49, "bell high", 149]

HOLDS_BOXES = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl", b"udta"}


def whole(steps: list[Step], clips: ToneClips | NoiseClips, *, title: str = "x") -> bytes:
    stream = assemble(plan_of(steps, clips), clips, "mp4", title=title)
    return stream.read(0, stream.size)


def boxes_of(file: bytes, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the path and the contents of every box; they must fill what holds them."""
    at = 0
    while at < len(file):
        size, kind = struct.unpack_from(">I4s", file, at)
        assert 8 <= size <= len(file) - at
        inside = file[at + 8 : at + size]
        name = f"{path}/{kind.decode('latin-1')}"
        yield name, inside
        if kind in HOLDS_BOXES:
            yield from boxes_of(inside, name)
        at += size


def numbers(box: bytes, skip: int = 8) -> list[int]:
    """Return the 32-bit numbers of a box after its version, flags and count."""
    return [number for (number,) in struct.iter_unpack(">I", box[skip:])]


@pytest.mark.parametrize(
    "decode",
    [
        by_pyav,
        pytest.param(by_ffmpeg, marks=pytest.mark.skipif(not FFMPEG, reason="no ffmpeg here")),
    ],
)
def test_decoders_find_the_samples_of_the_plan(decode: Decoder) -> None:
    clips = ToneClips()
    assert len(decode(whole(SITTING, clips))) == plan_of(SITTING, clips).total


def test_it_sounds_as_the_same_sitting_in_ogg() -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    ogg = assemble(plan, clips, "opus")
    assert np.array_equal(by_pyav(whole(SITTING, clips)), by_pyav(ogg.read(0, ogg.size)))


def test_the_index_comes_before_the_sound() -> None:
    names = [name for name, _ in boxes_of(whole(SITTING, ToneClips()))]
    assert [name for name in names if name.count("/") == 1] == ["/ftyp", "/moov", "/mdat"]


def test_the_index_finds_every_packet() -> None:
    clips = NoiseClips()
    file = whole(SITTING, clips)
    boxes = dict(boxes_of(file))
    table = {name[-4:]: box for name, box in boxes.items() if "/stbl/" in name}
    sizes = numbers(table["stsz"], 12)
    assert sum(sizes) == len(boxes["/mdat"])
    counts = chunk_counts(numbers(table["stsc"]), len(numbers(table["stco"])))
    packets: list[bytes] = []
    for start, count in zip(numbers(table["stco"]), counts, strict=True):
        at = start
        for size in sizes[len(packets) : len(packets) + count]:
            packets.append(file[at : at + size])
            at += size
    assert len(packets) == len(sizes)
    assert packets.pop() == b"\xe0\xff\xfe"
    frames = [frame for packet in packets for frame in frames_in(packet)]
    plan = plan_of(SITTING, clips)
    assert len(frames) * 960 == plan.total
    for event in plan.lines():
        heard = clip_of(event, clips).packets
        assert frames[event.start // 960 :][: len(heard)] == list(heard)


def chunk_counts(rows: list[int], chunks: int) -> list[int]:
    """Return the packets in each chunk from the runs that ``stsc`` holds."""
    firsts = [*rows[0::3], chunks + 1]
    runs = zip(rows[1::3], firsts, firsts[1:], strict=False)
    return [count for count, first, after in runs for _ in range(first, after)]


def test_every_length_the_index_states_is_that_of_the_plan() -> None:
    clips = ToneClips()
    total = plan_of(SITTING, clips).total
    boxes = {name[-4:]: box for name, box in boxes_of(whole(SITTING, clips))}
    lengths = numbers(boxes["stts"])
    packets = sum(lengths[0::2])
    assert sum(map(int.__mul__, lengths[0::2], lengths[1::2])) == total + 120
    assert packets == len(numbers(boxes["stsz"], 12))
    assert numbers(boxes["elst"]) == [total, 120, 0x10000]
    assert numbers(boxes["mvhd"][:20], 12) == [48_000, total]
    assert numbers(boxes["mdhd"][:20], 12) == [48_000, total + 120]
    assert struct.unpack(">4sIII", boxes["sbgp"][4:]) == (b"roll", 1, packets, 1)
    assert struct.unpack(">4sIIh", boxes["sgpd"][4:]) == (b"roll", 2, 1, -1)


def test_a_quarter_of_an_hour_has_an_index_below_100_kb() -> None:
    clips = NoiseClips()
    steps: list[Step] = []
    for number in range(140):
        # Speech for six of fifteen minutes, more than a practice has.
        steps += [f"line {number}", 200]
    plan = plan_of(steps, clips)
    rest = (15 * 60 * 50) - plan.total // 960
    assert rest > 0
    file = whole([*steps, rest], clips)
    assert len(file) - len(dict(boxes_of(file))["/mdat"]) < 100_000


def test_title_and_chapters_are_found_by_others() -> None:
    steps: list[Step] = ["# Arriving", "Hello", 50, "# Coming back", "You", 100]
    with av.open(io.BytesIO(whole(steps, ToneClips(), title="A long walk"))) as file:
        assert file.metadata["title"] == "A long walk"
        chapters = file.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["Arriving", "Coming back"]
        assert [start_of(chapter) for chapter in chapters] == [0, 2]
