"""The two pages in place of another: nobody was let in, or what is asked for is locked."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from thaw.units import ClosedError, LockedError
from thaw.web.errors import page_of, page_with, wants_json

CLEAR = {"Clear-Site-Data": '"cache"'}
"""What was shown is not to be shown again by the back key."""

_OPEN_IT = "Open Thaw with the command thaw."
_USED = "This link let someone in before, or it is older than ten minutes. "


def closed_page(request: HttpRequest, *, is_used: bool = False) -> HttpResponse:
    """Answer who was not let in, as it has no session, or its link was used before.

    There is a way to try again: a link on another site brings no cookie, and this one does.
    """
    error = ClosedError("session.none", f"{_USED if is_used else ''}{_OPEN_IT}")
    if wants_json(request):
        return page_of(request, error)
    again = request.path if request.method == "GET" and not is_used else "/"
    context: dict[str, object] = {"is_used": is_used, "again": again}
    return page_with(request, "people/closed.html", context, error.status, error.message)


def locked_page(
    request: HttpRequest, sentence: str = "", status: int = LockedError.status
) -> HttpResponseBase:
    """Answer with the lock page: it tells nothing of what is kept, nor whether anything is."""
    error = LockedError.usual()
    if wants_json(request):
        return page_of(request, error)
    context: dict[str, object] = {"sentence": sentence, "next": next_of(request)}
    answer = page_with(request, "people/unlock.html", context, status, error.message)
    for name, value in CLEAR.items():
        answer[name] = value
    return answer


def next_of(request: HttpRequest) -> str:
    """Return the page to go on with after unlocking: the one asked for, on this origin."""
    given = request.POST.get("next", "/") if request.method == "POST" else request.path
    parts = urlsplit(given)
    is_ours = given.startswith("/") and not parts.scheme and not parts.netloc
    is_plain = given.isprintable() and "\\" not in given and not given.startswith("//")
    return given if is_ours and is_plain and parts.path not in _NOT_NEXT else "/"


_NOT_NEXT = frozenset({"/lock", "/unlock", "/cover"})
