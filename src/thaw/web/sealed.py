"""Rows of a person's own: the only way they are written and read.

What a person wrote is sealed for its row, and bound to all that stands clear beside it (day,
version, times). A row that was moved, mixed from two, or changed behind our back is damaged and
is never shown as good. Each change names the version it was made on: one that comes too late is
a ``ConflictError`` with both texts, and nothing is overwritten.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from thaw.units import (
    AccessError,
    ConflictError,
    DamageError,
    InputError,
    LimitError,
    LockedError,
)
from thaw.vault.keys import DataKey
from thaw.vault.seal import Where, damaged, open_sealed, seal
from thaw.web.database.keeping import in_sentences, keeping
from thaw.web.database.reading import values_of
from thaw.web.database.rows import SealedRow
from thaw.web.database.scrubbing import scrub
from thaw.web.people.models import Person

MOST_AT_ONCE = 20
"""So many rows may be deleted in one go without being asked about it."""

TRASH_DAYS = 30

_CHUNK = 500
_NOT_BOUND = frozenset({"id", "person_id", "key_version"})  # The seal binds these itself.

Fields: TypeAlias = Mapping[str, bytes]
Clear: TypeAlias = str | int | bool | date | datetime | UUID | None
_Values: TypeAlias = dict[str, Any]  # A row as the database gives it.


class Seat(Protocol):
    """Whose rows, and the key that opens them; None while locked."""

    @property
    def person_id(self) -> UUID: ...

    @property
    def key(self) -> DataKey | None: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A row, opened.

    Attributes:
        fields: What was sealed, by column.
        clear: What stands clear beside it, by column.
    """

    id: UUID
    version: int
    created_at: datetime
    changed_at: datetime
    trashed_at: datetime | None
    fields: Fields = field(repr=False)
    clear: Mapping[str, Clear] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DamagedRow:
    """A row that is no longer as it was written; what stands clear in it may be wrong too.

    Without an id it cannot even be named.
    """

    id: UUID | None
    created_at: datetime | None


@keeping(grows=True)
def create(model: type[SealedRow], seat: Seat, id_: UUID, fields: Fields, **clear: Clear) -> Row:
    """Keep a new row; asked for twice with the same content, it is there once.

    Raises:
        InputError: ``row.id``: the id is no UUID of version 7.
        AccessError: The id is someone else's.
        ConflictError: ``row.exists``: the id is one's own, with other content.
        LockedError: The key is not at hand.
    """
    now = timezone.now()
    row = Row(checked_id(id_), 1, now, now, None, dict(fields), clear)
    return _insert(model, seat, row, lambda there: _has_content(there, fields, clear))


@keeping(grows=True)
def adopt(model: type[SealedRow], seat: Seat, row: Row) -> Row:
    """Keep a row with its own version and times, as an import brings it; twice is once.

    Raises:
        As ``create``; one that is there with another version or other times conflicts too.
    """
    checked_id(row.id)
    return _insert(model, seat, row, lambda there: there == row)


@keeping(grows=True)
def save(
    model: type[SealedRow],
    seat: Seat,
    id_: UUID,
    version: int,
    fields: Fields,
    **clear: Clear,
) -> Row:
    """Keep new content for a row that stands at ``version``; one in the trash comes back.

    A save that is sent again, as its answer was lost, is kept once. ``clear`` names what changes
    of what stands clear.

    Raises:
        AccessError: The row is not there, or not this person's.
        ConflictError: ``row.changed``: it was changed meanwhile.
        LockedError: The key is not at hand.
    """
    key = key_of(seat)
    with transaction.atomic():
        _check_newest(seat.person_id, key)
        before = _values(model, seat, id_)
        wanted = _next(before) | clear | {"trashed_at": None}
        if before["version"] == version and _put(model, key, before, wanted, fields):
            return _row(model, wanted, fields)
        there = _open(model, key, _values(model, seat, id_))
    if there.version == version + 1 and _has_content(there, fields, clear):
        return there
    raise ConflictError(
        "row.changed",
        "This was changed somewhere else meanwhile. Both texts are here; choose what stays.",
        yours=_text(fields),
        theirs=_text(there.fields),
        version=there.version,
    )


def row_of(model: type[SealedRow], seat: Seat, id_: UUID) -> Row:
    """Return a row, wherever it lies, opened.

    Raises:
        AccessError: It is not there, or not this person's: ``row.unknown``.
        DamageError: It is no longer as it was written.
        LockedError: The key is not at hand.
    """
    key = key_of(seat)
    return _open(model, key, _values(model, seat, id_))


def rows_of(
    model: type[SealedRow],
    seat: Seat,
    *,
    trashed: bool | None = False,
    order: Iterable[str] = ("-created_at", "-id"),
    **where: object,
) -> Iterator[Row | DamagedRow]:
    """Yield a person's rows as they are opened, newest first.

    With ``trashed`` only those in the trash, without it only the others, with None all.
    ``where`` are Django's own lookups on what stands clear, such as ``day__gte``.

    Raises:
        LockedError: The key is not at hand.
    """
    key = key_of(seat)
    found = model._default_manager.filter(person_id=seat.person_id, **where).order_by(*order)
    if trashed is not None:
        found = found.filter(trashed_at__isnull=not trashed)
    return _each_opened(model, key, found)


@keeping(grows=False)
def trash(
    model: type[SealedRow], seat: Seat, ids: Collection[UUID], *, asked: bool = False
) -> None:
    """Put rows in the trash, all or none; those in it stay as they are.

    ``asked`` says that the person was asked about just so many.

    Raises:
        LimitError: ``row.many``: more than ``MOST_AT_ONCE``, and nobody asked.
        AccessError: One is not there, or not this person's.
    """
    _check_many(ids, asked=asked)
    _move(model, seat, ids, timezone.now())


@keeping(grows=False)
def untrash(model: type[SealedRow], seat: Seat, ids: Collection[UUID]) -> None:
    """Take rows out of the trash, all or none.

    Raises:
        AccessError: One is not there, or not this person's.
    """
    _move(model, seat, ids, None)


@keeping(grows=False)
def purge(model: type[SealedRow], seat: Seat, ids: Collection[UUID], *, asked: bool = False) -> int:
    """Delete rows of the trash for ever and return how many; others stay.

    Raises:
        LimitError: ``row.many``: more than ``MOST_AT_ONCE``, and nobody asked.
    """
    _check_many(ids, asked=asked)
    found = model._default_manager.filter(person_id=seat.person_id, id__in=ids)
    return found.filter(trashed_at__isnull=False).delete()[0]


@keeping(grows=False)
def purge_old(model: type[SealedRow], now: datetime, days: int = TRASH_DAYS) -> int:
    """Delete what has lain in anyone's trash for longer than ``days``; return how many."""
    old = model._default_manager.filter(trashed_at__lt=now - timedelta(days=days))
    return old.delete()[0]


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many rows were sealed anew, and how many could not be, as they are damaged."""

    rows: int
    damaged: int


def reseal(person_id: UUID, old: DataKey, new: DataKey) -> Resealed:
    """Seal every row of a person with ``new``; from its start on, nothing is kept with ``old``.

    Both keys must be kept safe beforehand, and ``old`` until this returns. Ended midway, it goes
    on where it was when asked again. At the end nothing sealed with ``old`` is left in the file,
    but for rows that are damaged.
    """
    Person.objects.filter(id=person_id).update(key_version=new.version)
    done, lost = 0, 0
    for model in sealed_models():
        found = model._default_manager.filter(person_id=person_id)
        found = found.exclude(key_version=new.version).order_by("id")
        stuck = 0  # Those that do not open stay, and come first.
        while chunk := list(values_of(found[stuck : stuck + _CHUNK])):
            bad = _reseal_chunk(model, old, new, chunk)
            done += len(chunk) - bad
            stuck += bad
        lost += stuck
    scrub()
    return Resealed(done, lost)


def sealed_models() -> list[type[SealedRow]]:
    """Return every table of rows that belong to a person and are sealed."""
    return [model for model in apps.get_models() if issubclass(model, SealedRow)]


@keeping(grows=False)
def _reseal_chunk(
    model: type[SealedRow], old: DataKey, new: DataKey, chunk: Iterable[Mapping[str, Any] | None]
) -> int:
    """Seal these rows anew and return how many do not open."""
    bad = 0
    with transaction.atomic():
        for values in chunk:
            try:
                if values is None:
                    raise damaged()
                fields = fields_opened(model, old, values)
            except DamageError:
                bad += 1
            else:
                _put(model, new, values, dict(values), fields)
    return bad


def checked_id(id_: UUID) -> UUID:
    """Return an id that a row may have.

    Raises:
        InputError: ``row.id``.
    """
    if id_.version != 7:
        raise InputError("row.id", "This cannot be kept under that id. Load the page again.")
    return id_


def values_sealed(
    model: type[SealedRow], key: DataKey, values: Mapping[str, Any], fields: Fields
) -> dict[str, bytes]:
    """Return every sealed column of a row whose other columns are ``values``."""
    if set(fields) != set(model.SEALED):
        raise ValueError("A row is sealed with all of its fields.")
    return {name: seal(key, fields[name], where(model, values, name)) for name in model.SEALED}


def fields_opened(
    model: type[SealedRow], key: DataKey, values: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return what is sealed in a row.

    Raises:
        DamageError: Some of it, or of what stands clear beside it, is not as it was written.
    """
    if not all(isinstance(values[name], bytes | memoryview) for name in model.SEALED):
        raise damaged()
    return {
        name: open_sealed(key, values[name], where(model, values, name)) for name in model.SEALED
    }


def where(model: type[SealedRow], values: Mapping[str, Any], column: str) -> Where:
    """Return the one place where this column of this row belongs.

    The row is named by its id and by all that stands clear in it; a column that is empty is not
    named, so that one that is added later changes nothing.
    """
    meta = model._meta
    names = {each.attname for each in meta.concrete_fields} - _NOT_BOUND - set(model.SEALED)
    bound = {name: _plain(values[name]) for name in names if values[name] is not None}
    row = json.dumps([str(values["id"]), bound], sort_keys=True, separators=(",", ":"), default=str)
    return Where(meta.db_table, column, row, str(values["person_id"]))


def _plain(value: Clear) -> str | int | None:
    """Return a value as it is written in every database's terms."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | UUID):
        return str(value)
    return value


def key_of(seat: Seat) -> DataKey:
    """Return the key at hand.

    Raises:
        LockedError: There is none.
    """
    if seat.key is None:
        raise LockedError.usual()
    return seat.key


def _insert(model: type[SealedRow], seat: Seat, row: Row, is_same: Callable[[Row], bool]) -> Row:
    key = key_of(seat)
    new = model(
        id=row.id,
        person_id=seat.person_id,
        version=row.version,
        key_version=key.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        trashed_at=row.trashed_at,
        **row.clear,
    )
    values = {each.attname: getattr(new, each.attname) for each in model._meta.concrete_fields}
    for name, sealed in values_sealed(model, key, values, row.fields).items():
        setattr(new, name, sealed)
    try:
        with transaction.atomic():
            _check_newest(seat.person_id, key)
            new.save(force_insert=True)
    except IntegrityError:
        there = row_of(model, seat, row.id)
        if is_same(there):
            return there
        raise _exists(row, there) from None
    return _row(model, values, row.fields)


def _check_newest(person_id: UUID, key: DataKey) -> None:
    """Let nothing be sealed with a key that is no longer the person's, as in an old session."""
    person = Person.objects.select_for_update().filter(id=person_id)
    if person.values_list("key_version", flat=True).first() != key.version:
        raise LockedError.usual()


def _exists(row: Row, there: Row) -> ConflictError:
    return ConflictError(
        "row.exists",
        "This was kept before with other words. Both texts are here; choose what stays.",
        yours=_text(row.fields),
        theirs=_text(there.fields),
        version=there.version,
    )


def _has_content(row: Row, fields: Fields, clear: Mapping[str, Clear]) -> bool:
    return row.fields == fields and all(row.clear[name] == clear[name] for name in clear)


def _next(before: _Values) -> _Values:
    return before | {"version": before["version"] + 1, "changed_at": timezone.now()}


def _put(
    model: type[SealedRow], key: DataKey, before: Mapping[str, Any], wanted: _Values, fields: Fields
) -> bool:
    """Write a row anew where it still stands as it did; return whether it was written."""
    wanted["key_version"] = key.version
    sealed = values_sealed(model, key, wanted, fields)
    changed = {name: wanted[name] for name in wanted if name not in ("id", "person_id")}
    as_before = {name: before[name] for name in ("id", "person_id", "version", "key_version")}
    return model._default_manager.filter(**as_before).update(**changed | sealed) == 1


def _move(
    model: type[SealedRow], seat: Seat, ids: Collection[UUID], trashed_at: datetime | None
) -> None:
    key = key_of(seat)
    with transaction.atomic():
        _check_newest(seat.person_id, key)
        for id_ in ids:
            before = _values(model, seat, id_)
            if (before["trashed_at"] is None) == (trashed_at is None):
                continue
            fields = fields_opened(model, key, before)
            wanted = _next(before) | {"trashed_at": trashed_at}
            if not _put(model, key, before, wanted, fields):
                raise LimitError(
                    "row.moving", "This was changed at the same moment. Try again.", {"retry_s": 1}
                )


def _check_many(ids: Collection[UUID], *, asked: bool) -> None:
    if len(ids) > MOST_AT_ONCE and not asked:
        raise LimitError(
            "row.many",
            f"This would delete {len(ids)} at once. Nothing was deleted; say that it is meant.",
            {"count": len(ids), "retry_s": 0},
        )


def _values(model: type[SealedRow], seat: Seat, id_: UUID) -> _Values:
    with in_sentences():
        found = model._default_manager.filter(id=id_, person_id=seat.person_id)
        values = next(values_of(found), {})
    if values is None:
        raise damaged()
    if not values:
        raise AccessError("row.unknown", "This is not here. It may have been deleted.")
    return values


def _open(model: type[SealedRow], key: DataKey, values: Mapping[str, Any]) -> Row:
    if values["key_version"] != key.version:
        raise damaged()
    return _row(model, values, fields_opened(model, key, values))


def _each_opened(
    model: type[SealedRow], key: DataKey, found: QuerySet[SealedRow]
) -> Iterator[Row | DamagedRow]:
    with in_sentences():
        for values in values_of(found):
            yield _opened(model, key, values) if values else DamagedRow(None, None)


def _opened(model: type[SealedRow], key: DataKey, values: Mapping[str, Any]) -> Row | DamagedRow:
    try:
        return _open(model, key, values)
    except DamageError:
        return DamagedRow(values["id"], values["created_at"])


def _row(model: type[SealedRow], values: Mapping[str, Any], fields: Fields) -> Row:
    apart = {"version", "created_at", "changed_at", "trashed_at", *_NOT_BOUND, *model.SEALED}
    return Row(
        id=values["id"],
        version=values["version"],
        created_at=values["created_at"],
        changed_at=values["changed_at"],
        trashed_at=values["trashed_at"],
        fields=dict(fields),
        clear={name: value for name, value in values.items() if name not in apart},
    )


def _text(fields: Fields) -> str:
    """Return what a person wrote, of a row's first sealed field."""
    return next(iter(fields.values())).decode("utf-8", "replace")
