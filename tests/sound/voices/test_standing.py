"""A process that stands ready is asked again, and replaced when it fails."""

import sys
from pathlib import Path

import pytest

from tests.fakes.engines import is_gone
from thaw.sound.voices import standing
from thaw.sound.voices.standing import Standing
from thaw.units import OutsideError

SERVER = """
import os, struct, sys, time
way = sys.argv[1]
if way == "never_ready": time.sleep(600)
if way == "not_ready": sys.stdout.buffer.write(b"?"); sys.stdout.flush(); time.sleep(600)
os.write(1, b"R")
while True:
    head = os.read(0, 8)
    if not head: break
    request = os.read(0, struct.unpack("<Q", head)[0])
    if request == b"crash": sys.exit(1)
    if request == b"hang": time.sleep(600)
    if request == b"flood": os.write(1, struct.pack("<Q", 1 << 40)); continue
    if request == b"part": os.write(1, struct.pack("<Q", 10) + b"half"); sys.exit(0)
    answer = f"{os.getpid()}".encode()
    os.write(1, struct.pack("<Q", len(answer)) + answer)
    if request == b"leave": sys.exit(0)
"""


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    program = tmp_path / "server.py"
    program.write_text(SERVER)
    return [sys.executable, "-S", str(program), "serves"]


@pytest.fixture(autouse=True)
def _end_all() -> object:
    yield
    standing.end_all()


def pid_of(command: list[str], request: bytes = b"who") -> int:
    return int(standing.ask(command, request, voice="test"))


def test_the_same_process_answers_again(command: list[str]) -> None:
    assert pid_of(command) == pid_of(command)


def test_two_asked_at_once_are_two(command: list[str]) -> None:
    one, other = (Standing(command, voice="test") for _ in range(2))
    try:
        assert one.ask(b"who") != other.ask(b"who")
    finally:
        one.end()
        other.end()


def test_one_that_left_is_replaced(command: list[str]) -> None:
    left = pid_of(command, b"leave")
    assert is_gone(left)
    assert pid_of(command) != left


@pytest.mark.parametrize(
    ("request_", "code"),
    [(b"crash", "voice.crashed"), (b"part", "voice.crashed"), (b"flood", "voice.broken")],
)
def test_one_that_fails_is_ended_and_replaced(
    command: list[str], request_: bytes, code: str
) -> None:
    failed = pid_of(command)
    with pytest.raises(OutsideError) as caught:
        standing.ask(command, request_, voice="test")
    assert caught.value.code == code
    assert is_gone(failed)
    assert pid_of(command) != failed


def test_one_that_hangs_is_ended_at_the_limit(command: list[str]) -> None:
    hanging = Standing(command, voice="test")
    pid = int(hanging.ask(b"who"))
    with pytest.raises(OutsideError) as caught:
        hanging.ask(b"hang", limit=0.2)
    assert caught.value.code == "voice.hung"
    assert is_gone(pid)


@pytest.mark.parametrize(
    ("way", "code"), [("never_ready", "voice.hung"), ("not_ready", "voice.broken")]
)
def test_one_that_never_gets_ready_is_ended(command: list[str], way: str, code: str) -> None:
    with pytest.raises(OutsideError) as caught:
        Standing([*command[:-1], way], voice="test", limit=1.0)
    assert caught.value.code == code


def test_all_end_together(command: list[str]) -> None:
    pid = pid_of(command)
    standing.end_all()
    assert is_gone(pid)
