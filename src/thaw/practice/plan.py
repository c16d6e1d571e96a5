"""A plan: one practice fitted to one sitting, immutable, exact to the sample."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from thaw.practice.beds import BedSpan
from thaw.units import SAMPLE_RATE, Samples

Kind = Literal["say", "rest", "bell", "check"]

Pauses = Literal["shorter", "usual", "longer"]

CHECK: Final = "check"
"""What a spot calls the question at a ``[check]``; its line is the directive's."""

LEAVE: Final = "leave"
"""What a spot calls a way out that the plan speaks."""


class Spot(NamedTuple):
    """Where something that is heard was taken from.

    Attributes:
        script: Empty for the practice's own text; ``check`` or ``leave``; else the kind of
            response that was answered, or ``grounding``.
        line: The line of that text, counted from 1; 0 where it stands in no text.
        entry: Which entry of its section's list, counted from 0.
        variant: Which wording, counted from 0.
    """

    script: str
    line: int
    entry: int = 0
    variant: int = 0

    @property
    def is_in_practice(self) -> bool:
        """Whether it is a place that the practice's text leads through."""
        return self.script in ("", CHECK)


@dataclass(frozen=True, slots=True)
class Event:
    """One stretch of a sitting.

    Attributes:
        kind: What is heard: a line, silence, a bell, a question.
        start, length: In samples at 48 kHz; always whole frames of 20 ms.
        section: Title of the section it belongs to.
        text: The words of a line, the bowl of a bell (``low middle high``), else empty.
            ``*emphasis*`` is kept here for captions; ``spoken`` leaves it out.
        closing: Whether it belongs to the way back.
        spot: Where a line, a bell or a question was taken from; None for a rest.
    """

    kind: Kind
    start: Samples
    length: Samples
    section: str
    text: str = ""
    closing: bool = False
    spot: Spot | None = None

    @property
    def end(self) -> Samples:
        """The first sample after the event."""
        return Samples(self.start + self.length)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a sitting. Everything that shapes a plan but the clips.

    Attributes:
        seconds: The length wanted, in whole seconds.
        level: 1, 2 or 3.
        voice: A voice's name, or ``none`` for words on the screen.
        pace: Words a minute.
        posture, anchor: None means the practice's first that is not avoided.
        avoid: Avoid terms, sorted; ``silence`` may carry its cap: ``silence:20``.
        seed: Chooses variants.
        asked: Words that the person gave for the practice's ``asks``, by name, sorted. They
            are private: see ``holds_asked``.
        bed: A bed under the whole sitting, ``off`` for none at all; empty means what the
            practice says.
        bed_volume: How loud a bed is: 1 softest, 3 loudest.
        pauses: Whether rests are usually shorter or longer than the text says, and so more or
            fewer lines are spoken in the same time.
        guidance: With ``less``, what may be dropped for fewer words is left out from the start.
    """

    seconds: int
    level: Literal[1, 2, 3] = 2
    voice: str = "none"
    pace: int = 115
    posture: str | None = None
    anchor: str | None = None
    avoid: tuple[str, ...] = ()
    seed: int = 0
    asked: tuple[tuple[str, str], ...] = ()
    bed: str = ""
    bed_volume: Literal[1, 2, 3] = 2
    pauses: Pauses = "usual"
    guidance: Literal["usual", "less"] = "usual"

    @property
    def is_voiced(self) -> bool:
        """Whether a voice speaks the lines."""
        return self.voice != "none"


@dataclass(frozen=True, slots=True)
class Answered:
    """A response that changed a plan.

    Attributes:
        at: How far the sitting was played.
        kind: The response.
        total: How long the plan was before.
    """

    at: Samples
    kind: str
    total: Samples


@dataclass(frozen=True, slots=True)
class Origin:
    """What a plan was made from.

    Attributes:
        text_hash: SHA-256 of the practice's text.
        choices: As fitted: posture and anchor filled in, and changed by what was answered.
            ``seconds`` stays what was asked for.
        link: Which link of the practice's chain was taken, counted from 0.
        variants: The wordings used, as (line number in the text, variant index), in order.
        rest_cap: Longest silence allowed, in seconds.
        notices: Sentences a person should see (a raised cap, an unusual length).
        responses: What was answered, in order.
        outward: Whether an answer has turned the rest of the sitting outward.
        quieter: Whether an answer has promised fewer words.
    """

    text_hash: str
    choices: Choices
    link: int
    variants: tuple[tuple[int, int], ...]
    rest_cap: float
    notices: tuple[str, ...] = ()
    responses: tuple[Answered, ...] = ()
    outward: bool = False
    quieter: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One practice fitted to one sitting.

    Events follow each other without gap or overlap. Beds lie under them and may overlap.
    """

    practice: str
    title: str
    language: str
    total: Samples
    events: tuple[Event, ...]
    origin: Origin
    beds: tuple[BedSpan, ...] = ()

    @property
    def voice(self) -> str:
        """The name of the voice it was fitted to; ``none`` means words on the screen."""
        return self.origin.choices.voice

    @property
    def seed(self) -> int:
        """The number that chose its variants."""
        return self.origin.choices.seed

    def lines(self) -> Iterator[Event]:
        """Yield what is spoken, in order."""
        return (event for event in self.events if event.kind in ("say", "check"))

    def as_json(self) -> dict[str, object]:
        """Return the plan in the shape ``thaw plan --json`` promises."""
        return {
            "practice": self.practice,
            "title": self.title,
            "voice": self.voice,
            "seed": self.seed,
            "sample_rate": SAMPLE_RATE,
            "total_samples": self.total,
            "events": [
                {
                    "kind": event.kind,
                    "start": event.start,
                    "length": event.length,
                    "section": event.section,
                    "text": event.text,
                }
                for event in self.events
            ],
            "beds": [span._asdict() for span in self.beds],
        }


def variants_of(events: Iterable[Event]) -> tuple[tuple[int, int], ...]:
    """Return the wordings of what is spoken: line in the practice's text or 0, and variant."""
    spots = (event.spot for event in events if event.kind in ("say", "check") and event.spot)
    return tuple((0 if spot.script else spot.line, spot.variant) for spot in spots)


def holds_asked(text: str, choices: Choices) -> bool:
    """Return whether ``text`` may hold a word that the person gave: it is theirs alone.

    Such a line is voiced in memory or sealed, never kept among the clips that all share.
    """
    said = spoken(text).casefold()
    return any(spoken(word).casefold().strip() in said for _, word in choices.asked if word.strip())


def spoken(text: str) -> str:
    """Return what a voice is given: the text without ``*emphasis*`` marks."""
    return text.replace("*", "")
