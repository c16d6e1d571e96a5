import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thaw.web.assets import asset_file
from thaw.web.house import the_house
from thaw.web.people.access import for_anyone


@for_anyone
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker from the root, so that every page lies in its scope.

    It names what Help now says, so that a browser takes it for a new one when that changes: the
    new one keeps Help now anew.
    """
    del request
    script = asset_file("worker.js").read_bytes()
    answer = HttpResponse(script + b"\n// %s\n" % _help_now(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"  # A new one is seen at the next page.
    return answer


@for_anyone
@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """Show what the worker keeps for when nobody answers: nothing of anyone's is on it."""
    return render(request, "away.html", {"door": "away"})


@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Count who reads or types without asking for a page; the middleware did so."""
    del request
    return HttpResponse(status=204)


def _help_now() -> bytes:
    """Return a name that follows from all that Help now says."""
    house = the_house()
    return hashlib.sha256(repr((house.help, house.countries)).encode()).hexdigest()[:16].encode()
