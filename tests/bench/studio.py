"""Real sittings to measure with: our practices in the best voice of this machine."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.compose import compose, lines_of
from thaw.practice.plan import Choices, Plan
from thaw.sound.cache import ClipCache
from thaw.sound.clip import Clips
from thaw.sound.voices.catalogue import default_voice
from thaw.sound.voices.port import Voice
from thaw.sound.voicing import VoicedClips, voice_lines
from thaw.units import Samples

PACE = 115
QUARTER = 15 * 60


@dataclass
class Studio:
    """A data folder of its own, filled as lines are needed.

    Attributes:
        data: The data folder.
        tell: Told what is being done.
    """

    data: Path
    tell: Callable[[str], None]
    shelf: Shelf = field(default_factory=lambda: Shelf(content_folder()))

    @cached_property
    def voice(self) -> Voice:
        return default_voice(self.data)

    @cached_property
    def cache(self) -> ClipCache:
        return ClipCache(self.data / "cache" / "clips")

    @cached_property
    def clips(self) -> VoicedClips:
        return VoicedClips(self.cache, self.voice, PACE)

    @cached_property
    def quarter(self) -> Plan:
        """Thawing at 15 minutes."""
        return self.plan("thawing", QUARTER)

    @cached_property
    def hour(self) -> Plan:
        """An hour of four sittings, one after another: no practice is that long."""
        parts = [
            self.plan("thawing", 20 * 60, level=3),
            self.plan("walking-back-in", 20 * 60, level=3),
            self.plan("five-things", 10 * 60, seed=1),
            self.plan("thawing", 10 * 60, posture="standing", seed=1),
        ]
        return _joined(parts)

    def plan(self, practice: str, seconds: int, **choices: object) -> Plan:
        """Return a plan whose lines are voiced."""
        found = self.shelf.practice(practice)
        chosen = replace(Choices(seconds, voice=self.voice.name, pace=PACE), **choices)  # type: ignore[arg-type] # Values of several types, checked by Choices' users.
        self.voice_lines(lines_of(found, chosen, words=self.shelf.words))
        return compose(found, chosen, words=self.shelf.words, lengths=self.clips.length)

    def voice_lines(self, texts: tuple[str, ...]) -> None:
        """Voice what of ``texts`` was not voiced yet."""
        self.tell("Voicing the lines to measure with.")
        voice_lines(
            texts,
            voice=self.voice,
            pace=PACE,
            cache=self.cache,
            progress=lambda _done, _total: None,
            stop=lambda: False,
        )

    def each_clip(self, plan: Plan, clips: Clips) -> None:
        """Get what a plan's clips need into memory."""
        from thaw.sound.stream import assemble

        stream = assemble(plan, clips, "opus")
        stream.read(0, stream.size)


def _joined(plans: list[Plan]) -> Plan:
    events = []
    now = 0
    for plan in plans:
        events += [replace(event, start=Samples(now + event.start)) for event in plan.events]
        now += plan.total
    return replace(plans[0], total=Samples(now), events=tuple(events))
