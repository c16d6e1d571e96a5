from dataclasses import dataclass, field

from django.http import QueryDict

from thaw.library.search import MOST_WORDS
from thaw.library.speech import tidy

MOST_KEPT = 300
"""So many letters of what was typed stand in the box again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person looks for.

    Attributes:
        words: As it is read: on one line, without what cannot be seen.
    """

    words: str = field(repr=False)

    @property
    def again(self) -> str:
        """What stands in the box again."""
        return self.words[:MOST_KEPT]

    @property
    def is_long(self) -> bool:
        """Whether some of it was not looked for."""
        return len(self.words.split()) > MOST_WORDS

    @property
    def most_words(self) -> int:
        return MOST_WORDS


def asked_in(given: QueryDict) -> Asked:
    return Asked(tidy(given.get("words", "")))
