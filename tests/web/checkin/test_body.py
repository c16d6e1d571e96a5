"""What a check-in can hold, and how it is sealed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.units import DamageError, InputError
from thaw.web.checkin.body import (
    BELOWS,
    CANT_TELL,
    MARKS,
    SIDES,
    TAGS,
    Body,
    Mark,
    body_of,
    checked,
    sealed_of,
    shape_of,
    shaped,
)
from thaw.web.checkin.way import Liked, checked_way, liked_in, liked_of, sealed_way

WORDS = {"numb", "calm", "sad", "lost"}
REGIONS = {"chest": ("front",), "left-hand": ("front", "back")}

slid = st.none() | st.just(CANT_TELL) | st.integers(0, 100).map(lambda part: part / 100)
marks = st.builds(
    Mark, st.sampled_from(["chest", "arm"]), st.sampled_from(SIDES), st.sampled_from(MARKS)
)
bodies = st.builds(
    lambda little, below, **rest: Body(felt=little, below=below, **rest),
    little=st.integers(0, 3),
    below=st.none() | st.sampled_from(BELOWS),
    unreal=st.booleans(),
    pleasant=slid,
    energy=slid,
    words=st.lists(st.sampled_from(sorted(WORDS)), max_size=3, unique=True).map(tuple),
    marks=st.sets(marks).map(sorted).map(tuple),
    tag=st.none() | st.sampled_from(TAGS),
)


@given(bodies)
def test_what_is_sealed_is_what_is_read(body: Body) -> None:
    assert body_of(sealed_of(body)) == body


def test_a_line_that_was_not_touched_is_not_in_the_middle() -> None:
    assert shaped({"felt": 2}).pleasant is None
    assert shaped({"felt": 2, "pleasant": 0.5}).pleasant == 0.5
    assert sealed_of(shaped({"felt": 2})) != sealed_of(shaped({"felt": 2, "pleasant": 0.5}))


def test_cant_tell_is_an_answer_to_every_question() -> None:
    asked = dict.fromkeys(("felt", "pleasant", "energy"), CANT_TELL)
    body = shaped(asked)
    assert (body.felt, body.pleasant, body.energy) == (CANT_TELL,) * 3
    assert not body.is_empty
    assert shaped({"felt": 1, "below": CANT_TELL}).below == CANT_TELL


def test_nothing_at_all_is_empty_and_nought_is_not() -> None:
    assert shaped({}).is_empty
    for said in ({"felt": 0}, {"unreal": True}, {"words": ["numb"]}, {"energy": 0}):
        assert not shaped(said).is_empty


def test_where_more_is_felt_the_question_below_has_no_answer() -> None:
    assert shaped({"felt": 3, "below": "flat"}).below == "flat"
    for felt in (4, CANT_TELL, None):
        assert shaped({"felt": felt, "below": "flat"}).below is None


def test_unreal_is_said_by_the_tick_or_below_it() -> None:
    assert shaped({"unreal": True}).is_unreal
    assert shaped({"felt": 1, "below": "unreal"}).is_unreal
    assert shaped({"felt": 1, "below": "far-away"}).is_unreal
    assert not shaped({"felt": 1, "below": "walled-off"}).is_unreal


def test_a_mark_made_twice_is_there_once_and_in_one_order() -> None:
    one, other = (
        {"region": "chest", "side": "front", "mark": "heavy"},
        {"region": "arm", "side": "back", "mark": "empty"},
    )
    assert shaped({"marks": [one, other, one]}) == shaped({"marks": [other, one]})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "checkin.unreadable"),
        ({"unreal": "yes"}, "checkin.unreadable"),
        ({"words": "numb"}, "checkin.unreadable"),
        ({"marks": ["chest"]}, "checkin.unreadable"),
        ({"marks": [{"region": "chest"}]}, "checkin.unreadable"),
        ({"marks": [{}] * 1001}, "checkin.unreadable"),
        ({"felt": -1}, "checkin.felt"),
        ({"felt": 11}, "checkin.felt"),
        ({"felt": 2.5}, "checkin.felt"),
        ({"felt": True}, "checkin.felt"),
        ({"felt": "3"}, "checkin.felt"),
        ({"pleasant": 1.01}, "checkin.slid"),
        ({"energy": -0.01}, "checkin.slid"),
        ({"energy": float("nan")}, "checkin.slid"),
        ({"energy": False}, "checkin.slid"),
        ({"energy": "0.5"}, "checkin.slid"),
        ({"felt": 1, "below": "bad"}, "checkin.answer"),
        ({"tag": ["moved"]}, "checkin.answer"),
        ({"words": [7]}, "checkin.word"),
        ({"words": ["Not A Word"]}, "checkin.word"),
        ({"words": ["w" * 33]}, "checkin.word"),
        ({"words": ["a", "b", "c", "d"]}, "checkin.words"),
        ({"marks": [{"region": "chest", "side": "top", "mark": "warm"}]}, "checkin.answer"),
        ({"marks": [{"region": "chest", "side": "front", "mark": "red"}]}, "checkin.answer"),
        ({"marks": [{"region": 7, "side": "front", "mark": "warm"}]}, "checkin.region"),
    ],
)
def test_an_answer_that_there_is_not_is_refused(given: object, code: str) -> None:
    with pytest.raises(InputError) as refused:
        shaped(given)
    assert refused.value.code == code


def test_only_words_and_places_of_the_lists_are_kept() -> None:
    here = shaped({"words": ["numb"], "marks": [mark("left-hand", "back")]})
    assert checked(here, WORDS, REGIONS) == here
    for shape, code in (
        ({"words": ["fine"]}, "checkin.word"),
        ({"marks": [mark("tail", "back")]}, "checkin.region"),
        ({"marks": [mark("chest", "back")]}, "checkin.region"),
    ):
        with pytest.raises(InputError) as refused:
            checked(shaped(shape), WORDS, REGIONS)
        assert refused.value.code == code


def test_words_that_went_out_of_the_list_are_still_read() -> None:
    assert body_of(sealed_of(Body(words=("older-word",)))).words == ("older-word",)


def test_what_a_later_thaw_added_is_passed_over() -> None:
    shape = shape_of(Body(felt=2)) | {"weather": "grey"}
    assert body_of(json.dumps(shape).encode()) == Body(felt=2)


@pytest.mark.parametrize("sealed", [b"", b"[]", b'{"felt": 12}', b"\xff", b"[" * 100_000])
def test_what_is_no_check_in_is_damaged(sealed: bytes) -> None:
    with pytest.raises(DamageError):
        body_of(sealed)


def test_how_one_is_asked_is_read_as_it_was_sealed() -> None:
    liked = Liked(("chest", "pelvis"), by_steps=True)
    assert liked_in(sealed_way(liked)) == liked
    assert checked_way(liked, {"chest", "pelvis"}) is liked
    with pytest.raises(DamageError):
        liked_in(b"no")


@pytest.mark.parametrize(
    "given", [[], {"hidden": "chest"}, {"hidden": [7]}, {"steps": 1}, {"hidden": ["a"] * 201}]
)
def test_how_one_cannot_be_asked_is_refused(given: object) -> None:
    with pytest.raises(InputError):
        liked_of(given)


def test_a_part_that_is_not_drawn_cannot_be_left_out() -> None:
    with pytest.raises(InputError, match="not on the drawing"):
        checked_way(Liked(("tail",)), REGIONS)


def mark(region: str, side: str) -> dict[str, str]:
    return {"region": region, "side": side, "mark": "warm"}
