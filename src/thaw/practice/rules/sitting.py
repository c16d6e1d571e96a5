"""The sittings that timed rules are judged on: least, usual and most, in every posture.

They are made with ``--voice none`` at the practice's level. Where a practice cannot last as
long as it says, which ``check`` reports, the nearest length it can have is looked at instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from thaw.practice.compose import compose
from thaw.practice.english import straighten
from thaw.practice.pace import length_at
from thaw.practice.parts import Place, Practice, Words
from thaw.practice.plan import Choices, Event, Plan, spoken
from thaw.practice.rules.wording import Heard
from thaw.practice.ways import is_way_out
from thaw.units import SAMPLE_RATE, LengthError, Samples, clock_of


@dataclass(frozen=True, slots=True)
class Moment:
    """Something spoken in a sitting.

    Attributes:
        event: When it is spoken, and the words of this plan.
        heard: All that its line may say; None for a way out that stands in no practice.
    """

    event: Event
    heard: Heard | None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that may be spoken at this moment."""
        return self.heard.texts if self.heard else (spoken(self.event.text),)

    @property
    def is_way_out(self) -> bool:
        """Whether it tells the person that they may stop, whatever the wording."""
        return self.heard.is_way_out if self.heard else is_way_out(self.event.text)


@dataclass(frozen=True)
class Sitting:
    """One sitting of a practice.

    Attributes:
        posture: The posture it is done in.
        plan: What is played.
        moments: What is spoken, in order.
    """

    posture: str
    plan: Plan
    moments: tuple[Moment, ...]

    @cached_property
    def name(self) -> str:
        """What a problem calls it."""
        return f"the sitting of {clock_of(self.plan.total)}, {self.posture}"

    def place_at(self, sample: Samples, otherwise: Place) -> Place:
        """Return where the last line stands that begins at or before ``sample``."""
        place = otherwise
        for moment in self.moments:
            if moment.heard and moment.event.start <= sample:
                place = moment.heard.said.line.place
        return place


def sittings_of(
    practice: Practice, heard: Mapping[str, Sequence[Heard]], words: Words
) -> tuple[Sitting, ...]:
    """Return the sittings that a practice is judged on, the short ones first.

    Args:
        practice: What is sat.
        heard: What may be heard in each of its postures.
        words: The words practices stand on.
    """
    return tuple(
        Sitting(posture, plan, tuple(_moments(plan, lines)))
        for posture, lines in heard.items()
        for plan in _plans(practice, posture, words)
    )


def _plans(practice: Practice, posture: str, words: Words) -> list[Plan]:
    minutes = practice.minutes
    wanted = sorted({minutes.least, minutes.usual, minutes.most})
    found: dict[Samples, Plan] = {}
    for whole in wanted:
        choices = Choices(seconds=whole * 60, level=practice.level, posture=posture)
        if plan := _nearest_plan(practice, choices, words):
            found.setdefault(plan.total, plan)
    return list(found.values())


def _nearest_plan(practice: Practice, choices: Choices, words: Words) -> Plan | None:
    try:
        return _plan(practice, choices, words)
    except LengthError as error:
        near = (error.longer, error.shorter)
    for total in near:
        if total is not None:
            with suppress(LengthError):
                return _plan(practice, replace(choices, seconds=round(total / SAMPLE_RATE)), words)
    return None


def _plan(practice: Practice, choices: Choices, words: Words) -> Plan:
    return compose(practice, choices, words=words, lengths=length_at)


def _moments(plan: Plan, lines: Sequence[Heard]) -> Iterator[Moment]:
    by_text = {text.lower(): heard for heard in lines for text in heard.texts}
    for event in plan.lines():
        yield Moment(event, by_text.get(straighten(spoken(event.text)).lower()))
