"""Taking a readable copy in: all of it or nothing; what is there already stays as it is."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from thaw.exchange.arriving import Arrival
from thaw.exchange.export import Entry
from thaw.exchange.plain import Record, written
from thaw.exchange.sources import Source, damaged
from thaw.units import AccessError, ConflictError, DamageError, InputError
from thaw.web.checkin.body import body_of as checkin_in
from thaw.web.checkin.models import CheckIn, Way
from thaw.web.checkin.way import liked_in
from thaw.web.course.body import check_done
from thaw.web.course.models import Done
from thaw.web.database.keeping import keep
from thaw.web.database.rows import SealedRow
from thaw.web.days import body as days_body
from thaw.web.days.models import Plan
from thaw.web.help import body as help_body
from thaw.web.help.models import OwnHelp
from thaw.web.ids import id_at
from thaw.web.people.models import Person, Setting
from thaw.web.preferences.body import preferred_in
from thaw.web.preferences.models import Preferences
from thaw.web.sealed import Fields, Row, Seat, adopt, key_of
from thaw.web.sit import body as sat_body
from thaw.web.sit.models import Sat
from thaw.web.take.exports import EXPORTED, SETTINGS, person_of
from thaw.web.take.tables import plain_of, value_for
from thaw.web.today.body import check_decision, check_unwelcome
from thaw.web.today.models import Decision, Unwelcome
from thaw.web.write.body import body_of, checked
from thaw.web.write.models import Note

_OWN = frozenset({"id", "version", "created_at", "changed_at", "trashed_at"})
_NOT_TOLD = frozenset({"person_id", "key_version"})
_CHANCE_BITS = 74


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a copy brought.

    Attributes:
        new: Rows that were not here.
        same: Rows that were here, just so.
        both: Rows that were here with other words; the copy's stand beside them now.
    """

    new: int
    same: int
    both: int


def take_in(seat: Seat, source: Source) -> TakenIn:
    """Keep every row of a copy that is not here yet; taken in twice, it is here once.

    A row that is here with other words, or another version, stays as it is, and the copy's comes
    in beside it under an id that follows from both.

    Raises:
        InputError: The copy is not whole, not ours, too large or newer; nothing was kept.
        FullError: The disk does not take it; nothing was kept.
        LockedError: The key is not at hand.
    """
    key_of(seat)
    arrival = Arrival(source, {name: model.SEALED for name, model in EXPORTED.items()})
    for entry in arrival.entries():
        row_of(entry)
    settings = _settings_of(arrival.person)
    return keep(lambda: _kept(seat, arrival, settings), grows=True)


def row_of(entry: Entry) -> Row:
    """Return the row that an entry stands for, looked at as what a stranger sends.

    Raises:
        InputError: ``export.damaged``.
    """
    model = EXPORTED[entry.table]
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = set(fields) - _NOT_TOLD - set(model.SEALED)
    try:
        if set(entry.clear) != names:
            raise damaged()
        values = {name: value_for(fields[name], entry.clear[name]) for name in names}
        _CHECKS[model](entry.fields)
    except (ValueError, InputError, DamageError):
        raise damaged() from None
    if values["version"] < 1 or values["id"].version != 7:
        raise damaged()
    own = {name: values.pop(name) for name in _OWN}
    return Row(**own, fields=entry.fields, clear=values)


def _kept(seat: Seat, arrival: Arrival, settings: Mapping[str, object]) -> TakenIn:
    with transaction.atomic():
        outcomes = Counter(
            _put(EXPORTED[entry.table], seat, row_of(entry)) for entry in arrival.entries()
        )
        _put_person(seat, arrival.person, settings)
    return TakenIn(outcomes["new"], outcomes["same"], outcomes["both"])


def _put(model: type[SealedRow], seat: Seat, row: Row) -> str:
    """Keep a row; return what it was to what is here: new, the same, or another of its id."""
    is_new = not model._default_manager.filter(id=row.id).exists()
    try:
        adopt(model, seat, row)
    except (ConflictError, AccessError, DamageError):
        adopt(model, seat, _beside(row, seat.person_id))
        return "both"
    return "new" if is_new else "same"


def _beside(row: Row, person_id: UUID) -> Row:
    """Return a row under an id that follows from all that is in it."""
    told = [str(person_id), row.version, plain_of(row.created_at), plain_of(row.changed_at)]
    told += [row.trashed_at and plain_of(row.trashed_at)]
    told += [sorted((name, plain_of(value)) for name, value in row.clear.items())]
    told += [sorted((name, content.hex()) for name, content in row.fields.items())]
    digest = hashlib.sha256(row.id.bytes + written(told)).digest()
    chance = int.from_bytes(digest) >> 256 - _CHANCE_BITS
    id_ = id_at(row.id.int >> 80, chance)
    return Row(
        id=id_,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        trashed_at=row.trashed_at,
        fields=row.fields,
        clear=row.clear,
    )


def _settings_of(person: Record) -> dict[str, object]:
    """Return the settings of a copy, each as its column holds it.

    Raises:
        InputError: ``export.damaged``.
    """
    told = person.get("settings")
    if not isinstance(told, dict) or not set(told) <= set(SETTINGS):
        raise damaged()
    try:
        _since(person)
        return {name: value_for(SETTINGS[name], told[name]) for name in told}
    except ValueError:
        raise damaged() from None


def _since(person: Record) -> datetime:
    since: datetime = value_for(models.DateTimeField(), person.get("created_at"))
    return since


def _put_person(seat: Seat, told: Record, settings: Mapping[str, object]) -> None:
    """Take over settings where nothing was set here yet, and the earlier of two first days."""
    since = _since(told)
    Person.objects.filter(id=seat.person_id, created_at__gt=since).update(created_at=since)
    usual = {name: field.get_default() for name, field in SETTINGS.items()}
    if person_of(seat)["settings"] in ({}, usual) and settings:
        Setting.objects.update_or_create(person_id=seat.person_id, defaults=dict(settings))


def _check_note(fields: Fields) -> None:
    """Let nothing in that the journal's pages could not show."""
    checked(body_of(fields["body"]))


def _check_preferences(fields: Fields) -> None:
    """Let nothing in that a sitting could not be begun with."""
    preferred_in(fields["body"])


def _check_checkin(fields: Fields) -> None:
    """Let nothing in that no check-in says; words may be in the list no longer."""
    checkin_in(fields["body"])


def _check_way(fields: Fields) -> None:
    """Let nothing in that a check-in could not be asked by."""
    liked_in(fields["body"])


def _check_sat(fields: Fields) -> None:
    """Let nothing in that the log of sittings could not show."""
    sat_body.checked(sat_body.body_of(fields["body"]))


def _check_help(fields: Fields) -> None:
    """Let nothing in that Help now could not show; a country may be in the list no longer."""
    help_body.checked(help_body.own_in(fields["body"]))


_CHECKS: Mapping[type[SealedRow], Callable[[Fields], None]] = {
    Note: _check_note,
    CheckIn: _check_checkin,
    Way: _check_way,
    Sat: _check_sat,
    Preferences: _check_preferences,
    Decision: check_decision,
    Unwelcome: check_unwelcome,
    Plan: days_body.check,
    OwnHelp: _check_help,
    Done: check_done,
}
