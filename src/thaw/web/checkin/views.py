from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import AccessError, ConflictError, DamageError, ThawError
from thaw.web.checkin import actions, forms, phrases, queries
from thaw.web.checkin.forms import Sent
from thaw.web.checkin.sheet import Sheet
from thaw.web.checkin.way import Liked
from thaw.web.errors import island
from thaw.web.folder import the_folder
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.seats import Seat, seat_of
from thaw.web.write.days import today

_TWICE = (
    "This was kept before with other answers. Nothing is lost: the others stand under “earlier "
    "check-ins”, and these can be kept beside them."
)
_GONE = "This check-in is no longer here. Keep it again, and it becomes a new one."


@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep_form(request)
    latest = queries.latest_today(seat_of(request))
    onward = forms.next_of(request.GET.get("next", ""))
    return _form(request, new_id(), 0, Sent(), onward, latest=latest)


@require_http_methods(["GET", "HEAD", "PUT"])
def one(request: HttpRequest, checkin: UUID) -> HttpResponse:
    if request.method == "PUT":
        return _keep_json(request, checkin)
    entry, house = queries.checkin_of(seat_of(request), checkin), the_house()
    said = phrases.told(entry.body, house.feelings, house.figure)
    return _page(request, "checkin/one.html", entry=entry, said=said)


@require_safe
def change(request: HttpRequest, checkin: UUID) -> HttpResponse:
    entry = queries.checkin_of(seat_of(request), checkin)
    onward = forms.next_of(request.GET.get("next", ""))
    return _form(request, entry.id, entry.version, forms.sent_of(entry.body), onward)


@require_safe
def kept(request: HttpRequest, checkin: UUID) -> HttpResponse:
    entry = queries.checkin_of(seat_of(request), checkin)
    onward = forms.next_of(request.GET.get("next", ""))
    return _page(request, "checkin/kept.html", entry=entry, onward=onward)


@require_POST
def remove(request: HttpRequest, checkin: UUID) -> HttpResponse:
    actions.take_back(seat_of(request), checkin)
    return HttpResponseRedirect(f"{reverse('checkins')}?removed=yes", status=303)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    house = the_house()
    found = queries.checkins_before(seat_of(request), request.GET.get("before", ""))
    shown = [
        (entry, phrases.told(entry.body, house.feelings, house.figure)) for entry in found.entries
    ]
    removed = "removed" in request.GET
    return _page(request, "checkin/list.html", listing=found, shown=shown, removed=removed)


@require_http_methods(["GET", "HEAD", "POST", "PUT"])
def way(request: HttpRequest) -> HttpResponse:
    if request.method == "PUT":
        return _way_json(request)
    seat, figure = seat_of(request), the_house().figure
    if request.method == "POST":
        actions.ask_so(seat, forms.liked_of_form(request.POST, figure))
        return HttpResponseRedirect(reverse("checkin"), status=303)
    return _page(request, "checkin/way.html", figure=figure, liked=queries.liked_by(seat))


@island
def _keep_json(request: HttpRequest, checkin: UUID) -> HttpResponse:
    version, body = forms.body_of_json(request, the_house())
    row = actions.keep(seat_of(request), checkin, version, body, today())
    onward = forms.next_of(request.GET.get("next", ""))
    return JsonResponse({"version": row.version, "kept": forms.kept_address(row.id, onward)})


@island
def _way_json(request: HttpRequest) -> HttpResponse:
    actions.ask_so(seat_of(request), forms.liked_of_json(request, the_house().figure))
    return JsonResponse({"kept": reverse("checkin")})


def _keep_form(request: HttpRequest) -> HttpResponse:
    """Keep what a form sent; whatever stands in the way, the answers come back."""
    given = request.POST
    sent, id_, version = forms.sent_of_form(given), forms.id_of(given), forms.version_of(given)
    onward = forms.next_of(given.get("next", ""))
    if "more" in given:
        return _form(request, id_, version, sent, onward, rows=2 * forms.ROWS)
    try:
        actions.keep(seat_of(request), id_, version, forms.body_in(sent, the_house()), today())
    except (ConflictError, AccessError, DamageError) as error:
        # Under an id of its own it can be kept beside what is there.
        sentence = _GONE if isinstance(error, AccessError) else _TWICE
        return _form(request, new_id(), 0, sent, onward, sentence=sentence, status=error.status)
    except ThawError as error:
        return _form(
            request, id_, version, sent, onward, sentence=error.message, status=error.status
        )
    return HttpResponseRedirect(forms.kept_address(id_, onward), status=303)


def _form(
    request: HttpRequest,
    id_: UUID,
    version: int,
    sent: Sent,
    onward: str,
    *,
    rows: int = forms.ROWS,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    house, liked = the_house(), _liked(seat_of(request))
    return _page(
        request,
        "checkin/checkin.html",
        status=status,
        id=id_,
        version=version,
        onward=onward,
        rows=sent.with_rows(rows),
        sheet=Sheet(sent, liked, house.feelings, house.figure),
        **context,
    )


def _liked(seat: Seat) -> Liked:
    """Return how someone likes to be asked; the page is there also where the store fails."""
    try:
        return queries.liked_by(seat)
    except ThawError:
        return Liked()


def _page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    folder = the_folder()
    notice = folder.notice if folder else ""
    return render(request, template, {"notice": notice, **context}, status=status)
