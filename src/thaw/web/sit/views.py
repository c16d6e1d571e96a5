from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from thaw.practice.answers import END
from thaw.units import Samples
from thaw.web.errors import error_json, island
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.middleware import Request
from thaw.web.people.access import quiet
from thaw.web.people.seats import seat_of
from thaw.web.preferences.queries import preferred_of
from thaw.web.sit import actions, queries
from thaw.web.sit.addresses import after_url
from thaw.web.sit.answering import Given
from thaw.web.sit.forms import at_of, audible_of, plain_tap_of, report_of, tap_of, took_of
from thaw.web.sit.sittings import OtherRevisionError, Sitting


@require_safe
def sitting(request: Request, sitting: str) -> HttpResponse:
    found = the_house().sittings.sitting(sitting, seat_of(request).session)
    return _page(request, queries.page_of(found))


@require_POST
def respond(request: Request, sitting: str) -> HttpResponse:
    return (_respond if _is_json(request) else _respond_plainly)(request, sitting)


@island
def _respond(request: Request, sitting: str) -> HttpResponse:
    try:
        found, told = actions.respond(the_house(), seat_of(request), sitting, tap_of(request))
    except OtherRevisionError as error:
        return _other(error)
    return JsonResponse(queries.told_json(found, told))


def _respond_plainly(request: Request, sitting: str) -> HttpResponse:
    """Answer on the page itself: without scripts no sound can be changed while it plays."""
    house, seat = the_house(), seat_of(request)
    passed_s = house.sittings.passed_s(house.sittings.sitting(sitting, seat.session))
    given = plain_tap_of(request.POST, passed_s)
    found, told = actions.note_tap(house, seat, sitting, given)
    return _page(request, queries.page_of(found, told))


def _page(request: HttpRequest, page: queries.SittingPage) -> HttpResponse:
    halves = preferred_of(seat_of(request)).halves
    # Without scripts only this answer can show what comes after a stop.
    is_stopped = request.method == "POST" and page.how == "stopped"
    shown = {"sitting": page, "halves": halves, "is_stopped": is_stopped}
    return render(request, "sitting.html", shown)


@require_POST
@quiet
@island
def took(request: Request, sitting: str) -> HttpResponse:
    revision = took_of(request)
    try:
        found = actions.take(the_house(), seat_of(request), sitting, revision)
    except OtherRevisionError as error:
        return _other(error)
    return JsonResponse({"revision": found.held.number})


@require_POST
@quiet
@island
def heard(request: Request, sitting: str) -> HttpResponse:
    report = report_of(request)
    found = actions.hear_of(the_house(), seat_of(request), sitting, report)
    if _is_json(request):
        return JsonResponse({"after": after_url(found)})
    return HttpResponseRedirect(after_url(found), status=303)


@require_POST
@island
def end(request: Request, sitting: str) -> HttpResponse:
    given = Given(new_id(), END, at_of(request), revision=None)
    found, told = actions.respond(the_house(), seat_of(request), sitting, given)
    return _changed(request, found, told.switch)


@require_POST
@island
def close(request: Request, sitting: str) -> HttpResponse:
    return _changed(request, actions.close(the_house(), seat_of(request), sitting), Samples(0))


@require_POST
@island
def audible(request: Request, sitting: str) -> HttpResponse:
    wanted = audible_of(request)
    found = actions.hear(the_house(), seat_of(request), sitting, wanted)
    return _changed(request, found, Samples(0))


@require_safe
def captions(request: Request, sitting: str, revision: int) -> HttpResponse:
    text = queries.captions_of(the_house(), sitting, seat_of(request).session, revision)
    return HttpResponse(text, content_type="text/vtt; charset=utf-8")


@require_safe
def transcript(request: Request, sitting: str, revision: int) -> HttpResponse:
    text = queries.transcript_of(the_house(), sitting, seat_of(request).session, revision)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def native(request: HttpRequest, **named: object) -> HttpResponse:
    """Stand for what ``thaw.web.audio`` answers before Django is asked."""
    del request, named
    raise Http404


def _changed(request: HttpRequest, found: Sitting, switch: Samples) -> HttpResponse:
    """Answer an island with the new state, and a plain form with the page again."""
    if _is_json(request):
        return JsonResponse(queries.held_json(found, switch))
    return HttpResponseRedirect(reverse("sitting", args=[found.id]), status=303)


def _other(error: OtherRevisionError) -> JsonResponse:
    """Answer a player that is not where its sitting is with what it can go on with."""
    told = {"error": error_json(error), **queries.held_json(error.sitting, Samples(0))}
    return JsonResponse(told, status=error.status)


def _is_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"
