"""The clip cache: every line voiced once, found again by what it was made from.

One file holds a clip: packets and energies in front, the samples as FLAC behind, each with
its SHA-256 (docs/adr/0032). Files are written whole or not at all, so any number of
processes may share a folder. What is damaged is removed and counts as absent. Where nothing
can be written, as on a full disk, clips stay in memory for the life of the process.
"""

import hashlib
import json
import logging
import os
import struct
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol
from weakref import WeakValueDictionary

from thaw.sound.clip import SILENCE_PACKET, Clip
from thaw.sound.clips import RECIPE
from thaw.sound.encode import flac_of, pcm_of
from thaw.sound.voices.port import Voice

_log = logging.getLogger(__name__)

MEMORY_BYTES = 64 << 20
"""What may be kept in memory when nothing can be written: about an hour of speech."""

_MAGIC = b"thawclip1"
_HEAD = struct.Struct("<9sII32s32s")  # Magic, length of front and back, digest of each.
_STALE_S = 3600

Write = Callable[[Path, bytes], None]


def key_of(voice: Voice, pace: int, text: str) -> str:
    """Return the address of a line: everything that shapes its sound, as SHA-256."""
    shaped_by = [RECIPE, voice.name, voice.settings, pace, text]
    return hashlib.sha256(json.dumps(shaped_by).encode()).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that under its name there is all of it or nothing.

    It is not forced to the disk: what a power cut takes is noticed by its digest and voiced
    again, and a hundred lines would wait half a second for the disk.

    Raises:
        OSError: Nothing was written.
    """
    making = path.parent.parent / "making"
    for folder in (making, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = making / f"{path.name}.{os.getpid()}.{time.monotonic_ns()}"
    try:
        part.touch(mode=0o600, exist_ok=False)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


class Cache(Protocol):
    """Where clips are kept: those of everyone in a folder, one's own in memory."""

    def has(self, key: str) -> bool:
        """Return whether the clip with this address is there, without reading it twice."""
        ...

    def clip(self, key: str) -> Clip | None:
        """Return the clip with this address, or None."""
        ...

    def pcm(self, key: str) -> bytes | None:
        """Return a clip's samples (16 bit, little-endian), or None."""
        ...

    def mp3(self, key: str) -> tuple[bytes, ...] | None:
        """Return a clip's MP3 frames, or None when they were not made yet."""
        ...

    def keep(self, clip: Clip, pcm: bytes) -> None:
        """Keep a clip with its samples."""
        ...

    def keep_mp3(self, key: str, frames: tuple[bytes, ...]) -> None:
        """Keep a clip's MP3 frames."""
        ...


class ClipCache:
    """Clips in a folder. Safe among threads and processes."""

    def __init__(self, folder: Path, *, write: Write = write_whole) -> None:
        self._folder, self._write = folder, write
        self._in_use: WeakValueDictionary[str, Clip] = WeakValueDictionary()
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._whole: set[str] = set()
        self._lock = Lock()
        self._said = self._swept = False

    def has(self, key: str) -> bool:
        """Return whether a clip is there; it is read once in a run, and looked for after that.

        What is damaged later is noticed when it is read to be heard.
        """
        if key in self._whole and self._path(key, "clip").exists():
            return True
        return self.clip(key) is not None

    def clip(self, key: str) -> Clip | None:
        """Return the clip with this address, or None when it is absent or was damaged."""
        found = self._in_use.get(key)
        if found is not None:
            return found
        front = self._section(key, "clip", 0)
        made = None if front is None else _clip_of(key, front)
        if made is None:
            self._whole.discard(key)
        else:
            self._in_use[key] = made
            self._whole.add(key)
        return made

    def pcm(self, key: str) -> bytes | None:
        """Return a clip's samples (16 bit, little-endian), or None."""
        back = self._section(key, "clip", 1)
        return None if back is None else pcm_of(back).astype("<i2").tobytes()

    def mp3(self, key: str) -> tuple[bytes, ...] | None:
        """Return a clip's MP3 frames, or None when they were not made yet."""
        front = self._section(key, "mp3", 0)
        return None if front is None else _packets_of(front)[0]

    def keep(self, clip: Clip, pcm: bytes) -> None:
        """Keep a clip with its samples."""
        import numpy as np

        energies = struct.pack(f"<{len(clip.energies)}d", *clip.energies)
        front = _packed(clip.packets) + energies
        self._keep(clip.key, "clip", front, flac_of(np.frombuffer(pcm, "<i2")))
        self._in_use[clip.key] = clip

    def keep_mp3(self, key: str, frames: tuple[bytes, ...]) -> None:
        """Keep a clip's MP3 frames."""
        self._keep(key, "mp3", _packed(frames), b"")

    def _keep(self, key: str, kind: str, front: bytes, back: bytes) -> None:
        digests = [_digest(key, kind, part) for part in (front, back)]
        content = _HEAD.pack(_MAGIC, len(front), len(back), *digests) + front + back
        try:
            self._sweep()
            self._write(self._path(key, kind), content)
        except OSError as error:
            self._remember(f"{key}.{kind}", content, error)

    def _section(self, key: str, kind: str, part: int) -> bytes | None:
        """Return one section of an entry once it is sure that it is whole."""
        with self._lock:
            kept = self._memory.get(f"{key}.{kind}")
        if kept is not None:
            return _checked(key, kind, kept, part)
        path = self._path(key, kind)
        try:
            content = path.read_bytes() if part else _front_of(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("A clip cannot be read and is voiced again (%s).", error.strerror)
            return None
        section = _checked(key, kind, content, part)
        if section is None:
            _log.warning("A clip was damaged and is voiced again.")
            with suppress(OSError):
                path.unlink()
        return section

    def _remember(self, name: str, content: bytes, error: OSError) -> None:
        with self._lock:
            self._memory.pop(name, None)
            self._memory[name] = content
            while sum(map(len, self._memory.values())) > MEMORY_BYTES and len(self._memory) > 1:
                self._memory.popitem(last=False)
            said, self._said = self._said, True
        if not said:
            _log.warning("Clips cannot be kept on disk (%s); this run goes on.", error.strerror)

    def _path(self, key: str, kind: str) -> Path:
        return self._folder / key[:2] / f"{key}.{kind}"

    def _sweep(self) -> None:
        """Remove, once in a run, what writers that were killed left behind."""
        with self._lock:
            swept, self._swept = self._swept, True
        if swept:
            return
        before = time.time() - _STALE_S
        with suppress(OSError):
            for part in (self._folder / "making").iterdir():
                if part.stat().st_mtime < before:
                    part.unlink()


def _front_of(path: Path) -> bytes:
    """Return the head and the front section, without reading the samples behind them."""
    with path.open("rb") as file:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return head
        return head + file.read(_HEAD.unpack(head)[1])


def _checked(key: str, kind: str, content: bytes, part: int) -> bytes | None:
    """Return a section whose digest is right, or None."""
    if len(content) < _HEAD.size:
        return None
    magic, front, back, *digests = _HEAD.unpack_from(content)
    start, length = (_HEAD.size + front, back) if part else (_HEAD.size, front)
    section = content[start : start + length]
    whole = magic == _MAGIC and len(section) == length
    return section if whole and _digest(key, kind, section) == digests[part] else None


def _digest(key: str, kind: str, section: bytes) -> bytes:
    """Return a digest of content and name, so that an entry under a wrong name is noticed."""
    return hashlib.sha256(f"{key}.{kind}.".encode() + section).digest()


def _packed(packets: tuple[bytes, ...]) -> bytes:
    """Return packets as their number, their lengths and themselves."""
    lengths = struct.pack(f"<I{len(packets)}H", len(packets), *map(len, packets))
    return lengths + b"".join(packets)


def _packets_of(section: bytes) -> tuple[tuple[bytes, ...], int]:
    """Return what ``_packed`` packed, and where it ends."""
    (count,) = struct.unpack_from("<I", section)
    lengths = struct.unpack_from(f"<{count}H", section, 4)
    at = 4 + 2 * count
    packets = []
    for length in lengths:
        packets.append(section[at : at + length])
        at += length
    return tuple(packets), at


def _clip_of(key: str, front: bytes) -> Clip:
    packets, at = _packets_of(front)
    energies = struct.unpack_from(f"<{len(packets)}d", front, at)
    # Silence is one object everywhere: half a clip's packets cost no memory.
    shared = tuple(SILENCE_PACKET if packet == SILENCE_PACKET else packet for packet in packets)
    return Clip(key, shared, energies)
