"""Disks as a power cut may leave them.

What was flushed is there. Of what was not, any part may be: whole writes, or some of their sectors
of 512 bytes. Names and sizes change in their order, as file systems with a journal see to; a flush
of any file takes along all names before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.crash.tracing import Ack, Cut, Event, Name, Sync, Write

SECTOR = 512


@dataclass
class _File:
    content: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, Write | Cut]] = field(default_factory=list)


@dataclass(frozen=True)
class Left:
    """What lies on a disk after the power was cut.

    Attributes:
        at: After how many events.
        files: Content by name.
        acknowledged: The last step that was called kept, -1 for none.
    """

    at: int
    files: dict[str, bytes]
    acknowledged: int


class Disk:
    """A disk that is written to until the power is cut."""

    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._names: dict[str, int] = {}  # As they are on the disk for sure.
        self._renamed: list[tuple[int, Name]] = []  # As they may be.
        self._moment = 0
        self._sure = 0  # Names and sizes up to this moment are on the disk.
        self._step = -1

    def take(self, event: Event) -> None:
        """Let an event happen."""
        self._moment += 1
        if isinstance(event, Ack):
            self._step = event.step
        elif isinstance(event, Name):
            if event.inode is not None:
                self._files.setdefault(event.inode, _File())
            self._renamed.append((self._moment, event))
        elif isinstance(event, Sync):
            self._flush(event.inode)
        else:
            self._files[event.inode].waiting.append((self._moment, event))

    def cut(self, at: int, chance: Random) -> Left:
        """Return what one power cut at this moment may leave."""
        until = chance.choice([self._sure, self._moment, chance.randint(self._sure, self._moment)])
        share = chance.choice([0.0, 1.0, chance.random()])  # Of writes that came to the disk.
        torn = chance.random() < 0.5
        names = dict(self._names)
        for moment, event in self._renamed:
            if moment <= until:
                _name(names, event)
        files = {
            name: self._content(self._files[inode], until, share if torn else round(share), chance)
            for name, inode in names.items()
        }
        return Left(at, files, self._step)

    def _content(self, file: _File, until: int, share: float, chance: Random) -> bytes:
        content = bytearray(file.content)
        for moment, event in file.waiting:
            if isinstance(event, Cut):
                if moment <= until:
                    _cut(content, event.size)
            elif chance.random() < share:
                _write(content, event.at, event.content, chance if chance.random() < 0.3 else None)
        return bytes(content)

    def _flush(self, inode: int | None) -> None:
        self._sure = self._moment
        for _, renamed in self._renamed:
            _name(self._names, renamed)
        self._renamed.clear()
        if inode is not None:
            file = self._files[inode]
            for _, event in file.waiting:
                if isinstance(event, Cut):
                    _cut(file.content, event.size)
                else:
                    _write(file.content, event.at, event.content, None)
            file.waiting.clear()


def power_cuts(events: Sequence[Event], count: int, seed: int) -> Iterator[Left]:
    """Yield what ``count`` power cuts leave, at moments all over what happened."""
    chance = Random(seed)  # noqa: S311 - nothing is kept secret by it.
    moments = sorted(chance.randint(1, len(events)) for _ in range(count))
    disk, at = Disk(), 0
    for moment in moments:
        while at < moment:
            disk.take(events[at])
            at += 1
        yield disk.cut(at, chance)


def _name(names: dict[str, int], event: Name) -> None:
    if event.inode is None:
        names.pop(event.path, None)
    else:
        names[event.path] = event.inode


def _cut(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def _write(content: bytearray, at: int, new: bytes, torn_by: Random | None) -> None:
    content.extend(bytes(max(0, at + len(new) - len(content))))
    for start in range(0, len(new), SECTOR) if torn_by else [0]:
        if torn_by is None or torn_by.random() < 0.5:
            end = start + SECTOR if torn_by else len(new)
            content[at + start : at + min(end, len(new))] = new[start:end]
