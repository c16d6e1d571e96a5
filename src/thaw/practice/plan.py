"""A plan: one practice fitted to one sitting, immutable, exact to the sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from thaw.units import SAMPLE_RATE, Samples

Kind = Literal["say", "rest", "bell", "check"]


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
    """

    kind: Kind
    start: Samples
    length: Samples
    section: str
    text: str = ""
    closing: bool = False

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
    """

    seconds: int
    level: Literal[1, 2, 3] = 2
    voice: str = "none"
    pace: int = 115
    posture: str | None = None
    anchor: str | None = None
    avoid: tuple[str, ...] = ()
    seed: int = 0

    @property
    def is_voiced(self) -> bool:
        """Whether a voice speaks the lines."""
        return self.voice != "none"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a plan was made from.

    Attributes:
        text_hash: SHA-256 of the practice's text.
        choices: As fitted: posture and anchor filled in.
        link: Which link of the practice's chain was taken, counted from 0.
        variants: The wordings used, as (line number in the text, variant index), in order.
        rest_cap: Longest silence allowed, in seconds.
        notices: Sentences a person should see (a raised cap, an unusual length).
    """

    text_hash: str
    choices: Choices
    link: int
    variants: tuple[tuple[int, int], ...]
    rest_cap: float
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One practice fitted to one sitting. Events follow each other without gap or overlap."""

    practice: str
    title: str
    language: str
    total: Samples
    events: tuple[Event, ...]
    origin: Origin

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
            "beds": [],
        }


def spoken(text: str) -> str:
    """Return what a voice is given: the text without ``*emphasis*`` marks."""
    return text.replace("*", "")
