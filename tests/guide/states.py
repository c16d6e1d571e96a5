"""States by chance: a few weeks of a person, entries in the future among them."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from tests.guide.shelves import LATER, NOW
from thaw.guide.decided import (
    ANGER_PLAN,
    ASKED_UNWELCOME,
    LEVEL,
    NOT_TODAY,
    OFFER_AGAIN,
    QUIET_AS_IT_IS,
    SEEN_PROFESSIONAL,
    SEEN_REPAIR,
    SHORTER,
    SOMETHING_ELSE,
    override_of,
)
from thaw.guide.state import CheckIn, Decision, Offered, Sat, State, Tastes, Unwelcome

AT = datetime(2026, 6, 15, 19, tzinfo=timezone(timedelta(hours=2)))
"""The moment of every state here."""

moments = st.integers(-40 * 24 * 60, 3 * 24 * 60).map(lambda m: AT + timedelta(minutes=m))
felts = st.one_of(st.none(), st.just("cant-tell"), st.integers(0, 10))
taps = st.lists(
    st.sampled_from(["nothing", "restless", "too-much", "unreal", "angry", "fine"]), max_size=2
)
checkins = st.builds(CheckIn, moments, st.booleans(), felts)
sittings = st.builds(
    Sat,
    moments,
    st.sampled_from([practice.id for practice in LATER]),
    st.floats(0, 60),
    st.one_of(st.just(0.0), st.floats(0, 20)),
    st.sampled_from([1, 2, 3]),
    taps.map(tuple),
    st.sampled_from([None, None, "easier", "same", "harder", "further", "cant-tell"]),
    st.sampled_from(["ended", "gently", "stopped", "left", "on"]),
)
unwelcome = st.builds(
    Unwelcome,
    moments,
    st.sampled_from([("no",), ("anxious",), ("more-numb", "low")]),
    st.sampled_from(["", "minutes", "next-day", "longer", "still"]),
)
plain_decisions = st.one_of(
    st.tuples(st.just(SOMETHING_ELSE), st.sampled_from([practice.id for practice in LATER])),
    st.tuples(st.just(SHORTER), st.sampled_from(["1", "2", "5", "10", "x", "", "99999"])),
    st.tuples(st.just(LEVEL), st.sampled_from(["1", "2", "3", "4", ""])),
    st.tuples(
        st.sampled_from([NOT_TODAY, OFFER_AGAIN, QUIET_AS_IT_IS, ASKED_UNWELCOME, ANGER_PLAN])
        | st.sampled_from([SEEN_PROFESSIONAL, SEEN_REPAIR, "skip:person"]),
        st.just(""),
    ),
)
overrides = st.tuples(
    st.sampled_from([f"S{n}" for n in range(1, 15)]).map(override_of), st.just("")
)
tastes = st.builds(
    Tastes,
    st.lists(st.sampled_from(["lying", "standing", "breath", "closed-eyes"]), max_size=2).map(
        tuple
    ),
    st.sampled_from([None, "sitting", "standing", "lying", "walking"]),
    st.sampled_from([None, "sounds", "breath"]),
)
shelves = st.sampled_from([NOW, LATER]) | st.lists(st.sampled_from(LATER), unique=True).map(tuple)


def states(*, overridden: bool = True) -> st.SearchStrategy[State]:
    """Return states; without overrides, every rule that is brought about is in force."""
    kinds = st.one_of(plain_decisions, overrides) if overridden else plain_decisions
    decisions = st.builds(lambda at, kind: Decision(at, *kind), moments, kinds)
    return st.builds(
        State,
        st.lists(checkins, max_size=8).map(tuple),
        st.lists(sittings, max_size=10).map(tuple),
        st.lists(unwelcome, max_size=4).map(tuple),
        st.lists(decisions, max_size=8).map(tuple),
        tastes,
    )


def ids(shelf: tuple[Offered, ...]) -> set[str]:
    return {practice.id for practice in shelf}
