import itertools
import math
import re

from hypothesis import given
from hypothesis import strategies as st

from thaw.practice.drawing import SIZE, Drawing, Stroke, draw
from thaw.practice.plan import Choices, Event, Kind, Origin, Plan
from thaw.units import FRAME, SAMPLE_RATE, Samples

MINUTE = 60 * SAMPLE_RATE


def plan_of(
    *parts: tuple[Kind, float], practice: str = "thawing", voice: str = "flite-slt"
) -> Plan:
    events: list[Event] = []
    at = 0
    for kind, seconds in parts:
        length = round(seconds * SAMPLE_RATE / FRAME) * FRAME
        events.append(Event(kind, Samples(at), Samples(length), "A section", "Words."))
        at += length
    origin = Origin("0" * 64, Choices(at // SAMPLE_RATE, voice=voice), 0, (), 45.0)
    return Plan(practice, "A title", "en", Samples(at), tuple(events), origin)


def points(stroke: Stroke) -> list[tuple[float, float]]:
    """The ends of its cubics: places that lie on the contour."""
    start, *cubics = re.findall(r"[MC][^MC]+", stroke.d)
    ends = [cubic.split()[-2:] for cubic in cubics]
    return [(float(x), float(y)) for x, y in (start[1:].split(), *ends)]


def radius(point: tuple[float, float]) -> float:
    return math.hypot(point[0] - SIZE / 2, point[1] - SIZE / 2)


def rings_of(drawing: Drawing) -> set[int]:
    return {stroke.ring for stroke in drawing.strokes}


def test_there_is_one_contour_for_each_minute() -> None:
    assert rings_of(draw(plan_of(("rest", 180)))) == {0, 1, 2}


def test_a_contour_ends_where_it_began() -> None:
    for stroke in draw(plan_of(("rest", 120))).strokes:
        first, *_, last = points(stroke)
        assert math.dist(first, last) < 0.2


def test_a_contour_begins_at_the_top_and_runs_clockwise() -> None:
    quarter = draw(plan_of(("rest", 15), ("say", 45))).strokes[0]
    (x, y), *_, (later_x, later_y) = points(quarter)
    assert math.isclose(x, SIZE / 2, abs_tol=0.1)
    assert y < SIZE / 2
    assert later_x > SIZE / 2
    assert math.isclose(later_y, SIZE / 2, abs_tol=0.1)


def test_a_last_minute_that_is_not_whole_is_an_arc() -> None:
    *_, arc = draw(plan_of(("rest", 150))).strokes
    assert arc.ring == 2
    first, *_, last = points(arc)
    assert math.dist(first, last) > 100


def test_strokes_follow_each_other_and_cover_the_plan() -> None:
    plan = plan_of(("bell", 8), ("say", 4.5), ("rest", 61), ("say", 30), ("check", 3), ("bell", 8))
    strokes = draw(plan).strokes
    assert strokes[0].start == 0
    assert strokes[-1].end == plan.total
    assert all(a.end == b.start for a, b in itertools.pairwise(strokes))


def test_a_stroke_says_what_is_heard_and_a_question_is_a_voice() -> None:
    plan = plan_of(("bell", 8), ("say", 4), ("rest", 10), ("check", 3))
    assert [stroke.kind for stroke in draw(plan).strokes] == ["bell", "say", "rest", "say"]


def test_an_event_across_a_whole_minute_is_cut_there() -> None:
    cut = draw(plan_of(("rest", 50), ("say", 20))).strokes[1:]
    assert [(s.ring, s.kind, s.start, s.end) for s in cut] == [
        (0, "say", 50 * SAMPLE_RATE, MINUTE),
        (1, "say", MINUTE, 70 * SAMPLE_RATE),
    ]


def test_the_same_practice_keeps_its_shape_and_another_has_its_own() -> None:
    def shape(practice: str) -> str:
        return draw(plan_of(("rest", 60), practice=practice)).strokes[0].d

    assert shape("thawing") == shape("thawing")
    assert shape("thawing") != shape("five-things")


@given(practice=st.text(min_size=1, max_size=12), minutes=st.integers(1, 60))
def test_contours_never_cross_nor_leave_the_view_box(practice: str, minutes: int) -> None:
    drawing = draw(plan_of(("rest", 60 * minutes), practice=practice))
    assert drawing.view_box == f"0 0 {SIZE} {SIZE}"
    contours = [points(stroke) for stroke in drawing.strokes]
    assert len(contours) == minutes
    for inner, outer in itertools.pairwise(contours):
        assert all(radius(a) < radius(b) for a, b in zip(inner, outer, strict=True))
    assert all(0 <= x <= SIZE and 0 <= y <= SIZE for contour in contours for x, y in contour)


def test_the_words_say_how_long_how_much_voice_and_where_the_bells_are() -> None:
    plan = plan_of(("bell", 8), ("say", 100), ("rest", 64), ("bell", 8))
    assert draw(plan).words == (
        "3 minutes. A voice for about 2 minutes, in 1 line. Bells at the start and at the end."
    )


def test_words_on_the_screen_are_called_words() -> None:
    plan = plan_of(("say", 11), ("rest", 45), ("say", 5), voice="none")
    assert draw(plan).words == (
        "1 minute 1 second. Words for about 15 seconds, in 2 lines. No bells."
    )


def test_a_bell_in_the_middle_is_told_by_its_time() -> None:
    plan = plan_of(("rest", 70), ("bell", 8), ("rest", 10), ("bell", 8))
    assert draw(plan).words == "1 minute 36 seconds. No words. Bells at 1:10 and at the end."


def test_a_single_bell_is_one_bell() -> None:
    assert draw(plan_of(("bell", 8), ("rest", 2))).words == (
        "10 seconds. No words. A bell at the start."
    )


def test_a_drawing_that_stands_still_has_every_stroke_in_one_path_for_each_kind() -> None:
    drawing = draw(plan_of(("bell", 8), ("say", 20), ("rest", 90), ("say", 5)))
    assert [kind for kind, _ in drawing.lines] == ["rest", "say", "bell"]
    for kind, d in drawing.lines:
        assert d == " ".join(stroke.d for stroke in drawing.strokes if stroke.kind == kind)
