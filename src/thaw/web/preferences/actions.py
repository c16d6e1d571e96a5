"""Keeping what a person prefers."""

from dataclasses import replace
from uuid import UUID

from thaw.units import ConflictError, DamageError
from thaw.web import sealed
from thaw.web.ids import new_id
from thaw.web.preferences.body import Preferred, preferred_in, sealed_of
from thaw.web.preferences.models import Preferences
from thaw.web.preferences.queries import Kept, kept_of
from thaw.web.sealed import Seat


class ChangedError(ConflictError):
    """Preferences were kept elsewhere meanwhile; nothing is overwritten until that is meant.

    Attributes:
        there: What is kept now.
    """

    def __init__(self, yours: Preferred, there: Kept) -> None:
        super().__init__(
            "preferences.changed",
            "Your preferences were changed in another window meanwhile. Below is what you chose "
            "here. Keep it, or load the page again to see the other.",
            yours=sealed_of(yours).decode(),
            theirs=sealed_of(there.preferred).decode(),
            version=there.version,
        )
        self.there = there


def keep(seat: Seat, preferred: Preferred, id_: UUID, version: int) -> None:
    """Keep preferences: the first at version 0, else a change of what stands at ``version``.

    Where what was kept can no longer be read, the new ones count from now on.

    Raises:
        ChangedError: They were changed meanwhile.
        AccessError, FullError, LockedError: As ``thaw.web.sealed``.
    """
    fields = {"body": sealed_of(preferred)}
    there = _readable(seat)
    if version == 0 and there is not None and there.id != id_:
        raise ChangedError(preferred, there)
    try:
        if version == 0:
            sealed.create(Preferences, seat, id_, fields)
        else:
            sealed.save(Preferences, seat, id_, version, fields)
    except ConflictError as error:
        theirs = Kept(preferred_in(error.theirs.encode()), id_, error.version)
        raise ChangedError(preferred, theirs) from None


def prefer_voice(seat: Seat, voice: str) -> None:
    """Remember a voice, or words on the screen, that was chosen after it was heard elsewhere."""
    kept = kept_of(seat)
    if kept is None:
        keep(seat, Preferred(voice=voice), new_id(), 0)
    elif kept.preferred.voice != voice:
        keep(seat, replace(kept.preferred, voice=voice), kept.id, kept.version)


def _readable(seat: Seat) -> Kept | None:
    try:
        return kept_of(seat)
    except DamageError:
        return None
