"""What a person does with check-ins."""

from datetime import date
from uuid import UUID

from django.db import transaction

from thaw.units import ConflictError
from thaw.web import sealed
from thaw.web.checkin.body import Body, sealed_of
from thaw.web.checkin.models import CheckIn, Way
from thaw.web.checkin.queries import ways_of
from thaw.web.checkin.refusals import refused
from thaw.web.checkin.way import Liked, sealed_way
from thaw.web.ids import new_id
from thaw.web.sealed import Row, Seat


def keep(seat: Seat, id_: UUID, version: int, body: Body, day: date) -> Row:
    """Keep a check-in: a new one at version 0, or other answers for what stands at ``version``.

    Sent again with the same answers, also after midnight, it is kept once. One that is changed
    stays on its day.

    Raises:
        InputError: ``checkin.empty``: nothing was answered.
        ConflictError: It is there with other answers; neither is lost.
        AccessError, FullError, LockedError: As ``thaw.web.sealed``.
    """
    if body.is_empty:
        raise refused("checkin.empty", "felt")
    fields = {"body": sealed_of(body)}
    if version > 0:
        return sealed.save(CheckIn, seat, id_, version, fields)
    try:
        return sealed.create(CheckIn, seat, id_, fields, day=day)
    except ConflictError:
        there = sealed.row_of(CheckIn, seat, id_)
        if there.fields == fields:
            return there
        raise


def take_back(seat: Seat, id_: UUID) -> None:
    """Delete a check-in for good.

    Raises:
        AccessError: It is not there, or not this person's.
    """
    with transaction.atomic():
        sealed.trash(CheckIn, seat, [id_])
        sealed.purge(CheckIn, seat, [id_])


def ask_so(seat: Seat, liked: Liked) -> None:
    """Keep how a person likes to be asked; the last that was said counts."""
    fields = {"body": sealed_way(liked)}
    there = next(ways_of(seat), None)
    if there is None:
        sealed.create(Way, seat, new_id(), fields)
    else:
        sealed.save(Way, seat, there.id, there.version, fields)
