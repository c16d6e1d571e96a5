"""Sittings of the log, without anyone having sat."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from thaw.web import sealed
from thaw.web.ids import new_id
from thaw.web.sealed import Seat
from thaw.web.sit.body import Body, sealed_of
from thaw.web.sit.models import Sat
from thaw.web.write.days import today

FIVE_THINGS = Body(
    practice="five-things",
    title="Five things",
    plan_hash="0" * 64,
    planned_s=180.0,
    voice="none",
    level=1,
    posture=None,
    seed=1,
    is_inward=False,
    sat_s=180.0,
    how="ended",
)


def have_sat(seat: Seat, **said: Any) -> UUID:
    """Keep three minutes of Five things, or what is said of them, and return their id."""
    id_ = new_id()
    fields = {"body": sealed_of(replace(FIVE_THINGS, **said))}
    sealed.create(Sat, seat, id_, fields, day=today())
    return id_
