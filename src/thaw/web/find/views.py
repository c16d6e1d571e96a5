from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from thaw.web.find import forms, queries
from thaw.web.house import the_house


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Show what fits; what was typed comes back on the page and is nowhere afterwards."""
    asked = forms.asked_in(request.POST)
    page = queries.page_of(the_house(), asked.words)
    return render(request, "find/find.html", {"asked": asked, "page": page})
