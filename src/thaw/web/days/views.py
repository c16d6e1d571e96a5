from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.exchange.ical import NEUTRAL, calendar_of
from thaw.guide.schedule import EVERY_DAY, day_of, minutes_offered
from thaw.units import AccessError, DamageError, InputError, ThawError
from thaw.web.days import actions, forms, page, queries
from thaw.web.days.actions import ChangedError
from thaw.web.days.body import ANCHORS, OWN, WHAT
from thaw.web.days.forms import Typed
from thaw.web.days.page import WEEKDAYS
from thaw.web.days.queries import Kept
from thaw.web.days.zones import zone_here
from thaw.web.errors import done_or_again, island
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.access import for_anyone, quiet
from thaw.web.people.keyring import has_passphrase
from thaw.web.people.seats import Seat, seat_of

FILE_NAME = "a-quiet-minute.ics"

_GONE = "The plan was stopped in another window. Keep this, and it begins anew."


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """Show the plan as it stands; where there is none, the form that sets one."""
    seat = seat_of(request)
    try:
        kept = queries.kept_of(seat)
    except DamageError as error:
        return _form(request, Typed(zone=zone_here().key), (new_id(), 0), error.message)
    if kept is None:
        return _form(request, Typed(zone=zone_here().key), (new_id(), 0))
    context = {"plan": page.shown_of(seat, kept, _now()), "is_kept": "kept" in request.GET}
    return render(request, "days/days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    seat = seat_of(request)
    kept = actions.readable(seat)
    if kept is None:
        return _see("days")
    standing = queries.standing(seat.person_id, kept.timed, _now())
    return _form(request, forms.typed_in(kept.timed, kept.body, standing), _place(kept))


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Pause, go on, be as large as before, stop, or take back that it was stopped."""
    seat, now = seat_of(request), _now()
    decision = forms.decision_of(request.POST, forms.DECISIONS)
    if decision == "stop":
        stopped = actions.stop(seat)
        return HttpResponseRedirect(f"{reverse('days')}?stopped={stopped}", status=303)
    if decision == "bring-back":
        actions.bring_back(seat, forms.stopped_of(request.POST))
    else:
        _DECIDED[decision](seat, now)
    return _see("days")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Tell what calendars can have, make or take away an address, choose what they say."""
    if request.method != "POST":
        return _calendar(request)
    return done_or_again(
        request,
        lambda: _decide_calendar(request),
        lambda said, status: _calendar(request, said, status),
    )


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give the calendar as a file to keep."""
    seat, now = seat_of(request), _now()
    kept = queries.kept_of(seat)
    if kept is None:
        raise AccessError("days.none_set", "There is no plan of days yet. Set one first.")
    told = queries.appointment_of(seat.person_id, kept.timed, kept.body.words, now)
    answer = _as_calendar(calendar_of(told, now))
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


@quiet
@island
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Tell a page that is open what is due, and when to ask again."""
    return _told(seat_of(request))


@island
@require_POST
def let_be(request: HttpRequest) -> HttpResponse:
    """Put the reminder away for this day."""
    seat = seat_of(request)
    kept = queries.kept_of(seat)
    if kept is not None:
        day = day_of(_now(), kept.timed.zone, kept.timed.plan.day_ends)
        the_house().resting.put_away(seat.person_id, day)
    return _told(seat)


@for_anyone
@require_safe
def feed(request: HttpRequest, address: str) -> HttpResponse:
    """Give the calendar to whoever has its address: a schedule, and nothing else of a person."""
    del request
    try:
        return _as_calendar(queries.calendar_at(address, _now()))
    except AccessError as error:
        return HttpResponse(
            f"{error.message}\n", status=error.status, content_type="text/plain; charset=utf-8"
        )


_DECIDED: Mapping[str, Callable[[Seat, datetime], None]] = {
    "pause": actions.pause,
    "go-on": actions.go_on,
    "as-before": actions.as_before,
}


def _keep(request: HttpRequest) -> HttpResponse:
    seat, now = seat_of(request), _now()
    typed = forms.typed_of(request.POST)
    before, days_done = page.offered_of(seat, actions.readable(seat), now)
    try:
        place = forms.place_of(request.POST)
        body = forms.body_of(request.POST)
        timed = forms.timed_of(request.POST, place, before, days_done, now)
        actions.keep(seat, place, body, timed, now)
    except ChangedError as error:
        there = error.there
        if there is None:
            return _form(request, typed, (new_id(), 0), _GONE, error.status)
        return _form(request, typed, _place(there), error.message, error.status)
    except InputError as error:
        return _form(request, typed, _place_or_new(request), error.message, 422, _field(error))
    return HttpResponseRedirect(f"{reverse('days')}?kept", status=303)


def _decide_calendar(request: HttpRequest) -> HttpResponse:
    seat = seat_of(request)
    match forms.decision_of(request.POST, forms.CALENDAR_DECISIONS):
        case "make":
            actions.make_address(seat)
        case "take-away":
            actions.take_address_away(seat)
        case "neutral":
            actions.say(seat, "")
        case _:
            actions.say(seat, forms.words_of(request.POST))
    return _see("days-calendar")


def _calendar(request: HttpRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    seat = seat_of(request)
    kept = actions.readable(seat)
    has_feed = queries.has_feed(seat.person_id)
    if kept is None and not has_feed:
        return _see("days")
    token = queries.token_in(seat, kept.body if kept else None)
    path = reverse("days-feed", args=[token]) if token else ""
    context = {
        "has_plan": kept is not None,
        "has_feed": has_feed,
        "address": request.build_absolute_uri(path) if path else "",
        "words": (kept.body.words if kept else "") or NEUTRAL,
        "is_own": bool(kept and kept.body.words),
        "typed": request.POST.get("words", ""),
        "has_passphrase": has_passphrase(seat.person_id),
        "sentence": sentence,
        "ahead_months": page.MOST_AHEAD_DAYS // 30,
    }
    return render(request, "days/calendar.html", context, status=status)


def _form(
    request: HttpRequest,
    typed: Typed,
    place: tuple[UUID, int],
    sentence: str = "",
    status: int = 200,
    wrong: str = "",
) -> HttpResponse:
    """Show the form with what stands in it; ``wrong`` is the field that is to be mended."""
    seat = seat_of(request)
    kept = actions.readable(seat)
    before, days_done = page.offered_of(seat, kept, _now())
    context = {
        "typed": typed,
        "id": place[0],
        "version": place[1],
        "has_plan": kept is not None,
        "sentence": sentence,
        "wrong": wrong,
        "is_more_open": wrong not in ("", "at", "anchor", "minutes"),
        "minutes": [str(each) for each in minutes_offered(before, days_done)],
        "what": {value: words for value, words in WHAT.items() if value != OWN},
        "weekdays": [(str(day), WEEKDAYS[day]) for day in sorted(EVERY_DAY)],
        "anchors": ANCHORS,
        "stopped": _id(request.GET.get("stopped", "")),
        "has_feed": kept is None and queries.has_feed(seat.person_id),
    }
    return render(request, "days/change.html", context, status=status)


def _told(seat: Seat) -> JsonResponse:
    found = page.reminder_of(seat, the_house().resting, _now())
    words, url = found.go or ("", "")
    return JsonResponse(
        {
            "line": found.line,
            "go": {"words": words, "url": url} if url else None,
            "left_s": round(found.left_s, 1),
            "wait_s": None if found.wait_s is None else round(found.wait_s, 1),
        }
    )


def _as_calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _place(kept: Kept) -> tuple[UUID, int]:
    return kept.timed.id, kept.timed.version


def _place_or_new(request: HttpRequest) -> tuple[UUID, int]:
    try:
        return forms.place_of(request.POST)
    except InputError:
        return new_id(), 0


def _field(error: ThawError) -> str:
    return str(error.fields.get("field", ""))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _now() -> datetime:
    return the_house().idle.clocks.now()


def _see(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=303)
