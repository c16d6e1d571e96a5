"""Django on the SQLite that comes with Thaw."""

import datetime as dt
import decimal
import sqlite3

import pytest
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models.functions import ExtractYear
from sqlcipher3 import dbapi2

from thaw.web.database.base import damage_named
from thaw.web.database.models import Instance
from thaw.web.ids import new_id
from thaw.web.people.models import KeySlot, Person, Session, Setting

pytestmark = pytest.mark.django_db


def test_it_is_that_sqlite() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        (told,) = cursor.fetchone()
    assert told == dbapi2.sqlite_version
    connection.ensure_connection()
    assert not isinstance(connection.connection, sqlite3.Connection)
    assert isinstance(connection.connection, dbapi2.Connection)


def test_its_errors_are_djangos() -> None:
    person = Person.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(id=person.id)
    with pytest.raises(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing")


def test_values_come_back_as_they_went() -> None:
    person = Person.objects.create()
    now = dt.datetime(2026, 3, 29, 1, 2, 3, 456789, dt.UTC)
    Session.objects.create(
        id_hash="0" * 64, person=person, sealed_key=b"\0\xff", created_at=now, seen_at=now
    )
    kept = Session.objects.get(person_id=person.id)
    assert (kept.created_at, bytes(kept.sealed_key or b""), kept.locked_at) == (
        now,
        b"\0\xff",
        None,
    )
    of_year = ExtractYear("seen_at", tzinfo=dt.UTC)
    assert Session.objects.filter(created_at__range=(now, now)).count() == 1
    assert Session.objects.values_list(of_year, flat=True).get() == 2026
    assert str(kept) == f"session of {person.id}"


def test_both_ways_of_naming_a_value_work() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(one)s, '%%'", {"one": "1 % 2"})
        assert cursor.fetchone() == ("1 % 2", "%")
        cursor.execute("SELECT %s", [decimal.Decimal("1.50")])
        assert cursor.fetchone() == ("1.50",)
        cursor.execute("CREATE TEMPORARY TABLE pair (a, b)")
        cursor.executemany("INSERT INTO pair VALUES (%s, %s)", [(1, 2), (3, 4)])
        cursor.executemany("INSERT INTO pair VALUES (%(a)s, %(b)s)", [{"a": 5, "b": 6}])
        cursor.executemany("INSERT INTO pair VALUES (%s, %s)", [])
        cursor.execute("SELECT sum(a), sum(b) FROM pair")
        assert cursor.fetchone() == (9, 12)


def test_every_row_says_what_it_is_and_never_what_it_holds() -> None:
    person = Person.objects.create()
    slot = KeySlot(person=person, kind=KeySlot.Kind.RECOVERY, wrap=b"x", key_version=1)
    rows: list[models.Model] = [person, slot, Setting(person=person), Instance(id=new_id())]
    assert all(" " in str(row) for row in rows)


def test_the_settings_of_a_person_go_with_the_person() -> None:
    person = Person.objects.create()
    Setting.objects.create(person=person)
    assert person.setting.idle_minutes == 10
    person.delete()
    assert not Setting.objects.exists()


def test_a_database_whose_errors_are_no_text_is_called_damaged() -> None:
    with pytest.raises(dbapi2.DatabaseError) as named, damage_named():
        b"\xe9".decode()
    assert named.value.sqlite_errorcode == dbapi2.SQLITE_CORRUPT
