"""The link that lets a browser in: once, soon after it was made.

Who may write in the data folder may make one: the SHA-256 of a token is the name of an empty file
there. The server takes the file away when the link is opened; which of two comes first is the
file system's to say. So ``thaw`` can open a page of a server that runs, and another person of the
same machine cannot.
"""

import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from thaw.units import SettingError

LINKS = "links"
RUNNING = "running"
"""Where the server that runs with this folder answers."""

LIFE_S = 10 * 60


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs, or did when its machine was switched off."""

    port: int
    pid: int


class Links:
    """The links of one data folder.

    Args:
        data: The data folder.
        wall: The time, as files have it.
    """

    def __init__(self, data: Path, wall: Callable[[], float] = time.time) -> None:
        self._folder, self._wall = data / LINKS, wall
        self._here: dict[str, float] = {}  # Of a server whose folder can only be read.
        self._laid: list[str] = []

    def make(self) -> str:
        """Return the token of a new link, for a server; also where nothing can be written."""
        token = new_token()
        try:
            lay(self._folder.parent, token)
            self._laid.append(token)
        except SettingError:
            self._here[_name(token)] = self._wall()
        return token

    def holds(self, token: str) -> bool:
        """Return whether a link would let someone in."""
        return self._is_young(self._made(_name(token)))

    def take(self, token: str) -> bool:
        """Use a link up and return whether it lets someone in."""
        name = _name(token)
        made = self._made(name)
        if self._here.pop(name, None) is None:
            try:
                (self._folder / name).unlink()
            except OSError:
                return False
        return self._is_young(made)

    def forget_old(self) -> None:
        """Take away what was never opened."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                if not self._is_young(file.stat().st_mtime):
                    file.unlink()

    def close(self) -> None:
        """Let none of the links that were made here let anyone in."""
        self._here.clear()
        for token in self._laid:
            take_back(self._folder.parent, token)

    def _made(self, name: str) -> float | None:
        if name in self._here:
            return self._here[name]
        try:
            return (self._folder / name).stat().st_mtime
        except OSError:
            return None

    def _is_young(self, made: float | None) -> bool:
        return made is not None and -LIFE_S < self._wall() - made < LIFE_S


def new_token() -> str:
    """Return the token of a link: 256 bits."""
    return secrets.token_urlsafe(32)


def lay(data: Path, token: str) -> None:
    """Let a token open the pages of who serves this data folder, once.

    Raises:
        SettingError: ``link.not_made``.
    """
    try:
        (data / LINKS).mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(data / LINKS / _name(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise SettingError(
            "link.not_made",
            f"Thaw cannot write to {data}, so it cannot make a link to what runs. End Thaw where "
            "it was started, then start it again.",
        ) from error


def take_back(data: Path, token: str) -> None:
    """Let a token that ``lay`` was given open nothing."""
    with suppress(OSError):
        (data / LINKS / _name(token)).unlink()


def tell_running(data: Path, port: int) -> None:
    """Let others know where the pages of this folder are; where that can be written."""
    with suppress(OSError):
        file = data / RUNNING
        file.unlink(missing_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as told:
            json.dump({"port": port, "pid": os.getpid()}, told)


def tell_ended(data: Path) -> None:
    """Take back what ``tell_running`` of this process said."""
    told = running(data)
    if told and told.pid == os.getpid():
        with suppress(OSError):
            (data / RUNNING).unlink()


def running(data: Path) -> Running | None:
    """Return what was told of a server; that it is there still is for who asks to find out."""
    try:
        told = json.loads((data / RUNNING).read_text("ascii"))
        return Running(int(told["port"]), int(told["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _name(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
