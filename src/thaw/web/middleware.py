"""What happens around every page: privacy headers, who may see it, and errors as sentences."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from thaw.units import ThawError
from thaw.web import policy
from thaw.web.errors import page_of
from thaw.web.house import the_house
from thaw.web.people.access import Opening, is_quiet, opening_of
from thaw.web.people.doors import closed_page, locked_page
from thaw.web.people.entry import seat_at
from thaw.web.people.seats import Seat
from thaw.web.person import cookie_name

Next = Callable[[HttpRequest], HttpResponseBase]


class Request(HttpRequest):
    """A request as the views see it, after the middleware.

    Attributes:
        seat: Who asks; None in views for anyone only.
    """

    seat: Seat | None


class PrivateMiddleware:
    """Nothing but the built files is kept by a cache, and nothing is for another origin."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if "Cache-Control" not in response:
            response["Cache-Control"] = policy.NO_STORE
        return response


class SeatMiddleware:
    """Lets nobody reach a view without a session and an open key, unless the view says so."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.get_host()  # Refuses a name that is not ours.
        request.seat = None
        return self.get_response(request)

    def process_view(
        self,
        request: Request,
        view: Callable[..., HttpResponseBase],
        arguments: Sequence[Any],  # As the address gives them.
        named: Mapping[str, Any],
    ) -> HttpResponseBase | None:
        del arguments, named
        opening = opening_of(view)
        if opening is Opening.ANYONE:
            return None
        house = the_house()
        token = request.COOKIES.get(cookie_name(house.data))
        try:
            request.seat = seat_at(house, token, quiet=is_quiet(view))
        except ThawError as error:  # Django hands no error of this place to the middleware.
            return page_of(request, error)
        if request.seat is None:
            return closed_page(request)
        if request.seat.key is None and opening is Opening.UNLOCKED:
            return locked_page(request)
        return None


class SentenceMiddleware:
    """Answers an error with its sentence and status; no traceback reaches a person."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return page_of(request, error) if isinstance(error, ThawError) else None
