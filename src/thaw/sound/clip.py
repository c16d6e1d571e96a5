"""A clip: one line voiced once, ready to be assembled.

A clip is whole frames of 20 ms. Its Opus packets are CELT-only, mono, 48 kHz, and the last
one is the constant silence packet, so that any clip may stand beside any other without a
trace (docs/explanation/assembly.md).
"""

from dataclasses import dataclass
from typing import Protocol

from thaw.units import FRAME, Samples

SILENCE_PACKET = b"\xf8\xff\xfe"
"""20 ms of digital silence, CELT fullband mono (RFC 6716)."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Clip:
    """One line, or one bell, as sound.

    Attributes:
        key: Content address, hexadecimal; what the cache knows it by.
        packets: Opus packets of 20 ms each; the last is ``SILENCE_PACKET``.
        energies: For each frame the sum of squares of the K-weighted signal (BS.1770),
            full scale = 1 (``loudness.energies_of``).
    """

    key: str
    packets: tuple[bytes, ...]
    energies: tuple[float, ...]

    @property
    def length(self) -> Samples:
        """Its length in samples at 48 kHz."""
        return Samples(len(self.packets) * FRAME)


class Clips(Protocol):
    """Where the clips of a sitting are found. Implemented by the cache and by test fakes.

    Nothing here makes a clip of a line: what was not voiced before raises ``OutsideError``.
    Bells are made when first asked for.
    """

    def line(self, text: str) -> Clip:
        """Return the clip of a spoken text in this sitting's voice and pace."""
        ...

    def bell(self, bowl: str, *, first: bool) -> Clip:
        """Return an 8 s stroke; the ``first`` of a sitting rises over 2 s."""
        ...

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        """Return the clip as MP3 frames (48 kHz mono, 24 ms, no reservoir), made on demand."""
        ...

    def pcm(self, clip: Clip) -> bytes:
        """Return the clip as 16-bit little-endian mono samples, ``2 * clip.length`` bytes."""
        ...
