"""A tap changes what comes next: what goes, what stays, and how room is found."""

from dataclasses import replace

from tests.practice.answers import said
from tests.practice.responding import BODY, context_of, line, plan_of, tapped, with_only
from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.plan import Choices
from thaw.practice.respond import respond
from thaw.units import SAMPLE_RATE, Samples, samples_of


def test_outward_is_with_open_eyes_and_stays_so() -> None:
    eyes = "\nThe eyes may rest. {eyes=closed}\n\nThe eyes are open. {eyes=open}\n\n[rest 3..9]\n"
    practice = practice_of(BODY + eyes)
    plan, context = plan_of(practice), context_of(practice)

    outward = respond(plan, Samples(0), "unreal", context).plan
    later = respond(outward, outward.events[2].start, "tears", context).plan

    assert "The eyes may rest." in said(plan)
    for each in (outward, later):
        assert "Two of many." not in said(each)
        assert "The eyes are open." in said(each)
    assert later.origin.outward


def test_what_fills_goes_on_where_it_was_and_says_again_in_other_words() -> None:
    practice = practice_of(BODY.replace("[rest 3..20]", "[rest 3..45]"))
    context = context_of(practice)
    outward = respond(plan_of(practice, Choices(180)), Samples(0), "unreal", context).plan
    third = [event for event in outward.lines() if event.section == "To see"][2]

    plan = respond(outward, third.start, "tears", context).plan

    seen = [event for event in plan.lines() if event.section == "To see" and event.spot]
    assert [event.spot.entry for event in seen if event.spot][:8] == [0, 1, 2, 3, 4, 0, 1, 2]
    assert len({event.text for event in seen[:8]}) == 8


def test_outward_says_the_breath_no_more_also_where_there_is_no_other_anchor() -> None:
    header = HEADER.replace("[feet, sounds]", "[breath, feet]")
    practice = practice_of(f"{BODY}\nBack to {{anchor}}.\n\n[rest 3..30]\n", header=header)
    context = context_of(practice)
    for avoid, expected in (((), "Back to the feet on the ground."), (("feet",), None)):
        words = replace(WORDS, avoid={**WORDS.avoid, "feet": ("feet",)})
        plan = plan_of(practice, Choices(90, avoid=avoid), words=words)
        assert "Back to the breath, as it is." in said(plan)

        reply = respond(plan, Samples(0), "unreal", replace(context, words=words))

        backs = [text for text in said(reply.plan) if text.startswith("Back")]
        assert backs == ([expected] if expected else [])


def test_who_moves_already_goes_on_moving_and_without_a_moving_form_it_goes_on() -> None:
    practice = practice_of(BODY)  # no moving form
    for posture in ("walking", "standing"):
        plan = plan_of(practice, Choices(90, posture=posture))
        reply = respond(plan, Samples(0), "restless", context_of(practice))
        assert reply.is_spoken
        expected = "walking"
        assert reply.plan.origin.choices.posture == expected


def test_without_anything_to_move_in_the_posture_stays() -> None:
    header = HEADER.replace("[sitting, standing, walking]", "[sitting, standing]")
    practice = practice_of(BODY, header=header)
    plan = plan_of(practice)

    reply = respond(plan, Samples(0), "restless", context_of(practice))

    assert (reply.is_spoken, reply.plan.origin.choices.posture) == (True, "sitting")


def test_anchors_are_gone_through_from_the_last_and_never_to_one_inside() -> None:
    header = HEADER.replace("[feet, sounds]", "[feet, breath, sounds]")
    practice = practice_of("## A\n\n" + "With {anchor}.\n\n[rest 2..20]\n\n" * 9, header=header)
    plan, context = plan_of(practice, Choices(150)), context_of(practice)
    anchors: list[str | None] = []

    for _ in range(3):
        at = plan.events[3 * len(anchors)].start
        plan = respond(plan, at, "wandering", context).plan
        anchors.append(plan.origin.choices.anchor)

    assert anchors == ["sounds", "feet", "sounds"]


def test_boredom_halves_what_is_left() -> None:
    body = "## A {each=places}\n\n{places}.\n\n[rest 2..6..20]\n\n" * 4
    plan, reply = tapped(body, 20, "bored", Choices(120))

    assert reply.plan.total == (20 + 50) * SAMPLE_RATE
    assert said(reply.plan)[-1] == said(plan)[-1]


def test_where_half_cannot_be_had_the_nearest_length_is_taken() -> None:
    body = "## A\n\nOne.\n\n[rest 30..31]\n\n## B\n\nTwo.\n\n[rest 30]\n"
    practice = practice_of(body, closing="## Back {closing}\n\nUp.\n\n[rest 30]\n")
    plan = plan_of(practice, Choices(92))

    reply = respond(plan, samples_of(2), "bored", context_of(practice))

    # Half would end at 47 s. With B it lasts 67 s or more, without it 44 at most.
    assert reply.is_spoken
    assert said(reply.plan) == ["One.", *reply.answer, "Up."]
    assert 44 * SAMPLE_RATE < reply.plan.total < 45 * SAMPLE_RATE


def test_what_cannot_get_shorter_is_answered_in_writing() -> None:
    practice = practice_of(
        "## A\n\n" + "One.\n\n[rest 1..90]\n\n", closing="## Z {closing}\n\nUp.\n\n[rest 3]\n"
    )
    plan = plan_of(practice, Choices(60))
    at = Samples(line(plan, "Up.").start - SAMPLE_RATE)

    reply = respond(plan, at, "bored", context_of(practice))

    assert (reply.plan, reply.is_spoken) == (plan, False)
    assert reply.answer


def test_where_too_much_went_rests_grow_to_the_level_and_fixed_ones_do_not() -> None:
    extra = "Some more. {extra}\n\n[rest 5]\n\n" * 6
    body = (
        f"## A\n\nOne of many.\n\n[rest 2..4]\n\n{extra}Two.\n\n[rest 3]\n\nThree.\n\n[rest 2..9]\n"
    )
    plan, reply = tapped(body, 0.1, "less-talk", Choices(75))

    rests = {
        before.text: event.length / SAMPLE_RATE
        for before, event in zip(reply.plan.events, reply.plan.events[1:], strict=False)
        if event.kind == "rest"
    }
    assert reply.plan.total == plan.total
    assert "Some more." not in said(reply.plan)
    assert rests["Two."] == 3
    assert 9 < rests["Three."] <= 45


def test_where_no_way_is_long_enough_the_plan_stays() -> None:
    extra = "Some more. {extra}\n\n[rest 20]\n\n" * 6
    closing = "## Back {closing}\n\nUp.\n\n[rest 3]\n"
    practice = practice_of(f"## A\n\nOne of many.\n\n[rest 0..2]\n\n{extra}", closing=closing)
    plan = plan_of(practice, Choices(132))

    reply = respond(plan, samples_of(1), "less-talk", context_of(practice))

    assert (reply.plan, reply.is_spoken) == (plan, False)
    assert reply.answer


def test_plain_sections_go_from_the_end_after_what_has_not_to_be_there() -> None:
    sections = "".join(f"## S{number}\n\nLine {number}.\n\n[rest 6]\n\n" for number in range(8))
    optional = "## O {optional}\n\nPerhaps.\n\n[rest 6]\n\n"
    practice = practice_of(sections + optional)
    answers = with_only("tears", "continue", "## T\n\nTake your time.\n\n[rest 20]\n")
    plan = plan_of(practice, Choices(80))

    reply = respond(plan, samples_of(1), "tears", context_of(practice, answers=answers))

    kept = [text for text in said(reply.plan) if text.startswith("Line")]
    assert "Perhaps." in said(plan)
    assert "Perhaps." not in said(reply.plan)
    assert kept == [f"Line {number}." for number in range(len(kept))]
    assert 1 < len(kept) < 8
    assert said(reply.plan)[-1] == "Look around the room."


def test_a_section_that_has_begun_is_not_dropped_before_one_that_has_not() -> None:
    begun = "## O {optional}\n\nPerhaps.\n\n[rest 6]\n\nPerhaps not.\n\n[rest 6]\n\n"
    later = "## P {optional}\n\nOr this.\n\n[rest 6]\n\n## Q {optional}\n\nOr that.\n\n[rest 9]\n"
    plan, reply = tapped(begun + later, 0.1, "nothing", Choices(48))

    assert said(plan)[:4] == ["Perhaps.", "Perhaps not.", "Or this.", "Or that."]
    assert "Perhaps not." in said(reply.plan)
    assert "Or that." not in said(reply.plan)


def test_rests_alone_are_a_section_that_stays() -> None:
    _, reply = tapped(f"{BODY}\n\n## Quiet\n\n[rest 9..30]\n", 3, "tears", Choices(100))

    assert "Quiet" in [event.section for event in reply.plan.events]


# --- Too much, and going on ---------------------------------------------------------------------


def test_fine_takes_back_too_much_as_long_as_the_closing_has_not_begun() -> None:
    practice = practice_of(BODY)
    plan, context = plan_of(practice), context_of(practice)
    ended = respond(plan, samples_of(5), "too-much", context).plan

    resumed = respond(ended, samples_of(12), "fine", context).plan
    late = respond(ended, line(ended, "Look around the room.").start, "fine", context)

    assert ended.total < plan.total == resumed.total
    assert "Three of many." not in said(ended)
    assert "Three of many." in said(resumed)
    assert "Two of many." not in said(resumed)  # it turns inward
    assert (late.plan, late.is_spoken) == (ended, False)


def test_after_an_end_fine_does_not_go_on() -> None:
    practice = practice_of(BODY)
    plan, context = plan_of(practice), context_of(practice)
    ended = respond(plan, samples_of(5), "end", context).plan

    reply = respond(ended, samples_of(5), "fine", context)

    assert reply.plan.total == ended.total
    assert "Three of many." not in said(reply.plan)
