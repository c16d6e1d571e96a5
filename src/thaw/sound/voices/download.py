"""Fetching a file whose size and SHA-256 are known before.

What arrives goes into a ``.part`` file beside the target; a download that breaks off goes on
from there the next time. Only whole and right does it take its name. Never more is read
than was promised.
"""

import hashlib
import http.client
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from thaw.units import InputError, OutsideError

PATIENCE_S = 30.0
"""How long a server may say nothing."""

_NOT_THE_FILE = ("download.wrong_size", "download.wrong_digest")
_PIECE = 1 << 18
_RANGE = re.compile(r"bytes (\d+)-\d+/.+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that can be fetched.

    Attributes:
        url: Where it lies; http or https.
        size: Its bytes.
        sha256: Its digest, hexadecimal.
    """

    url: str
    size: int
    sha256: str

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise InputError(
                "download.bad_address", "The address of a file must begin with https:// or http://."
            )
        if self.size <= 0 or not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise InputError(
                "download.bad_digest",
                "A file to fetch needs its size in bytes and its SHA-256 (64 signs, 0-9 and a-f).",
            )


def fetch(wanted: Wanted, target: Path, progress: Callable[[int], None]) -> None:
    """Fetch a file and put it at ``target``, whole and checked, or not at all.

    Args:
        wanted: The file.
        target: Where it goes; its folder is made if need be.
        progress: Told how many bytes are there, the ones of an earlier try included.

    Raises:
        OutsideError: ``download.no_answer``, ``download.refused``, ``download.interrupted``
            (what arrived stays, and the next try goes on from there), ``download.wrong_size``,
            ``download.wrong_digest`` (nothing stays), ``download.no_room``.
    """
    part = target.with_name(f"{target.name}.{wanted.sha256[:12]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _fill(part, wanted, progress)
        _check(part, wanted)
        part.replace(target)
    except OutsideError as error:
        if error.code in _NOT_THE_FILE:
            part.unlink(missing_ok=True)
        raise
    except OSError as error:
        raise OutsideError(
            "download.no_room",
            f"The file cannot be kept in {target.parent} ({error.strerror}). "
            "Make room there and try again.",
        ) from error


def _fill(part: Path, wanted: Wanted, progress: Callable[[int], None]) -> None:
    """Read what is missing of the part file."""
    there = part.stat().st_size if part.exists() else 0
    if there > wanted.size:
        part.unlink()
        there = 0
    progress(there)
    if there == wanted.size:
        return
    with _answer(wanted, there) as (begins, body), part.open("r+b" if begins else "wb") as file:
        file.seek(begins)
        for piece in _pieces(body, wanted.size - begins):
            file.write(piece)
            progress(file.tell())
        file.flush()
        os.fsync(file.fileno())
        if file.tell() < wanted.size:
            raise _interrupted()


@contextmanager
def _answer(wanted: Wanted, there: int) -> Iterator[tuple[int, IO[bytes]]]:
    """Ask for the file from byte ``there``; yield where the answer begins, and its body."""
    request = urllib.request.Request(wanted.url)  # noqa: S310  # Wanted allows http(s) alone.
    request.add_header("Accept-Encoding", "identity")
    if there:
        request.add_header("Range", f"bytes={there}-")
    opener = urllib.request.build_opener(_Redirects)
    try:
        answer = opener.open(request, timeout=PATIENCE_S)
    except urllib.error.HTTPError as error:
        with error:
            beyond = error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE
            raise (_wrong_size() if beyond else _refused(error.code)) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        raise OutsideError(
            "download.no_answer",
            "The server does not answer. See if the network is there, then try again.",
            retryable=True,
        ) from error
    with answer:
        begins = _begin(answer.status, answer.headers.get("Content-Range", ""), there)
        promised = answer.headers.get("Content-Length", "")
        if promised.isdecimal() and begins + int(promised) != wanted.size:
            raise _wrong_size()
        yield begins, answer


def _begin(status: int, said: str, there: int) -> int:
    """Return the byte at which an answer begins; 0 where the server sends all of it anew."""
    if status != http.client.PARTIAL_CONTENT:
        return 0
    found = _RANGE.fullmatch(said)
    if found is None or int(found[1]) != there:
        raise _interrupted()
    return there


def _pieces(body: IO[bytes], most: int) -> Iterator[bytes]:
    """Yield what arrives, up to ``most`` bytes and not one more."""
    while True:
        try:
            piece = body.read(min(_PIECE, most + 1))
        except (http.client.HTTPException, OSError) as error:
            raise _interrupted() from error
        if not piece:
            return
        if len(piece) > most:
            raise _wrong_size()
        most -= len(piece)
        yield piece


def _check(part: Path, wanted: Wanted) -> None:
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != wanted.sha256:
        raise OutsideError(
            "download.wrong_digest",
            "What arrived is not the file that was asked for, so it was thrown away. "
            "Try again; if it happens again, do not use this address.",
        )


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a server elsewhere, but never out of http(s) and never from https to http."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        allowed = ("https",) if req.type == "https" else ("http", "https")
        if urlsplit(newurl).scheme not in allowed:
            fp.close()
            raise _refused(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refused(status: int) -> OutsideError:
    return OutsideError(
        "download.refused",
        f"The server does not give the file (it says {status}). "
        "See if the address is right, or try again later.",
        {"status": status},
        retryable=status >= http.client.INTERNAL_SERVER_ERROR,
    )


def _interrupted() -> OutsideError:
    return OutsideError(
        "download.interrupted",
        "The download broke off. Run the same command again: it goes on where it ended.",
        retryable=True,
    )


def _wrong_size() -> OutsideError:
    return OutsideError(
        "download.wrong_size",
        "The server would send another size than the file should have. Nothing was kept of it.",
    )
