"""Who sits at a browser that was let in: whose rows are theirs, and the key that opens them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from uuid import UUID

from thaw.vault.keys import DataKey

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at one browser; ``thaw.web.sealed`` asks for just this.

    Attributes:
        person_id: Whose rows may be read and written.
        key: Opens them; None while locked.
        session: The browser's session, by ``Session.id_hash``; what lies in memory for it, such
            as its sittings, goes by this name.
    """

    person_id: UUID
    key: DataKey | None = field(repr=False)
    session: str = field(repr=False)


def seat_of(request: "HttpRequest") -> Seat:
    """Return the seat of who asks, in a view that nobody reaches without one."""
    # The middleware set it, or did not let the request in.
    return cast("Seat", request.seat)  # type: ignore[attr-defined]
