"""Where the sounds of a sitting lie: a plan and its clips without the words.

Everything counts in frames of 20 ms. What lies between two sounds is silence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from thaw.practice.plan import Event, Plan, spoken
from thaw.sound.clip import Clip, Clips
from thaw.sound.measured import IN_USE, Measured, measured
from thaw.units import FRAME, Frames, OutsideError

if TYPE_CHECKING:
    from array import array

Audible = Literal["all", "bells", "nothing"]
"""What is heard: everything, only bells, or only silence. The timing never changes."""


@dataclass(slots=True)
class Sound:
    """A clip in its place.

    Attributes:
        start: The frame it starts with.
        frames: Its length.
        heard: Frames of it before the silence it ends with.
        weight: Bytes of those.
        key: The clip's key.
        sizes: Bytes of each packet, as they were when the stream was measured.
        fetch: Finds the clip again.
    """

    start: int
    frames: int
    heard: int
    weight: int
    key: str
    sizes: "array[int]"
    fetch: Callable[[], Clip]

    def measured(self) -> Measured:
        """Return the clip, measured.

        Raises:
            OutsideError: It is gone, or it is not the one the stream was measured with.
        """
        clip = IN_USE.find(self.key) or measured(self.fetch())
        if clip.sizes is not self.sizes and clip.sizes != self.sizes:
            raise _changed()
        return clip


@dataclass(frozen=True, slots=True)
class Timeline:
    """The sounds of a sitting in playing order, its length in frames, and its clips."""

    total: Frames
    sounds: tuple[Sound, ...]
    clips: Clips


def timeline_of(plan: Plan, clips: Clips, audible: Audible) -> Timeline:
    """Return where the audible sounds of ``plan`` lie.

    Raises:
        OutsideError: A line was never voiced, or was voiced anew with another length.
    """
    sounds = tuple(_sounds(plan, clips, audible))
    return Timeline(Frames(plan.total // FRAME), sounds, clips)


def _sounds(plan: Plan, clips: Clips, audible: Audible) -> Iterator[Sound]:
    first = True
    for event in plan.events:
        kind = event.kind
        if kind == "rest" or audible == "nothing":
            continue
        if kind == "bell":
            yield _sound(event, partial(clips.bell, event.text, first=first))
            first = False
        elif audible == "all":
            yield _sound(event, partial(clips.line, spoken(event.text)))


def _sound(event: Event, fetch: Callable[[], Clip]) -> Sound:
    clip = measured(fetch())
    frames = len(clip.sizes)
    if frames * FRAME != event.length:
        raise _changed()
    start = event.start // FRAME
    return Sound(start, frames, clip.heard, len(clip.body), clip.key, clip.sizes, fetch)


def _changed() -> OutsideError:
    return OutsideError(
        "stream.clip_changed",
        "A line was voiced anew since this sitting was planned. Start the sitting again.",
        retryable=True,
    )
