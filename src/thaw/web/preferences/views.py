from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from thaw.units import AccessError, DamageError, InputError, ThawError
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.seats import seat_of
from thaw.web.preferences import actions, page, queries
from thaw.web.preferences.actions import ChangedError
from thaw.web.preferences.body import Preferred
from thaw.web.preferences.forms import PreferencesForm, place_of

_KEPT = "kept"


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show what is preferred, or keep what was chosen."""
    if request.method == "POST":
        return _keep(request)
    try:
        kept = queries.kept_of(seat_of(request))
    except DamageError as error:
        return _page(request, Preferred(), (new_id(), 0), sentence=error.message)
    if kept is None:
        return _page(request, Preferred(), (new_id(), 0))
    return _page(request, kept.preferred, (kept.id, kept.version), is_kept=_KEPT in request.GET)


def _keep(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(the_house(), request.POST)
    try:
        place = place_of(request.POST)
        actions.keep(seat_of(request), form.right_preferred(), *place)
    except ChangedError as error:
        there = error.there
        return _again(request, form, (there.id, there.version), error)
    except InputError as error:
        return _again(request, form, _place_or_new(request), error)
    except (AccessError, DamageError) as error:
        return _again(request, form, (new_id(), 0), error, _GONE)
    return HttpResponseRedirect(f"{reverse('preferences')}?{_KEPT}", status=303)


_GONE = "What was kept before is no longer here, or can no longer be read. Keep this again."


def _place_or_new(request: HttpRequest) -> tuple[UUID, int]:
    try:
        return place_of(request.POST)
    except InputError:
        return new_id(), 0


def _again(
    request: HttpRequest,
    form: PreferencesForm,
    place: tuple[UUID, int],
    error: ThawError,
    sentence: str = "",
) -> HttpResponse:
    """Show the page with all that was chosen."""
    return _page(
        request,
        form.preferred(),
        place,
        problems=form.problems(),
        sentence=sentence or error.message,
        status=error.status,
    )


def _page(
    request: HttpRequest,
    preferred: Preferred,
    place: tuple[UUID, int],
    *,
    problems: dict[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
    is_kept: bool = False,
) -> HttpResponse:
    shown = page.page_of(the_house(), preferred, place, problems=problems, sentence=sentence)
    context = {"page": shown, "is_kept": is_kept}
    return render(request, "preferences/preferences.html", context, status=status)
