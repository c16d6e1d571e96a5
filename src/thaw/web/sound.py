"""What the pages need of the sound room, behind one narrow interface.

The sound room brings numpy and PyAV; they are imported when first needed, so that the pages
are there within a second.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from thaw.practice.plan import Plan
from thaw.sound.clip import Clips
from thaw.units import Samples
from thaw.web.own import Own

if TYPE_CHECKING:
    from thaw.sound.cache import ClipCache

Audible = Literal["all", "bells", "nothing"]
Container = Literal["opus", "mp4", "mp3", "wav"]

SILENT = "none"
"""The voice of who reads the words on the screen."""

QUICK = "espeak-ng"
"""The plain voice that is ready at once."""


_MOST_VOICES = 16  # Voices and paces whose clips are held open at a time.


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """A voice as a page shows it."""

    name: str
    title: str
    is_default: bool


class SpokenClips(Clips, Protocol):
    """The clips of one voice at one pace, and how long its lines are."""

    def length(self, text: str) -> Samples:
        """Return the length of a line; ``OutsideError`` where it was not voiced yet."""
        ...


class Stream(Protocol):
    """A sitting as bytes, any range of them, without the whole being built."""

    @property
    def size(self) -> int: ...

    @property
    def content_type(self) -> str: ...

    @property
    def etag(self) -> str: ...

    def chunks(self, start: int, stop: int, *, size: int = 65536) -> Iterator[bytes]: ...


class Sound(Protocol):
    """Voices, clips and streams; the real ones are ``SoundRoom``."""

    def voices(self) -> tuple[VoiceCard, ...]:
        """Return the voices that work here, best first; may be empty."""
        ...

    def advice(self) -> str:
        """Return how to get a better voice, or an empty string where this is the best."""
        ...

    def clips(self, voice: str, pace: int, own: Own | None = None) -> SpokenClips:
        """Return what was voiced so far; ``none`` gives silence of a reader's length.

        Lines that are someone's ``own`` are found with what is theirs, and nowhere else.
        """
        ...

    def voice_lines(
        self,
        texts: Sequence[str],
        *,
        voice: str,
        pace: int,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        own: Own | None = None,
    ) -> None:
        """Voice what is missing of ``texts``; ``OutsideError`` may name a fallback.

        With ``own`` they are kept with what is theirs, and nowhere else.
        """
        ...

    def assemble(
        self, plan: Plan, clips: Clips, container: Container, *, audible: Audible
    ) -> Stream:
        """Return the plan as a stream."""
        ...

    def warm(self) -> None:
        """Get what the first sound needs, before it is asked for."""
        ...

    def close(self) -> None:
        """End the voices that still speak."""
        ...


class SoundRoom:
    """The real voices, clips and streams of one data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._shared = lru_cache(maxsize=_MOST_VOICES)(self._clips)

    def voices(self) -> tuple[VoiceCard, ...]:
        from thaw.sound.voices import catalogue

        found = catalogue.voices(self._data)
        best = catalogue.default_voice(self._data).name if found else ""
        return tuple(VoiceCard(voice.name, voice.title, voice.name == best) for voice in found)

    def advice(self) -> str:
        from thaw.sound.voices import catalogue

        return catalogue.advice(self._data)

    def clips(self, voice: str, pace: int, own: Own | None = None) -> SpokenClips:
        if own is None or voice == SILENT:
            return self._shared(voice, pace)
        found = own.clips.get((voice, pace))
        if found is None:
            found = own.clips[voice, pace] = self._with_own(voice, pace, own)
        return found

    def voice_lines(
        self,
        texts: Sequence[str],
        *,
        voice: str,
        pace: int,
        progress: Callable[[int, int], None],
        stop: Callable[[], bool],
        own: Own | None = None,
    ) -> None:
        from thaw.sound.voices import catalogue
        from thaw.sound.voicing import voice_lines

        voice_lines(
            texts,
            voice=catalogue.voice(voice, self._data),
            pace=pace,
            cache=self._cache if own is None else own.cache,
            progress=progress,
            stop=stop,
        )

    def assemble(
        self, plan: Plan, clips: Clips, container: Container, *, audible: Audible
    ) -> Stream:
        from thaw.sound.stream import assemble

        return assemble(plan, clips, container, audible=audible)

    def warm(self) -> None:
        from thaw.sound import beds, bells, stream

        del stream
        bells.stroke("middle", first=True)
        beds.warm()

    def close(self) -> None:
        # What was never imported cannot run.
        if engine := sys.modules.get("thaw.sound.voices.engine"):
            engine.end_running()

    def _clips(self, voice: str, pace: int) -> SpokenClips:
        from thaw.sound.voices import catalogue
        from thaw.sound.voicing import SilentClips, VoicedClips

        if voice == SILENT:
            return SilentClips(pace)
        return VoicedClips(self._cache, catalogue.voice(voice, self._data), pace)

    def _with_own(self, voice: str, pace: int, own: Own) -> SpokenClips:
        from thaw.sound.own import OwnClips
        from thaw.sound.voices import catalogue
        from thaw.sound.voicing import VoicedClips

        theirs = VoicedClips(own.cache, catalogue.voice(voice, self._data), pace)
        return OwnClips(self._shared(voice, pace), theirs, own.cache, own.holds)

    @cached_property
    def _cache(self) -> "ClipCache":
        from thaw.sound.cache import ClipCache

        return ClipCache(self._data / "cache" / "clips")
