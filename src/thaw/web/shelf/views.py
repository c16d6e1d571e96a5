from dataclasses import replace
from http import HTTPStatus

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.practice.parts import Practice
from thaw.practice.plan import Plan
from thaw.units import InputError, OutsideError, SettingError
from thaw.web.booth import Voicing
from thaw.web.errors import error_json, island, wants_json
from thaw.web.house import House, the_house
from thaw.web.middleware import Request
from thaw.web.own import Own
from thaw.web.people.seats import seat_of
from thaw.web.preferences.queries import preferred_of
from thaw.web.shelf import actions, before, browsing, lists, plans, queries
from thaw.web.shelf.forms import ChoicesForm
from thaw.web.shelf.lists import new_seed
from thaw.web.shelf.narrowing import NarrowForm
from thaw.web.shelf.stepping import steps_of


@require_http_methods(["GET", "HEAD", "POST"])
def library(request: HttpRequest) -> HttpResponse:
    """Show the library; what a form narrows it down by comes back on the page alone."""
    house = the_house()
    house.expect_search()
    problems = dict[str, str]()
    try:
        form = NarrowForm(house, request.POST)
        page = browsing.library_of(house, seat_of(request), form.narrowed())
        problems = form.problems()
    except SettingError as error:  # No practice can be played; the rest of the library is read.
        page = browsing.Library(trouble=error.message)
    context = {"page": page, "problems": problems}
    return render(request, "library.html", context, status=422 if problems else 200)


@require_safe
def practice(request: HttpRequest, practice: str) -> HttpResponse:
    house = the_house()
    found = house.shelf.published(practice)
    form = _form(request, found, request.GET, seed=new_seed())
    wrong = next(iter(form.problems().values()), "")
    return _page(request, house, found, form, sentence=wrong, status=422 if wrong else 200)


@require_safe
def text(request: HttpRequest, practice: str) -> HttpResponse:
    house = the_house()
    found = house.shelf.published(practice)
    form = _form(request, found, request.GET)
    steps, sentence, status = None, "", 200
    try:
        steps = steps_of(house, found, form.right_choices())
    except InputError as error:
        sentence, status = error.message, error.status
    named = {posture: posture for posture in lists.postures_of(found)}
    postures = queries.options(named, steps.posture if steps else None)
    context = {"practice": found, "steps": steps, "sentence": sentence, "postures": postures}
    return render(request, "practice_text.html", context, status=status)


@require_safe
@island
def plan(request: HttpRequest, practice: str) -> JsonResponse:
    house = the_house()
    found = house.shelf.published(practice)
    choices = _form(request, found, request.GET).right_choices()
    try:
        now = plans.voicing_of(house, found, choices)
        shape = plans.plan_json(plans.planned(house, found, choices).plan)
    except InputError as error:
        trouble = queries.trouble_json(house, found, choices, error)
        return JsonResponse({"error": trouble}, status=error.status)
    told = plans.voicing_json(house, choices, now)
    return JsonResponse(shape | {"voicing": told, "error": None})


@require_http_methods(["GET", "HEAD", "POST"])
@island
def voicing(request: HttpRequest, practice: str) -> JsonResponse:
    house = the_house()
    found = house.shelf.published(practice)
    given = request.POST if request.method == "POST" else request.GET
    choices = _form(request, found, given).right_choices()
    now = actions.voice(house, found, choices, again=request.method == "POST")
    return JsonResponse(plans.voicing_json(house, choices, now))


@require_POST
def begin(request: Request, practice: str) -> HttpResponse:
    house = the_house()
    found = house.shelf.published(practice)
    form = _form(request, found, request.POST)
    try:
        choices = form.choices_to_sit()
        own = actions.make_own(house, found, choices)
        planned = plans.planned(house, found, choices, own)
    except (InputError, OutsideError) as error:
        if wants_json(request):
            raise
        return _page(request, house, found, form, sentence=error.message, status=error.status)
    if planned.exact:
        card = before.card_before(house, seat_of(request), found, request.POST)
        if card is not None:
            return _read_first(request, found, card)
        return _begun(request, _sitting(request, found, planned.plan, own))
    # A word that was given is for nobody else's ears: no line with it goes to the booth.
    now = actions.voice(house, found, replace(choices, asked=()), again=True)
    if wants_json(request):
        return JsonResponse(
            {"voicing": plans.voicing_json(house, choices, now)}, status=HTTPStatus.ACCEPTED
        )
    return _page(request, house, found, form, sentence=_not_yet(now), status=HTTPStatus.ACCEPTED)


def _form(request: HttpRequest, found: Practice, given: QueryDict, *, seed: int = 0) -> ChoicesForm:
    preferred = preferred_of(seat_of(request))
    return ChoicesForm(the_house(), found, given, preferred=preferred, seed=seed)


def _sitting(request: HttpRequest, found: Practice, plan: Plan, own: Own | None) -> str:
    """Begin a sitting and return its id; the voice is there the next time."""
    seat = seat_of(request)
    actions.remember_voice(seat, preferred_of(seat), plan.voice)
    return actions.begin(the_house(), found, plan, seat.session, own).id


def _read_first(request: HttpRequest, found: Practice, card: before.Card) -> HttpResponse:
    """Show a card; what was chosen goes on with it."""
    if wants_json(request):
        error = before.unread(card)
        told = {"error": error_json(error), "card": before.card_json(card)}
        return JsonResponse(told, status=error.status)
    context = {"practice": found, "card": card, "carried": before.carried(request.POST)}
    return render(request, "read_first.html", context)


def _begun(request: HttpRequest, sitting: str) -> HttpResponse:
    url = reverse("sitting", args=[sitting])
    if wants_json(request):
        return JsonResponse({"url": url}, status=201, headers={"Location": url})
    return HttpResponseRedirect(url, status=303)


def _not_yet(now: Voicing) -> str:
    return now.trouble or (
        f"The voice is being made ready: {now.done} of {now.total} lines are there. "
        "Press the button again in a moment."
    )


def _page(
    request: HttpRequest,
    house: House,
    found: Practice,
    form: ChoicesForm,
    *,
    sentence: str,
    status: int,
) -> HttpResponse:
    page = queries.page_of(
        house,
        found,
        form.choices(),
        voice=form.voice_given(),
        problems=form.problems(),
        sentence=sentence or form.gone,
        asked=form.asked if request.method == "POST" else {},
    )
    context = {
        "card": page.card,
        "practice": page.card,
        "text": page.text,
        "drawing": page.drawing,
        "form": page.form,
        "voices": page.voices,
        "notices": page.notices,
        "voicing": page.voicing,
        "sentence": page.sentence,
        "waits": status == HTTPStatus.ACCEPTED,
        "another": page.another,
    }
    return render(request, "practice.html", context, status=status)
