"""Piper voices that can be fetched by name: the checked facts of ``piper.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from thaw.sound.voices.download import Wanted

LIST = Path(__file__).with_name("piper.toml")


@dataclass(frozen=True, slots=True)
class Offer:
    """A Piper voice and where its two files lie.

    Attributes:
        name: Its file's name without ending, such as ``en_US-joe-medium``.
        what: Whose voice it is, in a few words.
        licence: Of the recordings it was made from.
        model, config: Its files.
    """

    name: str
    what: str
    licence: str
    model: Wanted
    config: Wanted

    @property
    def size(self) -> int:
        """Bytes of both files."""
        return self.model.size + self.config.size


@cache
def offers() -> tuple[Offer, ...]:
    """Return the voices on offer, the one to try first in front."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return tuple(
        Offer(
            name,
            voice["what"],
            voice["licence"],
            *(
                Wanted(listed["revision"] + file["path"], file["size"], file["sha256"])
                for file in (voice["model"], voice["config"])
            ),
        )
        for name, voice in listed["voices"].items()
    )


def offer_of(name: str) -> Offer | None:
    """Return the voice called ``name``: whole, or the speaker's name alone."""
    for offer in offers():
        if name in (offer.name, offer.name.split("-")[1]):
            return offer
    return None
