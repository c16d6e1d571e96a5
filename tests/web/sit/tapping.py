"""What a player says to its sitting, and what it is told."""

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.test import Client

from tests.web.conftest import seat_in
from thaw.web.house import House
from thaw.web.sit.queries import SatEntry, sat_of
from thaw.web.sit.sittings import Sitting
from thaw.web.write.days import today

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

JSON = "application/json"

Told = dict[str, Any]  # JSON of any shape.


def begin(client: Client, practice: str = "five-things", **choices: str) -> str:
    """Begin a sitting and return its address."""
    usual = {"voice": "none", "minutes": "3", "seed": "1", "chosen": "1", "read": "someone-first"}
    answer = client.post(f"/library/{practice}/sit", usual | choices)
    assert answer.status_code == 303
    return str(answer["Location"])


def sent(client: Client, path: str, **said: object) -> "Answer":
    """Send JSON as an island does."""
    return client.post(path, json.dumps(said), JSON)


def tapped(
    client: Client, path: str, kind: str, at_s: float, revision: int = 1, tap: str = ""
) -> Told:
    """Tap, and return what was said."""
    fields = {"tap": tap or str(uuid4()), "kind": kind, "at_s": at_s, "revision": revision}
    answer = sent(client, f"{path}/respond", **fields)
    assert answer.status_code == 200, answer.content
    told: Told = json.loads(answer.content)
    return told


def took(client: Client, path: str, revision: int) -> "Answer":
    """Say that a revision plays now."""
    return sent(client, f"{path}/took", revision=revision, at_s=1.0)


def heard(client: Client, path: str, heard_s: float, at_s: float = -1, how: str = "on") -> Told:
    """Say how much was heard."""
    at_s = heard_s if at_s < 0 else at_s
    answer = sent(client, f"{path}/heard", heard_s=heard_s, at_s=at_s, how=how)
    assert answer.status_code == 200, answer.content
    told: Told = json.loads(answer.content)
    return told


def sitting_at(house: House, client: Client, path: str) -> Sitting:
    """Return the sitting of an address."""
    return house.sittings.sitting(path.removeprefix("/sit/"), seat_in(house, client).session)


def logged(house: House, client: Client) -> tuple[SatEntry, ...]:
    """Return the log of today."""
    return sat_of(seat_in(house, client), today())
