from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thaw.web.people.access import for_anyone


@for_anyone
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


@for_anyone
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    return render(request, "leave.html")
