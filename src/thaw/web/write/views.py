from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import AccessError, ConflictError, DamageError, InputError, LimitError, ThawError
from thaw.web.errors import island
from thaw.web.folder import the_folder
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.seats import seat_of
from thaw.web.write import actions, days, forms, queries
from thaw.web.write.forms import Draft
from thaw.web.write.queries import Hit, Unreadable

_ON_TRASH_PAGE = 100
_GONE = "This note is no longer here. Keep it again, and it becomes a new one."
_DAMAGED = "What was kept before can no longer be read. Keep this again, and it becomes a new note."
_CUT = "<!-- found -->"


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    return _new(request, Draft())


@require_safe
def word(request: HttpRequest) -> HttpResponse:
    return _new(request, Draft(kind="word"))


@require_safe
def colour(request: HttpRequest) -> HttpResponse:
    return _new(request, Draft(kind="colour"))


@require_http_methods(["GET", "HEAD", "POST", "PUT"])
def note(request: HttpRequest, note: UUID) -> HttpResponse:
    if request.method == "PUT":
        return _keep_json(request, note)
    if request.method == "POST":
        return _keep_form(request, note)
    try:
        found = queries.note_of(seat_of(request), note)
    except DamageError as error:
        return _page(request, "write/unreadable.html", status=error.status)
    return _form(request, note, forms.draft_of(found), is_trashed=found.trashed_at is not None)


@require_safe
def kept(request: HttpRequest, note: UUID) -> HttpResponse:
    return _page(request, "write/kept.html", note=queries.note_of(seat_of(request), note))


@require_POST
def settle(request: HttpRequest, note: UUID) -> HttpResponse:
    draft = forms.draft_of_form(request.POST)
    other = forms.other_of(request.POST)
    try:
        choice = forms.choice_of(request.POST)
        meant = actions.settle(
            seat_of(request), note, choice, draft.version, draft.body(), draft.when(), other
        )
    except AccessError:
        return _again(request, new_id(), replace(draft, version=0), _GONE, 404)
    except ThawError as error:
        return _conflict(request, note, draft, error)
    return _see("note-kept", meant)


@require_POST
def trash_note(request: HttpRequest, note: UUID) -> HttpResponse:
    actions.trash(seat_of(request), note)
    return HttpResponseRedirect(f"{reverse('notes')}?trashed={note}", status=303)


@require_POST
def untrash_note(request: HttpRequest, note: UUID) -> HttpResponse:
    actions.untrash(seat_of(request), note)
    return _see("note", note)


@require_POST
def purge_note(request: HttpRequest, note: UUID) -> HttpResponse:
    actions.purge(seat_of(request), note)
    return _see("notes-trash")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    found = queries.notes_before(seat_of(request), request.GET.get("before", ""))
    trashed = forms.id_of(request.GET.get("trashed", ""))
    return _page(request, "write/list.html", listing=found, trashed=trashed)


@require_safe
def day(request: HttpRequest, day: str) -> HttpResponse:
    wanted = forms.day_in_address(day)
    found = queries.notes_on(seat_of(request), wanted)
    month = days.Month(wanted.year, wanted.month)
    return _page(request, "write/list.html", listing=found, day=wanted, month=month)


@require_safe
def calendar(request: HttpRequest, month: str = "") -> HttpResponse:
    today = days.today()
    wanted = days.month_of(month) if month else days.Month(today.year, today.month)
    found = queries.calendar_of(seat_of(request), wanted, today)
    return _page(request, "write/calendar.html", calendar=found, is_now=today in wanted.days())


@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    found = queries.trash_of(seat_of(request), datetime.now(UTC))
    shown = found[:_ON_TRASH_PAGE]
    more = len(found) - len(shown)
    return _page(request, "write/trash.html", notes=shown, count=len(found), more=more)


@require_POST
def empty_trash(request: HttpRequest) -> HttpResponse:
    try:
        actions.empty_trash(seat_of(request), forms.count_of(request.POST))
    except LimitError as error:
        return _page(request, "write/empty.html", count=error.fields["count"])
    return _see("notes-trash")


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request, "write/search.html", typed="")
    try:
        typed, words = forms.search_of(request.POST)
    except InputError as error:
        return _page(
            request, "write/search.html", typed="", sentence=error.message, status=error.status
        )
    if not words:
        return _page(request, "write/search.html", typed="")
    before = request.POST.get("before", "")
    hits = queries.hits_of(seat_of(request), words, before)
    context = _context(typed=typed, has_looked=True)
    head, _, tail = render_to_string("write/search.html", context, request).partition(_CUT)
    parts = _found(request, hits, {"typed": typed, "is_further": bool(before)})
    return StreamingHttpResponse(_around(head, parts, tail))


def _new(request: HttpRequest, draft: Draft) -> HttpResponse:
    return _form(request, new_id(), draft)


@island
def _keep_json(request: HttpRequest, note: UUID) -> HttpResponse:
    draft = forms.draft_of_json(request)
    row = actions.keep(seat_of(request), note, draft.version, draft.body(), draft.when())
    return JsonResponse({"version": row.version, "changed_at": row.changed_at.isoformat()})


def _keep_form(request: HttpRequest, note: UUID) -> HttpResponse:
    """Keep what a form sent; whatever stands in the way, the text comes back."""
    draft = forms.draft_of_form(request.POST)
    try:
        actions.keep(seat_of(request), note, draft.version, draft.body(), draft.when())
    except ConflictError as error:
        return _conflict(request, note, draft, error)
    except (AccessError, DamageError) as error:
        sentence = _GONE if isinstance(error, AccessError) else _DAMAGED
        return _again(request, new_id(), replace(draft, version=0), sentence, error.status)
    except ThawError as error:
        return _again(request, note, draft, error.message, error.status)
    return _see("note-kept", note)


def _conflict(request: HttpRequest, note: UUID, draft: Draft, error: ThawError) -> HttpResponse:
    """Show two texts and let the person choose; the one sent can still be changed."""
    try:
        theirs = queries.note_of(seat_of(request), note)
    except ThawError as trouble:
        return _again(request, note, draft, trouble.message, trouble.status)
    return _page(
        request,
        "write/conflict.html",
        status=error.status,
        sentence="" if isinstance(error, ConflictError) else error.message,
        id=note,
        yours=draft.mended(),
        theirs=theirs,
        other=new_id(),
    )


def _again(
    request: HttpRequest, note: UUID, draft: Draft, sentence: str, status: int
) -> HttpResponse:
    """Show the form with all that was sent; asks the store for nothing, as it may be gone."""
    return _page(
        request,
        "write/note.html",
        status=status,
        id=note,
        draft=draft.mended(),
        sentence=sentence,
        colours=the_house().prompts.colours,
        sats=queries.sat_options(the_house(), seat_of(request).session, forms.sat_in(draft)),
    )


def _form(
    request: HttpRequest, note: UUID, draft: Draft, *, is_trashed: bool = False
) -> HttpResponse:
    house, seat = the_house(), seat_of(request)
    return _page(
        request,
        "write/note.html",
        id=note,
        draft=draft,
        is_new=draft.version == 0,
        is_trashed=is_trashed,
        today=days.today(),
        tags=queries.earlier_tags(seat),
        sats=queries.sat_options(house, seat.session, forms.sat_in(draft)),
        colours=house.prompts.colours,
        beginnings=house.prompts.beginnings_of(days.today().toordinal()),
        nothing=new_id(),
    )


def _found(
    request: HttpRequest, hits: Iterator[Hit | Unreadable], about: dict[str, object]
) -> Iterator[str]:
    """Yield each hit as soon as it is found, and at the end how it went."""
    count, unreadable, sentence, last = 0, 0, "", ""
    try:
        for hit in hits:
            if isinstance(hit, Unreadable):
                unreadable += 1
                continue
            if count == queries.MOST_HITS:
                about = about | {"before": last}
                break
            count, last = count + 1, hit.note.cursor
            yield render_to_string("write/hit.html", {"hit": hit})
    except ThawError as error:
        sentence = error.message
    about = about | {"count": count, "unreadable": unreadable, "sentence": sentence}
    yield render_to_string("write/search_end.html", about, request)


def _around(head: str, parts: Iterator[str], tail: str) -> Iterator[str]:
    yield head
    yield from parts
    yield tail


def _page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    return render(request, template, _context(**context), status=status)


def _context(**context: object) -> dict[str, object]:
    folder = the_folder()
    return {"notice": folder.notice if folder else "", **context}


def _see(name: str, *args: object) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
