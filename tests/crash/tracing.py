"""What a process did to the files of one folder, as strace tells it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

# The log's shared memory is made anew at each opening; ballast holds nothing.
NOT_KEPT = re.compile(r".*-shm|ballast(\.new)?|lock")

_CALLS = "openat,close,write,pwrite64,ftruncate,unlink,rename,fsync,fdatasync"
_LINE = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Name:
    """A file got this name, or with ``inode`` None the name is gone."""

    path: str
    inode: int | None


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes were given to the system."""

    inode: int
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was cut to a size."""

    inode: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """The system was asked to flush; ``inode`` None is the folder."""

    inode: int | None


@dataclass(frozen=True, slots=True)
class Ack:
    """The process said that a step is kept."""

    step: int


Event: TypeAlias = Name | Write | Cut | Sync | Ack


def traced(command: list[str], data: Path, log: Path, cwd: Path) -> list[Event]:
    """Run a command and return what it did to the files right under ``data``, in order."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.fail("Power cuts are tried out with strace: run script/bootstrap, or install it.")
    watch = [strace, "-o", str(log), "-e", f"trace={_CALLS}", "-e", "signal=none"]
    subprocess.run(
        [*watch, "-xx", "-s", "1048576", *command],
        check=True,
        cwd=cwd,
        timeout=300,
        stdout=subprocess.DEVNULL,
    )
    with log.open(encoding="ascii") as lines:
        return list(_Reader(data).read(lines))


class _Reader:
    """Follows file descriptors from call to call."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._inodes: dict[str, int] = {}
        self._open: dict[int, int | None] = {}  # Descriptor to inode; None is the folder.
        self._place: dict[int, int] = {}
        self._made = 0

    def read(self, lines: Iterator[str]) -> Iterator[Event]:
        for line in lines:
            found = _LINE.match(line)
            if found and int(found[3]) >= 0:
                call, told, answer = found[1], found[2], int(found[3])
                texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(told)]
                yield from self._event(call, told, texts, answer)

    def _event(self, call: str, told: str, texts: list[bytes], answer: int) -> Iterator[Event]:
        if call == "openat":
            yield from self._opened(texts[0].decode(), told, answer)
        elif call in ("unlink", "rename"):
            yield from self._named([text.decode() for text in texts])
        else:
            handle = int(told.partition(",")[0])
            if call == "write" and handle == 1:
                yield Ack(int(texts[0]))
            elif handle in self._open:
                yield from self._used(call, handle, told, texts)

    def _opened(self, path: str, told: str, handle: int) -> Iterator[Event]:
        self._open.pop(handle, None)
        if path == str(self._data):
            self._open[handle] = None
        name = self._kept(path)
        if name is None:
            return
        if name not in self._inodes:
            self._made += 1
            self._inodes[name] = self._made
            yield Name(name, self._made)
        elif "O_TRUNC" in told:
            yield Cut(self._inodes[name], 0)
        self._open[handle], self._place[handle] = self._inodes[name], 0

    def _named(self, paths: list[str]) -> Iterator[Event]:
        names = [self._kept(path) for path in paths]
        inode = self._inodes.pop(names[0], None) if names[0] else None
        if inode is None or names[0] is None:
            return
        if len(names) == 2 and names[1]:
            self._inodes[names[1]] = inode
            yield Name(names[1], inode)
        yield Name(names[0], None)

    def _used(self, call: str, handle: int, told: str, texts: list[bytes]) -> Iterator[Event]:
        inode = self._open[handle]
        if call == "close":
            del self._open[handle]
        elif call in ("fsync", "fdatasync"):
            yield Sync(inode)
        elif inode is None:
            raise AssertionError(call)
        elif call == "ftruncate":
            yield Cut(inode, int(told.rpartition(",")[2]))
        elif call == "pwrite64":
            yield Write(inode, int(told.rpartition(",")[2]), texts[0])
        else:
            yield Write(inode, self._place[handle], texts[0])
            self._place[handle] += len(texts[0])

    def _kept(self, path: str) -> str | None:
        """Return the name of a file that outlives a power cut, right under the folder."""
        name = path.removeprefix(f"{self._data}/")
        is_ours = name != path and "/" not in name and not NOT_KEPT.fullmatch(name)
        return name if is_ours else None
