"""``thaw`` and ``thaw serve``: the address, a busy port, the browser."""

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Thaw
from thaw.cli.browser import has_browser, status_of
from thaw.cli.folders import data_folder
from thaw.cli.serve import link_to_running, open_thaw
from thaw.web.people.links import tell_running

COMMAND = Path(sys.executable).parent / "thaw"


@contextmanager
def serving() -> Iterator[int]:
    """Run ``thaw serve`` on a free port, as a process, and yield the port."""
    with subprocess.Popen(
        [COMMAND, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        try:
            address = re.search(r"http://localhost:(\d+)", said)
            assert address, said
            yield int(address[1])
        finally:
            process.terminate()
            assert process.wait(timeout=20) == 0


def test_the_pages_answer_at_the_address_that_is_printed() -> None:
    with serving() as port:
        connection = http.client.HTTPConnection("localhost", port, timeout=20)
        connection.request("GET", "/help")
        assert connection.getresponse().status == 200
        connection.close()


def test_a_busy_port_is_exit_78_and_names_the_option(thaw: Thaw) -> None:
    with serving() as port:
        ended = thaw("serve", "--port", str(port))
    assert (ended.code, ended.err.count("\n")) == (78, 1)
    assert "--port" in ended.err


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])  # noqa: S104
def test_another_host_is_exit_78(thaw: Thaw, host: str) -> None:
    ended = thaw("serve", "--host", host, "--port", "0")
    assert (ended.code, ended.err.count("\n")) == (78, 1)
    assert "--host" in ended.err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_what_is_no_port_is_exit_2(thaw: Thaw, port: str) -> None:
    ended = thaw("serve", "--port", port)
    assert (ended.code, ended.out) == (2, "")
    assert "--port" in ended.err


LINK = r"http://localhost:{port}/open/[\w-]{{43}}"


def test_thaw_that_runs_already_is_opened_and_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    monkeypatch.setenv("DISPLAY", ":0")
    with serving() as port:
        # It is found by the data folder, whatever port it has.
        done = subprocess.run([COMMAND], capture_output=True, text=True, check=True, timeout=30)
        link = re.search(LINK.format(port=port), done.stdout)
        assert link
        assert opened.read_text().strip() == link[0]
        path = link[0].partition(str(port))[2]
        assert [status_of("localhost", port, path) for _ in range(2)] == [204, 204]
        assert [asked(port, path) for _ in range(2)] == [303, 401]


def asked(port: int, path: str) -> int:
    """Open a page and return its status."""
    connection = http.client.HTTPConnection("localhost", port, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_without_a_browser_the_link_is_all(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as port:
        open_thaw(port)
    assert re.search(LINK.format(port=port), capsys.readouterr().out)


def test_what_is_told_of_a_server_is_gone_with_it_and_nobody_else_reads_it(
    thaw_data: Path,
) -> None:
    with serving():
        told = [thaw_data / "running", *(thaw_data / "links").iterdir()]
        assert [file.stat().st_mode & 0o777 for file in told] == [0o600, 0o600]
        assert (thaw_data / "links").stat().st_mode & 0o777 == 0o700
    assert not any(file.exists() for file in told)


def test_thaw_with_another_data_folder_is_not_taken_for_ours(
    thaw: Thaw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving() as port:
        monkeypatch.setenv("THAW_DATA", str(tmp_path / "other"))
        assert link_to_running(data_folder(), port) is None
        assert thaw("serve", "--port", str(port)).code == 78


def test_what_was_told_before_a_crash_leads_nowhere(thaw_data: Path) -> None:
    with serving() as port:
        pass
    tell_running(thaw_data, port)
    assert link_to_running(thaw_data, port) is None
    assert list((thaw_data / "links").iterdir()) == []


def test_thaw_alone_starts_where_nothing_runs() -> None:
    with serving() as port:
        pass
    code = f"from thaw.cli.serve import open_thaw; open_thaw({port})"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert f"http://localhost:{port}" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_another_server_is_not_taken_for_thaw(thaw_data: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        port = re.search(r"port (\d+)", process.stdout.readline())
        assert port
        thaw_data.mkdir()
        assert link_to_running(thaw_data, int(port[1])) is None
        process.terminate()


def test_nothing_listening_is_not_taken_for_thaw() -> None:
    assert status_of("127.0.0.1", 1, "/help") is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always one")
def test_without_a_display_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_browser()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_browser()
