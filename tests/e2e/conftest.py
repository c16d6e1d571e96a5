"""A real Chromium in front of a real server with data of its own; both stay on this machine."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, expect

from tests.conftest import LOOPBACK, clips_folder
from thaw.web.people.links import lay, new_token

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

CLIPS = clips_folder()

# What is not there on a busy machine within 5 s may still come.
expect.set_options(timeout=20_000)

# A breach of the content policy is an event in the page; the console makes it visible here.
REPORT_BREACHES = """
addEventListener("securitypolicyviolation", (breach) => {
  console.error(`policy: ${breach.effectiveDirective} ${breach.blockedURI} ${breach.sample}`);
});
"""


@dataclass
class Thaw:
    """A server process and where it answers."""

    address: str
    process: subprocess.Popen[str]
    data: Path

    def link(self) -> str:
        """Return a link that lets one browser in, as ``thaw`` would open one."""
        token = new_token()
        lay(self.data, token)
        return f"{self.address}/open/{token}"

    def stop(self) -> None:
        """End the process; it may have ended before."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


def start_thaw(data: Path, *, clips: Path | None = CLIPS, zone: str | None = None) -> Thaw:
    """Start a server; lines that were voiced for one are there for all that share ``clips``.

    Where there is a ``zone``, it is there that the server is.
    """
    if clips is not None and not data.exists():
        (data / "cache").mkdir(parents=True, mode=0o700)
        (data / "cache" / "clips").symlink_to(clips)
    process = subprocess.Popen(
        [Path(sys.executable).with_name("thaw"), "serve", "--port", "0"],
        env={
            **os.environ,
            **({"TZ": zone} if zone else {}),
            "THAW_DATA": str(data),
            "PYTHONPATH": str(LOOPBACK),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    said = process.stdout.readline()
    found = re.search(r"http://localhost:\d+", said)
    assert found, f"Thaw did not start: {said!r}"
    return Thaw(found[0], process, data)


@dataclass
class Watch:
    """What a page asked for and complained about, over a whole test."""

    address: str
    foreign: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, trouble: str) -> None:
        """Expect the browser to complain so, as the test makes it happen."""
        self.allowed.append(trouble)

    def attend(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_BREACHES)
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", self._broke)

    def judge(self) -> None:
        assert self.foreign == []
        assert [t for t in self.troubles if not any(a in t for a in self.allowed)] == []

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme != "blob" and f"{asked.scheme}://{asked.netloc}" != self.address:
            self.foreign.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = urlsplit(str(message.location.get("url", ""))).path
            self.troubles.append(f"{message.text} {where}".rstrip())

    def _broke(self, error: WebError) -> None:
        self.troubles.append(str(error.error))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="session")
def running_thaw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thaw]:
    """One server for all tests that do not stop it; what was voiced once stays voiced."""
    thaw = start_thaw(tmp_path_factory.mktemp("thaw"))
    yield thaw
    thaw.stop()


@pytest.fixture
def thaw(running_thaw: Thaw) -> Thaw:
    return running_thaw


@pytest.fixture
def browser_context_args(thaw: Thaw) -> dict[str, object]:
    return {"base_url": thaw.address, "viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def watch(context: BrowserContext, thaw: Thaw) -> Iterator[Watch]:
    watch = Watch(thaw.address)
    watch.attend(context)
    yield watch
    watch.judge()


@pytest.fixture
def page(context: BrowserContext, watch: Watch, thaw: Thaw) -> Page:
    """A page of a browser that was let in, whose every request and complaint is watched."""
    del watch
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(thaw.link())
    return page
