"""What the writer does, step by step, and what must then be there.

Each step is one acknowledged change, and doing it again changes nothing. So after a crash there is
what the acknowledged steps left, or that and the one step that was under way.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from tests.fakes.seats import FakeSeat
from thaw.vault.keys import DataKey
from thaw.web import sealed
from thaw.web.ids import id_at
from thaw.web.people.models import Person
from thaw.web.write.models import Note

PERSON = id_at(1_700_000_000_000, 1)
KEY = DataKey(1, bytes(range(32)))
SEAT = FakeSeat(PERSON, KEY)
DAY = dt.date(2026, 3, 29)

Act: TypeAlias = Literal["create", "save", "trash", "purge"]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one note."""

    act: Act
    note: int


@dataclass(frozen=True, slots=True)
class Found:
    """A note as it stands."""

    version: int
    text: str
    is_trashed: bool


Notes: TypeAlias = Mapping[UUID, Found]


def steps(count: int) -> list[Step]:
    """Return the first ``count`` steps: many are new, some change what is there."""
    plan: list[Step] = []
    note = 0
    while len(plan) < count:
        note += 1
        plan.append(Step("create", note))
        if note % 3 == 0:
            plan.append(Step("save", note))
        if note % 5 == 0:
            plan.append(Step("trash", note))
        if note % 10 == 0:
            plan.append(Step("purge", note))
    return plan[:count]


def id_of(note: int) -> UUID:
    """Return the id of the n-th note."""
    return id_at(1_700_000_000_000 + note, note)


def text_of(note: int, act: Act) -> str:
    """Return what a step writes: from a few words to a few pages."""
    return f"{act} {note} " + "word " * (note * 37 % 900)


def take(step: Step) -> None:
    """Do one step."""
    id_, body = id_of(step.note), text_of(step.note, step.act).encode()
    if step.act == "create":
        sealed.create(Note, SEAT, id_, {"body": body}, day=DAY)
    elif step.act == "save":
        sealed.save(Note, SEAT, id_, 1, {"body": body})
    elif step.act == "trash":
        sealed.trash(Note, SEAT, [id_])
    else:
        sealed.purge(Note, SEAT, [id_])


def begin() -> None:
    """Let there be the person whom the notes belong to."""
    Person.objects.get_or_create(id=PERSON)


def left_by(taken: list[Step]) -> dict[UUID, Found]:
    """Return what is there after these steps."""
    notes: dict[UUID, Found] = {}
    for step in taken:
        id_ = id_of(step.note)
        if step.act == "purge":
            del notes[id_]
            continue
        before = notes.get(id_, Found(0, "", is_trashed=False))
        writes = step.act in ("create", "save")
        text = text_of(step.note, step.act) if writes else before.text
        notes[id_] = Found(before.version + 1, text, step.act == "trash")
    return notes
