"""Everything the pages stand on, made once for the process.

What takes time to import or to read is got when first asked for, so that the pages are there
within a second; ``warm`` gets it all as soon as they are.
"""

import logging
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from thaw.sound.memory import Memory
from thaw.units import SettingError
from thaw.web.booth import Booth
from thaw.web.people.clocks import Clocks
from thaw.web.people.idle import Idle
from thaw.web.people.links import Links
from thaw.web.sit.sittings import Sittings
from thaw.web.sound import SILENT, Sound, SoundRoom

if TYPE_CHECKING:
    from thaw.library.articles import Articles
    from thaw.library.courses import Courses
    from thaw.library.evidence import Ledger
    from thaw.library.feelings import Feelings
    from thaw.library.figure import Figure
    from thaw.library.help import Help
    from thaw.library.helplines import Country
    from thaw.library.lexicon import Lexicon
    from thaw.library.needs import Needs
    from thaw.library.prompts import Prompts
    from thaw.library.shelf import Shelf
    from thaw.practice.drawing import Drawing
    from thaw.practice.parts import Words
    from thaw.vault.stretch import Cost
    from thaw.web.days.resting import Resting
    from thaw.web.find.finder import Finder

logger = logging.getLogger("thaw.web")

# Each weighs one.
_MOST_DRAWINGS = 256
_MOST_LINES = 256


class House:
    """The library, the sound room, the booth, the sittings and the door of one data folder."""

    def __init__(
        self,
        data: Path,
        *,
        sound: Sound | None = None,
        content: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        clocks: Clocks | None = None,
    ) -> None:
        self.data = data
        self.sound: Sound = sound or SoundRoom(data)
        self.sittings = Sittings(clock)
        self.idle = Idle(clocks)
        self.links = Links(data)
        self.booth = Booth(self.sound, clock)
        self.drawings: Memory[Drawing] = Memory(_MOST_DRAWINGS)
        self.lines: Memory[tuple[str, ...]] = Memory(_MOST_LINES)
        self._content = content

    @cached_property
    def content(self) -> Path:
        from thaw.library.content import content_folder

        return self._content or content_folder()

    @cached_property
    def cost(self) -> "Cost":
        """What a guess at a passphrase costs here."""
        from thaw.vault.stretch import Cost

        return Cost.OWN

    @cached_property
    def shelf(self) -> "Shelf":
        from thaw.library.shelf import Shelf

        return Shelf(self.content)

    @cached_property
    def words(self) -> "Words":
        return self.shelf.words

    @cached_property
    def avoid_names(self) -> Mapping[str, str]:
        from thaw.library.words import avoid_names

        return avoid_names(self.content)

    @cached_property
    def prompts(self) -> "Prompts":
        from thaw.library.prompts import load_prompts

        return load_prompts(self.content)

    @cached_property
    def feelings(self) -> "Feelings":
        from thaw.library.feelings import load_feelings

        return load_feelings(self.content)

    @cached_property
    def figure(self) -> "Figure":
        from thaw.library.figure import load_figure

        return load_figure(self.content)

    @cached_property
    def lexicon(self) -> "Lexicon":
        """The words for feelings; one that is broken is named in the log and left out."""
        from thaw.library.lexicon import load_lexicon

        lexicon = load_lexicon(self.content)
        for broken in lexicon.broken:
            logger.warning("A word is left out. %s", broken)
        return lexicon

    @cached_property
    def needs(self) -> "Needs":
        """What practices are grouped by; where it cannot be read, there are no headings."""
        from thaw.library.needs import load_needs

        return load_needs(self.content)

    @cached_property
    def courses(self) -> "Courses":
        from thaw.library.courses import Courses

        return Courses(self.content)

    @cached_property
    def articles(self) -> "Articles":
        from thaw.library.articles import load_articles

        return load_articles(self.content)

    @cached_property
    def ledger(self) -> "Ledger":
        from thaw.library.evidence import load_ledger

        return load_ledger(self.content)

    @cached_property
    def finder(self) -> "Finder":
        """What the search box asks, over all that is there now."""
        from thaw.web.find.finder import Finder

        try:
            practices = self.shelf.practices()
        except SettingError as error:
            logger.warning("Search finds no practice. %s", error.message)
            practices = ()
        return Finder(
            self.content,
            practices,
            self.articles.all(),
            self.lexicon.words.values(),
            self.courses.courses(),
        )

    def expect_search(self) -> None:
        """Build what the search box asks, behind a page that shows the box: it takes seconds."""
        if "finder" not in vars(self):
            self.booth.later(lambda: self.finder)

    @cached_property
    def help(self) -> "Help":
        from thaw.library.help import load_help

        return load_help(self.content)

    @cached_property
    def resting(self) -> "Resting":
        """Whose reminder was put away for the day."""
        from thaw.web.days.resting import Resting

        return Resting()

    @cached_property
    def countries(self) -> "tuple[Country, ...]":
        """The countries of Help now; a record that is broken is named in the log and left out."""
        from thaw.library.helplines import read_helplines

        helplines = read_helplines(self.content)
        for broken in helplines.broken:
            logger.warning("A helpline is left out. %s.", broken)
        return helplines.countries

    def default_voice(self) -> str:
        """Return the voice taken where none was chosen; words on the screen where none works."""
        return next((voice.name for voice in self.sound.voices() if voice.is_default), SILENT)

    def close(self) -> None:
        """Stop what runs in the background; a voice that hangs is not waited for."""
        self.booth.close()
        self.sound.close()


_HOUSES: list[House] = []


def furnish(house: House | None) -> None:
    """Make ``house`` the one that pages stand on; None takes it away."""
    _HOUSES[:] = [] if house is None else [house]


def the_house() -> House:
    """Return the house of this process; without one, that of ``THAW_DATA``."""
    if not _HOUSES:
        furnish(House(settings.THAW_DATA))
    return _HOUSES[0]
