"""What search can find: practices, articles, words and courses, as they are on the shelves."""

from collections.abc import Iterable, Iterator

from thaw.library.articles import Article
from thaw.library.course_text import Course
from thaw.library.lexicon import Word
from thaw.library.search import Entry
from thaw.practice.parts import Line, Practice


def entries_of(
    practices: Iterable[Practice],
    articles: Iterable[Article],
    words: Iterable[Word],
    courses: Iterable[Course],
) -> Iterator[Entry]:
    """Yield an entry for each; what is not for someone is never looked in."""
    yield from map(_practice, practices)
    yield from map(_article, articles)
    yield from map(_word, words)
    yield from map(_course, courses)


def _practice(practice: Practice) -> Entry:
    lines = (
        variant.text
        for section in practice.sections
        if section.response is None
        for item in section.items
        if isinstance(item, Line)
        for variant in item.variants
    )
    listed = (entry.text for entries in practice.lists.values() for entry in entries)
    return Entry(
        "practice",
        practice.id,
        practice.title,
        practice.summary,
        " ".join((practice.suits, *practice.themes)),
        " ".join((*lines, *listed)),
        not_for=practice.not_for,
    )


def _article(article: Article) -> Entry:
    themes = " ".join(article.themes)
    return Entry(
        "article", article.id, article.title, article.summary, themes, article.text, article.also
    )


def _word(word: Word) -> Entry:
    return Entry("word", word.slug, word.word, word.means, text=f"{word.body} {word.said}")


def _course(course: Course) -> Entry:
    days = " ".join(day.title for day in course.days)
    lessons = " ".join(passage.text for day in course.days for passage in day.passages)
    return Entry("course", course.id, course.title, course.summary, days, lessons)
