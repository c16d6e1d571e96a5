"""Running an engine: one process for one line, bounded in time and in what it may say.

The process gets a group of its own, so that what it started ends with it. Text goes in by
standard input, never as an argument, where other users of the machine could read it.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

from thaw.sound.voices.port import LINE_LIMIT
from thaw.units import OutsideError

MOST_BYTES = 64 << 20
"""More than a line can be as sound: eleven minutes at 48 kHz, 16 bit."""

_PIECE = 1 << 18

_running: set["subprocess.Popen[bytes]"] = set()
_lock = Lock()


def run(
    command: Sequence[str],
    *,
    voice: str,
    text: bytes = b"",
    keep: Sequence[int] = (),
    limit: float = LINE_LIMIT,
) -> bytes:
    """Run an engine and return its standard output.

    Args:
        command: The program and its arguments.
        voice: The voice's name, for the sentences.
        text: What it reads from standard input; below the size of a pipe (64 KiB).
        keep: File descriptors it inherits.
        limit: Seconds until it and all it started are killed.

    Raises:
        OutsideError: ``voice.missing``, ``voice.hung``, ``voice.crashed``, ``voice.broken``.
    """
    process = start(command, voice=voice, keep=keep)
    try:
        said = _exchange(process, text, voice=voice, limit=limit)
    finally:
        end(process)
    if process.returncode:
        raise crashed(voice)
    return said


def start(
    command: Sequence[str], *, voice: str, keep: Sequence[int] = ()
) -> "subprocess.Popen[bytes]":
    """Start an engine in a process group of its own, with pipes to and from it.

    Raises:
        OutsideError: ``voice.missing``.
    """
    try:
        process = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=keep,
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(
            "voice.missing",
            f"The voice {voice} cannot be started. Install it again, or choose another voice.",
            {"voice": voice},
        ) from error
    with _lock:
        _running.add(process)
    return process


def end_running() -> None:
    """Kill every engine that runs now: Thaw is closing, and nobody waits for a slow one."""
    with _lock:
        processes = tuple(_running)
    for process in processes:
        _kill(process)


def heard_until(source: int, until: float, *, voice: str, limit: float, most: int) -> bytes:
    """Return what an engine writes next, up to ``most`` bytes; nothing when it has closed.

    Args:
        source: The reading end of its output.
        until: When to give up, by the monotonic clock.
        voice: The voice's name, for the sentences.
        limit: The seconds it had, for the sentence.
        most: How many bytes to take.

    Raises:
        OutsideError: ``voice.hung``.
    """
    left = until - time.monotonic()
    if left <= 0 or not select.select([source], [], [], left)[0]:
        raise _hung(voice, limit)
    return os.read(source, most)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the engine with all it started, unless it ended well, and leave nothing open.

    An engine that ended but was not waited for still holds the number of its group, so what
    it left behind can be killed by it.
    """
    with _lock:
        _running.discard(process)
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _exchange(
    process: "subprocess.Popen[bytes]", text: bytes, *, voice: str, limit: float
) -> bytes:
    """Give the text, and read until the engine closes its output and ends."""
    until = time.monotonic() + limit
    if process.stdin is None or process.stdout is None:  # pragma: no cover
        raise RuntimeError("The engine was started without pipes.")
    with suppress(BrokenPipeError):
        process.stdin.write(text)
        process.stdin.close()
    said = bytearray()
    source = process.stdout.fileno()
    while piece := heard_until(source, until, voice=voice, limit=limit, most=_PIECE):
        said += piece
        if len(said) > MOST_BYTES:
            raise broken(voice)
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise _hung(voice, limit) from None
    return bytes(said)


def _hung(voice: str, limit: float) -> OutsideError:
    return OutsideError(
        "voice.hung",
        f"The voice {voice} took longer than {limit:g} s for one line and was ended. "
        "Try again, or choose another voice.",
        {"voice": voice, "limit_s": limit},
        retryable=True,
    )


def crashed(voice: str) -> OutsideError:
    """Return the error of a voice whose engine failed."""
    return OutsideError(
        "voice.crashed",
        f"The voice {voice} failed at a line. Try again, or choose another voice.",
        {"voice": voice},
        retryable=True,
    )


def broken(voice: str) -> OutsideError:
    """Return the error of a voice whose sound cannot be read."""
    return OutsideError(
        "voice.broken",
        f"The voice {voice} gave sound that cannot be read. Choose another voice.",
        {"voice": voice},
    )


def silent(voice: str) -> OutsideError:
    """Return the error of a voice that gave nothing to hear."""
    return OutsideError(
        "voice.silent",
        f"The voice {voice} gave only silence. Choose another voice.",
        {"voice": voice},
    )
