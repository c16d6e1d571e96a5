"""A sitting as pieces of Opus packets."""

from typing import Final

from thaw.sound.containers.row import Pieces, pieces_of
from thaw.sound.opus import LONG
from thaw.sound.timeline import Sound, Timeline

WHOLE: Final = 8 * LONG
"""Frames that a silence is counted in, 0.96 s; also a full page of Ogg."""

LONGEST_SILENCE: Final = 60 * WHOLE
"""Longest silence in one piece, 57.6 s."""


def packet_pieces(timeline: Timeline) -> Pieces:
    """Return a sitting as pieces; the silence a clip ends with belongs to what follows it."""
    return pieces_of(timeline, longest=LONGEST_SILENCE, whole=WHOLE, ends=_end_of)


def _end_of(sound: Sound) -> int:
    return sound.start + sound.shape.heard
