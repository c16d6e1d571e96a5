"""People with a key at hand, without a page to let them in."""

from dataclasses import dataclass
from uuid import UUID

from thaw.vault.keys import DataKey, new_data_key
from thaw.web.people.models import Person


@dataclass(frozen=True)
class FakeSeat:
    """A seat as ``thaw.web.sealed`` asks for one."""

    person_id: UUID
    key: DataKey | None


def new_seat() -> FakeSeat:
    """Return the seat of a person who was never here."""
    return FakeSeat(Person.objects.create().id, new_data_key())
