"""Lengths of lines as they are asked for, and which of them nobody has voiced yet."""

from collections.abc import Callable

from thaw.practice.pace import guess_at
from thaw.practice.plan import Choices, spoken
from thaw.units import FRAME, Frames, Samples

Known = Callable[[str], Samples | None]
"""Gives the length of a text without emphasis, in whole frames; None where it is not voiced."""


class Measure:
    """Gives the length of lines, and guesses it where a voice has not spoken them.

    Args:
        known: What is known.
        choices: Pace and voice, to guess by.
    """

    def __init__(self, known: Known, choices: Choices) -> None:
        self._known, self._choices = known, choices
        self._frames: dict[str, Frames] = {}
        self._missing: dict[str, None] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """The lines whose length had to be guessed, in the order in which they were asked for."""
        return tuple(self._missing)

    def length_of(self, text: str) -> Frames:
        """Return the length of a line, in frames."""
        if text not in self._frames:
            length = self._known(spoken(text))
            if length is None:
                self._missing[spoken(text)] = None
                return self.guess(text)
            self._frames[text] = Frames(length // FRAME)
        return self._frames[text]

    def guess(self, text: str) -> Frames:
        """Return the length that a line may have, known or not."""
        pace, is_voiced = self._choices.pace, self._choices.is_voiced
        return Frames(guess_at(spoken(text), pace, voiced=is_voiced) // FRAME)
