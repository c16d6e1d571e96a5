"""Opus packets of a sitting: the sounds' own, and constant ones for silence (RFC 6716, 3).

Every packet here is CELT fullband mono, so a silent packet resets the decoder's memory of
the sound before it, and a clip decodes after it as if it stood alone (docs/explanation/
assembly.md).
"""

from functools import cache

from thaw.sound.clip import SILENCE_PACKET
from thaw.sound.containers.row import Piece, pieces_of
from thaw.sound.timeline import Sound, Timeline
from thaw.units import Frames, Samples

PRE_SKIP = Samples(120)
"""What the decoder's output lags behind, 2.5 ms: as much is skipped at the start."""

LAST_PACKET = b"\xe0\xff\xfe"
"""Silence of 2.5 ms. With it a file holds exactly its samples and the pre-skip: no end trim."""

LONG = Frames(6)
"""Frames in the longest packet there is, 120 ms."""

WHOLE = 8 * LONG
"""Frames that a silence is counted in, 0.96 s; also a full page of Ogg."""

LONGEST_SILENCE = 60 * WHOLE
"""Longest silence in one piece, 57.6 s."""


@cache
def silent_packet(frames: int) -> bytes:
    """Return one packet of 1 to 6 frames of silence (code 3, constant rate, from 2 on)."""
    if frames == 1:
        return SILENCE_PACKET
    return bytes((SILENCE_PACKET[0] | 3, frames)) + SILENCE_PACKET[1:] * frames


def packet_pieces(timeline: Timeline) -> list[Piece]:
    """Return a sitting as pieces; the silence a clip ends with belongs to what follows it."""
    return pieces_of(timeline, longest=LONGEST_SILENCE, whole=WHOLE, ends=_end_of)


def _end_of(sound: Sound) -> int:
    return sound.start + sound.heard
