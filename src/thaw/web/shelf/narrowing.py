"""What the library can be narrowed down by: closed lists, sent by POST and kept nowhere.

What one needs today and what one rests with say something about a person, so they stand in no
address (docs/adr/0136).
"""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from thaw.practice.parts import POSTURES
from thaw.web.house import House
from thaw.web.shelf import lists
from thaw.web.shelf.browsing import Narrowed
from thaw.web.shelf.forms import one_of, problems_in


class NarrowForm(forms.Form):
    """Every field may be left empty; one that is wrong is said and left out."""

    minutes = one_of(map(str, lists.ROOM_MINUTES), "Choose one of the lengths in the list.")
    posture = one_of(POSTURES, f"You can choose: {', '.join(POSTURES)}.")
    level = one_of(map(str, lists.LEVELS), "The level is 1, 2 or 3.")
    before = one_of(("yes",), "That can be chosen or left.")

    def __init__(self, house: House, given: QueryDict) -> None:
        super().__init__(given)
        self._add("need", house.needs.words, "Choose one of the list.")
        self._add("anchor", house.words.anchors, "Choose one of the list.")

    def _add(self, name: str, values: Iterable[str], sentence: str) -> None:
        self.fields[name] = one_of(values, sentence)

    def narrowed(self) -> Narrowed:
        """Return what was chosen, without what is wrong."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Narrowed(
            need=given.get("need", ""),
            minutes=int(given.get("minutes", 0)),
            posture=given.get("posture", ""),
            level=int(given.get("level", 0)),
            anchor=given.get("anchor", ""),
            is_before=bool(given.get("before")),
        )

    def problems(self) -> dict[str, str]:
        """Return what is wrong with each field, in one sentence each."""
        return problems_in(self)
