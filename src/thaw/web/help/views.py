from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import ConflictError
from thaw.web.errors import done_or_again, wants_json
from thaw.web.help import actions, forms, queries
from thaw.web.help.body import Own, checked, mended
from thaw.web.house import the_house
from thaw.web.people.access import for_anyone, while_locked
from thaw.web.people.keyring import has_passphrase
from thaw.web.people.seats import seat_of

_CHANGED = (
    "This was changed somewhere else meanwhile. What you typed is below, and what is kept now "
    "stands under it. Keep it again, and yours takes its place."
)


@for_anyone
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html", {"writes_first": forms.writes_first(request.GET)})


@for_anyone
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    return render(request, "leave.html")


@while_locked
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show Help now with what is one's own; while locked, with what one lets be read then."""
    seat = seat_of(request)
    others = queries.everything_of(seat).others if seat.key else ()
    more = {
        "others": others,
        "is_home": True,
        "writes_first": forms.writes_first(request.GET),
    }
    return render(request, "help/mine.html", more)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    newest = queries.everything_of(seat_of(request)).newest
    return _form(request, newest.own if newest else Own(), newest.version if newest else 0)


@require_POST
def country(request: HttpRequest) -> HttpResponse:
    """Keep the country alone: from Help now on any page, so that nobody is led away from it."""
    chosen = forms.country_of(request.POST, queries.country_ids(the_house()))
    actions.keep_country(seat_of(request), chosen)
    return JsonResponse({"country": chosen}) if wants_json(request) else _see("help-mine")


@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """Tell what it means that something can be read while locked, and take what was chosen."""
    if request.method != "POST":
        return _locked(request)
    return done_or_again(
        request, lambda: _show(request), lambda said, status: _locked(request, said, status)
    )


@require_POST
def use(request: HttpRequest) -> HttpResponse:
    actions.use(seat_of(request), forms.id_of(request.POST))
    return _see("help-mine")


def _show(request: HttpRequest) -> HttpResponse:
    actions.show_while_locked(seat_of(request), forms.parts_of(request.POST))
    return _see("help-mine")


def _keep(request: HttpRequest) -> HttpResponse:
    own, version = forms.own_of(request.POST), forms.version_of(request.POST)
    try:
        return done_or_again(
            request,
            lambda: _kept(request, own, version),
            lambda said, status: _form(request, mended(own), version, said, status),
        )
    except ConflictError as error:
        if wants_json(request):
            raise
        newest = queries.everything_of(seat_of(request)).newest
        now = newest.version if newest else 0
        return _form(request, mended(own), now, _CHANGED, error.status, newest)


def _kept(request: HttpRequest, own: Own, version: int) -> HttpResponse:
    countries = queries.country_ids(the_house())
    actions.keep(seat_of(request), version, checked(own, countries))
    return _see("help-mine")


def _form(
    request: HttpRequest,
    own: Own,
    version: int,
    sentence: str = "",
    status: int = 200,
    now_kept: queries.Kept | None = None,
) -> HttpResponse:
    context = {"own": own, "version": version, "sentence": sentence, "now_kept": now_kept}
    return render(request, "help/edit.html", context, status=status)


def _locked(request: HttpRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    context = {"sentence": sentence, "has_passphrase": has_passphrase(seat_of(request).person_id)}
    return render(request, "help/locked.html", context, status=status)


def _see(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=303)
