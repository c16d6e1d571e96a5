"""Engines that take long to start: a process holds the model and lets copies of itself speak.

Loading a Piper model takes longer than speaking a line with it. So its process (a child of
ours, ``piper_child``) loads once and forks for each line: every line is still spoken by a
process of its own that begins in the same state, and can crash or hang alone. A process that
nobody asks for a minute ends by itself, and all end with the one that started them.

A request and an answer are a length (8 bytes, little-endian) and that many bytes.
"""

import atexit
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

from thaw.sound.voices.engine import MOST_BYTES, broken, crashed, end, heard_until, start
from thaw.sound.voices.port import LINE_LIMIT
from thaw.units import OutsideError

START_LIMIT = 60.0
"""Seconds a model may take to load."""

READY = b"R"
"""What the process writes once its model is loaded."""

LENGTH = struct.Struct("<Q")

_free: dict[tuple[str, ...], list["Standing"]] = {}
_lock = Lock()


class Standing:
    """One process with a loaded model; answers one request at a time."""

    def __init__(self, command: Sequence[str], *, voice: str, limit: float = START_LIMIT) -> None:
        self._voice = voice
        self._process = start(command, voice=voice)
        try:
            if self._heard(len(READY), time.monotonic() + limit, limit) != READY:
                raise broken(voice)
        except OutsideError:
            self.end()
            raise

    def ask(self, request: bytes, *, limit: float = LINE_LIMIT) -> bytes:
        """Return the answer to a request.

        Raises:
            OutsideError: ``voice.crashed``, ``voice.hung`` or ``voice.broken``; the process
                has ended then.
        """
        until = time.monotonic() + limit
        try:
            self._say(LENGTH.pack(len(request)) + request)
            (length,) = LENGTH.unpack(self._heard(LENGTH.size, until, limit))
            if length > MOST_BYTES:
                raise broken(self._voice)
            return self._heard(length, until, limit)
        except OutsideError:
            self.end()
            raise

    def end(self) -> None:
        """Kill the process and all copies of it."""
        end(self._process)

    def has_ended(self) -> bool:
        """Return whether the process went by itself, as after a minute unasked."""
        return self._process.poll() is not None

    def _say(self, request: bytes) -> None:
        with suppress(BrokenPipeError):
            if self._process.stdin is not None:
                self._process.stdin.write(request)

    def _heard(self, length: int, until: float, limit: float) -> bytes:
        heard = bytearray()
        source = self._process.stdout
        while source is not None and len(heard) < length:
            piece = heard_until(
                source.fileno(), until, voice=self._voice, limit=limit, most=length - len(heard)
            )
            if not piece:
                raise crashed(self._voice)
            heard += piece
        return bytes(heard)


def ask(command: Sequence[str], request: bytes, *, voice: str) -> bytes:
    """Return the answer of a process started by ``command``: one that stands free, or a new one.

    Raises:
        OutsideError: As ``Standing`` and its ``ask``.
    """
    key = tuple(command)
    standing = _taken(key) or Standing(command, voice=voice)
    answer = standing.ask(request)
    with _lock:
        _free.setdefault(key, []).append(standing)
    return answer


def end_all() -> None:
    """End every process that stands free."""
    with _lock:
        ended = [standing for free in _free.values() for standing in free]
        _free.clear()
    for standing in ended:
        standing.end()


atexit.register(end_all)


def _taken(key: tuple[str, ...]) -> Standing | None:
    """Take a process that stands free and still runs."""
    while True:
        with _lock:
            free = _free.get(key)
            standing = free.pop() if free else None
        if standing is None or not standing.has_ended():
            return standing
        standing.end()
