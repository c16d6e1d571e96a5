"""A journal of years: a data folder with thousands of notes in it."""

import os
import random
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

RARE = "zwielicht"
"""Stands in the oldest note only, which is looked at last."""

COMMON = "heron"
"""Stands in every fiftieth."""

PASSPHRASE = "seven quiet lamps above the harbour"

_BEGUN = date(2016, 11, 22)
_A_DAY_MS = 86_400_000


def fill(data: Path, count: int) -> None:
    """Put ``count`` notes in a data folder that is not open, as kept over ten years."""
    set_up(data)
    from django.db import transaction

    from thaw.web import sealed
    from thaw.web.folder import open_folder
    from thaw.web.ids import id_at
    from thaw.web.people.keyring import first_person, key_beside
    from thaw.web.people.seats import Seat
    from thaw.web.write.body import Body, sealed_of
    from thaw.web.write.models import Note

    chance = random.Random(count)  # noqa: S311 - nothing is kept secret by it.
    begun = int(datetime(2016, 11, 22, tzinfo=UTC).timestamp() * 1000)
    with closing(open_folder(data)):
        person_id = first_person(data)
        seat = Seat(person_id, key_beside(data, person_id), "")
        with transaction.atomic():
            for number in range(count):
                day = number * 3652 // count
                id_ = id_at(begun + day * _A_DAY_MS + number, chance.getrandbits(74))
                body = sealed_of(Body(text=_text(number, chance), tags=("sea", "night")))
                on = _BEGUN + timedelta(days=day)
                sealed.create(Note, seat, id_, {"body": body}, day=on)


def set_passphrase(data: Path) -> str:
    """Let ``PASSPHRASE`` open a data folder that is not open; return its recovery code.

    It costs what it costs a person.
    """
    set_up(data)
    from thaw.vault.keys import next_data_key
    from thaw.vault.recovery import new_code
    from thaw.web.folder import open_folder
    from thaw.web.people import keyring

    with closing(open_folder(data)):
        person_id = keyring.first_person(data)
        old = keyring.key_beside(data, person_id)
        assert old is not None
        new, code = next_data_key(old), new_code()
        wrap = keyring.wrapped(new, PASSPHRASE, person_id)
        assert keyring.set_passphrase(person_id, old, new, wrap, code, data=data)
    return " ".join(code.words)


def set_up(data: Path) -> None:
    """Let Django be used in this process, with this data folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
    os.environ["THAW_DATA"] = str(data)
    import django

    django.setup()


def _text(number: int, chance: random.Random) -> str:
    """Return a text of some hundred words; many are short, a few are pages."""
    from thaw.vault.recovery import word_list

    words = chance.choices(word_list(), k=min(2000, int(chance.lognormvariate(4.6, 0.9)) + 5))
    if number % 50 == 0:
        words.insert(len(words) // 2, COMMON)
    if number == 0:
        words.append(RARE)
    return " ".join(words)
