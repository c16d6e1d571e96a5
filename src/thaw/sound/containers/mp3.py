"""MP3 at a constant rate: every frame lies at its number times the frame's size.

A frame is 24 ms and the plan's grid is 20 ms, so each sound is moved to the frame nearest
to its place: never more than 12 ms, counted from the start of the sitting, so that nothing
adds up. The length is exact all the same: the LAME tag says how many samples to leave out
before and after.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from thaw.sound.containers.id3 import id3
from thaw.sound.containers.row import Row
from thaw.sound.memory import Memory
from thaw.sound.tags import Tags
from thaw.sound.timeline import Sound, Timeline
from thaw.units import FRAME

SPAN: Final = 1152
"""Samples in an MP3 frame."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A constant rate at 48 kHz (ISO/IEC 11172-3, 2.4.3.1), where no frame is padded.

    Attributes:
        kilobits: In a second.
        index: How a frame's header writes it.
    """

    kilobits: int
    index: int

    @property
    def size(self) -> int:
        """Bytes in a frame."""
        return self.kilobits * 3

    @property
    def header(self) -> bytes:
        """A frame's first bytes: MPEG-1 layer III, one channel, no checksum, an original."""
        return bytes((0xFF, 0xFB, self.index << 4 | 0x04, 0xC4))


RATE: Final = Rate(64, 5)
"""The rate of a sitting without a bed."""

BYTES: Final = RATE.size

SILENT: Final = RATE.header.ljust(BYTES, b"\0")
"""A frame of silence: without a bit of sound, and nothing borrowed from other frames."""

ENCODER_DELAY: Final = 576
DECODER_DELAY: Final = 529
LAG: Final = ENCODER_DELAY + DECODER_DELAY
"""Samples by which what is heard lags behind its frame."""

LONGEST_SILENCE: Final = 400
"""Most frames of silence in one piece, 9.6 s; bounds the work of reading a few bytes of it."""

_in_use: Memory[bytes] = Memory(32 << 20)


class Mp3(Row):
    """A sitting as MP3.

    Args:
        timeline: Where the sounds lie.
        tags: Title and chapters.
    """

    def __init__(self, timeline: Timeline, tags: Tags) -> None:
        total = timeline.total * FRAME
        count = frames_for(total)
        self._head = id3(tags) + info_frame(total, count, RATE)
        self._pieces = _pieces(timeline.sounds, count)
        sizes = [frames * BYTES for _, frames in self._pieces]
        super().__init__([len(self._head), *sizes])

    def render(self, first: int, last: int) -> Iterable[bytes]:
        """Return the bytes of some pieces; the first is the tag."""
        if first == 0:
            yield self._head
        for sound, frames in self._pieces[max(first - 1, 0) : last - 1]:
            if sound is None:
                yield SILENT * frames
            else:
                found = self._frames_of(sound)[: frames * BYTES]
                yield found + SILENT * (frames - len(found) // BYTES)

    def _frames_of(self, sound: Sound) -> bytes:
        found = _in_use.find(sound.shape.key)
        if found is None:
            found = b"".join(sound.clips.mp3(sound.fetch()))
            _in_use.keep(sound.shape.key, found, len(found))
        return found


def frames_for(samples: int) -> int:
    """Return how many frames hold ``samples`` and the lag before them."""
    return -(-(samples + LAG) // SPAN)


def _pieces(sounds: Sequence[Sound], count: int) -> list[tuple[Sound | None, int]]:
    """Return sounds and silences with their frames, ``count`` in all.

    A sound ends where the next begins: it lags, so its last frame or two would reach into
    it, but hold only the silence that every clip ends with.
    """
    pieces: list[tuple[Sound | None, int]] = []
    places = [(sound.start * FRAME + SPAN // 2) // SPAN for sound in sounds]
    now = 0
    for sound, place, after in zip(sounds, places, [*places[1:], count], strict=False):
        pieces += _silences(place - now)
        now = min(place + frames_for(sound.shape.length * FRAME), after)
        if now > place:
            pieces.append((sound, now - place))
    return pieces + _silences(count - now)


def _silences(frames: int) -> list[tuple[Sound | None, int]]:
    return [(None, min(LONGEST_SILENCE, frames - at)) for at in range(0, frames, LONGEST_SILENCE)]


def info_frame(total: int, count: int, rate: Rate) -> bytes:
    """Return the silent frame that says how long the file is and where to jump to.

    Args:
        total: Samples that are played.
        count: Frames that follow.
        rate: Theirs, and this one's.
    """
    size = (count + 1) * rate.size
    jumps = bytes(256 * percent // 100 for percent in range(100))
    info = struct.pack(">4sIII100sI", b"Info", 0b1111, count, size, jumps, 0)
    padding = count * SPAN - ENCODER_DELAY - total
    lame = struct.pack(
        ">9sBBIHHBB3sBBHIH",
        b"LAME3.100",
        0x01,  # Revision 0 of the tag; constant rate.
        0,  # Where a low-pass would begin: not said.
        0,  # Peak: not said.
        0,  # Loudness of the track: not said.
        0,  # Loudness of the album: not said.
        0,
        rate.kilobits,
        (ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
        0,
        0,
        0,
        size,
        0,  # Checksum of the sound: not worked out, since no byte of it is read here.
    )
    frame = rate.header + bytes(17) + info + lame
    return (frame + _crc16(frame).to_bytes(2, "big")).ljust(rate.size, b"\0")


def _crc16(stretch: bytes) -> int:
    """Return the CRC-16 (polynomial 0x8005, mirrored) that closes a LAME tag."""
    check = 0
    for byte in stretch:
        check ^= byte
        for _ in range(8):
            check = check >> 1 ^ (0xA001 if check & 1 else 0)
    return check
