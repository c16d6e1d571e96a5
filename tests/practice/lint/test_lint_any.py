"""Lint has an answer for every practice that can be read."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from tests.practice.words import HEADER, WORDS
from thaw.practice.lint import lint_practice
from thaw.practice.parts import Practice
from thaw.practice.read import read_practice
from thaw.units import PracticeError

PIECES = (
    *("You can stop here.", "Close your eyes.", "or not,", "nothing", "fine", "*Perhaps*", "chest"),
    *("a hand on the heart", "{being}", "breathe in for 9 and out for 99"),
    *("0 breaths a minute", "\u201cjust", "only\u201d", "\u2018you\u2019ll feel", "release the"),
    *("past", "for me", "I want you to", "head to toe", "\u2026", "\u2014", "&amp;", "\\*", "<b>"),
    *("<!-- a note -->", "look", "next", "may you feel safe", "and", "but", "?", "\u00e9t\u00e9"),
    *("\u0130stanbul", "\u00b2", "\u0665 breaths a minute", "it", "\n", "'", '"', "(", ","),
)
ATTRIBUTES = (
    *("", "{posture=sitting}", "{posture=moving}", "{level=2}", "{level=3 inward}", "{optional}"),
    *("{eyes=closed}", "{avoid=touch extra}"),
)
HEADINGS = (
    *("## One", "## Two {each=places}", "## Three {level=2}", "## Four {from=2 inward}"),
    *("## Five {posture=walking}", "## Six {response=unreal}", "## Seven {optional}"),
)
DIRECTIVES = ("[rest 1..40]", "[rest 3]", "[rest 99]", "[bell]", "[leave]", "[check]", "[bed rain]")

ODD = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=8)


def blocks(*slots: str) -> st.SearchStrategy[str]:
    """Return lines, bullets and directives; ``slots`` may stand in the lines."""
    words = st.lists(st.sampled_from((*PIECES, *slots)) | ODD, max_size=9)
    ends = st.sampled_from(ATTRIBUTES)
    lines = st.builds(lambda some, end: f"Say {' '.join(some)} {end}", words, ends)
    bullets = st.lists(
        lines.map(lambda line: "- " + " ".join(line.split())), min_size=1, max_size=3
    )
    several = st.one_of(lines, bullets.map("\n".join), st.sampled_from(DIRECTIVES))
    return st.lists(several, min_size=1, max_size=6).map("\n\n".join)


def section(heading: str) -> st.SearchStrategy[str]:
    slots = ("{places}",) if "each" in heading else ()
    return blocks(*slots).map(lambda body: f"{heading}\n\n{body}\n")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return the text of something like a practice."""
    header = HEADER
    for old, new in (
        ("level: 1", f"level: {draw(st.integers(1, 3))}"),
        ("[feet, sounds]", draw(st.sampled_from(["[feet, breath]", "[breath]", "[sounds]"]))),
        ("[sitting, standing, walking]", draw(st.sampled_from(["[lying]", "[sitting, moving]"]))),
        ("author:", draw(st.sampled_from(["themes: [body]", "themes: [grounding]"])) + "\nauthor:"),
        ("author:", draw(st.sampled_from(["moving: self", "moving: a-sister"])) + "\nauthor:"),
        ("most: 3", f"most: {draw(st.integers(2, 60))}"),
    ):
        if draw(st.booleans()):
            header = header.replace(old, new, 1)
    body = "\n".join(draw(st.lists(st.sampled_from(HEADINGS).flatmap(section), max_size=4)))
    closing = draw(blocks("{anchor}"))
    return f"{header}\n{body}\n## Back {{closing}}\n\n{closing}\n"


def read(text: str) -> Practice | None:
    with suppress(PracticeError):
        return read_practice(text, file="any.md", words=WORDS)
    return None


@given(texts())
def test_lint_answers_for_every_practice_that_reads(text: str) -> None:
    practice = read(text)
    if practice is None:
        return
    rows = practice.text.split("\n")

    for problem in lint_practice(practice, words=WORDS):
        assert 1 <= problem.line <= len(rows)
        assert 1 <= problem.column <= len(rows[problem.line - 1]) + 1
        assert problem.message
        assert problem.hint
