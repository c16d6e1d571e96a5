"""One suggestion for a person who was here every day of a year."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.bench.figure import Figure, median_ms
from tests.bench.studio import Studio
from thaw.guide import suggest
from thaw.guide.state import CheckIn, Decision, Sat, State, Unwelcome
from thaw.web.today.offering import offered_of

DAYS = 365
NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)


def measure(studio: Studio) -> Iterator[Figure]:
    shelf = [offered_of(practice) for practice in studio.shelf.practices()]
    state = year()
    studio.tell("Suggesting.")
    yield Figure(
        "suggest, a year of daily entries",
        median_ms(lambda: suggest(state, shelf, NOW), times=50),
        "ms",
        5.0,
        f"{DAYS} check-ins, sittings and decisions, {len(shelf)} practices",
    )


def year() -> State:
    """Return a year: a check-in, a sitting and an answer a day, something unwelcome a month."""
    days = [NOW - timedelta(days=day, hours=1) for day in range(DAYS)]
    return State(
        tuple(CheckIn(at, unreal=day % 40 == 0, felt=day % 11) for day, at in enumerate(days)),
        tuple(Sat(at, ("five-things", "thawing")[day % 2], 6, 1) for day, at in enumerate(days)),
        tuple(Unwelcome(at, ("no",)) for at in days[::30]),
        tuple(Decision(at, "something-else", "thawing") for at in days),
    )
