from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from thaw.units import InputError
from thaw.web.home import actions, forms, queries
from thaw.web.house import the_house
from thaw.web.people.seats import seat_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the first screen until something was sat or checked in; then today's."""
    if not queries.is_new(seat_of(request)):
        return HttpResponseRedirect("/today", status=303)
    house = the_house()
    offer = queries.offer_of(house)
    actions.make_ready(house, forms.best_choices_of(house, offer))
    return render(request, "home.html", {"offer": offer})


@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """Ask one thing, how the words should come, and begin."""
    if request.method == "POST":
        return _begin(request)
    house = the_house()
    offer = queries.offer_of(house, forms.seed_of(request.GET))
    actions.make_ready(house, forms.best_choices_of(house, offer))
    return _page(request, offer)


def _begin(request: HttpRequest) -> HttpResponse:
    house, seed = the_house(), forms.seed_of(request.POST)
    try:
        choices = forms.choices_of(house, request.POST.get("voice", ""), seed)
        begun = actions.begin(house, seat_of(request), choices)
    except InputError as error:
        return _page(request, queries.offer_of(house, seed), error.message, error.status)
    if begun.sitting:
        return HttpResponseRedirect(reverse("sitting", args=[begun.sitting]), status=303)
    return _page(request, queries.offer_of(house, seed), begun.sentence, 202)


def _page(
    request: HttpRequest, offer: queries.Offer, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {"offer": offer, "sentence": sentence}
    return render(request, "home_first.html", context, status=status)
