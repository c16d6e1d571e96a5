"""A way out is spoken where otherwise too long would pass without one, and only there."""

from itertools import pairwise

import pytest

from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.parts import Level, Words
from thaw.practice.plan import Choices, Event, Plan
from thaw.units import SAMPLE_RATE

MINUTE = 60 * SAMPLE_RATE


def plan_of(body: str, seconds: int, *, level: Level = 1, words: Words = WORDS) -> Plan:
    return compose(practice_of(body), Choices(seconds, level=level), words=words, lengths=length_at)


def spoken_ways_out(plan: Plan) -> list[Event]:
    return [event for event in plan.lines() if event.text in WORDS.leave]


LONG = "## A\n\nOn.\n\n" + "\n\n".join(["[rest 10..20]\n\nOn.\n\n[leave]"] * 40)


@pytest.mark.parametrize(("level", "minutes"), [(1, 3), (2, 4), (3, 5)])
@pytest.mark.parametrize("seconds", [720, 800])
def test_no_stretch_is_longer_than_the_level_allows(
    level: Level, minutes: int, seconds: int
) -> None:
    plan = plan_of(LONG, seconds, level=level)

    moments = [0, *(event.start for event in spoken_ways_out(plan)), plan.total]
    stretches = [then - now for now, then in pairwise(moments)]
    assert max(stretches) <= minutes * MINUTE
    # None is spoken without need: any two stretches together are longer than allowed.
    together = [then + now for now, then in pairwise(stretches)]
    assert min(together) > minutes * MINUTE


def test_a_line_that_lets_one_go_counts() -> None:
    body = LONG.replace("On.\n\n[leave]", "You can stop here.\n\n[leave]")

    assert spoken_ways_out(plan_of(body, 720)) == []


def test_without_need_nothing_is_spoken_but_once_in_the_last_third() -> None:
    body = "## A\n\nOne.\n\n[leave]\n\n[rest 60]\n\nTwo.\n\n[leave]\n\n[rest 5..90]\n"

    (way_out,) = spoken_ways_out(plan_of(body, 90, level=3))

    assert way_out.start >= 60 * SAMPLE_RATE


def test_in_the_last_third_a_line_of_the_text_is_enough() -> None:
    body = (
        "## A\n\nOne.\n\n[rest 60]\n\nTwo.\n\n[leave]\n\n[rest 2..5]\n\n"
        "You can stop here.\n\n[rest 2..20]\n"
    )

    assert spoken_ways_out(plan_of(body, 95, level=3)) == []


def test_a_way_out_is_followed_by_a_rest_of_its_own_where_there_is_none() -> None:
    body = "## A\n\nOne.\n\n[rest 80..89]\n\n[leave]\n\nTwo.\n\n[rest 2..9]\n"
    plan = plan_of(body, 120, level=3)

    at = next(number for number, event in enumerate(plan.events) if event.text in WORDS.leave)

    assert [event.kind for event in plan.events[at - 1 : at + 3]] == ["rest", "say", "rest", "say"]
    assert 2 * SAMPLE_RATE <= plan.events[at + 1].length <= 4 * SAMPLE_RATE


def test_who_avoids_something_in_every_way_out_hears_none() -> None:
    words = Words(WORDS.anchors, {**WORDS.avoid, "stop": ("stop", "end")}, WORDS.leave)
    header = HEADER.replace("least: 1, usual: 1, most: 1", "least: 12, usual: 12, most: 12")
    practice = practice_of(LONG, header=header)

    plan = compose(practice, Choices(720, level=1, avoid=("stop",)), words=words, lengths=length_at)

    assert spoken_ways_out(plan) == []


def test_a_length_without_room_for_a_way_out_is_played_all_the_same() -> None:
    # At its shortest it lasts just under three minutes and needs no way out. A little longer
    # and one is needed; some seconds more and there is room for it.
    rest = "[rest 17..20]\n\nTwo.\n\n"
    body = f"## A\n\nOne.\n\n{rest * 3}[leave]\n\n{rest * 5}[rest 19.5]\n\n[rest 3]\n"

    spoken = [len(spoken_ways_out(plan_of(body, seconds))) for seconds in range(179, 190)]

    assert spoken == sorted(spoken)
    assert (spoken[2], spoken[-1]) == (0, 1)
