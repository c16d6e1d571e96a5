"""Everything the pages stand on, made once for the process."""

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from django.conf import settings

from thaw.library.content import content_folder
from thaw.library.help import Help, load_help
from thaw.library.helplines import Country, load_helplines
from thaw.library.shelf import Shelf
from thaw.library.words import avoid_names, load_words
from thaw.practice.parts import Words
from thaw.web.booth import Booth
from thaw.web.sit.sittings import Sittings
from thaw.web.sound import SILENT, Sound, SoundRoom


class House:
    """The library, the sound room, the booth and the sittings of one data folder."""

    def __init__(
        self,
        data: Path,
        *,
        sound: Sound | None = None,
        content: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.data = data
        self.sound: Sound = sound or SoundRoom(data)
        self.sittings = Sittings(clock)
        self.booth = Booth(self.sound, clock)
        self._content = content

    @cached_property
    def content(self) -> Path:
        return self._content or content_folder()

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(self.content)

    @cached_property
    def words(self) -> Words:
        return load_words(self.content)

    @cached_property
    def avoid_names(self) -> Mapping[str, str]:
        return avoid_names(self.content)

    @cached_property
    def help(self) -> Help:
        return load_help(self.content)

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        return load_helplines(self.content)

    def default_voice(self) -> str:
        """Return the voice taken where none was chosen; words on the screen where none works."""
        return next((voice.name for voice in self.sound.voices() if voice.is_default), SILENT)

    def close(self) -> None:
        """Stop what runs in the background."""
        self.booth.close()


_HOUSES: list[House] = []


def furnish(house: House) -> None:
    """Make ``house`` the one that pages stand on."""
    _HOUSES[:] = [house]


def the_house() -> House:
    """Return the house of this process; without one, that of ``THAW_DATA``."""
    if not _HOUSES:
        furnish(House(settings.THAW_DATA))
    return _HOUSES[0]
