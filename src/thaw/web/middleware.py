"""What happens around every page: privacy headers, whose it is, and errors as sentences."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from thaw.units import ThawError
from thaw.web import policy
from thaw.web.errors import page_of
from thaw.web.house import the_house
from thaw.web.person import cookie_name, is_from_here, new_person, person_of

Next = Callable[[HttpRequest], HttpResponseBase]


class Request(HttpRequest):
    """A request as the views see it, after the middleware."""

    person: str


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


class PersonMiddleware:
    """Knows a browser by a random cookie; its sittings are shown to nobody else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.get_host()  # Refuses a name that is not ours.
        name = cookie_name(the_house().data)
        known = person_of(request.COOKIES.get(name))
        request.person = known or new_person()
        response = self.get_response(request)
        # A link on another site brings no cookie: it must not replace the one that is there.
        if not known and is_from_here(request.headers):
            response.set_cookie(name, request.person, httponly=True, samesite="Strict")
        return response


class SentenceMiddleware:
    """Answers an error with its sentence and status; no traceback reaches a person."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return page_of(request, error) if isinstance(error, ThawError) else None
