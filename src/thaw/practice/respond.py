"""Answer a tap while a sitting plays: what was heard stays, and the rest is planned anew.

The way from a tap to a new plan is told in docs/explanation/answering.md.
"""

from dataclasses import dataclass, replace

from thaw.practice.answers import END, FINE, RESPONSES, STOP, TOO_MUCH, Answers
from thaw.practice.beds import chosen_spans
from thaw.practice.draft import Draft
from thaw.practice.ending import changes_until, end_gently, first_difference, stop_at
from thaw.practice.events import changes_in, events_of
from thaw.practice.heard import Heard, heard_of
from thaw.practice.measure import Known, Measure
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Answered, Plan, variants_of
from thaw.practice.problems import suggest
from thaw.practice.replan import Scene, replan
from thaw.practice.speech import speech_of
from thaw.practice.turn import turn_before, turned
from thaw.units import FRAME, InputError, Samples


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer needs besides the plan.

    Attributes:
        practice: What the plan was made from: the same text.
        answers: What is answered to each response.
        words: The words practices stand on.
        lengths: How long each text lasts in the plan's voice; None where it is not voiced yet.
    """

    practice: Practice
    answers: Answers
    words: Words
    lengths: Known


@dataclass(frozen=True, slots=True)
class Reply:
    """What becomes of a plan after a response.

    Attributes:
        plan: The plan as it goes on; the very same where the response changes nothing.
        switch: The sample from which it sounds different; where it does not, the end of the
            plan before.
        answer: The lines of the answer; empty for ``end`` and ``stop``, and where nothing of it
            may be said to this person.
        is_spoken: Whether the plan says the answer. Where it does not, the answer is shown.
        missing: Lines to voice, so that the answer can be spoken. With their lengths known the
            same response may give another reply, and other lines to voice.
    """

    plan: Plan
    switch: Samples
    answer: tuple[str, ...] = ()
    is_spoken: bool = False
    missing: tuple[str, ...] = ()


def respond(plan: Plan, at: Samples, response: str, context: Context) -> Reply:
    """Return how a sitting goes on after a response; the same arguments give the same reply.

    What was heard stays. The line that runs at ``at`` is heard to its end, a rest is cut there;
    after a rest of 1.5 s or more comes the answer, and then what its effect leaves of the plan,
    fitted so that the whole lasts as long as before, to the sample. Where that cannot be, the
    plan stays as it is and the answer is there to be shown. ``end``, ``stop``, ``too-much`` and
    ``bored`` give the sitting a length of its own. Once the closing has begun only ``end`` and
    ``stop`` act, and after the end nothing does.

    Args:
        plan: What is being played, with every earlier answer in it.
        at: How far it has been played.
        response: One of ``RESPONSES``.
        context: The practice, the answers, the words and the lengths of lines.

    Raises:
        InputError: ``response.unknown``; ``response.other_text`` where the practice is not the
            text that the plan was made from.
    """
    _require(plan, response, context)
    at = Samples(max(at, 0))
    if at >= plan.total or _last_response(plan) == STOP:
        return _unchanged(plan)
    if response == STOP:
        return _recorded(plan, at, response, stop_at(plan, at))
    if response == END:
        return _recorded(plan, at, response, end_gently(plan, at))
    return _answered(plan, at, response, context)


def _require(plan: Plan, response: str, context: Context) -> None:
    if response not in RESPONSES:
        raise InputError(
            "response.unknown", f"There is no response {response}. {suggest(response, RESPONSES)}"
        )
    if context.practice.text_hash != plan.origin.text_hash:
        raise InputError(
            "response.other_text",
            "The text of this practice has changed since the sitting began. "
            "The sitting can be played to its end; begin another one for the text as it is now.",
        )


def _unchanged(plan: Plan, answer: tuple[str, ...] = ()) -> Reply:
    return Reply(plan, plan.total, answer)


def _recorded(plan: Plan, at: Samples, response: str, changed: tuple[Plan, Samples]) -> Reply:
    """Return the reply of what is changed without an answer."""
    after, switch = changed
    if after.total == plan.total and after.events == plan.events:
        return _unchanged(plan)
    responses = (*plan.origin.responses, Answered(at, response, plan.total))
    variants = variants_of(after.events)
    origin = replace(plan.origin, responses=responses, variants=variants)
    return Reply(replace(after, origin=origin), switch)


def _answered(plan: Plan, at: Samples, response: str, context: Context) -> Reply:
    closing = next((event.start for event in plan.events if event.closing), plan.total)
    if closing <= at:
        begun = tuple(event for event in plan.events if event.start <= at)
        scene = _scene(plan, at, response, context, Heard(begun, ()))
        return _unchanged(plan, scene.speech.texts)
    scene = _scene(plan, at, response, context, heard_of(plan, at))
    found = replan(scene) if scene.speech.row else None
    missing = scene.measure.missing
    if found is not None and not missing:
        return _spoken(scene, Answered(at, response, plan.total), *found)
    if scene.answer.effect == "end":
        # Too much is too much: the way back follows at once, announced or not.
        ended = _recorded(plan, at, response, end_gently(plan, at))
        return replace(ended, answer=scene.speech.texts, missing=missing)
    return replace(_unchanged(plan, scene.speech.texts), missing=missing)


def _scene(plan: Plan, at: Samples, response: str, context: Context, heard: Heard) -> Scene:
    practice, words, origin = context.practice, context.words, plan.origin
    answer = context.answers.by_kind[response]
    measure = Measure(context.lengths, origin.choices)
    turn = turn_before(origin)
    before = turn.situation(practice, words)
    turn = turned(turn, answer.effect, practice, words)
    situation = turn.situation(practice, words)
    # Whoever is asked to move hears it where they are.
    here = before if answer.effect == "move" else situation
    # It was too much, and nothing else was said since.
    resumes = response == FINE and _last_response(plan) == TOO_MUCH
    return Scene(
        plan=plan,
        at=-(-at // FRAME),
        total=(origin.responses[-1].total if resumes else plan.total) // FRAME,
        resumes=resumes,
        practice=practice,
        words=words,
        grounding=context.answers.grounding.script,
        measure=measure,
        answer=answer,
        speech=speech_of(answer, practice, here, measure.length_of, heard),
        heard=heard,
        turn=turn,
        situation=situation,
        before=before,
    )


def _last_response(plan: Plan) -> str | None:
    return plan.origin.responses[-1].kind if plan.origin.responses else None


def _spoken(scene: Scene, answered: Answered, draft: Draft, frames: int) -> Reply:
    plan, turn = scene.plan, scene.turn
    events = (*scene.heard.events, *events_of(draft, frames))
    origin = replace(
        plan.origin,
        choices=turn.choices,
        variants=variants_of(events),
        responses=(*plan.origin.responses, answered),
        outward=turn.outward,
        quieter=turn.quieter,
    )
    total = Samples(frames * FRAME)
    changes = [*changes_until(plan, answered.at), *changes_in(draft, frames)]
    beds = chosen_spans(turn.choices.bed, changes, total)
    after = replace(plan, total=total, events=events, origin=origin, beds=beds)
    switch = first_difference(plan.events, events)
    return Reply(after, switch, scene.speech.texts, is_spoken=True)
