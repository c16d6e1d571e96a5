"""Clips that are one person's alone: lines that hold a word they gave.

They are in memory and nowhere else, as long as their sitting is (docs/adr/0111).
"""

from collections.abc import Callable
from threading import Lock

from thaw.sound.clip import Clip, Clips
from thaw.sound.encode import flac_of, pcm_of
from thaw.sound.measured import IN_USE
from thaw.sound.mix import forget_mixed
from thaw.units import Samples


class OwnCache:
    """Clips in memory; once cleared, nothing is in it any more. Safe among threads."""

    def __init__(self) -> None:
        self._clips: dict[str, Clip] = {}
        self._pcm: dict[str, bytes] = {}
        self._mp3: dict[str, tuple[bytes, ...]] = {}
        self._lock = Lock()
        self._is_cleared = False

    def has(self, key: str) -> bool:
        """Return whether the clip with this address is there."""
        return key in self._clips

    def clip(self, key: str) -> Clip | None:
        """Return the clip with this address, or None."""
        return self._clips.get(key)

    def pcm(self, key: str) -> bytes | None:
        """Return a clip's samples (16 bit, little-endian), or None."""
        flac = self._pcm.get(key)
        return None if flac is None else pcm_of(flac).astype("<i2").tobytes()

    def mp3(self, key: str) -> tuple[bytes, ...] | None:
        """Return a clip's MP3 frames, or None when they were not made yet."""
        return self._mp3.get(key)

    def keep(self, clip: Clip, pcm: bytes) -> None:
        """Keep a clip with its samples, unless this was cleared meanwhile."""
        import numpy as np

        flac = flac_of(np.frombuffer(pcm, "<i2"))
        with self._lock:
            if not self._is_cleared:
                self._clips[clip.key], self._pcm[clip.key] = clip, flac

    def keep_mp3(self, key: str, frames: tuple[bytes, ...]) -> None:
        """Keep a clip's MP3 frames, unless this was cleared meanwhile."""
        with self._lock:
            if not self._is_cleared:
                self._mp3[key] = frames

    def clear(self) -> None:
        """Let go of everything, also of what is in use, and keep nothing from now on."""
        with self._lock:
            self._is_cleared = True
            for key in self._clips:
                IN_USE.forget(key)
            if self._clips:
                forget_mixed()
            for kept in (self._clips, self._pcm, self._mp3):
                kept.clear()


class OwnClips:
    """The clips of a sitting in which some lines are the person's own: a ``Clips``.

    Args:
        shared: Where every other line is found.
        own: Where the person's own are.
        cache: What ``own`` stands on.
        is_own: Tells a line that is the person's own.
    """

    def __init__(
        self, shared: Clips, own: Clips, cache: OwnCache, is_own: Callable[[str], bool]
    ) -> None:
        self._shared, self._own, self._cache, self._is_own = shared, own, cache, is_own

    def line(self, text: str) -> Clip:
        """Return the clip of a line; as ``VoicedClips.line``."""
        return (self._own if self._is_own(text) else self._shared).line(text)

    def length(self, text: str) -> Samples:
        """Return how long a line is; as ``line``."""
        return self.line(text).length

    def bell(self, bowl: str, *, first: bool) -> Clip:
        """Return a stroke; see ``bells.stroke``."""
        return self._shared.bell(bowl, first=first)

    def mp3(self, clip: Clip) -> tuple[bytes, ...]:
        """Return a clip as MP3 frames."""
        return self._of(clip).mp3(clip)

    def pcm(self, clip: Clip) -> bytes:
        """Return a clip's samples."""
        return self._of(clip).pcm(clip)

    def _of(self, clip: Clip) -> Clips:
        return self._shared if self._cache.clip(clip.key) is None else self._own
