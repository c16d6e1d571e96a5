"""espeak-ng: comes with Thaw as a wheel, so there is always a voice; fast and robotic.

The library is not safe among threads and drifts when it lives on, so each line runs in a
small Python process of ours (``espeak_child``).
"""

import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

from thaw.sound.voices.engine import run
from thaw.sound.voices.port import Speech
from thaw.sound.voices.utterance import plain
from thaw.sound.voices.wav import speech_of

RATE_A_WORD = 1.125
"""Words a minute heard on practice lines for each unit of espeak-ng's rate, with the word
gap of ``espeak_child`` (measured from 95 to 149 words a minute, within 2 %;
docs/explanation/voices.md)."""

SLOWEST = 84
"""Below this rate espeak-ng hardly gets slower."""


@cache  # A wheel that is added is found at the next start.
def is_installed() -> bool:
    """Return whether the wheel that brings espeak-ng is there."""
    return find_spec("espeakng_loader") is not None


def rate_of(pace: int) -> int:
    """Return the rate espeak-ng needs for ``pace`` words a minute; at least 94 are spoken."""
    return max(SLOWEST, round(pace / RATE_A_WORD))


@dataclass(frozen=True, slots=True)
class Espeak:
    """espeak-ng speaking American English."""

    language: str = "en-us"
    fallback: str | None = None
    python: str = sys.executable

    @property
    def name(self) -> str:
        """Always ``espeak-ng``."""
        return "espeak-ng"

    @property
    def title(self) -> str:
        """What a page calls it."""
        return "Robot voice (espeak-ng)"

    @property
    def settings(self) -> str:
        """Language, measured pace and the version of the wheel."""
        return f"espeak-ng {self.language} {RATE_A_WORD:g} {version('espeakng-loader')}"

    def speak(self, text: str, *, pace: int) -> Speech:
        """Return ``text`` spoken at about ``pace`` words a minute; see the port."""
        child = [self.python, "-P", "-m", "thaw.sound.voices.espeak_child"]
        wav = run(
            [*child, self.language, str(rate_of(pace))],
            voice=self.name,
            text=plain(text).encode(),
        )
        return speech_of(wav, voice=self.name)
