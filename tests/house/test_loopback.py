"""Promise 3: no network beyond loopback, over the whole test suite."""

import socket
import subprocess
import sys

import pytest

from tests.loopback.sitecustomize import LeftLoopbackError, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.3", "::1", "localhost", "", None, b"::1"])
def test_this_machine_is_loopback(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org", "0.0.0.0"])  # noqa: S104
def test_another_machine_is_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_a_test_cannot_connect_elsewhere() -> None:
    with socket.socket() as other, pytest.raises(LeftLoopbackError):
        other.connect(("192.0.2.1", 80))


def test_a_test_cannot_look_up_a_name() -> None:
    with pytest.raises(LeftLoopbackError):
        socket.getaddrinfo("example.org", 80)


def test_a_test_can_reach_a_server_of_its_own() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_a_process_of_a_test_cannot_connect_elsewhere() -> None:
    code = "import socket; socket.socket().connect(('192.0.2.1', 80))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode == 1
    assert "LeftLoopbackError" in done.stderr
