"""Errors as calm pages: one sentence, the right status, a way on. And as JSON for islands."""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from thaw.units import (
    ConflictError,
    InputError,
    LengthError,
    LimitError,
    SettingError,
    ThawError,
    seconds_of,
)
from thaw.web.place import place_of

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)

logger = logging.getLogger("thaw.web")


def page_of(request: HttpRequest, error: ThawError) -> HttpResponse:
    """Return the error as who asked can read it: a page, or JSON for an island."""
    if wants_json(request):
        return _told(error)
    return error_page(request, error.status, error.message)


def error_json(error: ThawError) -> dict[str, object]:
    """Return the error as islands read it."""
    shape: dict[str, object] = {"code": error.code, "message": error.message}
    if "field" in error.fields:
        shape["field"] = error.fields["field"]
    if isinstance(error, LengthError):
        for name, length in (("shorter_s", error.shorter), ("longer_s", error.longer)):
            shape[name] = None if length is None else seconds_of(length)
    return shape


def island(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Make a view answer its errors as JSON, whatever the request accepts.

    A conflict carries both texts, and the version to save on top of, beside it.
    """

    @wraps(view)
    def answer(request: R, /, *args: P.args, **named: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except ThawError as error:
            return _told(error)

    return answer


def done_or_again(
    request: HttpRequest,
    do: Callable[[], HttpResponse],
    again: Callable[[str, int], HttpResponse],
) -> HttpResponse:
    """Answer with what ``do`` gives; what a person can mend is said on the page they are on.

    ``again`` makes that page, of a sentence and a status.
    """
    try:
        return do()
    except (InputError, LimitError) as error:
        if wants_json(request):
            raise
        answer = again(error.message, error.status)
        if isinstance(error, LimitError):
            answer["Retry-After"] = str(error.fields.get("retry_s", 1))
        return answer


def wants_json(request: HttpRequest) -> bool:
    """Return whether an island asks, by what it accepts."""
    return request.headers.get("Accept", "").startswith("application/json")


def error_page(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Return the calm page of an error; what was written is given back where we are to blame."""
    is_ours = request.method == "POST" and status >= HTTPStatus.INTERNAL_SERVER_ERROR
    written = request.POST.get("text", "") if is_ours else ""
    context = {"status": status, "sentence": sentence, "written": written}
    return page_with(request, "error.html", context, status, sentence)


def page_with(
    request: HttpRequest, template: str, context: dict[str, object], status: int, sentence: str
) -> HttpResponse:
    """Return a page; a plain ``sentence`` where pages cannot be made."""
    try:
        return render(request, template, context, status=status)
    except SettingError as error:
        text = f"{sentence}\n{error.message}\n" if sentence != error.message else f"{sentence}\n"
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _answer(request, 404, "page.unknown", "There is no page here. The library is a way on.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return _answer(
        request, 400, "request.unreadable", "This could not be read. Go back and try again."
    )


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return _answer(
        request,
        403,
        "request.not_from_here",
        "This did not come from a page of Thaw that is still open. Load the page again, and "
        "try once more.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    logger.error("A page failed (%s). Please report this line.", place_of(sys.exc_info()[1]))
    return _answer(
        request,
        500,
        "page.failed",
        "Something in Thaw broke, and it is not your doing. Go back, or start Thaw again.",
    )


def _told(error: ThawError) -> JsonResponse:
    told: dict[str, object] = {"error": error_json(error)}
    if isinstance(error, ConflictError):
        told |= {"yours": error.yours, "theirs": error.theirs, "version": error.version}
    return JsonResponse(told, status=error.status)


def _answer(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": {"code": code, "message": sentence}}, status=status)
    return error_page(request, status, sentence)
