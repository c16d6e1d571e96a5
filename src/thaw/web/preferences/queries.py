"""What a person prefers, opened."""

from dataclasses import dataclass
from uuid import UUID

from thaw.units import DamageError
from thaw.web import sealed
from thaw.web.preferences.body import Preferred, preferred_in
from thaw.web.preferences.models import Preferences
from thaw.web.sealed import Row, Seat

_LATEST_FIRST = ("-changed_at", "-id")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept last, and what to name so that it can be changed."""

    preferred: Preferred
    id: UUID
    version: int


def preferred_of(seat: Seat) -> Preferred:
    """Return what a person prefers; the usual where nothing was kept.

    Raises:
        DamageError: ``preferences.damaged``: what was kept can no longer be read. The usual
            does not stand in for it: something may have been avoided.
        LockedError: The key is not at hand.
    """
    kept = kept_of(seat)
    return kept.preferred if kept else Preferred()


def kept_of(seat: Seat) -> Kept | None:
    """Return what was kept last, or None; raises as ``preferred_of``."""
    row = next(sealed.rows_of(Preferences, seat, order=_LATEST_FIRST), None)
    if row is None:
        return None
    if not isinstance(row, Row):
        raise _damaged()
    try:
        return Kept(preferred_in(row.fields["body"]), row.id, row.version)
    except DamageError:
        raise _damaged() from None


def _damaged() -> DamageError:
    return DamageError(
        "preferences.damaged",
        "What you set under Preferences can no longer be read. Open Me, then Preferences, and set "
        "it again: nothing is played until then, as you may have left something out.",
    )
