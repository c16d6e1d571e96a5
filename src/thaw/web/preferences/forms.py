"""What a person may prefer: every field a closed list or a bounded number."""

from uuid import UUID

from django.http import QueryDict

from thaw.practice.answers import RESPONSES
from thaw.practice.parts import POSTURES
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.ids import row_of
from thaw.web.preferences.body import GUIDANCE, PAUSES, SIDES, Preferred
from thaw.web.sealed import checked_id
from thaw.web.shelf import lists
from thaw.web.shelf.forms import TastesForm, one_of


class PreferencesForm(TastesForm):
    """What is not given is as a practice or a level has it."""

    pauses = one_of(PAUSES, f"Pauses are {', '.join(PAUSES)}.")
    guidance = one_of(GUIDANCE, f"Guidance is {' or '.join(GUIDANCE)}.")
    posture = one_of(POSTURES, f"Here you can choose: {', '.join(POSTURES)}.")
    left = one_of(RESPONSES, "This is no answer that a half of the screen can give.")
    right = one_of(RESPONSES, "This is no answer that a half of the screen can give.")

    def __init__(self, house: House, given: QueryDict) -> None:
        super().__init__(house, given)
        anchors = tuple(house.words.anchors)
        self.fields["anchor"] = one_of(anchors, f"Here you can choose: {', '.join(anchors)}.")

    def preferred(self) -> Preferred:
        """Return what was chosen; the usual stands in for what is missing or wrong."""
        self.is_valid()
        given = self.cleaned_data
        return Preferred(
            voice=given.get("voice") or "",
            pace=int(given.get("pace") or lists.USUAL_PACE),
            pauses=given.get("pauses") or "usual",
            guidance=given.get("guidance") or "usual",
            bed=given.get("bed") or "",
            bed_volume=lists.volume_of(given.get("bed_volume")) or 2,
            avoid=tuple(sorted(given.get("avoid") or ())),
            silence_s=given.get("silence"),
            anchor=given.get("anchor") or None,
            posture=given.get("posture") or None,
            halves={side: given.get(side) or None for side in SIDES},
        )

    def right_preferred(self) -> Preferred:
        """Return what was chosen.

        Raises:
            InputError: ``choice.unknown``: the first field that is wrong, and what it can be.
        """
        for name, sentence in self.problems().items():
            raise InputError("choice.unknown", sentence, {"field": name})
        return self.preferred()


def place_of(given: QueryDict) -> tuple[UUID, int]:
    """Return which preferences a form was made from, and at which version.

    Raises:
        InputError: ``row.id``; ``choice.unknown``: it is no form of ours.
    """
    found = row_of(given.get("id", ""), given.get("version", ""))
    if found is None:
        raise InputError(
            "choice.unknown", "This page is not as it was made. Load it again.", {"field": "id"}
        )
    return checked_id(found[0]), found[1]
