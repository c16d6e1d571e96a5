"""A tap is answered: when, with what words, and with which voice."""

from dataclasses import replace

import pytest

from tests.practice.answers import ANSWERS, said
from tests.practice.responding import BODY, MOVING, context_of, line, plan_of, tapped, with_only
from tests.practice.words import WORDS, practice_of
from thaw.practice.answers import ANSWERED
from thaw.practice.compose import compose
from thaw.practice.ending import PAUSE
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices
from thaw.practice.respond import Context, Reply, respond
from thaw.units import SAMPLE_RATE, InputError, Samples, samples_of

# --- When ---------------------------------------------------------------------------------------


def test_a_running_line_is_heard_to_its_end_and_a_rest_comes_before_the_answer() -> None:
    plan, reply = tapped(BODY, 0.1, "nothing")

    first, rest, answer = reply.plan.events[:3]
    assert first == plan.events[0]
    assert (rest.kind, rest.length) == ("rest", PAUSE)
    assert (answer.text, reply.switch) == (reply.answer[0], rest.end)
    assert reply.is_spoken


def test_a_bell_is_heard_to_its_end() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice)
    bell = next(event for event in plan.events if event.kind == "bell")

    reply = respond(plan, Samples(bell.start + 960), "nothing", context_of(practice))

    at = reply.plan.events.index(bell)
    assert reply.plan.events[at + 1].length == PAUSE
    assert reply.plan.events[at + 2].text == reply.answer[0]


def test_a_rest_is_cut_where_the_tap_falls() -> None:
    plan, _ = tapped(BODY, 0, "nothing")
    rest = plan.events[1]
    at = Samples(rest.start + samples_of(2.5) + 7)

    reply = respond(plan, at, "nothing", context_of(practice_of(BODY, header=MOVING)))

    assert reply.plan.events[1].length == samples_of(2.52)
    assert reply.plan.total == plan.total


def test_who_allows_no_silence_so_long_waits_less_for_an_answer() -> None:
    body = "".join(
        f"## S{number}\n\nOne of very many words here.\n\n[rest 0..1]\n\n" for number in range(15)
    )
    plan, reply = tapped(body, 0.1, "tears", Choices(60, avoid=("silence:1",)))

    assert plan.origin.rest_cap == 1
    assert reply.plan.events[1].length == samples_of(1)
    assert reply.plan.total == plan.total


def test_before_the_beginning_is_the_beginning_and_after_the_end_nothing_happens() -> None:
    practice = practice_of(BODY)
    plan, context = plan_of(practice), context_of(practice)

    early = respond(plan, Samples(-5), "nothing", context)
    late = [respond(plan, plan.total, kind, context) for kind in ("nothing", "end", "stop")]

    assert early == respond(plan, Samples(0), "nothing", context)
    assert late == [Reply(plan, plan.total)] * 3


def test_a_tap_before_anything_was_said_is_answered_and_nothing_is_lost() -> None:
    plan, reply = tapped(f"## O\n\n[rest 4..9]\n\n{BODY}", 1, "tears")

    assert said(reply.plan) == [*reply.answer, *said(plan)]


def test_in_the_closing_an_answer_is_shown_and_only_end_and_stop_act() -> None:
    practice = practice_of(BODY)
    plan, context = plan_of(practice), context_of(practice)
    at = line(plan, "Look around the room.").start

    for kind in ANSWERED:
        reply = respond(plan, at, kind, context)
        assert (reply.plan, reply.is_spoken) == (plan, False)
        assert reply.answer
    assert respond(plan, at, "end", context) == Reply(plan, plan.total)
    stopped = respond(plan, Samples(at + 960), "stop", context)
    assert stopped.plan.total == stopped.switch == at + 960
    assert stopped.plan.events[-1].kind == "rest"
    assert stopped.plan.events[-1].closing


def test_a_stop_between_two_events_cuts_none() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice)

    reply = respond(plan, plan.events[2].start, "stop", context_of(practice))

    assert reply.plan.events == plan.events[:2]
    assert reply.plan.origin.responses[-1].kind == "stop"
    assert len(reply.plan.origin.variants) == 1


def test_after_a_stop_nothing_comes_back() -> None:
    practice = practice_of(BODY)
    context = context_of(practice)
    at = Samples(samples_of(5) + 7)
    stopped = respond(plan_of(practice), at, "stop", context).plan

    assert at < stopped.total
    for kind in ("too-much", "fine", "end", "nothing"):
        assert respond(stopped, at, kind, context) == Reply(stopped, stopped.total)


def test_a_way_back_of_its_own_for_open_eyes_is_taken_when_the_eyes_open() -> None:
    closing = (
        "## Back {closing eyes=closed}\n\nLet the eyes open.\n\n[rest 2..9]\n\n"
        "## Back {closing eyes=open}\n\nLook around.\n\n[rest 2..9]\n"
    )
    practice = practice_of(BODY, closing=closing)
    plan = plan_of(practice, Choices(75))

    reply = respond(plan, Samples(0), "unreal", context_of(practice))

    assert said(plan)[-1] == "Let the eyes open."
    assert said(reply.plan)[-1] == "Look around."


@pytest.mark.parametrize(("kind", "tag"), [("unreal", "inward"), ("less-talk", "extra")])
def test_no_answer_takes_a_closing_away(kind: str, tag: str) -> None:
    closing = f"## Back {{closing {tag}}}\n\nLook around. {{{tag}}}\n\n[rest 2..9]\n"
    practice = practice_of(BODY, closing=closing)

    reply = respond(plan_of(practice, Choices(75)), Samples(0), kind, context_of(practice))

    assert reply.is_spoken
    assert said(reply.plan)[-1] == "Look around."


@pytest.mark.parametrize("kind", ["nothng", "", "leave"])
def test_an_unknown_response_is_refused(kind: str) -> None:
    with pytest.raises(InputError) as error:
        tapped(BODY, 3, kind)

    assert error.value.code == "response.unknown"


def test_a_practice_that_was_edited_meanwhile_is_refused() -> None:
    plan = plan_of(practice_of(BODY))

    with pytest.raises(InputError) as error:
        respond(plan, Samples(0), "tears", context_of(practice_of(BODY + "\nFive.\n")))

    assert error.value.code == "response.other_text"


# --- What is said -------------------------------------------------------------------------------


def test_the_practice_answers_by_itself_where_it_has_something_to_say() -> None:
    own = "\n## Own {response=tears}\n\nCome as you are. {posture=sitting}\n"
    practice = practice_of(BODY + own)
    sitting = plan_of(practice)
    standing = plan_of(practice, Choices(90, posture="standing"))

    here, there = (
        respond(plan, samples_of(5), "tears", context_of(practice)) for plan in (sitting, standing)
    )

    assert here.answer == ("Come as you are.",)
    assert there.answer != here.answer
    after = here.plan.events.index(line(here.plan, "Come as you are.")) + 1
    assert here.plan.events[after].kind == "rest"


def test_the_same_tap_again_hears_the_other_answer_and_then_the_first() -> None:
    own = "\n## Own {response=tears}\n\nCome as you are.\n\n[rest 2..4]\n"
    practice = practice_of(BODY + own)
    plan, context = plan_of(practice, Choices(90)), context_of(practice)
    heard: list[str] = []

    for _ in range(3):
        at = heard and line(plan, heard[-1]).start
        reply = respond(plan, Samples(at or 0), "tears", context)
        plan, heard = reply.plan, [*heard, reply.answer[0]]

    assert heard[0] == heard[2] == "Come as you are."
    assert heard[1] != heard[0]


def test_where_one_wording_is_left_the_same_tap_again_is_answered_in_writing() -> None:
    answers = with_only("tears", "continue", "## T {posture=lying}\n\nNo.\n\n## U\n\nYes.\n")
    practice = practice_of(BODY)
    plan, context = plan_of(practice), context_of(practice, answers=answers)

    first = respond(plan, Samples(0), "tears", context)
    again = respond(first.plan, line(first.plan, "Yes.").start, "tears", context)

    assert (first.answer, first.is_spoken) == (("Yes.",), True)
    assert (again.answer, again.is_spoken, again.plan) == (("Yes.",), False, first.plan)


def test_where_all_of_an_answer_is_avoided_nothing_is_said_and_nothing_changes() -> None:
    body = "## T\n\n- A friend.\n\n[rest 2]\n\n- Friend of people.\n"
    answers = with_only("tears", "outward", body)
    practice = practice_of(BODY)
    plan = plan_of(practice, Choices(90, avoid=("people",)))

    reply = respond(plan, Samples(0), "tears", context_of(practice, answers=answers))

    assert reply == Reply(plan, plan.total)


def test_too_much_ends_even_where_nothing_of_its_answer_may_be_said() -> None:
    answers = with_only("too-much", "end", "## T\n\nA friend.\n")
    practice = practice_of(BODY)
    plan = plan_of(practice, Choices(90, avoid=("people",)))

    reply = respond(plan, Samples(0), "too-much", context_of(practice, answers=answers))

    assert said(reply.plan) == ["One of many.", "Look around the room."]
    assert reply.answer == ()
    assert reply.plan.origin.responses[-1].kind == "too-much"


def test_an_answer_begins_with_its_first_line_that_may_be_said() -> None:
    answers = with_only("tears", "continue", "## T\n\n- A friend.\n\n[rest 2]\n\n- Well.\n")
    practice = practice_of(BODY)
    plan = plan_of(practice, Choices(90, avoid=("people",)))

    reply = respond(plan, Samples(0), "tears", context_of(practice, answers=answers))

    assert reply.answer == ("Well.",)
    assert reply.is_spoken


# --- Voices -------------------------------------------------------------------------------------


def test_what_is_not_voiced_is_named_and_shown_until_it_is() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice, Choices(90, voice="a voice"))
    voiced = {event.text: event.length for event in plan.lines()}
    voiced |= {text: length_at(text) for text in WORDS.leave}
    context = replace(context_of(practice), lengths=voiced.get)

    replies = [respond(plan, Samples(0), "unreal", context)]
    while missing := replies[-1].missing:
        assert (replies[-1].plan, replies[-1].is_spoken) == (plan, False)
        assert not voiced.keys() & set(missing)
        voiced |= {text: length_at(text) for text in missing}
        replies.append(respond(plan, Samples(0), "unreal", context))

    assert len(replies) > 1
    assert replies[0].answer == replies[-1].answer
    assert replies[-1] == respond(plan, Samples(0), "unreal", context_of(practice))


def test_too_much_waits_for_no_voice() -> None:
    practice = practice_of(BODY)
    plan = plan_of(practice)
    voiced = {event.text: event.length for event in plan.lines()}

    reply = respond(
        plan, samples_of(1), "too-much", replace(context_of(practice), lengths=voiced.get)
    )

    assert said(reply.plan) == ["One of many.", "Look around the room."]
    assert reply.answer
    assert reply.missing
    assert not reply.is_spoken


@pytest.mark.parametrize("factor", [0.4, 2.5])
def test_a_voice_slower_or_faster_than_guessed_keeps_the_length(factor: float) -> None:
    loop = "## B {each=places}\n\n{places}, or {anchor}.\n\n[rest 1..8]\n"
    practice = practice_of(f"## A\n\nOne of many.\n\n[rest 3..20]\n\n{loop}")

    def length(text: str) -> Samples:
        return samples_of(length_at(text) / SAMPLE_RATE * factor)

    plan = compose(practice, Choices(60, voice="v"), words=WORDS, lengths=length)
    context = Context(practice, ANSWERS, WORDS, length)
    for kind in ("wandering", "unreal", "tears"):
        reply = respond(plan, samples_of(1), kind, context)
        assert reply.plan.total == plan.total
        plan = reply.plan
