from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import ConflictError, InputError, SettingError
from thaw.web.folder import the_folder
from thaw.web.house import House, the_house
from thaw.web.people.seats import seat_of
from thaw.web.shelf import actions as shelf
from thaw.web.sound import SILENT
from thaw.web.today import actions, forms
from thaw.web.today.body import KINDS, LASTED, NOTHING
from thaw.web.today.forms import UnwelcomeForm
from thaw.web.today.page import BEFORE, Today, log_of, today_of
from thaw.web.today.queries import local_now


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    house = the_house()
    page = today_of(house, seat_of(request), local_now())
    _make_ready(house, page)
    return _page(request, "today/today.html", page=page, before=BEFORE)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    kind, value = forms.decision_of_form(request.POST)
    actions.decide(seat_of(request), kind, value)
    return _see("today")


@require_http_methods(["GET", "HEAD", "POST"])
def unwelcome(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _log(request, UnwelcomeForm())
    form = forms.unwelcome_of_form(request.POST)
    try:
        actions.note_unwelcome(seat_of(request), form.kinds, form.lasted, id_=form.id)
    except InputError as error:
        return _log(request, form, sentence=error.message, status=error.status)
    except ConflictError:
        sentence = (
            "This was kept before with other answers. To keep these as well, send them again."
        )
        return _log(request, UnwelcomeForm(form.kinds, form.lasted), sentence=sentence, status=409)
    return HttpResponseRedirect(f"{reverse('today-unwelcome')}?kept=1", status=303)


@require_POST
def remove_unwelcome(request: HttpRequest, entry: UUID) -> HttpResponse:
    actions.remove_unwelcome(seat_of(request), entry)
    return HttpResponseRedirect(f"{reverse('today-unwelcome')}?removed={entry}", status=303)


@require_POST
def return_unwelcome(request: HttpRequest, entry: UUID) -> HttpResponse:
    actions.return_unwelcome(seat_of(request), entry)
    return _see("today-unwelcome")


def _make_ready(house: House, page: Today) -> None:
    """Voice what is suggested while one reads; what does not work is told where it is begun."""
    if page.offer is None or page.choices is None or page.voice in ("", SILENT):
        return
    with suppress(InputError, SettingError):
        shelf.voice(house, house.shelf.published(page.offer.id), page.choices, again=False)


def _log(
    request: HttpRequest, form: UnwelcomeForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    return _page(
        request,
        "today/unwelcome.html",
        status=status,
        form=form,
        kinds={kind: words for kind, words in KINDS.items() if kind != NOTHING},
        lasted=LASTED,
        log=log_of(seat_of(request)),
        sentence=sentence,
        is_kept="kept" in request.GET,
        removed=_id(request.GET.get("removed", "")),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    folder = the_folder()
    told = {"notice": folder.notice if folder else "", **context}
    return render(request, template, told, status=status)


def _see(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=303)
