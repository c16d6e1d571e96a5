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
    seat, house = seat_of(request), the_house()
    if not queries.is_new(seat):
        return HttpResponseRedirect(reverse("today"), status=303)
    offer = queries.offer_of(house, seat)
    actions.make_ready(house, forms.best_choices_of(house, seat, offer))
    return render(request, "home.html", {"offer": offer})


@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """Ask one thing, how the words should come, and begin."""
    if request.method == "POST":
        return _begin(request)
    seat, house = seat_of(request), the_house()
    offer = queries.offer_of(house, seat)
    actions.make_ready(house, forms.best_choices_of(house, seat, offer))
    return _page(request, offer)


def _begin(request: HttpRequest) -> HttpResponse:
    house, seat = the_house(), seat_of(request)
    try:
        choices = forms.choices_of(house, seat, request.POST.get("voice", ""))
        begun = actions.begin(house, seat, choices)
    except InputError as error:
        return _page(request, queries.offer_of(house, seat), error.message, error.status)
    if begun.sitting:
        return HttpResponseRedirect(reverse("sitting", args=[begun.sitting]), status=303)
    return _page(request, queries.offer_of(house, seat), begun.sentence, 202)


def _page(
    request: HttpRequest, offer: queries.Offer, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {"offer": offer, "sentence": sentence}
    return render(request, "home_first.html", context, status=status)
