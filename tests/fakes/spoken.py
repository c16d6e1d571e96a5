"""A voice that hums: quick, always the same, its length follows from the words."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from thaw.sound.voices.port import Speech
from thaw.units import OutsideError

RATE = 16_000


def hum(seconds: float, *, pitch: float = 160.0, peak: float = 0.5) -> Speech:
    """Return a hum with overtones, swelling four times a second like syllables."""
    at = np.arange(round(seconds * RATE)) / RATE
    tone = sum(np.sin(2 * np.pi * pitch * part * at) / part for part in range(1, 12))
    swell = 0.55 - 0.45 * np.cos(2 * np.pi * 4 * at)
    wave = np.asarray(tone * swell)
    return Speech((wave * peak / np.abs(wave).max()).astype(np.float32), RATE)


@dataclass
class HummingVoice:
    """Hums each word for the time its pace allows; counts what it was asked."""

    name: str = "hum"
    title: str = "Humming"
    settings: str = "hum 1"
    fallback: str | None = None
    broken_at: str | None = None
    asked: list[str] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def speak(self, text: str, *, pace: int) -> Speech:
        self.before()
        self.asked.append(text)
        if text == self.broken_at:
            raise OutsideError("voice.crashed", "The voice hum failed at a line.")
        return hum(max(1, len(text.split())) * 60 / pace, pitch=120 + len(text) % 80)
