from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from thaw.units import LockedError, ThawError
from thaw.web.errors import wants_json
from thaw.web.house import the_house
from thaw.web.middleware import Request
from thaw.web.people import actions, queries
from thaw.web.people.access import for_anyone, quiet, while_locked
from thaw.web.people.doors import CLEAR, closed_page, locked_page, next_of
from thaw.web.people.proof import proof_of
from thaw.web.people.seats import seat_of
from thaw.web.person import cookie_name


@for_anyone
@require_safe
def open_link(request: Request, token: str) -> HttpResponse:
    house = the_house()
    if request.method == "HEAD":  # Whether it would; what looks ahead uses nothing up.
        return HttpResponse(status=204 if house.links.holds(token) else 401)
    cookie = request.COOKIES.get(cookie_name(house.data))
    let_in = actions.enter(house, token, cookie)
    if let_in is None:
        return closed_page(request, is_used=True)
    return _with_cookie(HttpResponseRedirect(reverse("home"), status=303), let_in)


@while_locked
@quiet
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: Request) -> HttpResponse:
    """Lock, or tell a page how it stands."""
    if request.method != "POST":
        told = queries.standing(the_house(), seat_of(request))
        return JsonResponse(told, status=LockedError.status if told["locked"] else 200)
    is_locked = actions.lock(seat_of(request))
    url = reverse("unlock" if is_locked else "cover")
    answer: HttpResponse = HttpResponseRedirect(url, status=303)
    if wants_json(request):
        answer = JsonResponse({"locked": is_locked, "url": url})
    for name, value in CLEAR.items():
        answer[name] = value
    return answer


@while_locked
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: Request) -> HttpResponseBase:
    seat = seat_of(request)
    if seat.key is not None:
        return _gone_on(request)
    if request.method != "POST":
        return locked_page(request, status=200)
    house = the_house()
    try:
        cookie = request.COOKIES[cookie_name(house.data)]
        token = actions.unlock(house, seat, cookie, proof_of(request.POST))
    except ThawError as error:
        if wants_json(request):
            raise
        return locked_page(request, error.message, error.status)
    return _with_cookie(_gone_on(request), token)


@while_locked
@quiet
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    return render(request, "people/cover.html")


def _gone_on(request: HttpRequest) -> HttpResponse:
    url = next_of(request)
    if wants_json(request):
        return JsonResponse({"locked": False, "url": url})
    return HttpResponseRedirect(url, status=303)


def _with_cookie(answer: HttpResponse, token: str) -> HttpResponse:
    """Give the browser its cookie, until it is closed; the session ends sooner by itself."""
    name = cookie_name(the_house().data)
    answer.set_cookie(name, token, httponly=True, samesite="Strict")
    return answer
