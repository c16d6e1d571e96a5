"""Plan the rest of a sitting anew: the answer, and what its effect leaves of what was ahead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thaw.practice.ahead import Round, filling, parts_ahead, still_planned, ways_on
from thaw.practice.answers import Answer
from thaw.practice.cap import cap_of
from thaw.practice.draft import Draft
from thaw.practice.heard import Heard
from thaw.practice.leave import ways_out
from thaw.practice.measure import Measure
from thaw.practice.onward import Onward, find_draft, find_nearest
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Plan
from thaw.practice.remainder import Part, parts_of
from thaw.practice.situation import Situation
from thaw.practice.speech import Speech
from thaw.practice.turn import Turn
from thaw.units import FRAMES_PER_SECOND, Frames


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the rest of a sitting is planned from.

    Attributes:
        plan: What was played until now.
        at: How far, in frames.
        total: How long the sitting should be, in frames, where its length is kept.
        resumes: Whether it goes on although it was about to end, so that its plan holds no more
            than the closing.
        practice, words, grounding: The texts.
        measure: Gives the lengths of lines.
        answer: What is answered.
        speech: The answer as it is spoken.
        heard: What is heard before it.
        turn: How the sitting goes on.
        situation: The same, settled.
        before: The situation until now.
    """

    plan: Plan
    at: int
    total: int
    resumes: bool
    practice: Practice
    words: Words
    grounding: Practice
    measure: Measure
    answer: Answer
    speech: Speech
    heard: Heard
    turn: Turn
    situation: Situation
    before: Situation


def replan(scene: Scene) -> tuple[Draft, int] | None:
    """Return the rest of a sitting, what was heard in front of it, and how long the whole is.

    None where no way to go on is as long as it has to be.
    """
    match scene.answer.effect:
        case "end":
            return _onward(scene, scene.total).at_its_usual(0)
        case "shorten":
            return _shorter(scene)
    return _as_long(scene)


def _as_long(scene: Scene) -> tuple[Draft, int] | None:
    onward = _onward(scene, scene.total)
    for each in (onward, onward.growing()):
        draft = find_draft(each, scene.total, "some")
        if draft is not None:
            return draft, scene.total
    return None


def _shorter(scene: Scene) -> tuple[Draft, int] | None:
    """Halve what is ahead, but leave room for the answer and the closing."""
    half = scene.at + -(-(scene.total - scene.at) // 2)
    onward = _onward(scene, half)
    least, _ = onward.bounds(0)
    if least > scene.total:
        return None
    wanted = max(half, least)
    draft = find_draft(onward, wanted, "usual")
    return (draft, wanted) if draft else find_nearest(onward, wanted, scene.total)


def _onward(scene: Scene, frames: int) -> Onward:
    """Return the ways to go on in a sitting of so many frames."""
    ahead = ways_on(_parts(scene), _fill(scene, frames), frames)
    marks = 1 + sum(part.count_marks() for part in ahead.parts if part)
    lines = ways_out(
        scene.situation, scene.words, scene.measure.length_of, marks, scene.heard.ways_out
    )
    raised = Frames(round(scene.plan.origin.rest_cap * FRAMES_PER_SECOND))
    return Onward(
        opening=[*scene.heard.past(), *scene.speech.row],
        ahead=ahead,
        heard=scene.heard,
        lines=lines,
        cap=replace(cap_of(scene.situation), raised=raised),
        level=scene.situation.level,
        guess=scene.measure.guess,
    )


def _parts(scene: Scene) -> Sequence[Part | None]:
    """Return what of each section may follow: what was planned, and what is new to the turn."""
    parts = parts_ahead(scene.practice, scene.situation, scene.measure.length_of, scene.heard)
    if scene.resumes:
        return parts
    before: Sequence[Part | None] = parts
    if (scene.before.posture, scene.before.eyes) != (scene.situation.posture, scene.situation.eyes):
        before = parts_of(scene.practice, scene.before, scene.measure.guess)
    return still_planned(parts, scene.heard.ahead, before)


def _fill(scene: Scene, frames: int) -> Sequence[Round]:
    if not scene.situation.outward:
        return ()
    left = frames - scene.heard.frames
    return filling(scene.grounding, scene.situation, scene.measure.length_of, scene.heard, left)
