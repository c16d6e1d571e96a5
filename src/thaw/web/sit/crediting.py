"""What counts as sat: what a player heard, and never more than can have been heard."""

import hashlib
import json
import math
from dataclasses import dataclass, replace

from thaw.practice.inward import inward_until
from thaw.practice.plan import Plan
from thaw.units import samples_of, seconds_of
from thaw.web.sit.body import Body, How
from thaw.web.sit.sittings import Listened, Sitting

_FINALITY: tuple[tuple[How, ...], ...] = (("on", "left"), ("ended",), ("gently",), ("stopped",))
"""How a sitting ended: what comes later here stays, whatever is said afterwards."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a player says of itself.

    Attributes:
        heard_s: How much it played of this sitting until now.
        at_s: How far it is.
        how: How it stands.
    """

    heard_s: float
    at_s: float
    how: How


def credited(sitting: Sitting, report: Report, passed_s: float) -> Listened:
    """Return what the log will say with a report in it; the same again changes nothing.

    Reports may overtake each other, and a player's clock may jump: nothing that was credited is
    taken back, and nothing is credited that the sitting had no time for.

    Args:
        sitting: What is played.
        report: What the player says.
        passed_s: How long ago the sitting began.
    """
    was, held = sitting.listened, sitting.held
    total_s = seconds_of(held.plan.total)
    limit_s = min(passed_s, seconds_of(held.before) + total_s)
    sat_s = max(was.sat_s, _tenths(min(report.heard_s, limit_s)))
    at = samples_of(min(report.at_s, total_s))
    inward = inward_until(held.plan, sitting.texts.practice, sitting.texts.answers, at)
    inward_s = max(was.inward_s, _tenths(min(seconds_of(inward), sat_s)))
    return replace(was, sat_s=sat_s, inward_s=inward_s, how=ending(was.how, report.how))


def _tenths(seconds: float) -> float:
    """Return whole tenths of a second, and never more than there were."""
    return math.floor(seconds * 10) / 10


def ending(was: How, now: How) -> How:
    """Return how a sitting stands: how it ended is not changed by what ends less."""
    return now if _finality(now) >= _finality(was) else was


def _finality(how: How) -> int:
    return next(number for number, hows in enumerate(_FINALITY) if how in hows)


def began(sitting: Sitting) -> Body:
    """Return the row of a sitting in the log as it begins."""
    plan, texts = sitting.first, sitting.texts
    choices = plan.origin.choices
    return Body(
        practice=plan.practice,
        title=plan.title,
        plan_hash=hash_of(plan),
        planned_s=seconds_of(plan.total),
        voice=choices.voice,
        level=choices.level,
        posture=choices.posture,
        seed=choices.seed,
        is_inward=inward_until(plan, texts.practice, texts.answers, plan.total) > 0,
    )


def with_listened(body: Body, listened: Listened) -> Body:
    """Return a row of the log with what was heard and tapped since it was written."""
    sat_s = max(body.sat_s, listened.sat_s)
    return replace(
        body,
        sat_s=sat_s,
        inward_s=min(max(body.inward_s, listened.inward_s), sat_s),
        responses=max(body.responses, listened.taps, key=len),
        how=ending(body.how, listened.how),
    )


def hash_of(plan: Plan) -> str:
    """Return the SHA-256 of a plan, as ``thaw plan --json`` would print it, hexadecimal."""
    shape = json.dumps(plan.as_json(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(shape.encode()).hexdigest()
