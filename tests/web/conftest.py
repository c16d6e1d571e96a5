"""Pages with a sound room of our own: no engine, no built front end, no other person."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from django.test import Client
from pytest_django import Settings

import thaw.web.asgi  # noqa: F401 - sets the loggers up before any test listens to them
from tests.fakes.sounding import FakeSound
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.web import settings as thaw_settings
from thaw.web.house import House, furnish

T = TypeVar("T")

TEMPLATES = Path(thaw_settings.__file__).parent / "templates"
ASSET = re.compile(r'{% asset "([^"]+)" %}')


def build_front_end(folder: Path) -> None:
    """Put a manifest and files there, as if the front end had been built into ``folder``."""
    dist = folder / "dist"
    dist.mkdir(parents=True)
    names = {name for page in TEMPLATES.rglob("*.html") for name in ASSET.findall(page.read_text())}
    manifest = {name: name.replace(".", "-AB12CD34.", 1) for name in names}
    for file in manifest.values():
        (dist / file).write_text("/* built */")
    (dist / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture(autouse=True)
def built(tmp_path: Path, settings: Settings) -> Path:
    """The folder of the built front end."""
    folder = tmp_path / "static"
    build_front_end(folder)
    settings.STATIC_ROOT = folder
    return folder


@pytest.fixture
def sound() -> FakeSound:
    """The sound room that the pages have."""
    return FakeSound()


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The practices, read once for all tests."""
    return Shelf(content_folder())


@pytest.fixture
def house(thaw_data: Path, sound: FakeSound, shelf: Shelf) -> Iterator[House]:
    """The house that the pages stand on."""
    house = House(thaw_data, sound=sound)
    house.shelf = shelf
    furnish(house)
    yield house
    house.close()
    furnish(None)


@pytest.fixture
def visitor(house: House) -> Client:
    """A browser that was never here."""
    del house
    return new_visitor()


def new_visitor(*, checks_forms: bool = False) -> Client:
    """Return a browser with no cookies."""
    return Client(enforce_csrf_checks=checks_forms, headers={"Host": "localhost"})


def until(look: Callable[[], T], is_so: Callable[[T], object]) -> T:
    """Look until it is so; the test's own limit ends what never is."""
    pause = threading.Event()
    while not is_so(seen := look()):
        pause.wait(0.005)
    return seen
