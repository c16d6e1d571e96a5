"""What a person may choose for a sitting: every field a closed list or a bounded number."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, cast

from django import forms
from django.http import QueryDict

from thaw.practice.parts import Practice
from thaw.practice.plan import Choices
from thaw.practice.situation import LONGEST_ASKED
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.preferences.body import Preferred, avoided
from thaw.web.shelf import lists, tastes
from thaw.web.sound import SILENT

WHOLE = "chosen"
"""A form that carries it says all there is to say: what it leaves out is not wanted."""


def one_of(values: Iterable[str], sentence: str) -> forms.ChoiceField:
    """Return a field for one of a closed list, or nothing."""
    return forms.ChoiceField(
        required=False,
        choices=[(value, value) for value in values],
        error_messages={"invalid_choice": sentence},
    )


def some_of(values: Iterable[str], sentence: str) -> forms.MultipleChoiceField:
    """Return a field for any of a closed list."""
    return forms.MultipleChoiceField(
        required=False,
        choices=[(value, value) for value in values],
        error_messages={"invalid_choice": sentence},
    )


def number(least: int, most: int, sentence: str) -> forms.IntegerField:
    """Return a field for a bounded whole number, or nothing."""
    words = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(required=False, min_value=least, max_value=most, error_messages=words)


def problems_in(form: forms.Form) -> dict[str, str]:
    """Return what is wrong with each field, in one sentence each."""
    return {name: str(errors[0]) for name, errors in form.errors.items()}


class TastesForm(forms.Form):
    """What a person may prefer in any sitting, or choose for one."""

    pace = one_of(map(str, lists.PACES), lists.PACE_SENTENCE)
    silence = number(lists.LEAST_QUIET, lists.MOST_QUIET, lists.QUIET_SENTENCE)
    bed = one_of(lists.BEDS, lists.BED_SENTENCE)
    bed_volume = one_of(map(str, lists.VOLUMES), lists.VOLUME_SENTENCE)

    def __init__(self, house: House, given: QueryDict) -> None:
        super().__init__(given)
        voices = [voice.name for voice in house.sound.voices()]
        self.fields["voice"] = one_of((*voices, SILENT), lists.VOICE_SENTENCE)
        terms = tuple(house.avoid_names)
        self.fields["avoid"] = some_of(terms, f"You can avoid: {', '.join(terms)}.")

    def problems(self) -> dict[str, str]:
        """Return what is wrong with each field, in one sentence each."""
        return problems_in(self)

    def _avoided(self) -> tuple[str, ...]:
        given = self.cleaned_data
        return avoided(tuple(given.get("avoid") or ()), given.get("silence"))


class ChoicesForm(TastesForm):
    """Minutes and seconds add up; what is not given is as preferred, or the practice's usual."""

    minutes = number(0, 60, "Minutes are a whole number up to 60.")
    seconds = number(0, lists.MOST_SECONDS, "Seconds are a whole number up to 3600.")
    level = one_of(map(str, lists.LEVELS), "The level is 1, 2 or 3.")
    seed = number(0, lists.MOST_SEED, "The seed is a whole number, 0 or above.")

    def __init__(
        self,
        house: House,
        practice: Practice,
        given: QueryDict,
        *,
        preferred: Preferred | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__(house, given)
        self._practice, self._seed = practice, seed
        self._tastes = tastes.tastes_for(house, practice, preferred or Preferred())
        self._is_whole = WHOLE in given
        for name, values in (
            ("posture", lists.postures_of(practice)),
            ("anchor", practice.anchors),
        ):
            self.fields[name] = one_of(values, f"Here you can choose: {', '.join(values)}.")

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
        """Return the voice that was chosen by name, here or before; else an empty string."""
        self.is_valid()
        return str(self.cleaned_data.get("voice") or self._tastes.voice)

    def choices(self) -> Choices:
        """Return what was chosen; what is preferred stands in for what is missing or wrong."""
        self.is_valid()
        given, liked = self.cleaned_data, self._tastes
        level = given.get("level") or lists.level_of(self._practice)
        return Choices(
            seconds=self._total_s(),
            level=cast("Literal[1, 2, 3]", int(level)),  # The field's closed list holds just these.
            voice=given.get("voice") or liked.speaks,
            pace=int(given.get("pace") or liked.pace),
            posture=given.get("posture") or self._unless_whole(liked.posture),
            anchor=given.get("anchor") or self._unless_whole(liked.anchor),
            avoid=self._avoid(),
            seed=self._seed if given.get("seed") is None else given["seed"],
            bed=given.get("bed") or self._unless_whole(liked.bed) or "",
            bed_volume=lists.volume_of(given.get("bed_volume")) or liked.bed_volume,
            pauses=liked.pauses,
            guidance=liked.guidance,
        )

    def _unless_whole(self, liked: str | None) -> str | None:
        return None if self._is_whole else liked

    def _avoid(self) -> tuple[str, ...]:
        """Return what is avoided: as the form says where it says all, else that and the list."""
        if self._is_whole:
            return self._avoided()
        given, liked = self.cleaned_data, self._tastes
        caps = [cap for cap in (given.get("silence"), liked.silence_s) if cap is not None]
        terms = {*(given.get("avoid") or ()), *liked.avoid}
        return avoided(tuple(terms), min(caps, default=None))

    def right_choices(self) -> Choices:
        """Return what was chosen.

        Raises:
            InputError: ``choice.unknown``: the first field that is wrong, and what it can be.
        """
        for name, sentence in self.problems().items():
            raise InputError("choice.unknown", sentence, {"field": name})
        return self.choices()

    def choices_to_sit(self) -> Choices:
        """Return what was chosen, a voice by name among it, and words for what is asked.

        Raises:
            InputError: As ``right_choices``; ``voice.not_chosen``; ``voice.gone``.
        """
        choices = self.right_choices()
        if not self.cleaned_data.get("voice"):
            if self._tastes.gone:
                raise InputError("voice.gone", self._tastes.gone, {"field": "voice"})
            if not self._tastes.voice:
                raise InputError(
                    "voice.not_chosen",
                    "Choose a voice once you have heard it, or words on the screen.",
                    {"field": "voice"},
                )
        return replace(choices, asked=self._asked())

    @property
    def gone(self) -> str:
        """A sentence where the preferred voice is not here any more; else empty."""
        return "" if self.cleaned_data.get("voice") else self._tastes.gone

    @property
    def asked(self) -> dict[str, str]:
        """The words that were typed for the practice's ``asks``, by name; private."""
        return {
            name: self.data.get(f"{lists.ASKED}{name}", "")[: 2 * LONGEST_ASKED]
            for name in self._practice.asks
        }

    def _asked(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((name, word) for name, word in self.asked.items() if word.strip()))
