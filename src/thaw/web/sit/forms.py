"""What a player says to its sitting, as a form or as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from thaw.practice.answers import RESPONSES
from thaw.units import InputError
from thaw.web.sit.answering import Given
from thaw.web.sit.body import HOWS, How
from thaw.web.sit.crediting import Report
from thaw.web.sound import Audible

_MOST_S = 2 * 60 * 60
_MOST_HEARD_S = 24 * 60 * 60
_MOST_REVISION = 10**6


class EndForm(forms.Form):
    """Where the sitting is, in seconds."""

    at_s = forms.FloatField(min_value=0, max_value=_MOST_S)


class AudibleForm(forms.Form):
    """What is to be heard."""

    audible = forms.ChoiceField(choices=[(name, name) for name in ("all", "bells", "nothing")])


class TapForm(forms.Form):
    """A response; a page without scripts knows neither where the sound is nor what it holds."""

    tap = forms.UUIDField()
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in RESPONSES])
    at_s = forms.FloatField(min_value=0, max_value=_MOST_S)
    revision = forms.IntegerField(min_value=1, max_value=_MOST_REVISION)


class TookForm(forms.Form):
    """What plays now, and where it is."""

    revision = forms.IntegerField(min_value=1, max_value=_MOST_REVISION)
    at_s = forms.FloatField(min_value=0, max_value=_MOST_S)


class HeardForm(forms.Form):
    """How much was heard, where the sitting is, and how it stands."""

    heard_s = forms.FloatField(min_value=0, max_value=_MOST_HEARD_S)
    at_s = forms.FloatField(min_value=0, max_value=_MOST_S)
    how = forms.ChoiceField(choices=[(how, how) for how in HOWS])


_TAP_SENTENCES = {
    "tap": "Every tap has an id of its own. Load the page again.",
    "kind": "This is no response that there is. Load the page again.",
    "at_s": "Say where the sitting is, in seconds from 0.",
    "revision": "Say which revision plays, as a number from 1.",
    "heard_s": "Say how much was heard, in seconds from 0.",
    "how": f"Say how the sitting stands: {', '.join(HOWS)}.",
}


def tap_of(request: HttpRequest) -> Given:
    """Return the tap of an island.

    Raises:
        InputError: ``choice.unknown``, where something of it is missing or not as it should be.
    """
    given = _valid(TapForm(_given(request)))
    return Given(given["tap"], given["kind"], given["at_s"], given["revision"])


def plain_tap_of(given: QueryDict, passed_s: float) -> Given:
    """Return the tap of a page without scripts, whose sitting has gone on since it began.

    Raises:
        InputError: ``choice.unknown``, where there is no such response.
    """
    form = TapForm({"at_s": min(passed_s, _MOST_S), "revision": 1, **given.dict()})
    found = _valid(form)
    return Given(found["tap"], found["kind"], found["at_s"], revision=None)


def took_of(request: HttpRequest) -> int:
    """Return the revision that a player says it plays.

    Raises:
        InputError: ``choice.unknown``.
    """
    return int(_valid(TookForm(_given(request)))["revision"])


def report_of(request: HttpRequest) -> Report:
    """Return what a player says of itself.

    Raises:
        InputError: ``choice.unknown``.
    """
    given = _valid(HeardForm(_given(request)))
    how: How = given["how"]
    return Report(given["heard_s"], given["at_s"], how)


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


# What a form has cleaned is of many types.
def _valid(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        field = next(iter(form.errors))
        raise _unknown(field, _TAP_SENTENCES[field])
    return form.cleaned_data


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
