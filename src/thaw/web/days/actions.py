"""Setting, changing, pausing and stopping a plan of days; the address of its calendar."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from thaw.guide.schedule import DayPlan, begun, checked
from thaw.units import AccessError, ConflictError, DamageError
from thaw.web import sealed
from thaw.web.database.keeping import keep as keep_change
from thaw.web.days.address import Address, new_token
from thaw.web.days.body import Body, sealed_of
from thaw.web.days.clear import Timed, columns_of
from thaw.web.days.models import Feed, Plan
from thaw.web.days.queries import Kept, kept_of, standing, token_in
from thaw.web.sealed import Seat, key_of


class ChangedError(ConflictError):
    """The plan was changed elsewhere meanwhile; nothing is overwritten until that is meant.

    Attributes:
        there: What is kept now; None where it was stopped.
    """

    def __init__(self, yours: Body, there: Kept | None) -> None:
        theirs = there.body if there else Body()
        super().__init__(
            "days.changed",
            "The plan was changed in another window meanwhile. Below is what you chose here. Keep "
            "it, or load the page again to see the other.",
            yours=sealed_of(yours).decode(),
            theirs=sealed_of(theirs).decode(),
            version=there.timed.version if there else 0,
        )
        self.there = there


def keep(seat: Seat, place: tuple[UUID, int], body: Body, timed: Timed, now: datetime) -> None:
    """Keep a plan: a first one, or a change of what stands at the version of ``place``.

    It counts from now on, at its full size. What calendars are told to say, and their address,
    stay as they are.

    Raises:
        ChangedError: It was changed meanwhile.
        InputError: It cannot be kept so.
        AccessError, FullError, LockedError: As ``thaw.web.sealed``.
    """
    plan = begun(checked(timed.plan), timed.zone, now)
    there = readable(seat)
    if there is not None:
        body = replace(body, words=there.body.words, token=there.body.token)
    id_, version = place
    if (there.timed.id != id_) if there else version > 0:
        raise ChangedError(body, there)
    fields, columns = {"body": sealed_of(body)}, columns_of(plan, timed.zone)
    try:
        if version == 0:
            sealed.create(Plan, seat, id_, fields, **columns)
        else:
            sealed.save(Plan, seat, id_, version, fields, **columns)
    except ConflictError:
        raise ChangedError(body, readable(seat)) from None


def pause(seat: Seat, now: datetime) -> None:
    """Let nothing come until the person goes on; the plan stays as small as it is."""
    kept = _there(seat)
    plan = standing(seat.person_id, kept.timed, now)
    _save(seat, kept, replace(plan, is_paused=True))


def go_on(seat: Seat, now: datetime) -> None:
    """Let it come again."""
    kept = _there(seat)
    _save(seat, kept, begun(replace(kept.timed.plan, is_paused=False), kept.timed.zone, now))


def as_before(seat: Seat, now: datetime) -> None:
    """Let it be as large again as it was meant to be."""
    kept = _there(seat)
    _save(seat, kept, begun(replace(kept.timed.plan, step=0), kept.timed.zone, now))


def stop(seat: Seat) -> UUID:
    """End the plan at once; it lies in the trash, and calendars get nothing any more."""
    kept = _there(seat)
    sealed.trash(Plan, seat, [kept.timed.id])
    return kept.timed.id


def bring_back(seat: Seat, id_: UUID) -> None:
    """Take a plan out of the trash, where none took its place."""
    if readable(seat) is None:
        sealed.untrash(Plan, seat, [id_])


def make_address(seat: Seat) -> None:
    """Make an address for a calendar; one that there was answers no more."""
    kept, token = _there(seat), new_token()

    def make() -> None:
        with transaction.atomic():
            _write(seat, kept, replace(kept.body, token=token))
            _put_feed(seat, Address.of(token), kept.body.words)

    keep_change(make, grows=True)


def take_address_away(seat: Seat) -> None:
    """Let the address answer no more."""
    key_of(seat)
    kept = readable(seat)

    def take() -> None:
        with transaction.atomic():
            if kept is not None and kept.body.token:
                _write(seat, kept, replace(kept.body, token=""))
            Feed.objects.filter(person_id=seat.person_id).delete()

    keep_change(take, grows=False)


def say(seat: Seat, words: str) -> None:
    """Let calendars say these words; none means "a quiet minute" again."""
    kept = _there(seat)
    token = token_in(seat, kept.body)

    def change() -> None:
        with transaction.atomic():
            _write(seat, kept, replace(kept.body, words=words))
            if token:
                _put_feed(seat, Address.of(token), words)

    keep_change(change, grows=True)


def readable(seat: Seat) -> Kept | None:
    """Return the plan that counts; None where it cannot be read, as a new one takes its place."""
    try:
        return kept_of(seat)
    except DamageError:
        return None


def _put_feed(seat: Seat, address: Address, words: str) -> None:
    values = {
        "token_hash": address.token_hash,
        "words": address.sealed(words, seat.person_id) if words else None,
        "created_at": timezone.now(),
    }
    Feed.objects.update_or_create(person_id=seat.person_id, defaults=values)


def _save(seat: Seat, kept: Kept, plan: DayPlan) -> None:
    """Keep another schedule with the same words."""
    timed = kept.timed
    fields = {"body": sealed_of(kept.body)}
    sealed.save(Plan, seat, timed.id, timed.version, fields, **columns_of(plan, timed.zone))


def _write(seat: Seat, kept: Kept, body: Body) -> None:
    """Keep other words with the same schedule."""
    timed = kept.timed
    sealed.save(Plan, seat, timed.id, timed.version, {"body": sealed_of(body)})


def _there(seat: Seat) -> Kept:
    kept = kept_of(seat)
    if kept is None:
        raise AccessError("days.none_set", "There is no plan of days yet. Set one first.")
    return kept
