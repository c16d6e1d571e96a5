"""What the search box asks: one index and one watch for the process.

The watch is used here and nowhere else: nothing else that a person writes is looked through.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from thaw.library.articles import Article
from thaw.library.course_text import Course
from thaw.library.danger import Kind, Watch, load_watch
from thaw.library.entries import entries_of
from thaw.library.lexicon import Word
from thaw.library.search import Found, Index
from thaw.library.synonyms import Synonyms, load_synonyms
from thaw.practice.parts import Practice
from thaw.units import SettingError

logger = logging.getLogger("thaw.web")


class Finder:
    """Finds what fits, and sees what may mean danger. Safe to share between threads.

    A content file that is broken takes no search away: without the map, words alone are looked
    for; without the signs of danger, help is shown before all results.
    """

    def __init__(
        self,
        content: Path,
        practices: Iterable[Practice],
        articles: Iterable[Article],
        words: Iterable[Word],
        courses: Iterable[Course],
    ) -> None:
        synonyms = _synonyms(content)
        self._index = Index(entries_of(practices, articles, words, courses), synonyms)
        self._watch = _watch(content, synonyms, self._index.vocabulary)

    def find(self, typed: str) -> Found:
        """Return what fits, best first."""
        return self._index.find(typed)

    def kinds_in(self, typed: str) -> tuple[Kind, ...]:
        """Return what danger a text may mean, most urgent first; asked of the search box only."""
        return self._watch.look(typed) if self._watch else ("thoughts",)


def _synonyms(content: Path) -> Synonyms:
    try:
        return load_synonyms(content)
    except SettingError as error:
        logger.warning("Search goes by words alone. %s", error.message)
        return Synonyms({}, (), {}, ())


def _watch(content: Path, synonyms: Synonyms, known: Iterable[str]) -> Watch | None:
    try:
        return load_watch(content, synonyms.written, known)
    except SettingError as error:
        logger.warning("Search shows help before all results. %s", error.message)
        return None
