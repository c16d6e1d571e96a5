"""What a player says to its sitting, as a form or as JSON."""

import json
from collections.abc import Mapping

from django import forms
from django.http import HttpRequest

from thaw.units import InputError
from thaw.web.sound import Audible

_MOST_S = 2 * 60 * 60


class EndForm(forms.Form):
    """Where the sitting is, in seconds."""

    at_s = forms.FloatField(min_value=0, max_value=_MOST_S)


class AudibleForm(forms.Form):
    """What is to be heard."""

    audible = forms.ChoiceField(choices=[(name, name) for name in ("all", "bells", "nothing")])


def at_of(request: HttpRequest) -> float:
    """Return the place a player names.

    Raises:
        InputError: ``choice.unknown``, where it is not a number of seconds.
    """
    form = EndForm(_given(request))
    if not form.is_valid():
        raise _unknown("at_s", "Say where the sitting is, in seconds from 0.")
    return float(form.cleaned_data["at_s"])


def audible_of(request: HttpRequest) -> Audible:
    """Return what a person wants to hear.

    Raises:
        InputError: ``choice.unknown``, where it is not of the list.
    """
    form = AudibleForm(_given(request))
    if not form.is_valid():
        raise _unknown("audible", "Choose what to hear: all, bells or nothing.")
    audible: Audible = form.cleaned_data["audible"]
    return audible


def _given(request: HttpRequest) -> Mapping[str, object]:
    if request.content_type != "application/json":
        return request.POST
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise _unknown("body", "This is not JSON. Load the page again.") from error
    if not isinstance(given, dict):
        raise _unknown("body", "This is not a JSON object. Load the page again.")
    return given


def _unknown(field: str, sentence: str) -> InputError:
    return InputError("choice.unknown", sentence, {"field": field})
