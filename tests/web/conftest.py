"""Pages with a sound room of our own: no engine, no built front end, no other person."""

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import connections
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

import thaw.web.asgi  # noqa: F401 - sets the loggers up before any test listens to them
from tests.fakes.clocks import FakeClocks
from tests.fakes.sounding import FakeSound
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.vault.keys import next_data_key
from thaw.vault.recovery import new_code
from thaw.vault.stretch import Cost
from thaw.web import settings as thaw_settings
from thaw.web.find.finder import Finder
from thaw.web.folder import Folder, open_folder
from thaw.web.house import House, furnish
from thaw.web.people import attempts, keyring, sessions
from thaw.web.people.entry import seat_at
from thaw.web.people.keyring import first_person, key_beside, wrapped
from thaw.web.people.seats import Seat
from thaw.web.person import cookie_name

T = TypeVar("T")

TEMPLATES = Path(thaw_settings.__file__).parent / "templates"
CHEAP = Cost(64, passes=1, lanes=1)
"""What a guess at a passphrase costs here."""

PASSPHRASE = "quiet water under an old bridge"
CODE = new_code()
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


@pytest.fixture(scope="session")
def finder(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Finder:
    """What the search box asks, built once for all tests: it takes seconds."""
    house = House(tmp_path_factory.mktemp("finder"), sound=FakeSound())
    house.shelf = shelf
    return house.finder


@contextmanager
def other_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let databases be opened; whatever others left open is there again afterwards."""
    shared = connections["default"]
    with blocker.unblock():
        before = dict(shared.settings_dict)
        del connections["default"]
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = shared
            shared.settings_dict.update(before)


@pytest.fixture
def own_database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let this test open databases of its own."""
    with other_database(django_db_blocker):
        yield


@pytest.fixture(scope="session")
def new_folder(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A data folder as it is after a first start, to be copied."""
    data = tmp_path_factory.mktemp("template") / "thaw-data"
    with other_database(django_db_blocker), closing(open_folder(data)):
        first_person(data)
    return data


@pytest.fixture
def store(own_database: None, new_folder: Path, thaw_data: Path) -> Iterator[Folder]:
    """The data folder of this test, open."""
    del own_database
    shutil.copytree(new_folder, thaw_data, dirs_exist_ok=True)
    with closing(open_folder(thaw_data)) as folder:
        yield folder


@pytest.fixture
def clocks() -> FakeClocks:
    """The clocks by which the house judges whether someone is there."""
    return FakeClocks()


@contextmanager
def stood_on(house: House) -> Iterator[None]:
    """Let the pages stand on a house, as a server does that opens its folder."""
    attempts.forget_unwritten()
    sessions.forget_unwritten()
    furnish(house)
    try:
        yield
    finally:
        house.close()
        furnish(None)


@pytest.fixture
def house(
    store: Folder, clocks: FakeClocks, sound: FakeSound, shelf: Shelf, finder: Finder
) -> Iterator[House]:
    """The house that the pages stand on, with a store of its own."""
    house = House(store.data, sound=sound, clocks=clocks.as_clocks())
    house.shelf, house.finder = shelf, finder
    house.cost = CHEAP
    with stood_on(house):
        yield house


@pytest.fixture
def visitor(house: House) -> Client:
    """A browser that was never here."""
    del house
    return new_visitor()


@pytest.fixture
def seated(house: House) -> Client:
    """A browser with a session and an open key; its person has no passphrase."""
    return let_in(house, new_visitor())


@pytest.fixture
def locked(house: House) -> Client:
    """A browser whose session is locked; ``PASSPHRASE`` or ``CODE`` opens it."""
    set_passphrase(house)
    return let_in(house, new_visitor())


def new_visitor(*, checks_forms: bool = False) -> Client:
    """Return a browser with no cookies."""
    return Client(enforce_csrf_checks=checks_forms, headers={"Host": "localhost"})


def let_in(house: House, visitor: Client) -> Client:
    """Open a link in this browser and return it."""
    assert visitor.get(f"/open/{house.links.make()}").status_code == 303
    return visitor


def unlock(client: Client) -> Client:
    """Unlock the session of this browser and return it."""
    assert client.post("/unlock", {"passphrase": PASSPHRASE}).status_code == 303
    return client


def seat_in(house: House, client: Client) -> Seat:
    """Return the seat that a browser has, for what tests keep by themselves."""
    seat = seat_at(house, client.cookies[cookie_name(house.data)].value, quiet=True)
    assert seat is not None
    return seat


def set_passphrase(house: House) -> None:
    """Let ``PASSPHRASE`` and ``CODE`` open what the first person keeps, and nothing else."""
    person_id = first_person(house.data)
    old = key_beside(house.data, person_id)
    assert old is not None
    new = next_data_key(old)
    wrap = wrapped(new, PASSPHRASE, person_id, house.cost)
    assert keyring.set_passphrase(person_id, old, new, wrap, CODE, data=house.data)


def until(look: Callable[[], T], is_so: Callable[[T], object]) -> T:
    """Look until it is so; the test's own limit ends what never is."""
    pause = threading.Event()
    while not is_so(seen := look()):
        pause.wait(0.005)
    return seen
