"""How long a rest may be and usually is: the level's cap, and the pauses that a person likes."""

from dataclasses import dataclass, replace
from math import isqrt

from thaw.practice.fit import Elastic
from thaw.practice.parts import Level
from thaw.practice.plan import Pauses
from thaw.practice.situation import Situation
from thaw.units import FRAMES_PER_SECOND, Frames

LONGEST_REST: dict[Level, int] = {1: 20, 2: 45, 3: 90}
"""Longest rest by level, in seconds."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The longest rest of a sitting, in frames, and where within its bounds a rest usually lies.

    Attributes:
        usual: By the level and the avoid list. No rest has to be longer than this.
        raised: The same, or more where the length wanted needs it. Some may be as long.
        grows: Whether every rest that is elastic may grow to ``usual``, whatever its most.
        pauses: Whether rests are usually shorter or longer than the text says; what they can
            be stays.
    """

    usual: Frames
    raised: Frames
    grows: bool = False
    pauses: Pauses = "usual"

    def on(self, rest: Elastic) -> Elastic:
        """Return ``rest`` within the cap."""
        if rest.most > self.usual:
            return self._shifted(
                Elastic(
                    min(rest.least, self.usual),
                    min(rest.usual, self.raised),
                    min(rest.most, self.raised),
                )
            )
        if self.grows and rest.least < rest.most:
            return self._shifted(rest)._replace(most=self.usual)
        return self._shifted(rest)

    def growing(self) -> "Cap":
        """Return the cap for where too little is left to say: rests may grow up to it."""
        return replace(self, grows=True)

    def raised_to(self, seconds: int) -> "Cap":
        """Return the cap raised to so many seconds."""
        return replace(self, raised=Frames(seconds * FRAMES_PER_SECOND))

    def _shifted(self, rest: Elastic) -> Elastic:
        """Return ``rest`` with its usual length between what it was and one of its ends."""
        match self.pauses:
            case "shorter":
                return rest._replace(usual=_between(rest.least, rest.usual))
            case "longer":
                return rest._replace(usual=_between(rest.usual, rest.most))
        return rest


def cap_of(situation: Situation) -> Cap:
    """Return the cap that a situation begins with."""
    seconds = LONGEST_REST[situation.level]
    if situation.avoid.longest_silence is not None:
        seconds = min(seconds, situation.avoid.longest_silence)
    frames = Frames(seconds * FRAMES_PER_SECOND)
    return Cap(frames, frames, pauses=situation.pauses)


def _between(one: Frames, other: Frames) -> Frames:
    """Return the geometric mean, in whole frames: the same on every machine."""
    return Frames(isqrt(one * other))
