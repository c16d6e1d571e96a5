"""Taps on a sitting from the command line: ``--respond AT:KIND``."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from thaw.cli.terminal import tell
from thaw.practice.answers import RESPONSES
from thaw.practice.problems import suggest
from thaw.units import InputError, clock_of, samples_of

if TYPE_CHECKING:
    from thaw.practice.plan import Plan
    from thaw.practice.respond import Context, Reply

Tap = tuple[int, str]
"""After how many seconds, and which response."""

LATEST = 60 * 60
"""Seconds of the longest sitting."""


class TapOption(click.ParamType[Tap]):
    """When, in whole seconds, and which response: ``90:nothing``."""

    name = "tap"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Tap:
        """Return the tap that ``value`` writes."""
        written = str(value)
        found = re.fullmatch(r"([0-9]{1,4}):([a-z-]{1,40})", written)
        if found is None or int(found[1]) > LATEST:
            self.fail(
                "say after how many seconds, and which response, such as 90:nothing, "
                f"not {written[:40]!r}.",
                param,
                ctx,
            )
        if found[2] not in RESPONSES:
            self.fail(
                f"there is no response {found[2]}. {suggest(found[2], RESPONSES)}", param, ctx
            )
        return int(found[1]), found[2]


def answered(
    plan: "Plan",
    taps: Sequence[Tap],
    context: "Context",
    voice: Callable[[Sequence[str]], None],
) -> "Plan":
    """Return the plan with every tap answered, in the order of their times.

    What could not be spoken is told on standard error.

    Args:
        plan: As it was chosen.
        taps: When and which.
        context: What answers are made from.
        voice: Voices lines that an answer needs.

    Raises:
        InputError: ``response.after_end``.
    """
    from thaw.practice.respond import respond

    for seconds, kind in sorted(taps, key=lambda tap: tap[0]):
        at = samples_of(seconds)
        if at >= plan.total:
            raise InputError(
                "response.after_end",
                f"At {clock_of(at)} the sitting is over: it lasts {clock_of(plan.total)}. "
                "Give --respond an earlier time.",
                {"at": at, "total": plan.total},
            )
        reply = respond(plan, at, kind, context)
        while reply.missing:
            voice(reply.missing)
            reply = respond(plan, at, kind, context)
        _tell(reply, plan, clock_of(at), kind)
        plan = reply.plan
    return plan


def _tell(reply: "Reply", before: "Plan", clock: str, kind: str) -> None:
    if reply.is_spoken:
        return
    if reply.answer:
        tell(f"At {clock} the answer is shown, not spoken: {' '.join(reply.answer)}")
    elif reply.plan is before:
        tell(f"At {clock} {kind} changes nothing any more.")
