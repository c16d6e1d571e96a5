"""Read a practice: its text becomes sections, lines and rests, or every problem at once."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from thaw.practice.answers import GROUNDING, Answer
from thaw.practice.attributes import AttributeReader
from thaw.practice.body import BodyReader
from thaw.practice.frontmatter import Split, Table, load_front_matter, split_front_matter
from thaw.practice.header import read_answer_header, read_header
from thaw.practice.parts import Leave, Line, Minutes, Place, Practice, Rest, Section, Words
from thaw.practice.problems import Problems
from thaw.practice.slots import SlotCheck
from thaw.units import InputError, PracticeError

MOST_BYTES = 256 * 1024
"""A practice larger than this is refused unread."""

_ANSWERS = re.compile(r"^(?:answers|fills)[ \t]*:", re.MULTILINE)
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)


def decode(raw: bytes, *, file: str) -> str:
    """Return the bytes of a practice as text.

    Args:
        raw: What was read from the file.
        file: The name it goes by in the sentence.

    Raises:
        InputError: ``practice.too_large``, ``practice.binary``, ``practice.not_utf8``.
    """
    if len(raw) > MOST_BYTES:
        raise InputError(
            "practice.too_large",
            f"{file} is larger than {MOST_BYTES // 1024} kB. Give a practice: a short text.",
        )
    if b"\0" in raw:
        raise InputError(
            "practice.binary",
            f"{file} is not a text. Give a practice written in Markdown.",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "practice.not_utf8",
            f"{file} is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8.",
        ) from error


def read_practice(text: str, *, file: str, words: Words) -> Practice:
    """Return the practice that ``text`` says.

    Args:
        text: The whole text, front matter included.
        file: The name it goes by in problems; the practice's id follows from it.
        words: Says which anchors and avoid terms there are.

    Raises:
        PracticeError: Carries every problem of the text at once.
    """
    problems = Problems(file)
    text = _with_plain_rows(text)
    front, split = _split(text, problems)
    practice = _unread(text, file)
    if front is not None:
        practice = read_header(front, practice, words, problems)
    sections = _sections(text, split, practice if front else None, words, problems)
    _check_closing(sections, problems)
    _check_answers([one for one in sections if one.response is not None], (Line, Rest), problems)
    problems.raise_errors()
    return replace(practice, sections=sections, text=text)


def read_answer(text: str, *, file: str, words: Words) -> Answer:
    """Return the answer to a tap that ``text`` says; it has no closing, and no length.

    Args:
        text: The whole text, front matter included.
        file: The name it goes by in problems.
        words: Says which anchors and avoid terms there are.

    Raises:
        PracticeError: Carries every problem of the text at once.
    """
    problems = Problems(file)
    text = _with_plain_rows(text)
    front, split = _split(text, problems)
    if front is None:
        raise PracticeError(problems.found())
    answer = read_answer_header(front, _unread(text, file), words, problems)
    sections = _sections(text, split, answer.script, words, problems)
    fills = answer.kind == GROUNDING
    for section in sections:
        _check_answer_section(section, problems, may_repeat=fills)
    _check_answers(sections, (Line, Rest, Leave) if fills else (Line, Rest), problems)
    problems.raise_errors()
    return replace(answer, script=replace(answer.script, sections=sections, text=text))


def is_answer(text: str) -> bool:
    """Return whether a text says that it answers a tap, or fills; else it is a practice."""
    split = split_front_matter(_with_plain_rows(text), Problems(""))
    return bool(split.front) and bool(_ANSWERS.search(split.front or ""))


def _with_plain_rows(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(text: str, problems: Problems) -> tuple[Table | None, Split]:
    """Return the front matter, or None where there is none to read, and where it ends."""
    split = split_front_matter(text, problems)
    if not split.body:
        problems.raise_errors()  # The front matter never ends: nothing else can be seen.
    front = None if split.front is None else load_front_matter(split.front, problems)
    return front, split


def _sections(
    text: str, split: Split, practice: Practice | None, words: Words, problems: Problems
) -> tuple[Section, ...]:
    body = BodyReader(
        attributes=AttributeReader(tuple(words.avoid), problems),
        slots=None if practice is None else SlotCheck(practice, words, problems),
        problems=problems,
        rows=text.split("\n"),
        first_line=split.body_line,
    )
    return tuple(body.sections(_without_notes(split.body, split.body_line, problems)))


def _unread(text: str, file: str) -> Practice:
    """Return a practice that knows no more than where it came from."""
    stem = re.split(r"[/\\]", file)[-1].lower().removesuffix(".md")
    return Practice(
        id=re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "practice",
        file=file,
        text_hash=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title="",
        summary="",
        level=1,
        minutes=Minutes(1, 1, 60),
        themes=(),
        suits="",
        not_for="",
        anchors=(),
        postures=(),
        moving=None,
        eyes="open or closed",
        sources=(),
        author="",
        licence="",
        language="",
        version=1,
        lists={},
        asks={},
        sections=(),
    )


def _without_notes(body: str, first_line: int, problems: Problems) -> str:
    """Return ``body`` without notes among authors, everything else on the line it was."""

    def blank(note: re.Match[str]) -> str:
        rows = "\n" * note[0].count("\n")
        opens_row = not body[: note.start()].rpartition("\n")[2].strip()
        # Blanks keep columns as they are; at the start of a row they would mean code.
        return rows if rows or opens_row else " " * len(note[0])

    clean = _NOTE.sub(blank, body)
    if "<!--" in clean:
        before = clean.partition("<!--")[0].split("\n")
        problems.error(
            Place(first_line + len(before) - 1, len(before[-1]) + 1),
            "practice.note_open",
            "A note begins here and never ends.",
            "Close it with -->.",
        )
    return clean


def _check_answers(
    sections: Sequence[Section], may_hold: tuple[type, ...], problems: Problems
) -> None:
    """Note what has no place in an answer: it is spoken at any moment of a sitting."""
    for section in sections:
        for item in section.items:
            if not isinstance(item, may_hold):
                name = type(item).__name__.lower()
                problems.error(
                    item.place,
                    "practice.not_in_answer",
                    f"[{name}] has no place in an answer.",
                    "An answer holds lines and rests; what fills may also hold [leave].",
                )


def _check_answer_section(section: Section, problems: Problems, *, may_repeat: bool) -> None:
    given = {
        "closing": section.closing,
        "from": section.from_minutes,
        "response": section.response,
        "each": section.each and not may_repeat,
    }
    for name in (name for name, value in given.items() if value):
        problems.error(
            section.place,
            "practice.not_in_answer",
            f"{name} has no place in the heading of an answer.",
            "An answer is spoken whole, when it is asked for; leave that out.",
        )


def _check_closing(sections: tuple[Section, ...], problems: Problems) -> None:
    played = [section for section in sections if section.response is None]
    closing = [section for section in played if section.closing]
    if not closing:
        problems.error(
            played[-1].place if played else Place(1),
            "practice.no_closing",
            "No section is the closing.",
            "Mark the way back: ## Coming back {closing}",
        )
        return
    for section in played[played.index(closing[0]) :]:
        if not section.closing:
            problems.error(
                section.place,
                "practice.closing_not_last",
                f"{section.title} comes after the closing.",
                "Put the closing at the end; nothing is said after the way back.",
            )
