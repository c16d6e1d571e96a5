"""What is left of the steps after the first sitting, on the pages that they lead to."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from thaw.web.after.queries import left_step

if TYPE_CHECKING:
    from thaw.web.people.seats import Seat

_ON = frozenset({"today", "help-mine", "privacy"})


def left(request: HttpRequest) -> dict[str, object]:
    """Return the next step for who came away from them, so that one can follow another."""
    seat: Seat | None = getattr(request, "seat", None)
    match = getattr(request, "resolver_match", None)
    if seat is None or seat.key is None or match is None or match.url_name not in _ON:
        return {}
    return {"left_step": left_step(seat)}
