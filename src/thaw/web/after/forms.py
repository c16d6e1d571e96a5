"""What a person says after a sitting, as a form sends it; nothing of it has to be said."""

from django.http import QueryDict

from thaw.units import InputError
from thaw.web.after.actions import Said
from thaw.web.after.queries import FELT, Step, step_of
from thaw.web.ids import id_or_new
from thaw.web.sit.body import Felt
from thaw.web.today.body import NOTHING
from thaw.web.write import body as bodies

THESE = "these"
"""The button under what may have come."""


def said_of(given: QueryDict) -> Said:
    """Return what a form says.

    Raises:
        InputError: ``after.felt``: there is no such answer; ``today.unwelcome``: it was said that
            something came, and not what.
    """
    return Said(
        felt=_felt(given.get("felt", "")),
        line=line_of(given),
        note=id_or_new(given.get("note", "")),
        kinds=_kinds(given),
        lasted=given.get("lasted", ""),
        unwelcome=id_or_new(given.get("unwelcome", "")),
    )


def line_of(given: QueryDict) -> str:
    """Return the line as it was typed; empty where there is nothing in it."""
    line = given.get("line", "").replace("\r\n", "\n")
    return line if line.strip() else ""


def mended_line(given: QueryDict) -> str:
    """Return it so that a page can show it, broken characters marked."""
    return bodies.mended(line_of(given))


def step_in(given: QueryDict) -> Step:
    """Return the step that is to be skipped for good.

    Raises:
        InputError: ``after.step``: there is none of this name.
    """
    step = step_of(given.get("skip", ""))
    if step is None:
        raise InputError("after.step", "There is nothing of this name to skip. Go on to today.")
    return step


def _kinds(given: QueryDict) -> tuple[str, ...]:
    kinds, came = tuple(given.getlist("kinds")), given.get("came", "")
    if came == THESE and not kinds:
        raise InputError("today.unwelcome", "Choose what came, or go back.", {"field": "kinds"})
    return (NOTHING,) if came == NOTHING else kinds


def _felt(text: str) -> Felt | None:
    for felt in FELT:
        if text == felt:
            return felt
    if text:
        raise InputError(
            "after.felt", "Choose one of the five answers, or go on without one.", {"field": "felt"}
        )
    return None
