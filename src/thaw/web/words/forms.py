"""What the page of a scene sends."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict

from thaw.web.ids import id_or_new
from thaw.web.write.body import mended


@dataclass(frozen=True, slots=True)
class Kept:
    """A word to keep, and the page it came from.

    Attributes:
        id: Made with the page, so that what is sent twice is kept once.
    """

    scene: str
    picked: str = field(repr=False)
    word: str = field(repr=False)
    id: UUID

    @property
    def mended(self) -> str:
        """The word so that a page can show it, broken characters marked."""
        return mended(self.word)


def kept_of_form(given: QueryDict) -> Kept:
    """Return what was sent."""
    return Kept(
        scene=given.get("scene", ""),
        picked=given.get("picked", ""),
        word=given.get("word", ""),
        id=id_or_new(given.get("note", "")),
    )
