"""Where the sounds of a sitting lie: a plan and its clips without the words.

Everything counts in frames of 20 ms. What lies between two sounds is silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from thaw.practice.plan import Event, Plan, spoken
from thaw.sound.clip import SILENCE_PACKET, Clip, Clips
from thaw.sound.measured import IN_USE, Measured, Shape, measured
from thaw.units import FRAME, Frames, OutsideError

Audible = Literal["all", "bells", "nothing"]
"""What is heard: everything, only bells, or only silence. The timing never changes."""


@dataclass(slots=True)
class Sound:
    """A clip in its place.

    Attributes:
        event: What it is heard for.
        clips: Where the clip is found.
        shape: The clip's measures.
        is_first: Whether it is the first bell of the sitting.
    """

    event: Event
    clips: Clips
    shape: Shape
    is_first: bool = False

    @property
    def start(self) -> int:
        """The frame it starts with."""
        return self.event.start // FRAME

    def fetch(self) -> Clip:
        """Return the clip from where clips are found.

        Raises:
            OutsideError: It is gone.
        """
        return _fetch(self.event, self.clips, is_first=self.is_first)

    def samples(self) -> bytes:
        """Return the clip's samples (16 bit, little-endian).

        Raises:
            OutsideError: They are gone.
        """
        # Samples are found by key and length: the packets need not be read for them.
        packets = (SILENCE_PACKET,) * self.shape.length
        return self.clips.pcm(Clip(self.shape.key, packets, ()))

    def measured(self) -> Measured:
        """Return the clip, measured.

        Raises:
            OutsideError: It is gone, or it is not the one the stream was measured with.
        """
        clip = IN_USE.find(self.shape.key) or measured(self.fetch())
        if clip.shape is not self.shape and clip.shape != self.shape:
            raise clip_changed()
        return clip


@dataclass(frozen=True, slots=True)
class Timeline:
    """The sounds of a sitting in playing order, and its length in frames."""

    total: Frames
    sounds: tuple[Sound, ...]


def timeline_of(plan: Plan, clips: Clips, audible: Audible) -> Timeline:
    """Return where the audible sounds of ``plan`` lie.

    Raises:
        OutsideError: A line was never voiced, or was voiced anew with another length.
    """
    return Timeline(Frames(plan.total // FRAME), tuple(_sounds(plan, clips, audible)))


def _sounds(plan: Plan, clips: Clips, audible: Audible) -> Iterator[Sound]:
    keys = _keys.setdefault(clips, {})
    is_first = True
    for event in plan.events:
        kind = event.kind
        if kind == "bell" and audible != "nothing":
            shape = _shape(event, clips, keys, is_first=is_first)
            yield Sound(event, clips, shape, is_first)
            is_first = False
        elif kind != "rest" and audible == "all":
            yield Sound(event, clips, _shape(event, clips, keys, is_first=False))


Name = tuple[str, str, bool]
"""The kind of an event, its text, and whether it is the first bell."""

_keys: WeakKeyDictionary[Clips, dict[Name, str]] = WeakKeyDictionary()
"""The key of each clip that was found, so that one still in use is not read again."""


def _shape(event: Event, clips: Clips, keys: dict[Name, str], *, is_first: bool) -> Shape:
    name = (event.kind, event.text, is_first)
    found = IN_USE.find(keys.get(name, ""))
    if found is None or found.shape.length * FRAME != event.length:
        found = measured(_fetch(event, clips, is_first=is_first))
        keys[name] = found.shape.key
        if found.shape.length * FRAME != event.length:
            raise clip_changed()
    return found.shape


def _fetch(event: Event, clips: Clips, *, is_first: bool) -> Clip:
    if event.kind == "bell":
        return clips.bell(event.text, first=is_first)
    return clips.line(spoken(event.text))


def clip_changed() -> OutsideError:
    """Return the error of a clip that is not the one a sitting was planned with."""
    return OutsideError(
        "stream.clip_changed",
        "A line was voiced anew since this sitting was planned. Start the sitting again.",
        retryable=True,
    )
