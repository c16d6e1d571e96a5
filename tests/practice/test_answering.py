"""What is promised of every sitting that answers holds for practices of every kind."""

from hypothesis import given, settings

from tests.practice.answers import ANSWERS
from tests.practice.tapping import EXAMPLES, TAPS, Taps, assert_promises, taps_on
from tests.practice.test_promises import Sitting, plan_of, sittings
from tests.practice.words import WORDS
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.respond import Context


def context_of(practice: Practice) -> Context:
    return Context(practice, ANSWERS, WORDS, length_at)


@settings(max_examples=EXAMPLES)
@given(sittings(), TAPS)
def test_no_responses_break_a_promise(sitting: Sitting, taps: Taps) -> None:
    practice, choices, _ = sitting
    context = context_of(practice)

    for tap in taps_on(plan_of(practice, choices), taps, context):
        assert_promises(tap, context)


@settings(max_examples=EXAMPLES // 5)
@given(sittings(), TAPS)
def test_the_same_taps_give_the_same_sitting(sitting: Sitting, taps: Taps) -> None:
    practice, choices, _ = sitting
    plan, context = plan_of(practice, choices), context_of(practice)

    assert taps_on(plan, taps, context) == taps_on(plan, taps, context)
