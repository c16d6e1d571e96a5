"""A sitting as pieces of Opus packets."""

from collections.abc import Sequence
from typing import Final

from thaw.sound.containers.row import Pieces, pieces_of
from thaw.sound.encode import side_by_side
from thaw.sound.measured import Measured
from thaw.sound.mix import Mix
from thaw.sound.opus import LONG
from thaw.sound.stretch import Stretch, stretches_of
from thaw.sound.timeline import Sound, Timeline

PacketPieces = Pieces[Sound] | Pieces[Stretch]
"""A sitting that is assembled from its clips, or one that is encoded with its beds."""

WHOLE: Final = 8 * LONG
"""Frames that a silence is counted in, 0.96 s; also a full page of Ogg."""

LONGEST_SILENCE: Final = 60 * WHOLE
"""Longest silence in one piece, 57.6 s."""


def packet_pieces(timeline: Timeline) -> Pieces[Sound]:
    """Return a sitting as pieces; the silence a clip ends with belongs to what follows it."""
    return pieces_of(timeline, longest=LONGEST_SILENCE, whole=WHOLE, ends=_end_of)


def mixed_pieces(mix: Mix, borders: Sequence[int]) -> Pieces[Stretch]:
    """Return a sitting with beds as pieces, cut at ``borders``."""
    pieces = _Stretches()
    pieces.sounds += stretches_of(mix, borders)
    pieces.edges.extend(borders[1:])
    return pieces


class _Stretches(Pieces[Stretch]):
    """Stretches of a sitting with a bed."""

    __slots__ = ()

    def measured(self, first: int, last: int) -> list[Measured]:
        """Return some stretches, encoded side by side where there are several."""
        some = [stretch for stretch in self.sounds[first:last] if stretch]
        return side_by_side(Stretch.measured, some)


def _end_of(sound: Sound) -> int:
    return sound.start + sound.shape.heard
