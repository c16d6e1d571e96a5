"""The port every voice stands behind, and what all of them promise.

An engine runs as a process of its own for each line, so that a crash, a hang or a leak
stays there, and so that the same line gives the same samples (engines that live on drift;
docs/explanation/voices.md). What it cannot do it says as an ``OutsideError``.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from thaw.units import Seconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LINE_LIMIT = Seconds(20)
"""How long an engine may take for one line before it is ended."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine gave: mono samples, full scale = 1, at ``rate`` Hz."""

    samples: "NDArray[np.float32]"
    rate: int


class Voice(Protocol):
    """One voice of one engine."""

    @property
    def name(self) -> str:
        """What it is called on the command line: ``flite-slt``, ``espeak-ng``, ``piper-NAME``."""
        ...

    @property
    def title(self) -> str:
        """What it is called on a page."""
        ...

    @property
    def settings(self) -> str:
        """Everything but text and pace that shapes the sound; part of a clip's address."""
        ...

    @property
    def fallback(self) -> str | None:
        """The name of the next best voice, or None when there is no other."""
        ...

    def speak(self, text: str, *, pace: int) -> Speech:
        """Return ``text`` spoken at about ``pace`` words a minute.

        The text is spoken as it stands; markup in it is never obeyed.

        Raises:
            InputError: ``voice.no_words``: nothing in the text can be spoken.
            OutsideError: The engine is missing, crashed, hung, gave silence or broken sound.
        """
        ...
