"""Where the sounds of a sitting lie: a plan and its clips without the words.

Everything counts in frames of 20 ms. What lies between two sounds is silence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal
from weakref import WeakKeyDictionary

from thaw.practice.plan import Event, Plan, spoken
from thaw.sound.clip import Clip, Clips
from thaw.sound.measured import IN_USE, Measured, Shape, measured
from thaw.units import FRAME, Frames, OutsideError

Audible = Literal["all", "bells", "nothing"]
"""What is heard: everything, only bells, or only silence. The timing never changes."""


@dataclass(slots=True)
class Sound:
    """A clip in its place.

    Attributes:
        start: The frame it starts with.
        shape: The clip's measures.
        fetch: Finds the clip again.
    """

    start: int
    shape: Shape
    fetch: Callable[[], Clip]

    def measured(self) -> Measured:
        """Return the clip, measured.

        Raises:
            OutsideError: It is gone, or it is not the one the stream was measured with.
        """
        clip = IN_USE.find(self.shape.key) or measured(self.fetch())
        if clip.shape is not self.shape and clip.shape != self.shape:
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
    keys = _keys.setdefault(clips, {})
    first = True
    for event in plan.events:
        kind = event.kind
        if kind == "rest" or audible == "nothing":
            continue
        if kind == "bell":
            ring = partial(clips.bell, event.text, first=first)
            yield _sound(event, ring, keys, (event.text, first))
            first = False
        elif audible == "all":
            text = spoken(event.text)
            yield _sound(event, partial(clips.line, text), keys, (text, None))


Name = tuple[str, bool | None]
"""A line's text, or a bell's bowl and whether it is the first."""

_keys: WeakKeyDictionary[Clips, dict[Name, str]] = WeakKeyDictionary()
"""The key of each clip that was found, so that one still in use is not read again."""


def _sound(event: Event, fetch: Callable[[], Clip], keys: dict[Name, str], name: Name) -> Sound:
    found = IN_USE.find(keys.get(name, ""))
    if found is None or found.shape.length * FRAME != event.length:
        found = measured(fetch())
        keys[name] = found.shape.key
        if found.shape.length * FRAME != event.length:
            raise _changed()
    return Sound(event.start // FRAME, found.shape, fetch)


def _changed() -> OutsideError:
    return OutsideError(
        "stream.clip_changed",
        "A line was voiced anew since this sitting was planned. Start the sitting again.",
        retryable=True,
    )
