"""How much of a sitting was turned inward."""

from tests.practice.answers import ANSWERS
from tests.practice.responding import BODY, MOVING, context_of, line, plan_of, with_only
from tests.practice.words import HEADER, practice_of
from thaw.practice.inward import inward_until
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.practice.respond import respond
from thaw.units import Samples

END = Samples(10**9)


def inward(plan: Plan, practice: Practice, until: Samples = END) -> Samples:
    return inward_until(plan, practice, ANSWERS, until)


def test_a_section_that_is_inward_counts_with_its_quiet_to_the_next_line() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice)
    bell = next(event for event in plan.events if event.kind == "bell")
    assert inward(plan, practice) == bell.start - line(plan, "One of many.").start


def test_what_was_not_heard_does_not_count() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice)
    second = line(plan, "Two of many.")
    assert inward(plan, practice, Samples(0)) == 0
    assert inward(plan, practice, Samples(second.start + 480)) == second.start + 480


def test_one_wording_or_one_entry_of_a_list_can_be_inward_alone() -> None:
    header = HEADER.replace("[the face, the hands, the feet]", '[the wall, "the feet {inward}"]')
    body = (
        "## A {each=places}\n\nLook to {places}.\n\n[rest 3..20]\n\n"
        "## B\n\nHow is it within? {inward}\n\n[rest 3..20]\n\nAnd the street.\n\n[rest 3..20]\n"
    )
    practice = practice_of(body, header=header)
    plan = plan_of(practice)
    feet, within, street = (
        line(plan, text) for text in ("Look to the feet.", "How is it within?", "And the street.")
    )
    assert within.start < street.start
    assert inward(plan, practice) == street.start - feet.start


def test_a_way_out_leaves_things_as_they_are() -> None:
    body = "## A {inward}\n\n" + "One of many.\n\n[rest 30..90]\n\n[leave]\n\n" * 4
    practice = practice_of(body, header=HEADER.replace("most: 1", "most: 9"))
    plan = plan_of(practice, Choices(360, level=3))
    assert any(event.spot and event.spot.script == "leave" for event in plan.lines())
    closing = next(event for event in plan.events if event.closing)
    assert inward(plan, practice) == closing.start


def test_a_check_is_as_inward_as_what_it_asks_about() -> None:
    practice = practice_of("## A {inward}\n\nOne of many.\n\n[rest 3..20]\n\n[check]\n")
    plan = plan_of(practice, Choices(50))
    closing = next(event for event in plan.events if event.closing)
    assert any(event.kind == "check" for event in plan.events)
    assert inward(plan, practice) == closing.start


def test_an_answer_counts_where_it_is_marked_itself() -> None:
    practice = practice_of(BODY.replace("{inward}", ""), header=MOVING)
    within = with_only("tears", "continue", "## T\n\nWhere is it? {inward}\n\n[rest 4]\n")
    context = context_of(practice, answers=within)
    plan = respond(plan_of(practice), Samples(0), "tears", context).plan
    asked = line(plan, "Where is it?")
    assert inward_until(plan, practice, within, END) >= asked.length
    outward = respond(plan_of(practice), Samples(0), "unreal", context_of(practice)).plan
    assert inward(outward, practice) == 0


def test_a_practices_own_answer_is_looked_at_first() -> None:
    own = BODY.replace("{inward}", "") + "\n## Own {response=tears inward}\n\nHere it is.\n"
    practice = practice_of(own, header=MOVING)
    plan = respond(plan_of(practice), Samples(0), "tears", context_of(practice)).plan
    assert inward(plan, practice) >= line(plan, "Here it is.").length


def test_what_no_text_knows_is_not_inward() -> None:
    practice = practice_of(BODY)
    other = practice_of("\n" * 40 + BODY)
    assert inward(plan_of(other), practice) == 0
