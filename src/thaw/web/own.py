"""What is spoken to one person alone, and how far it is voiced: gone with their sitting."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thaw.practice.plan import Choices, holds_asked
from thaw.sound.own import OwnCache

if TYPE_CHECKING:
    from thaw.web.booth import Job, Key
    from thaw.web.sound import SpokenClips


@dataclass(eq=False)
class Own:
    """The lines of a sitting that hold a word the person gave.

    Attributes:
        choices: Hold the words.
        cache: The clips.
        clips: The clips by voice and pace, as sittings use them.
        jobs: What the booth does with them.
        answers: The lines that may be answered in their sitting, once they were looked for.
        is_gone: Whether the sitting is over, and nothing is to be kept.
    """

    choices: Choices = field(repr=False)
    cache: OwnCache = field(default_factory=OwnCache, repr=False)
    clips: "dict[tuple[str, int], SpokenClips]" = field(default_factory=dict, repr=False)
    jobs: "dict[Key, Job]" = field(default_factory=dict, repr=False)
    answers: tuple[str, ...] | None = field(default=None, repr=False)
    is_gone: bool = False

    def holds(self, text: str) -> bool:
        """Return whether a line is the person's own."""
        return holds_asked(text, self.choices)

    def clear(self) -> None:
        """Let go of all of it."""
        self.is_gone = True
        self.cache.clear()
        self.clips.clear()
        self.jobs.clear()
        self.answers = None
