"""Notes that tests begin from."""

import datetime as dt
from itertools import count
from uuid import UUID

from thaw.web.ids import id_at
from thaw.web.sealed import Seat
from thaw.web.write import actions
from thaw.web.write.body import Body
from thaw.web.write.models import Note

DAY = dt.date(2026, 11, 22)

_BEGUN_MS = 1_795_000_000_000
_COUNT = count()


def kept(seat: Seat, written: Body | str = "A grey day.", day: dt.date = DAY) -> UUID:
    """Keep a note and return its id."""
    note = id_at(_BEGUN_MS + next(_COUNT), 0)  # Two of one moment would have no order.
    body = Body(text=written) if isinstance(written, str) else written
    actions.keep(seat, note, 0, body, day)
    return note


def damage(note: UUID) -> None:
    """Change a note behind the back of who keeps it."""
    body = bytes(Note.objects.get(id=note).body)
    assert Note.objects.filter(id=note).update(body=body[:-1] + bytes([body[-1] ^ 1])) == 1
