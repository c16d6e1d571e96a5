"""Which tables are a person's, and their rows as plain values: out of the store, and into it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet

from thaw.exchange.bundle import in_raw, in_text
from thaw.exchange.plain import Plain, Record
from thaw.web.database.reading import Values, values_of
from thaw.web.people.models import Person

AnyField: TypeAlias = "models.Field[Any, Any]"
Column: TypeAlias = Any  # A column has one of many types.

NOT_TAKEN: Mapping[str, str] = {
    "database_instance": "says which folder a store belongs to, and is made anew in another",
    "people_session": "opens with the cookie of a browser, and must open nothing elsewhere",
    "people_guesses": "counts wrong passphrases of this store; a backup must not bring them back",
}
"""Tables that a backup leaves out, each with the reason."""


def tables_of_a_person() -> list[type[Model]]:
    """Return the tables that a backup holds, in the order in which they can be filled."""
    found = [model for model in apps.get_models() if model._meta.db_table not in NOT_TAKEN]
    return sorted(found, key=lambda model: (model is not Person, model._meta.db_table))


def rows_of(model: type[Model], person_id: UUID) -> QuerySet[Model]:
    """Return a person's rows of a table, always in the same order."""
    name = "id" if model is Person else "person_id"
    return model._default_manager.filter(**{name: person_id}).order_by("pk")


def values_in(model: type[Model], person_id: UUID) -> Iterator[Values | None]:
    """Yield each row's columns; None for one that is no longer what could be put back."""
    for values in values_of(rows_of(model, person_id)):
        is_readable = values is not None and _is_readable(model, values)
        yield values if is_readable else None


def record_of(values: Values) -> Record:
    """Return a row's columns as JSON has them."""
    return {name: plain_of(value) for name, value in values.items()}


def plain_of(value: Column) -> Plain:
    """Return a value of the store as JSON has it."""
    if isinstance(value, bytes | memoryview):
        return in_text(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID | date):
        return str(value)
    return value


def instance_of(model: type[Model], record: Record) -> Model:
    """Return a row that is in no table yet; columns that are missing have their usual value.

    Raises:
        ValueError: A column is unknown or holds what it cannot hold.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if not set(record) <= set(fields):
        raise ValueError("an unknown column")
    return model(**{name: value_for(fields[name], value) for name, value in record.items()})


def value_for(field: AnyField, plain: Plain) -> Column:
    """Return the value that a column gets.

    Raises:
        ValueError: It cannot hold this.
    """
    if plain is None:
        if not field.null:
            raise ValueError("an empty column that must not be empty")
        return None
    _check_type(field, plain)
    if isinstance(field, models.BinaryField):
        return in_raw(plain)
    if isinstance(field, models.ForeignKey):  # Whether it is there, the database knows.
        field = field.target_field
    try:
        value = field.clean(field.to_python(plain), None)
    except ValidationError as error:
        raise ValueError("a value that its column cannot hold") from error
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a time without its zone")
    return value


def _check_type(field: AnyField, plain: Plain) -> None:
    """Let nothing be turned into what it is not, as Django would: 1 for True, 5 for "5"."""
    if isinstance(field, models.BooleanField):
        wanted: type = bool
    elif isinstance(field, models.IntegerField):
        wanted = int
    else:
        wanted = str
    if type(plain) is not wanted:
        raise ValueError("a value of another kind")


def _is_readable(model: type[Model], values: Values) -> bool:
    """Return whether a row could be put back: SQLite keeps anything anywhere."""
    try:
        for field in model._meta.concrete_fields:
            value = values[field.attname]
            if isinstance(field, models.BinaryField) and isinstance(value, str):
                return False
            value_for(field, plain_of(value))
    except ValueError:
        return False
    return True
