from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thaw.units import AccessError, ThawError
from thaw.web.folder import the_folder
from thaw.web.house import the_house
from thaw.web.ids import new_id
from thaw.web.people.seats import seat_of
from thaw.web.words import actions, forms, queries
from thaw.web.words.queries import ScenePage
from thaw.web.write.days import today


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    return render(request, "words/list.html", {"lexicon": the_house().lexicon})


@require_safe
def word(request: HttpRequest, word: str) -> HttpResponse:
    return render(
        request, "words/word.html", {"page": queries.word_page(the_house().lexicon, word)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Show a scene; once a word is picked, its four shades. Nothing of it is kept."""
    lexicon = the_house().lexicon
    if request.method == "POST":
        given = request.POST
        page = queries.picked_page(lexicon, given.get("scene", ""), given.get("picked", ""))
        return _shades(request, page, page.word)
    found = queries.scene_page(lexicon, request.GET.get("scene", ""), today().toordinal())
    if found is None:
        raise AccessError("word.no_scene", "There are no scenes here. All words: /words.")
    return render(request, "words/scene.html", {"page": found})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep a word as a note; whatever stands in the way, it comes back."""
    kept = forms.kept_of_form(request.POST)
    page = queries.picked_page(the_house().lexicon, kept.scene, kept.picked)
    try:
        note = actions.keep_word(seat_of(request), kept.id, kept.word)
    except ThawError as error:
        return _shades(request, page, kept.mended, error)
    return HttpResponseRedirect(reverse("note-kept", args=[note]), status=303)


def _shades(
    request: HttpRequest, page: ScenePage, word: str, error: ThawError | None = None
) -> HttpResponse:
    folder = the_folder()
    context = {
        "page": page,
        "word": word,
        "note": new_id(),
        "notice": folder.notice if folder else "",
        "sentence": error.message if error else "",
    }
    return render(request, "words/shades.html", context, status=error.status if error else 200)
