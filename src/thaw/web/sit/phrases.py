"""What the pages call a response, and what stands beside its answer."""

from dataclasses import dataclass
from typing import Final

from thaw.practice.answers import FINE, TOO_MUCH
from thaw.web.sit.sittings import Offer

UNREAL: Final = "unreal"
HELP: Final = "help"
"""No response: the page of help."""

_WANDERED_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A response as the sheet of the others shows it, and its key; empty where it has none."""

    kind: str
    label: str
    key: str


KINDS: Final = tuple(
    Kind(kind, label, key)
    for key, (kind, label) in zip(
        (*"1234567890", "", ""),
        (
            ("unreal", "Unreal, or far away"),
            ("restless", "Restless"),
            ("sleepy", "Sleepy"),
            ("wandering", "My mind wanders"),
            ("frustrated", "Frustrated"),
            ("bored", "Bored"),
            ("pain", "Pain"),
            ("tears", "Tears"),
            ("memory", "A memory"),
            ("angry", "Angry"),
            ("less-talk", "Fewer words"),
            ("fine", "Fine"),
        ),
        strict=True,
    )
)
"""The responses behind *something else*."""

_END = Offer("end", "End gently")
_OFFERS: Final = {
    TOO_MUCH: (Offer(FINE, "Go on, eyes open"),),
    UNREAL: (Offer(FINE, "Go on with sounds, sight, standing"), _END),
    "angry": (Offer(HELP, "Help now"), _END),
    "memory": (_END,),
    "pain": (_END,),
}
_SENTENCES: Final = {
    TOO_MUCH: "It was too much, so this comes back to the room and then to its end.",
    UNREAL: "Things feel far away, so from here on it stays with what is around you.",
    "angry": "There is anger, so from here on it stays with what is around you.",
    "memory": "A memory came, so from here on it stays with what is around you.",
    "pain": "Something hurts, so from here on it stays with what is around you.",
}


def offers_for(kind: str, times: int) -> tuple[Offer, ...]:
    """Return the ways on after a response that came for the so many-th time."""
    if kind == "wandering" and times >= _WANDERED_OFTEN:
        return (Offer("bored", "Make it shorter"), _END)
    return _OFFERS.get(kind, ())


def sentence_for(kind: str) -> str:
    """Return why a sitting goes on otherwise after a response; empty where it does not."""
    return _SENTENCES.get(kind, "")
