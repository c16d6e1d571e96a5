from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import ThawError
from thaw.web.course import actions, forms, queries
from thaw.web.folder import the_folder
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.seats import seat_of
from thaw.web.shelf.lists import new_seed
from thaw.web.today.page import BEFORE


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    return _render(
        request, "course/list.html", page=queries.courses_page(the_house(), seat_of(request))
    )


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, course: str, number: int) -> HttpResponse:
    """Show a day; keep that it was done, and what was written."""
    if request.method != "POST":
        return _day(request, course, number)
    seat = seat_of(request)
    page = queries.day_page(the_house(), seat, course, number)
    tag = forms.tag_of(page.course.title, number)
    try:
        said = forms.said_of(request.POST)
        actions.finish(
            seat, page.course.id, number, said.how, text=said.text, note=said.note, tag=tag
        )
    except ThawError as error:
        return _day(request, course, number, error)
    return _see("course-day-kept", course, number)


@require_safe
def kept(request: HttpRequest, course: str, number: int) -> HttpResponse:
    page = queries.day_page(the_house(), seat_of(request), course, number)
    return _render(request, "course/kept.html", page=page)


@require_POST
def take_back(request: HttpRequest, course: str, number: int) -> HttpResponse:
    """Forget that a day was done, also where the course is in the library no longer."""
    actions.take_back(seat_of(request), course, number)
    return _see("course-day", course, number)


def _day(
    request: HttpRequest, course: str, number: int, error: ThawError | None = None
) -> HttpResponse:
    """Show a day; what was sent and could not be kept stands in its field."""
    return _render(
        request,
        "course/day.html",
        status=error.status if error else 200,
        page=queries.day_page(the_house(), seat_of(request), course, number),
        text=forms.mended_text(request.POST) if error else "",
        sentence=error.message if error else "",
        note=new_id(),
        seed=new_seed(),
        before=BEFORE,
    )


def _render(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    folder = the_folder()
    told = {"notice": folder.notice if folder else "", **context}
    return render(request, template, told, status=status)


def _see(name: str, course: str, number: int) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[course, number]), status=303)
