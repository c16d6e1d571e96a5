from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from thaw.units import ThawError
from thaw.web.after import actions, forms, queries
from thaw.web.after.queries import FELT, AfterPage
from thaw.web.folder import the_folder
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.seats import seat_of
from thaw.web.today.body import KINDS, LASTED, NOTHING
from thaw.web.write.days import today


@require_http_methods(["GET", "HEAD", "POST"])
def after(request: HttpRequest, sat: UUID) -> HttpResponse:
    """Ask how it was, once and lightly; keep what is said."""
    if request.method == "POST":
        return _say(request, sat)
    page = queries.after_of(the_house(), seat_of(request), sat)
    if "came" in request.GET and page.asks_unwelcome:
        return _came(request, page)
    return _page(request, "after/after.html", page, is_asked="again" in request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest) -> HttpResponse:
    """Offer what is offered once, one thing on each page."""
    seat = seat_of(request)
    if request.method == "POST":
        actions.skip(seat, forms.step_in(request.POST))
        return _see(reverse("first-steps"))
    step = queries.next_step(seat)
    if step is None:
        return _see(reverse("today"))
    return render(request, "after/step.html", {"step": step})


def _say(request: HttpRequest, sat: UUID) -> HttpResponse:
    """Keep what was said and go on; whatever stands in the way, the line comes back."""
    seat = seat_of(request)
    page = queries.after_of(the_house(), seat, sat)
    try:
        said = forms.said_of(request.POST)
        actions.say(seat, sat, said)
        if "go" in request.POST and page.asks_unwelcome and not said.kinds:
            actions.pass_over(seat)
    except ThawError as error:
        return _again(request, sat, error)
    if request.POST.get("came") == "yes":
        return _see(f"{reverse('after', args=[sat])}?came=1")
    return _see(_onward(request.POST.get("go", ""), page))


def _onward(go: str, page: AfterPage) -> str:
    here = reverse("after", args=[page.id])
    if go == "checkin":
        return f"{reverse('checkin')}?next={here.removeprefix('/')}"
    if go:
        return reverse("first-steps" if page.is_first else "today")
    return here


def _again(request: HttpRequest, sat: UUID, error: ThawError) -> HttpResponse:
    """Show what was said once more, with a sentence; a line that was kept has an id of its own."""
    page = queries.after_of(the_house(), seat_of(request), sat)
    if error.code == "today.unwelcome":
        return _came(request, page, error.message, error.status)
    line = forms.mended_line(request.POST)
    return _page(
        request, "after/after.html", page, status=error.status, sentence=error.message, line=line
    )


def _came(
    request: HttpRequest, page: AfterPage, sentence: str = "", status: int = 200
) -> HttpResponse:
    return _page(
        request,
        "after/came.html",
        page,
        status=status,
        sentence=sentence,
        form={"kinds": request.POST.getlist("kinds"), "lasted": request.POST.get("lasted", "")},
        kinds={kind: words for kind, words in KINDS.items() if kind != NOTHING},
        lasted=LASTED,
    )


def _page(
    request: HttpRequest, template: str, page: AfterPage, *, status: int = 200, **context: object
) -> HttpResponse:
    folder = the_folder()
    shared: dict[str, object] = {
        "page": page,
        "felts": FELT,
        "note": new_id(),
        "day": today().isoformat(),
        "unwelcome": new_id(),
        "notice": folder.notice if folder else "",
    }
    return render(request, template, shared | context, status=status)


def _see(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
