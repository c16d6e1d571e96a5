"""Pages, a store and a house of a test's own, as the tests of the pages have them."""

from tests.web.conftest import (
    built,
    clocks,
    finder,
    house,
    locked,
    new_folder,
    own_database,
    seated,
    shelf,
    sound,
    store,
    visitor,
)

__all__ = [
    "built",
    "clocks",
    "finder",
    "house",
    "locked",
    "new_folder",
    "own_database",
    "seated",
    "shelf",
    "sound",
    "store",
    "visitor",
]
