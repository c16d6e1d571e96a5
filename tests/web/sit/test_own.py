"""A word that a person gave is theirs alone: with the real sound room, and its cache walked."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.fakes.clocks import FakeClocks
from tests.web.conftest import CHEAP, seat_in, stood_on, until
from tests.web.sit.conftest import Clock
from tests.web.sit.tapping import begin, sitting_at, tapped, took
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.plan import holds_asked, spoken
from thaw.sound.cache import key_of
from thaw.sound.voices import catalogue
from thaw.web.folder import Folder
from thaw.web.house import House
from thaw.web.own import Own
from thaw.web.sound import QUICK

WORD = "Zorabelle"
PRACTICE = """\
---
title: A friend
summary: To sit beside someone.
level: 1
minutes: {least: 2, usual: 2, most: 3}
for: days alone
not_for: days in company
anchors: [feet, sounds]
postures: [sitting, standing]
author: Thaw
licence: CC-BY-SA-4.0
language: en
asks: {being: {question: Who is easy to be near?, otherwise: this being}}
---

## Arriving

You can stop at any time.

[rest 4..20]

## Beside

{being} could be near.

[rest 5..30]

- May {being} be well.
- May {being} have a good day.

[rest 5..40]

## Still beside {response=tears}

- {being} may see it, or not.
- {being} is still near.

[rest 4..10]

## Coming back {closing}

Look around the room.

[rest 6..20]

Press the feet into the floor.

[rest 6..20]
"""


@pytest.fixture
def house(store: Folder, clocks: FakeClocks, clock: Clock, tmp_path: Path) -> Iterator[House]:
    """A house with the real sound room, and a practice that asks for a word."""
    content = tmp_path / "content"
    shutil.copytree(content_folder(), content)
    (content / "practices" / "a-friend.md").write_text(PRACTICE)
    house = House(store.data, content=content, clocks=clocks.as_clocks(), clock=clock)
    house.shelf = Shelf(content)
    house.cost = CHEAP
    with stood_on(house):
        yield house


def voiced(seated: Client) -> str:
    """Begin a sitting with a word, once the lines of everyone are there."""
    choices = {"voice": QUICK, "minutes": "2", "seed": "1"}
    url = "/library/a-friend/voicing"
    seated.post(url, choices)
    until(lambda: seated.get(url, choices).json(), lambda told: told["done"] == told["total"])
    return begin(seated, "a-friend", **choices, **{"asked-being": WORD})


def own_of(house: House, seated: Client, path: str) -> Own:
    """Return the person's own lines, once those that may be answered are among them."""
    own = sitting_at(house, seated, path).own
    assert own is not None
    until(lambda: list(own.jobs.values()), lambda jobs: jobs and all(job.has_ended for job in jobs))
    return own


def keys_on_disk(house: House) -> set[str]:
    return {path.stem for path in (house.data / "cache" / "clips").rglob("*.*")}


def test_a_line_with_a_given_word_is_spoken_and_is_in_no_cache(
    house: House, seated: Client
) -> None:
    path = voiced(seated)
    sitting = sitting_at(house, seated, path)
    lines = [spoken(event.text) for event in sitting.held.plan.lines()]
    theirs = {line for line in lines if WORD in line}
    assert len(theirs) == 2

    own_of(house, seated, path)
    jobs = tuple(house.booth._jobs.values())
    until(lambda: all(job.has_ended for job in jobs), bool)
    told = tapped(seated, path, "tears", 10.0)
    assert told["is_spoken"]
    assert any(WORD in line for line in told["answer"])
    theirs |= {line for line in told["answer"] if WORD in line}
    took(seated, path, told["revision"])
    held = sitting_at(house, seated, path)
    for container in ("mp4", "mp3"):
        clips = house.sound.clips(QUICK, 115, held.own)
        stream = house.sound.assemble(held.held.plan, clips, container, audible="all")
        assert len(b"".join(stream.chunks(0, stream.size))) == stream.size

    # Everything else may be voiced by now, too.
    voice = catalogue.voice(QUICK, house.data)
    choices = sitting.first.origin.choices
    on_disk = keys_on_disk(house)
    assert key_of(voice, 115, "You can stop at any time.") in on_disk
    assert not {key_of(voice, 115, line) for line in theirs} & on_disk
    assert all(holds_asked(line, choices) for line in theirs)
    for file in house.data.rglob("*"):
        assert not file.is_file() or WORD.lower().encode() not in file.read_bytes().lower(), file


def test_it_is_gone_with_the_sitting(house: House, seated: Client) -> None:
    path = voiced(seated)
    own = own_of(house, seated, path)
    line = f"{WORD} could be near."
    key = key_of(catalogue.voice(QUICK, house.data), 115, line)
    assert own.cache.clip(key)
    house.sittings.forget_of(seat_in(house, seated).session)
    assert own.is_gone
    assert own.cache.clip(key) is None
    assert not own.clips
    assert not own.jobs


def test_nothing_that_stays_in_memory_is_known_by_the_word(house: House, seated: Client) -> None:
    voiced(seated)
    kept = (*house.lines._values, *house.booth._jobs, *house.drawings._values)
    assert WORD not in repr(kept)
