"""Opus packets (RFC 6716): joined to long ones, and constant ones for silence.

Every packet here is CELT fullband mono. A silent frame resets the decoder's memory of the
sound before it, so a clip decodes after it as if it stood alone (docs/explanation/
assembly.md).
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

from thaw.sound.clip import SILENCE_PACKET
from thaw.units import FRAME, Frames, Samples

PRE_SKIP: Final = Samples(120)
"""What the decoder's output lags behind, 2.5 ms: as much is skipped at the start."""

LAST_PACKET: Final = b"\xe0\xff\xfe"
"""Silence of 2.5 ms. With it a file holds exactly its samples and the pre-skip: no end trim."""

LONG: Final = Frames(6)
"""Frames in the longest packet there is, 120 ms."""

MANY_FRAMES: Final = 3
"""In a packet's first byte: a second byte says how many frames it holds."""

OWN_SIZES: Final = 0x80
"""In that second byte: the frames differ in size, and the sizes come first."""

SIZES: Final = tuple(
    bytes((size,)) if size < 252 else bytes((252 + size % 4, (size - 252) // 4))
    for size in range(1276)
)
"""How the size of a frame is written (RFC 6716, 3.2.1)."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Packets in a row.

    Attributes:
        body: Their bytes.
        sizes: Bytes of each.
        counts: Frames in each.
    """

    body: bytes
    sizes: "array[int]"
    counts: bytes

    def lengths(self) -> tuple[int, ...]:
        """Return how many packets in a row last how many samples: pairs, one after another."""
        runs = ((count, len(list(same))) for count, same in groupby(self.counts))
        return tuple(number for count, many in runs for number in (many, count * FRAME))


def silence(frames: int) -> Joined:
    """Return silence in packets that are always the same for the same length."""
    counts = _counts(frames)
    packets = [_silent_packet(count) for count in counts]
    return Joined(b"".join(packets), array("I", map(len, packets)), counts)


def _counts(frames: int) -> bytes:
    return bytes([LONG] * (frames // LONG) + [frames % LONG] * (frames % LONG > 0))


def _silent_packet(frames: int) -> bytes:
    if frames == 1:
        return SILENCE_PACKET
    return bytes((SILENCE_PACKET[0] | MANY_FRAMES, frames)) + SILENCE_PACKET[1:] * frames


def join(packets: Iterable[bytes]) -> Joined:
    """Return packets of up to 120 ms that hold the same frames as these of one frame each.

    A decoder gives the same samples; six times fewer packets make a smaller index. Frames
    of different kinds are never joined.
    """
    parts: list[bytes] = []
    sizes: list[int] = []
    counts: list[int] = []
    for kind, same in groupby(packets, key=itemgetter(0)):
        frames = list(map(itemgetter(slice(1, None)), same))
        many = len(frames) // LONG
        mixed = _long_packets(kind, frames[: many * LONG])
        sizes += map(sum, zip(*[map(len, mixed)] * LONG_PARTS, strict=True))
        counts += [LONG] * many
        parts += mixed
        rest = frames[many * LONG :]
        if rest:
            parts.append(_packet(kind, rest))
            sizes.append(len(parts[-1]))
            counts.append(len(rest))
    return Joined(b"".join(parts), array("I", sizes), bytes(counts))


def join_alike(packets: Sequence[bytes]) -> Joined:
    """Return as ``join`` packets of one kind and size, which is not told (RFC 6716, 3.2.5)."""
    import numpy as np

    size, many = len(packets[0]), len(packets) // LONG
    frames = np.frombuffer(b"".join(packets), np.uint8).reshape(-1, size)
    long = np.empty((many, 2 + LONG * (size - 1)), np.uint8)
    long[:, :2] = packets[0][0] | MANY_FRAMES, LONG
    long[:, 2:] = frames[: many * LONG, 1:].reshape(many, -1)
    parts = [long.tobytes()]
    sizes = array("I", [long.shape[1]] * many)
    if rest := packets[many * LONG :]:
        head = bytes((rest[0][0] | MANY_FRAMES, len(rest)))
        last = b"".join((head, *(packet[1:] for packet in rest))) if len(rest) > 1 else rest[0]
        parts.append(last)
        sizes.append(len(last))
    return Joined(b"".join(parts), sizes, _counts(len(packets)))


LONG_PARTS: Final = 2 * LONG
"""Parts of a long packet: two bytes of header, the sizes of all frames but one, the frames."""


def _long_packets(kind: int, frames: list[bytes]) -> list[bytes]:
    """Return packets of six frames in parts, laid out by columns: thousands take a millisecond."""
    header = bytes((kind | MANY_FRAMES, OWN_SIZES | LONG))
    sizes = list(map(SIZES.__getitem__, map(len, frames)))
    parts = [header] * (2 * len(frames))
    for number in range(LONG):
        parts[LONG + number :: LONG_PARTS] = frames[number::LONG]
    for number in range(LONG - 1):
        parts[1 + number :: LONG_PARTS] = sizes[number::LONG]
    return parts


def _packet(kind: int, frames: list[bytes]) -> bytes:
    if len(frames) == 1:
        return bytes((kind,)) + frames[0]
    sizes = [SIZES[len(frame)] for frame in frames[:-1]]
    return b"".join((bytes((kind | MANY_FRAMES, OWN_SIZES | len(frames))), *sizes, *frames))
