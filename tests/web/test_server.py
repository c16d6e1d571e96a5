"""Serving: this machine alone, one port, ready quickly, gone quietly."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.fakes.sounding import FakeSound
from tests.web.conftest import until
from tests.web.serving import Guest, serving
from thaw.units import SettingError
from thaw.web import policy
from thaw.web import settings as thaw_settings
from thaw.web.asgi import step_back
from thaw.web.audio.pacing import Pace
from thaw.web.folder import Folder
from thaw.web.house import House, furnish, the_house
from thaw.web.server import listen, serve

# Serves with the front end of the test, and tells what was imported by then.
SCRIPT = """
import json, sys
from pathlib import Path
from thaw.web import settings
settings.STATIC_ROOT = Path(sys.argv[1])
from thaw.web.server import serve

def ready(url):
    heavy = {"numpy", "av", "scipy", "soundfile", "pyebur128", "markdown_it"} & set(sys.modules)
    print(json.dumps([url, sorted(heavy)]), flush=True)

serve("localhost", 0, Path(sys.argv[2]), False, ready)
"""


def guest_at(link: str) -> Guest:
    """Return a guest who opened this link."""
    asked = urlsplit(link)
    assert asked.port
    guest = Guest(asked.port)
    assert guest.get(asked.path).status == 303
    return guest


def close_all(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_every_name_of_this_machine_is_both_its_addresses(host: str) -> None:
    sockets = listen(host, 0)
    ports = {bound.getsockname()[1] for bound in sockets}
    addresses = {bound.getsockname()[0] for bound in sockets}
    close_all(sockets)
    assert len(ports) == 1
    assert "127.0.0.1" in addresses
    assert addresses <= {"127.0.0.1", "::1"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", "", "localhost "])  # noqa: S104 - refused.
def test_no_other_machine_is_answered(host: str) -> None:
    with pytest.raises(SettingError, match="--host localhost") as refused:
        listen(host, 0)
    assert (refused.value.code, refused.value.exit_code) == ("host.not_this_machine", 78)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_port_that_is_taken_on_either_address_is_a_sentence(
    family: socket.AddressFamily,
) -> None:
    with closing(socket.socket(family)) as other:
        other.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingError, match="--port") as refused:
            listen("localhost", port)
    assert (refused.value.code, refused.value.exit_code) == ("port.taken", 78)
    assert str(port) in refused.value.message
    # Nothing of it is left bound.
    close_all(listen("localhost", port))


@pytest.mark.parametrize("port", [-1, 2**16, 2**70])
def test_a_port_that_cannot_be_had_is_a_sentence(port: int) -> None:
    with pytest.raises(SettingError, match="--port") as refused:
        listen("localhost", port)
    assert (refused.value.code, refused.value.exit_code) == ("port.refused", 78)


@pytest.mark.usefixtures("own_database")
def test_without_a_front_end_nothing_is_served(tmp_path: Path, built: Path) -> None:
    (built / "dist" / "manifest.json").unlink()
    with pytest.raises(SettingError, match="script/bootstrap"):
        serve("localhost", 0, tmp_path, open_browser=False, ready=pytest.fail)


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_leaves_signals_as_they_were(
    thaw_data: Path, name: signal.Signals
) -> None:
    before = signal.getsignal(name)
    said: list[str] = []

    def use(url: str) -> None:
        said.append(url)
        assert guest_at(url).get("/library").status == 200
        os.kill(os.getpid(), name)

    thaw_data.mkdir()
    serve(
        "localhost",
        0,
        thaw_data,
        open_browser=False,
        ready=lambda url: threading.Thread(target=use, args=(url,)).start(),
    )
    assert re.fullmatch(r"http://localhost:\d+/open/[\w-]{43}", said[0])
    assert signal.getsignal(name) is before
    furnish(None)


def test_the_page_is_opened_where_that_is_wanted(
    built: Path, thaw_data: Path, tmp_path: Path
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new\nmv {opened}.new {opened}\n')
    browser.chmod(0o755)
    code = (
        "import webbrowser; "
        f"webbrowser.register('test', None, webbrowser.GenericBrowser('{browser}'), "
        "preferred=True)\n" + SCRIPT.replace("False, ready", "True, ready")
    )
    with served(built, thaw_data, code) as (url, _, _):
        until(opened.exists, bool)
    assert opened.read_text().strip() == url


@contextmanager
def served(
    static: Path, data: Path, code: str = SCRIPT
) -> Iterator[tuple[str, list[str], "subprocess.Popen[str]"]]:
    """Serve as a process; yield the address and what was imported when it was ready."""
    data.mkdir(exist_ok=True)
    command = [sys.executable, "-c", code, str(static), str(data)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url, heavy = json.loads(process.stdout.readline())
        try:
            yield url, heavy, process
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_nothing_heavy_is_imported_before_it_is_ready(built: Path, thaw_data: Path) -> None:
    with served(built, thaw_data) as (_, heavy, _):
        assert heavy == []


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_a_process_ends_well_and_has_said_nothing_about_anyone(
    built: Path, thaw_data: Path, name: signal.Signals
) -> None:
    with served(built, thaw_data) as (url, _, process):
        guest = guest_at(url)
        sitting = guest.sit()
        for path in ("/", f"/sit/{sitting}", f"/audio/{sitting}/1.mp3", "/no-such", "/sit/x"):
            guest.get(path, Range="bytes=0-99")
        guest.get("/library/five-things?minutes=99&anchor=secret")
        guest.ask("POST", f"/sit/{sitting}/end", {"Content-Type": "application/json"}, b"{")
        guest.ask("GET", "/", {"Host": "evil.example"})
        guest.ask("DELETE", "/help")
        ear = guest.listen(f"/audio/{sitting}/1.wav")
        ear.recv(100)
        process.send_signal(name)
        assert process.wait(timeout=30) == 0
        ear.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_slow_reader_does_not_keep_the_server_open(house: House, sound: FakeSound) -> None:
    sound.size = 24 * 1024 * 1024
    with serving(house) as guest:
        ears = [guest.listen(f"/audio/{guest.sit()}/1.mp3") for _ in range(3)]
        for ear in ears:
            ear.recv(10)
    for ear in ears:
        ear.close()


def test_what_the_first_page_needs_is_there_before_it_is_asked_for(
    house: House, sound: FakeSound
) -> None:
    with serving(house):
        assert sound.warmed.wait(timeout=30)


def test_a_library_that_cannot_be_read_is_said_by_the_page_and_not_at_the_start(
    store: Folder, tmp_path: Path, sound: FakeSound
) -> None:
    house = House(store.data, sound=sound, content=tmp_path / "nothing")
    with serving(house) as guest:
        answer = guest.get("/library")
    assert answer.status == 500
    assert answer.body
    furnish(None)


def test_everything_at_once_is_answered_with_the_policy(house: House) -> None:
    with serving(house) as guest:
        sitting = guest.sit()
        paths = ["/", "/library", "/nothing", "/static/dist/nothing.js", f"/sit/{sitting}"]
        paths += [f"/audio/{sitting}/1.mp4", "/audio/nothing", "/voices/x/sample.mp4"]
        paths += ["/%ff", "/a%00b", "/library/%2e%2e/%2e%2e/etc/passwd", "//evil.example/"]
        answers = [(path, guest.get(path)) for path in paths]
        answers += [(path, guest.ask("POST", path, {}, b"x=1")) for path in paths]
        answers += [("query", guest.get("/library?x=%ff&%00"))]
        answers += [("host", guest.get("/", Host="evil.example"))]
        answers += [("address", guest.get("/", Host=f"127.0.0.1:{guest.port}"))]
        answers += [("site", guest.get("/", Sec_Fetch_Site="cross-site"))]
    wanted = set(policy.policy_text().split("; "))
    for path, answer in answers:
        assert answer.status != 500, path
        assert set(answer.headers["content-security-policy"].split("; ")) == wanted, path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", path
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", path
        assert answer.headers["referrer-policy"] == "same-origin", path
        assert "server" not in answer.headers, path


def test_many_who_come_at_once_each_get_a_sitting_of_their_own(
    house: House, sound: FakeSound
) -> None:
    got: list[tuple[str, str]] = []

    def come(guest: Guest) -> None:
        sitting = guest.sit()
        answer = guest.get(f"/audio/{sitting}/1.mp3", Range="bytes=0-9")
        got.append((sitting, "".join(guest.cookies.values())))
        assert answer.status == 206

    with serving(house) as first:
        guests = [Guest(first.port).come_in(house) for _ in range(12)]
        threads = [threading.Thread(target=come, args=(guest,)) for guest in guests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        owners = {sitting: guest for (sitting, _), guest in zip(got, guests, strict=True)}
    assert len({sitting for sitting, _ in got}) == len({cookies for _, cookies in got}) == 12
    assert len(owners) == 12
    assert sound.assembled == 12


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only a whole process can")
def test_a_thread_that_computes_for_long_stands_back_and_no_other_does() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = priority()
    with ThreadPoolExecutor(1, initializer=step_back) as pool:
        assert pool.submit(priority).result() == min(before + 10, 19)
    assert priority() == before


def test_without_a_house_the_data_folder_of_the_settings_is_taken() -> None:
    furnish(None)
    house = the_house()
    assert house.data == thaw_settings.THAW_DATA
    assert the_house() is house
    house.close()
    furnish(None)


def test_the_pace_is_the_measured_one() -> None:
    assert Pace() == Pace(burst=512 * 1024, piece=64 * 1024, every_s=2.0)
