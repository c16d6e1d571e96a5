"""A sitting is cut in its rests, the same way as far as it is the same."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from thaw.practice.plan import Event
from thaw.sound.borders import ABOUT, GRID, borders_of
from thaw.units import FRAME, Frames, Samples

kinds = st.sampled_from(["say", "rest", "bell"])
rows = st.lists(st.tuples(kinds, st.integers(1, 2500)), min_size=1, max_size=60)


def events_of(row: list[tuple[str, int]]) -> tuple[list[Event], Frames]:
    events, now = [], 0
    for kind, frames in row:
        start, length = Samples(now * FRAME), Samples(frames * FRAME)
        events.append(Event(kind, start, length, ""))  # type: ignore[arg-type] # One of the kinds.
        now += frames
    return events, Frames(now)


def cut(row: list[tuple[str, int]]) -> list[int]:
    return borders_of(*events_of(row))


@given(rows)
def test_borders_lie_on_the_grid_and_cover_the_sitting(row: list[tuple[str, int]]) -> None:
    borders = cut(row)
    assert (borders[0], borders[-1]) == (0, sum(frames for _, frames in row))
    assert all(one < other for one, other in pairwise(borders))
    assert all(border % GRID == 0 for border in borders[:-1])


@given(rows)
def test_no_line_is_cut_but_where_it_has_ended(row: list[tuple[str, int]]) -> None:
    events, total = events_of(row)
    for border in borders_of(events, total)[1:-1]:
        running = next(e for e in events if e.start <= border * FRAME <= e.end - 1)
        if running.kind != "rest":
            within = border * FRAME - running.start
            # A cut at an event's end may come up to 100 ms before it.
            ended_just_now = within == 0 or running.end - border * FRAME < GRID * FRAME
            assert ended_just_now


@given(rows)
def test_a_stretch_is_only_as_long_as_a_line_makes_it(row: list[tuple[str, int]]) -> None:
    longest = max(frames for _, frames in row)
    for start, end in pairwise(cut(row)):
        assert end - start <= 2 * ABOUT + longest


@given(rows, st.integers(1, 2000))
def test_sittings_that_begin_alike_are_cut_alike(row: list[tuple[str, int]], more: int) -> None:
    before, after = cut(row), cut([*row, ("rest", more), ("say", 300), ("rest", 3000)])
    alike = [border for border in before if border < before[-1] - 2 * ABOUT]
    assert after[: len(alike)] == alike


def test_a_long_rest_is_cut_every_ten_seconds() -> None:
    assert cut([("rest", 3000)]) == [0, 540, 1080, 1620, 2160, 2700, 3000]


def test_a_line_is_kept_whole_where_a_rest_follows_within_reach() -> None:
    assert cut([("say", 700), ("rest", 100), ("say", 700), ("rest", 500)])[1] == 702


def test_lines_without_rests_are_cut_between_them() -> None:
    assert cut([("say", 240)] * 10)[1:3] == [960, 1920]


def test_what_never_rests_is_cut_where_it_ends() -> None:
    assert cut([("say", 2000), ("say", 100), ("say", 1000)]) == [0, 1998, 3100]
