"""From what is wanted to a plan and its clips: the lines voiced, with progress shown."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thaw.cli.choosing import Wanted
from thaw.cli.folders import clips_folder, data_folder
from thaw.cli.progress import shown_progress
from thaw.cli.terminal import tell
from thaw.units import OutsideError

if TYPE_CHECKING:
    from thaw.practice.parts import Practice, Words
    from thaw.practice.plan import Plan
    from thaw.sound.clip import Clips
    from thaw.sound.voices.port import Voice

SILENT = "none"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and the voice that spoke its lines; None where there are words alone."""

    plan: "Plan"
    voice: "Voice | None" = None
    voiced: "Clips | None" = None

    @property
    def clips(self) -> "Clips":
        """What the plan is heard through; without a voice, bells and silence."""
        if self.voiced is not None:
            return self.voiced
        from thaw.sound.voicing import SilentClips

        return SilentClips(self.plan.origin.choices.pace)


def prepare(wanted: Wanted) -> Prepared:
    """Return the plan for what is wanted, every line of it voiced.

    A voice that was asked for by name and fails is an error; where none was named, the next
    one takes over, and that is said.
    """
    from thaw.library.content import content_folder
    from thaw.library.shelf import Shelf

    shelf = Shelf(content_folder())
    practice = shelf.practice(wanted.practice)
    if wanted.voice == SILENT:
        return _silent(practice, wanted, shelf.words)
    return _spoken(practice, wanted, shelf.words)


def _silent(practice: "Practice", wanted: Wanted, words: "Words") -> Prepared:
    from thaw.practice.compose import compose
    from thaw.practice.pace import length_at

    choices = wanted.choices(SILENT)
    return Prepared(
        compose(practice, choices, words=words, lengths=lambda text: length_at(text, wanted.pace))
    )


def _spoken(practice: "Practice", wanted: Wanted, words: "Words") -> Prepared:
    from thaw.sound.voices import catalogue

    data = data_folder()
    if wanted.voice is not None:
        return _voiced(practice, wanted, words, catalogue.voice(wanted.voice, data), data)
    voice = catalogue.default_voice(data)
    while True:
        try:
            return _voiced(practice, wanted, words, voice, data)
        except OutsideError as error:
            if voice.fallback is None:
                raise
            voice = catalogue.voice(voice.fallback, data)
            tell(f"{error.message} {voice.title} speaks instead.")


def _voiced(
    practice: "Practice", wanted: Wanted, words: "Words", voice: "Voice", data: Path
) -> Prepared:
    from thaw.practice.compose import compose
    from thaw.practice.need import lines_needed
    from thaw.sound.cache import ClipCache
    from thaw.sound.voicing import VoicedClips, voice_lines

    choices = wanted.choices(voice.name)
    cache = ClipCache(clips_folder(data))
    clips = VoicedClips(cache, voice, wanted.pace)
    with shown_progress(f"Voicing with {voice.title}") as progress:
        while needed := lines_needed(practice, choices, words=words, known=clips.known):
            voice_lines(
                needed,
                voice=voice,
                pace=wanted.pace,
                cache=cache,
                progress=progress,
                stop=lambda: False,
            )
    plan = compose(practice, choices, words=words, lengths=clips.length)
    return Prepared(plan, voice, clips)
