"""What holds for every test: data of its own, no network, known amounts of chance."""

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests.loopback.sitecustomize import stay_on_loopback

LOOPBACK = Path(__file__).parent / "loopback"
BROWSER = Path(__file__).parent / "e2e"

DEEP = os.environ.get("THAW_DEEP") == "1"

stay_on_loopback()

settings.register_profile("change", max_examples=100, deadline=None)
settings.register_profile("deep", max_examples=3_000, deadline=None)
settings.load_profile("deep" if DEEP else "change")


@cache
def clips_folder() -> Path:
    """Where real voices keep their lines, so that each is voiced once in a run.

    ``script/test`` gives all of its parts the same.
    """
    given = os.environ.get("THAW_TEST_CLIPS")
    if given:
        return Path(given)
    made = tempfile.mkdtemp(prefix="thaw-clips-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def by_day() -> str:
    """Return a time zone in which it is before noon now, on the date of UTC.

    What is offered at night is something else.
    """
    offset = max(10 - datetime.now(UTC).hour, -12)
    return f"Etc/GMT{-offset:+d}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Playwright leaves an event loop running in this thread to the end; nothing that runs one
    # of its own may come after it.
    items.sort(key=lambda item: BROWSER in item.path.parents)
    if DEEP or "deep" in config.getoption("markexpr"):
        return
    skip = pytest.mark.skip(reason="a deep check: script/test --deep")
    for item in items:
        if item.get_closest_marker("deep"):
            item.add_marker(skip)


@pytest.fixture
def thaw_data(tmp_path: Path) -> Path:
    """The data folder of this test; nothing is in it, and it is not made yet."""
    return tmp_path / "thaw-data"


@pytest.fixture(autouse=True)
def _own_surroundings(thaw_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THAW_DATA", str(thaw_data))
    monkeypatch.setenv("PYTHONPATH", str(LOOPBACK))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
