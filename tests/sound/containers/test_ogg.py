"""Ogg Opus: what other decoders make of it, and what the format asks of it."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import av
import numpy as np
import pytest

from tests.fakes.clips import NoiseClips, ToneClips
from tests.sound.decoders import (
    FFMPEG,
    Decoder,
    by_ffmpeg,
    by_libsndfile,
    by_pyav,
    decode_packets,
    frames_in,
)
from tests.sound.plans import Step, clip_of, plan_of
from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.opus import join
from thaw.sound.stream import assemble
from thaw.units import FRAME

LAG = 120

SITTING: list[Step] = ["bell low", 50, "Hello *there*", 1, "You", 7, "What a day", 3000]
SITTING += ["Next", "to each other", 49, "bell high", 149]


@dataclass
class Page:
    flags: int
    granule: int
    serial: int
    number: int
    check: int
    packets: list[bytes]
    raw: bytes


def pages_of(file: bytes) -> Iterator[Page]:
    at = 0
    while at < len(file):
        fields = struct.unpack_from("<4sBBqIIIB", file, at)
        magic, version, flags, granule, serial, number, check, count = fields
        assert (magic, version) == (b"OggS", 0)
        segments = file[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(segments)
        packets, start = [b""], at + 27 + count
        for segment in segments:
            packets[-1] += file[start : start + segment]
            start += segment
            if segment < 255:
                packets.append(b"")
        assert packets.pop() == b""
        yield Page(flags, granule, serial, number, check, packets, file[at:end])
        at = end


def checksum(page: bytes) -> int:
    """Return the checksum as RFC 3533 words it, bit by bit."""
    register = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1) ^ (0x104C11DB7 if register & 0x80000000 else 0)
    return register


def whole(steps: list[Step], clips: ToneClips | NoiseClips, **options: str) -> bytes:
    stream = assemble(plan_of(steps, clips), clips, "opus", title=options.get("title", "x"))
    return stream.read(0, stream.size)


@pytest.mark.parametrize(
    "decode",
    [
        by_pyav,
        by_libsndfile,
        pytest.param(by_ffmpeg, marks=pytest.mark.skipif(not FFMPEG, reason="no ffmpeg here")),
    ],
)
def test_every_decoder_finds_exactly_the_samples_of_the_plan(decode: Decoder) -> None:
    clips = ToneClips()
    assert len(decode(whole(SITTING, clips))) == plan_of(SITTING, clips).total


def test_a_clip_sounds_as_if_it_were_decoded_alone() -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    heard = by_pyav(whole(SITTING, clips))
    # A coded sound begins up to 2.5 ms before its first frame: what the decoder lags behind.
    wanted = np.zeros(LAG + plan.total, np.float32)
    for event in plan.events:
        if event.kind != "rest":
            clip = clip_of(event, clips)
            alone = decode_packets((SILENCE_PACKET, *clip.packets, SILENCE_PACKET))
            wanted[event.start : event.end + LAG] += alone[FRAME - LAG : FRAME + event.length]
    assert np.array_equal(heard, wanted[LAG:])


def test_no_clip_leaves_a_trace_in_the_silence_after_it() -> None:
    clips = ToneClips()
    plan = plan_of(["Hello", 500], clips)
    heard = by_pyav(whole(["Hello", 500], clips))
    rest = plan.events[1]
    assert not heard[rest.start : rest.end].any()


def test_every_checksum_is_right() -> None:
    for page in pages_of(whole(["Hello", 500, "bell low", "You", 47, 1], NoiseClips())):
        assert checksum(page.raw) == page.check


def test_pages_are_numbered_and_end_where_they_say() -> None:
    clips = ToneClips()
    pages = list(pages_of(whole(SITTING, clips)))
    plan = plan_of(SITTING, clips)
    assert [page.number for page in pages] == list(range(len(pages)))
    assert len({page.serial for page in pages}) == 1
    assert [page.flags for page in pages] == [2, 0, *[0] * (len(pages) - 3), 4]
    assert pages[-1].granule == plan.total + 120
    granule = 0
    for page in pages[2:]:
        granule += sum(map(samples_in, page.packets))
        assert page.granule == granule


def samples_in(packet: bytes) -> int:
    """Return how long a packet lasts (RFC 6716, 3.1)."""
    frame = {31: 960, 28: 120}[packet[0] >> 3]
    return frame * (packet[1] & 0x3F if packet[0] & 3 == 3 else 1)


def test_no_page_is_longer_than_a_second() -> None:
    ends = [page.granule for page in pages_of(whole(SITTING, ToneClips()))]
    assert max(np.diff(ends)) <= 48_000


def test_frames_of_every_size_are_kept_as_they_are() -> None:
    clips = NoiseClips((1, 2, 252, 253, 254, 255, 256, 509, 510, 511, 512, 1275, 1276))
    plan = plan_of(["Hello", "bell low", 77], clips)
    stream = assemble(plan, clips, "opus")
    pages = list(pages_of(stream.read(0, stream.size)))[2:-1]
    frames = [frame for page in pages for packet in page.packets for frame in frames_in(packet)]
    wanted = [*clips.line("Hello").packets, *clips.bell("low", first=True).packets]
    assert frames == wanted + [SILENCE_PACKET] * 77


def test_frames_of_different_kinds_stay_in_packets_of_their_own() -> None:
    wide, narrow = b"\xf8one", b"\xd8two"
    mixed = [wide] * 8 + [narrow] + [wide] * 2
    made = join(mixed)
    assert list(made.counts) == [6, 2, 1, 2]
    ends = list(accumulate(made.sizes, initial=0))
    packets = [made.body[start:end] for start, end in pairwise(ends)]
    assert [frame for packet in packets for frame in frames_in(packet)] == mixed


def test_a_page_of_many_small_packets_has_no_more_segments_than_fit() -> None:
    class MixedClips(NoiseClips):
        def line(self, text: str) -> Clip:
            packets = [bytes((0xF8 if n % 2 else 0xD8,)) * 1276 for n in range(len(text))]
            return Clip(text, (*packets, SILENCE_PACKET), ())

    clips = MixedClips()
    plan = plan_of(["x" * 200, 10], clips)
    stream = assemble(plan, clips, "opus")
    counts = [len(page.packets) for page in pages_of(stream.read(0, stream.size))]
    assert max(counts) == 42


def test_headers_say_one_channel_and_the_pre_skip() -> None:
    first, second, *_ = pages_of(whole([50], ToneClips(), title="A walk"))
    assert first.packets == [b"OpusHead\1\1" + struct.pack("<HIhB", 120, 48_000, 0, 0)]
    assert second.packets[0].startswith(b"OpusTags")


def test_title_and_chapters_are_found_by_others() -> None:
    steps: list[Step] = ["# Arriving", "Hello", 50, "# Coming back", "You", 100]
    with av.open(io.BytesIO(whole(steps, ToneClips(), title="A long walk"))) as file:
        assert file.streams.audio[0].metadata["TITLE"] == "A long walk"
        chapters = file.chapters()
        assert [chapter["metadata"]["title"] for chapter in chapters] == ["Arriving", "Coming back"]
        assert [chapter["start"] for chapter in chapters] == [0, 2000]
