from collections.abc import Callable, Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import InputError
from thaw.web.errors import done_or_again, wants_json
from thaw.web.house import the_house
from thaw.web.people.proof import asked_words, proof_of
from thaw.web.people.seats import seat_of
from thaw.web.person import cookie_name
from thaw.web.take import actions, forms, queries
from thaw.web.take.uploads import file_of, takes_file
from thaw.web.write.days import local_day

GONE = {"Clear-Site-Data": '"cache", "storage"'}
"""Drafts that wait in the browser, and what was shown, go too."""


@require_safe
def take(request: HttpRequest) -> HttpResponse:
    return _page(request, "take/take.html")


@require_POST
def backup(request: HttpRequest) -> HttpResponseBase:
    try:
        file = actions.backup(the_house(), seat_of(request))
    except InputError as error:
        if error.code != "backup.no_lock" or wants_json(request):
            raise
        return HttpResponseRedirect(reverse("backup-code"), status=303)
    return _download(file, "backup", "bin", "application/octet-stream")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Show the code that waits; where none does, make one."""
    house, seat = the_house(), seat_of(request)
    if request.method == "POST":
        return _or_again(request, "take/code.html", lambda: _offer_code(request))
    try:
        offer = queries.offer_of(house, seat)
    except InputError:
        return _page(request, "take/code.html")
    return _page(request, "take/words.html", {"words": offer.code.words})


def _offer_code(request: HttpRequest) -> HttpResponse:
    actions.offer_code(the_house(), seat_of(request))
    return HttpResponseRedirect(reverse("backup-code"), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Ask two words of the code back; the right ones make it count."""
    house, seat = the_house(), seat_of(request)
    try:
        first, second = queries.offer_of(house, seat).asked
    except InputError as error:
        return _page(request, "take/code.html", {"sentence": error.message}, error.status)
    asked: dict[str, object] = {"first": first, "second": second}
    if request.method != "POST":
        return _page(request, "take/typed.html", asked)

    def accept() -> HttpResponse:
        actions.accept_code(house, seat, asked_words(request.POST))
        return HttpResponseRedirect(reverse("take"), status=303)

    return _or_again(request, "take/typed.html", accept, asked)


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    try:
        pieces = actions.export(the_house(), seat_of(request))
    except InputError as error:
        if wants_json(request):
            raise
        return _page(request, "take/take.html", {"sentence": error.message}, error.status)
    return _download(pieces, "export", "zip", "application/zip")


@takes_file
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    def do() -> HttpResponse:
        done = actions.take_in(seat_of(request), file_of(request))
        return _page(request, "take/taken_in.html", {"done": done})

    return _or_again(request, "take/take.html", do)


@takes_file
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    house = the_house()

    def do() -> HttpResponse:
        done, token = actions.restore(
            house,
            seat_of(request),
            file_of(request),
            proof_of(request.POST),
            replace=forms.is_meant(request.POST),
        )
        answer = render(request, "take/restored.html", {"done": done})
        answer.set_cookie(cookie_name(house.data), token, httponly=True, samesite="Strict")
        for name, value in GONE.items():
            answer[name] = value
        return answer

    return _or_again(request, "take/take.html", do)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "take/erase.html", {"meant": forms.MEANT})
    house = the_house()

    def do() -> HttpResponse:
        forms.check_meant(request.POST)
        is_done = actions.erase(house, seat_of(request))
        request.seat = None  # type: ignore[attr-defined] # Nobody sits here any more.
        answer = render(request, "take/erased.html", {"is_done": is_done})
        answer.delete_cookie(cookie_name(house.data), samesite="Strict")
        for name, value in GONE.items():
            answer[name] = value
        return answer

    return _or_again(request, "take/erase.html", do, {"meant": forms.MEANT})


def _or_again(
    request: HttpRequest,
    template: str,
    do: Callable[[], HttpResponse],
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """Do it; what a person can mend is said on the page they are on."""

    def again(sentence: str, status: int) -> HttpResponse:
        return _page(request, template, {**(more or {}), "sentence": sentence}, status)

    return done_or_again(request, do, again)


def _page(
    request: HttpRequest,
    template: str,
    more: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"standing": queries.standing(seat_of(request))}
    return render(request, template, context | (more or {}), status=status)


def _download(
    content: IO[bytes] | Iterator[bytes], what: str, ending: str, kind: str
) -> HttpResponseBase:
    """Answer with a file whose name says nothing of what is in it."""
    name = f"{what}-{local_day(the_house().idle.clocks.now())}.{ending}"
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    # What is made while it is sent has no length yet, and no name that Django would take over.
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
