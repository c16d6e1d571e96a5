"""What every page holds: help, also when the server is gone."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from thaw.web.help.queries import countries_on, mine_of
from thaw.web.house import the_house

if TYPE_CHECKING:
    from thaw.web.people.seats import Seat


def help_now(request: HttpRequest) -> dict[str, object]:
    """Return what Help now says: texts, countries as they are today, and what is one's own.

    A page that is open to anyone has nothing of anyone's on it, and asks the store for nothing.
    """
    house = the_house()
    seat: Seat | None = getattr(request, "seat", None)
    match = getattr(request, "resolver_match", None)
    is_cover = match is not None and match.url_name == "cover"
    return {
        "help": house.help,
        "countries": countries_on(house),
        "mine": mine_of(seat, is_covered=is_cover),
    }
