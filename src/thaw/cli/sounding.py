"""From what is wanted to a plan and its clips: the lines voiced, with progress shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thaw.cli.answering import answered
from thaw.cli.choosing import Wanted
from thaw.cli.folders import clips_folder, data_folder
from thaw.cli.progress import shown_progress
from thaw.cli.terminal import tell
from thaw.units import OutsideError, Samples

if TYPE_CHECKING:
    from thaw.library.shelf import Shelf
    from thaw.practice.measure import Known
    from thaw.practice.parts import Practice
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
    """Return the plan for what is wanted, every line of it voiced, every tap answered.

    A voice that was asked for by name and fails is an error; where none was named, the next
    one takes over, and that is said.
    """
    from thaw.library.content import content_folder
    from thaw.library.shelf import Shelf

    shelf = Shelf(content_folder())
    practice = shelf.practice(wanted.practice)
    if wanted.voice == SILENT:
        return _silent(practice, wanted, shelf)
    return _spoken(practice, wanted, shelf)


def _silent(practice: "Practice", wanted: Wanted, shelf: "Shelf") -> Prepared:
    from thaw.practice.compose import compose
    from thaw.practice.pace import length_at

    def lengths(text: str) -> Samples:
        return length_at(text, wanted.pace)

    plan = compose(practice, wanted.choices(SILENT), words=shelf.words, lengths=lengths)
    return Prepared(_answered(plan, wanted, practice, shelf, lengths, lambda _texts: None))


def _spoken(practice: "Practice", wanted: Wanted, shelf: "Shelf") -> Prepared:
    from thaw.sound.voices import catalogue

    data = data_folder()
    if wanted.voice is not None:
        return _voiced(practice, wanted, shelf, catalogue.voice(wanted.voice, data), data)
    voice = catalogue.default_voice(data)
    while True:
        try:
            return _voiced(practice, wanted, shelf, voice, data)
        except OutsideError as error:
            if voice.fallback is None:
                raise
            voice = catalogue.voice(voice.fallback, data)
            tell(f"{error.message} {voice.title} speaks instead.")


def _voiced(
    practice: "Practice", wanted: Wanted, shelf: "Shelf", voice: "Voice", data: Path
) -> Prepared:
    from thaw.practice.compose import compose
    from thaw.practice.need import lines_needed
    from thaw.sound.cache import ClipCache
    from thaw.sound.voicing import VoicedClips, voice_lines

    choices, words = wanted.choices(voice.name), shelf.words
    cache = ClipCache(clips_folder(data))
    clips = VoicedClips(cache, voice, wanted.pace)
    with shown_progress(f"Voicing with {voice.title}") as progress:

        def speak(texts: Sequence[str]) -> None:
            voice_lines(
                texts,
                voice=voice,
                pace=wanted.pace,
                cache=cache,
                progress=progress,
                stop=lambda: False,
            )

        while needed := lines_needed(practice, choices, words=words, known=clips.known):
            speak(needed)
        plan = compose(practice, choices, words=words, lengths=clips.length)
        plan = _answered(plan, wanted, practice, shelf, clips.known, speak)
    return Prepared(plan, voice, clips)


def _answered(
    plan: "Plan",
    wanted: Wanted,
    practice: "Practice",
    shelf: "Shelf",
    lengths: "Known",
    speak: Callable[[Sequence[str]], None],
) -> "Plan":
    """Return the plan with the taps that are wanted; without any, nothing more is read."""
    if not wanted.taps:
        return plan
    from thaw.practice.respond import Context

    context = Context(practice, shelf.answers, shelf.words, lengths)
    return answered(plan, wanted.taps, context, speak)
