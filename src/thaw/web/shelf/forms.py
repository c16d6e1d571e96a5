"""What a person may choose for a sitting: every field a closed list or a bounded number."""

from collections.abc import Iterable
from typing import Literal, cast

from django import forms
from django.http import QueryDict

from thaw.practice.parts import Practice
from thaw.practice.plan import Choices
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.shelf import lists
from thaw.web.sound import SILENT


def _one_of(values: Iterable[str], sentence: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False,
        choices=[(value, value) for value in values],
        error_messages={"invalid_choice": sentence},
    )


def _number(least: int, most: int, sentence: str) -> forms.IntegerField:
    words = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(required=False, min_value=least, max_value=most, error_messages=words)


class ChoicesForm(forms.Form):
    """Minutes and seconds add up; what is not given is the practice's usual."""

    minutes = _number(0, 60, "Minutes are a whole number up to 60.")
    seconds = _number(0, lists.MOST_SECONDS, "Seconds are a whole number up to 3600.")
    pace = _one_of(map(str, lists.PACES), lists.PACE_SENTENCE)
    level = _one_of(map(str, lists.LEVELS), "The level is 1, 2 or 3.")
    silence = _number(
        lists.LEAST_QUIET,
        lists.MOST_QUIET,
        "The longest quiet is a whole number of seconds, "
        f"from {lists.LEAST_QUIET} to {lists.MOST_QUIET}.",
    )
    seed = _number(0, lists.MOST_SEED, "The seed is a whole number, 0 or above.")

    def __init__(
        self, house: House, practice: Practice, given: QueryDict, *, seed: int = 0
    ) -> None:
        super().__init__(given)
        self._practice, self._seed = practice, seed
        self._default_voice = house.default_voice()
        voices = [voice.name for voice in house.sound.voices()]
        self.fields["voice"] = _one_of(
            (*voices, SILENT),
            "This voice is not here. Choose one of the list, or words on the screen.",
        )
        for name, values in (
            ("posture", lists.postures_of(practice)),
            ("anchor", practice.anchors),
        ):
            self.fields[name] = _one_of(values, f"Here you can choose: {', '.join(values)}.")
        terms = tuple(house.avoid_names)
        self.fields["avoid"] = forms.MultipleChoiceField(
            required=False,
            choices=[(term, term) for term in terms],
            error_messages={"invalid_choice": f"You can avoid: {', '.join(terms)}."},
        )

    def clean(self) -> None:
        super().clean()
        is_number = not {"minutes", "seconds"} & set(self.errors)
        if is_number and not 1 <= self._total_s() <= lists.MOST_SECONDS:
            self.add_error("minutes", "A sitting lasts from 1 second to 60 minutes.")

    def _total_s(self) -> int:
        minutes, seconds = self.cleaned_data.get("minutes"), self.cleaned_data.get("seconds")
        if minutes is None and seconds is None:
            return self._practice.minutes.usual * 60
        return (minutes or 0) * 60 + (seconds or 0)

    def voice_given(self) -> str:
        """Return the voice that was asked for by name, or an empty string."""
        self.is_valid()
        return str(self.cleaned_data.get("voice") or "")

    def choices(self) -> Choices:
        """Return what was chosen; the usual stands in for what is missing or wrong."""
        self.is_valid()
        given = self.cleaned_data
        terms = set(given.get("avoid") or ())
        if given.get("silence") is not None:
            terms = terms - {"silence"} | {f"silence:{given['silence']}"}
        level = given.get("level") or lists.level_of(self._practice)
        return Choices(
            seconds=self._total_s(),
            level=cast("Literal[1, 2, 3]", int(level)),  # The field's closed list holds just these.
            voice=given.get("voice") or self._default_voice,
            pace=int(given.get("pace") or lists.USUAL_PACE),
            posture=given.get("posture") or None,
            anchor=given.get("anchor") or None,
            avoid=tuple(sorted(terms)),
            seed=self._seed if given.get("seed") is None else given["seed"],
        )

    def problems(self) -> dict[str, str]:
        """Return what is wrong with each field, in one sentence each."""
        return {name: str(errors[0]) for name, errors in self.errors.items()}

    def right_choices(self) -> Choices:
        """Return what was chosen.

        Raises:
            InputError: ``choice.unknown``: the first field that is wrong, and what it can be.
        """
        for name, sentence in self.problems().items():
            raise InputError("choice.unknown", sentence, {"field": name})
        return self.choices()

    def choices_to_sit(self) -> Choices:
        """Return what was chosen, a voice by name among it.

        Raises:
            InputError: As ``right_choices``; ``voice.not_chosen``.
        """
        choices = self.right_choices()
        if not self.voice_given():
            raise InputError(
                "voice.not_chosen",
                "Choose a voice once you have heard it, or words on the screen.",
                {"field": "voice"},
            )
        return choices
