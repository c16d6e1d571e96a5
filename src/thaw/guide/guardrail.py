"""What is in force: rules that shorten, turn outward, pause, or stop, each with its reason.

Every rule looks at what happened, never at a score, and says whether and how a person can go on
against it. Docs: docs/explanation/guiding.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from thaw.guide import cards
from thaw.guide.cards import Card
from thaw.guide.decided import (
    ANGER_PLAN,
    SEEN_PROFESSIONAL,
    SEEN_REPAIR,
    has_since,
    latest,
    override_of,
)
from thaw.guide.signs import (
    ANGRY,
    UNREAL,
    bad_times,
    is_harder,
    is_too_much,
    is_within,
    worse_next_day,
)
from thaw.guide.state import CheckIn, Offered, State, known_at
from thaw.guide.table import of

_STOPS = frozenset({"stop", "rest-day", "a-lot"})
_OUTWARD = frozenset(
    {"stop", "paused", "too-much", "unreal-sitting", "unreal-today", "unreal-lately", "anger"}
    | {"harder", "rest-day", "unwelcome", "a-lot"}
)
_EYES_OPEN = frozenset({"too-much", "unreal-sitting", "unreal-today", "unreal-lately"})
_GENTLE = frozenset({"harder", "unwelcome", "rest-day", "stop"})
_MOVING = frozenset({"paused", "anger", "a-lot"})

_COVERS = {"S6": {"S5", "S3", "S2"}, "S5": {"S3", "S2"}}
"""A card that says it all stands for those as well."""

KINDNESS = frozenset({"kindness", "loving-kindness"})
_UNREAL_OFF = frozenset({"exposure", "breath"})


@dataclass(frozen=True, slots=True)
class Guard:
    """What is in force at a moment.

    Attributes:
        held: A card for every rule that is in force, the most important first.
    """

    held: tuple[Card, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """What to tell: one reason is enough where a card says it all."""
        covered = {rule for card in self.held for rule in _COVERS.get(card.rule, ())}
        return tuple(card for card in self.held if card.rule not in covered)

    @property
    def codes(self) -> frozenset[str]:
        """What the rules in force are about."""
        return frozenset(card.code for card in self.held)

    @property
    def stops(self) -> bool:
        """Whether nothing is suggested; practices that are allowed stay a tap away."""
        return bool(self.codes & _STOPS)

    @property
    def is_outward(self) -> bool:
        """Whether nothing that turns inward is offered."""
        return bool(self.codes & _OUTWARD)

    @property
    def is_eyes_open(self) -> bool:
        """Whether only practices with the eyes open are offered, and none lying down."""
        return bool(self.codes & _EYES_OPEN)

    @property
    def is_gentle(self) -> bool:
        """Whether suggestions are short, and a level lower."""
        return bool(self.codes & _GENTLE)

    @property
    def favours(self) -> tuple[str, ...]:
        """The kinds of practice that come first."""
        if self.codes & _EYES_OPEN:
            return ("senses", "movement")
        if self.codes & _MOVING:
            return ("movement", "senses")
        return ("senses", "movement") if self.codes & _GENTLE else ()

    @property
    def inward_paused_until(self) -> datetime | None:
        """Until when inward practice is paused; None where it is not, or not by time."""
        times = [card.until for card in self.cards if card.until and card.code != "rest-day"]
        return max(times, default=None)

    def allows(self, practice: Offered) -> bool:
        """Return whether a practice may be offered, by its features."""
        if self.is_outward and practice.is_inward:
            return False
        if self.is_eyes_open and practice.eyes != "open":
            return False
        return not (self.is_unreal and self._is_off(practice))

    @property
    def is_unreal(self) -> bool:
        """Whether S4 holds, for today or for now."""
        return bool(self.codes & {"unreal-today", "unreal-lately"})

    def _is_off(self, practice: Offered) -> bool:
        themes = frozenset(practice.themes)
        if themes & _UNREAL_OFF or (practice.anchors and set(practice.anchors) <= {"breath"}):
            return True
        return bool(themes & KINDNESS) and practice.least > of("S4", "kindness_most")

    def most_minutes(self, practice: Offered) -> int:
        """Return the longest that a practice may be offered for, by the rules in force."""
        is_short = self.is_unreal and not KINDNESS.isdisjoint(practice.themes)
        return min(practice.most, of("S4", "kindness_most")) if is_short else practice.most

    def caution(self, practice: Offered) -> tuple[Card, ...]:
        """Return why a practice is not suggested now, for who opens it by themselves."""
        return tuple(card for card in self.held if not Guard((card,)).allows(practice))


def in_force(state: State, now: datetime) -> Guard:
    """Return what is in force at ``now``.

    Args:
        state: What happened; entries may stand in any order, and some in the future.
        now: The moment, in the person's own time zone.
    """
    return guard_of(known_at(state, now), now)


def guard_of(known: State, now: datetime) -> Guard:
    """Return what is in force, for a state that ``known_at`` gave."""
    return Guard(tuple(_cards(known, now)))


def _cards(known: State, now: datetime) -> Iterator[Card]:
    for rule in (_stop, _pause, _unreal, _too_much, _anger, _rest, _harder, _a_lot, _repair):
        yield from rule(known, now)


def _stop(known: State, now: datetime) -> Iterator[Card]:
    window = timedelta(days=of("S6", "window"))
    for times, most in (
        (bad_times(known.sittings, now - window), of("S6", "times")),
        (worse_next_day(known, now - window), of("S6", "worse_next_day")),
    ):
        if len(times) >= most and not _is_overridden(known, "S6", times[-1]):
            yield cards.stop_card(times[-most] + window)
            return


def _pause(known: State, now: datetime) -> Iterator[Card]:
    window, pause = timedelta(days=of("S5", "window")), timedelta(days=of("S5", "pause"))
    step = of("S5", "times") - 1
    times = bad_times(known.sittings, now - window - pause)
    ends = [
        late + pause
        for early, late in zip(times, times[step:], strict=False)
        if late - early <= window and now < late + pause
    ]
    if ends and not _is_overridden(known, "S5", ends[-1] - pause):
        yield cards.paused_card(ends[-1])


def _unreal(known: State, now: datetime) -> Iterator[Card]:
    lifted = latest(known.decisions, override_of("S4"))
    asked = [each for each in known.checkins if lifted is None or each.at > lifted.at]
    if _was_unreal_lately(asked):
        is_new = latest(known.decisions, SEEN_PROFESSIONAL) is None
        yield cards.unreal_lately_card(is_professional_named=is_new)
    elif any(each.unreal and each.at.date() == now.date() for each in asked):
        yield cards.unreal_today_card()


def _was_unreal_lately(checkins: Sequence[CheckIn]) -> bool:
    """Return whether features are off: so many of a window were unreal, and no clear row since."""
    window, many, clear = of("S4", "window"), of("S4", "unreal"), of("S4", "clear")
    marks = [each.unreal for each in checkins]
    is_off, since = False, 0
    for end, is_unreal in enumerate(marks, 1):
        since = 0 if is_unreal else since + 1
        if is_unreal:
            is_off = is_off or sum(marks[max(0, end - window) : end]) >= many
        elif since >= clear:
            is_off = False
    return is_off


def _too_much(known: State, now: datetime) -> Iterator[Card]:
    bad = [sat for sat in known.sittings if sat.at.date() == now.date() and is_too_much(sat)]
    if bad:
        yield cards.too_much_card(is_unreal=any(UNREAL in sat.responses for sat in bad))


def _anger(known: State, now: datetime) -> Iterator[Card]:
    angry = any(ANGRY in sat.responses for sat in known.sittings if sat.at.date() == now.date())
    opened = latest(known.decisions, ANGER_PLAN)
    if angry or (opened is not None and opened.at.date() == now.date()):
        yield cards.anger_card()


def _repair(known: State, now: datetime) -> Iterator[Card]:
    angry = [sat.at for sat in known.sittings if ANGRY in sat.responses]
    if not angry or angry[-1].date() == now.date():
        return
    if is_within(angry[-1], now, days=of("S11", "repair")) and not has_since(
        known.decisions, SEEN_REPAIR, angry[-1]
    ):
        yield cards.repair_card()


def _rest(known: State, now: datetime) -> Iterator[Card]:
    came = [each for each in known.unwelcome if each.is_something]
    if not came or _is_overridden(known, "S7", came[-1].at):
        return
    until = came[-1].at + timedelta(hours=of("S7", "rest"))
    if now < until:
        yield cards.unwelcome_rest_card(until)
    elif not any(sat.at >= came[-1].at for sat in known.sittings):
        yield cards.unwelcome_card()


def _harder(known: State, now: datetime) -> Iterator[Card]:
    del now  # It holds until the next sitting, whenever that is.
    if known.sittings:
        last = known.sittings[-1]
        if is_harder(last) and not _is_overridden(known, "S3", last.at):
            yield cards.harder_card()


def _a_lot(known: State, now: datetime) -> Iterator[Card]:
    of_today = [sat for sat in known.sittings if sat.at.date() == now.date()]
    inward = [sat for sat in of_today if sat.inward_minutes > 0]
    is_long = sum(sat.minutes for sat in of_today) > of("S14", "minutes")
    if (is_long or len(inward) > of("S14", "inward")) and not _is_overridden(
        known, "S14", of_today[-1].at
    ):
        yield cards.a_lot_card()


def _is_overridden(known: State, rule: str, since: datetime) -> bool:
    """Return whether a person went on against a rule after what brought it about."""
    return has_since(known.decisions, override_of(rule), since)
