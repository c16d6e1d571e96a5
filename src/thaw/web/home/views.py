from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thaw.web.home import queries
from thaw.web.house import the_house


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    offer = queries.offer_of(the_house())
    return render(
        request, "home.html", {"offer": offer, "practice": offer.practice, "drawing": offer.drawing}
    )
