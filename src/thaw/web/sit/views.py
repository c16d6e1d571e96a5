from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from thaw.units import Samples
from thaw.web.errors import island
from thaw.web.house import the_house
from thaw.web.middleware import Request
from thaw.web.people.seats import seat_of
from thaw.web.sit import actions, queries
from thaw.web.sit.forms import at_of, audible_of
from thaw.web.sit.sittings import Sitting


@require_safe
def sitting(request: Request, sitting: str) -> HttpResponse:
    found = the_house().sittings.sitting(sitting, seat_of(request).session)
    return render(request, "sitting.html", {"sitting": queries.page_of(found)})


@require_POST
@island
def end(request: Request, sitting: str) -> HttpResponse:
    at_s = at_of(request)
    return _changed(request, *actions.end(the_house(), sitting, seat_of(request).session, at_s))


@require_POST
@island
def close(request: Request, sitting: str) -> HttpResponse:
    return _changed(
        request, actions.close(the_house(), sitting, seat_of(request).session), Samples(0)
    )


@require_POST
@island
def audible(request: Request, sitting: str) -> HttpResponse:
    wanted = audible_of(request)
    found = actions.hear(the_house(), sitting, seat_of(request).session, wanted)
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
    if request.content_type == "application/json":
        return JsonResponse(queries.revision_json(found, switch))
    return HttpResponseRedirect(reverse("sitting", args=[found.id]), status=303)
