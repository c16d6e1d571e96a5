from base64 import b64encode
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import InputError
from thaw.web.errors import done_or_again
from thaw.web.house import the_house
from thaw.web.me import actions, forms, queries
from thaw.web.people.proof import asked_words, proof_of
from thaw.web.people.seats import seat_of
from thaw.web.person import cookie_name


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "me/me.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "me/privacy.html")


@require_POST
def idle(request: HttpRequest) -> HttpResponse:
    return _done_or_again(
        request,
        "me/privacy.html",
        lambda: actions.set_idle(seat_of(request), forms.chosen_minutes(request.POST)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Set the first passphrase, or change the one there is."""
    has_one = queries.privacy_of(the_house(), seat_of(request)).has_passphrase
    template = "me/change.html" if has_one else "me/set.html"
    if request.method != "POST":
        return _page(request, template)
    if has_one:
        return _done_or_again(request, template, lambda: _change(request))
    return _done_or_again(request, template, lambda: _offer(request), "recovery-code")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Show the recovery code that waits; where none does, make one for who may."""
    if request.method == "POST":
        return _done_or_again(
            request, "me/code.html", lambda: _offer_code(request), "recovery-code"
        )
    try:
        offer = queries.offer_of(the_house(), seat_of(request))
    except InputError:
        return _page(request, "me/code.html")
    return _page(request, "me/words.html", {"words": offer.code.words, "is_first": offer.is_first})


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Ask two words of the code back; the right ones make it count."""
    try:
        offer = queries.offer_of(the_house(), seat_of(request))
    except InputError as error:
        return _page(request, "me/gone.html", {"sentence": error.message}, error.status)
    asked: dict[str, object] = {
        "first": offer.asked[0],
        "second": offer.asked[1],
        "is_first": offer.is_first,
    }
    if request.method != "POST":
        return _page(request, "me/typed.html", asked)
    return _done_or_again(request, "me/typed.html", lambda: _accept(request), more=asked)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "me/remove.html")
    return _done_or_again(request, "me/remove.html", lambda: _remove(request))


@require_safe
def drafts_key(request: HttpRequest) -> HttpResponse:
    newest, *older = [b64encode(key).decode() for key in queries.keys_of_drafts(seat_of(request))]
    return JsonResponse({"key": newest, "older": older})


def _change(request: HttpRequest) -> None:
    text = forms.chosen_passphrase(request.POST)
    actions.change_passphrase(the_house(), seat_of(request), proof_of(request.POST), text)


def _offer(request: HttpRequest) -> None:
    actions.offer_passphrase(the_house(), seat_of(request), forms.chosen_passphrase(request.POST))


def _offer_code(request: HttpRequest) -> None:
    actions.offer_code(the_house(), seat_of(request), proof_of(request.POST))


def _accept(request: HttpRequest) -> None:
    house = the_house()
    cookie = request.COOKIES[cookie_name(house.data)]
    actions.accept(house, seat_of(request), asked_words(request.POST), cookie)


def _remove(request: HttpRequest) -> None:
    actions.remove_passphrase(the_house(), seat_of(request), proof_of(request.POST))


def _done_or_again(
    request: HttpRequest,
    template: str,
    do: Callable[[], None],
    then: str = "privacy",
    *,
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """Do it and lead on; what a person can mend is said on the page they are on."""

    def done() -> HttpResponse:
        do()
        return HttpResponseRedirect(reverse(then), status=303)

    def again(sentence: str, status: int) -> HttpResponse:
        return _page(request, template, {**(more or {}), "sentence": sentence}, status)

    return done_or_again(request, done, again)


def _page(
    request: HttpRequest,
    template: str,
    more: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "privacy": queries.privacy_of(the_house(), seat_of(request)),
        "idle_choices": forms.IDLE_CHOICES,
    }
    return render(request, template, context | (more or {}), status=status)
