"""When "Did anything unwelcome come, then or later?" is asked (S7)."""

from datetime import datetime, timedelta

from thaw.guide.decided import ASKED_UNWELCOME
from thaw.guide.state import State, known_at
from thaw.guide.table import of

_AFTER = frozenset({of("S7", "first"), of("S7", "second"), of("S7", "third")})


def asks_unwelcome(state: State, now: datetime) -> bool:
    """Return whether it is asked now: after the first, third and fifth sitting, then monthly.

    An answer counts as asked, "no" too, and so does a decision ``asked:unwelcome`` where the
    question was passed over. Before any sitting nothing is asked.

    Args:
        state: The sitting that just ended among its sittings.
        now: The moment, in the person's own time zone.
    """
    known = known_at(state, now)
    if not known.sittings:
        return False
    asked = [each.at for each in known.unwelcome]
    asked += [each.at for each in known.decisions if each.kind == ASKED_UNWELCOME]
    since = max(asked, default=None)
    if len(known.sittings) in _AFTER:
        return since is None or since < known.sittings[-1].at
    if len(known.sittings) < max(_AFTER):
        return False
    return since is None or now - since >= timedelta(days=of("S7", "then_every"))
