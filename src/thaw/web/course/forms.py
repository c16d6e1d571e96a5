"""What the page of a day sends."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import QueryDict

from thaw.web.course.body import How, how_of
from thaw.web.ids import id_or_new
from thaw.web.write.body import MOST_TAG, mended


@dataclass(frozen=True, slots=True)
class Said:
    """How the small thing of a day was done.

    Attributes:
        note: Made with the page, so that what is sent twice is kept once.
    """

    how: How
    text: str = field(repr=False)
    note: UUID


def said_of(given: QueryDict) -> Said:
    """Return what was sent.

    Raises:
        InputError: ``course.how``.
    """
    text = given.get("text", "").replace("\r\n", "\n")
    return Said(how_of(given.get("how", "")), text, id_or_new(given.get("note", "")))


def mended_text(given: QueryDict) -> str:
    """Return what was written so that a page can show it, broken characters marked."""
    return mended(given.get("text", "").replace("\r\n", "\n"))


def tag_of(title: str, day: int) -> str:
    """Return the tag of what is written on a day, as long as tags may be."""
    after = f", day {day}"
    # A comma would end the tag where it is changed, so the title has none.
    return f"{title.replace(',', '')[: MOST_TAG - len(after)]}{after}"
