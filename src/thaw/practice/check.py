"""Check what only planning shows: lengths that can be reached, a closing for everyone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thaw.practice.compose import reach
from thaw.practice.pace import length_at
from thaw.practice.parts import Level, Line, Minutes, Practice, Words
from thaw.practice.plan import Choices
from thaw.practice.problems import Problems
from thaw.practice.remainder import parts_of
from thaw.practice.situation import postures_of, settle
from thaw.practice.slots import longest_words
from thaw.units import SAMPLE_RATE, Frames, InputError, Problem, Samples, clock_of

BETTER_WORDS = 25
"""A line of more words than this gets a warning."""

_LEVELS: tuple[Level, ...] = (1, 2, 3)


def check_practice(practice: Practice, *, words: Words) -> tuple[Problem, ...]:
    """Return every problem that reading alone does not show.

    A closing has something to say at every level, in every posture, to who avoids any of the
    terms or all of them. Every whole minute between least and most can be had, in every
    posture, with ``--voice none`` at the practice's level. Lines are better at 25 words than
    at 40. A list is there to be used.

    Args:
        practice: As it was read.
        words: The avoid terms there are.
    """
    problems = Problems(practice.file)
    _check_closing(practice, words, problems)
    _check_minutes(practice, words, problems)
    check_lines(practice, words, problems)
    check_lists(practice, problems)
    return problems.found()


def _check_closing(practice: Practice, words: Words, problems: Problems) -> None:
    closing = tuple(section for section in practice.sections if section.closing)
    alone = replace(practice, sections=closing)
    for terms, who in avoiders(words):
        silent = next(_silent_for(alone, terms, words), None)
        if silent:
            level, posture = silent
            problems.error(
                closing[0].place,
                "practice.closing_silent",
                f"The closing says nothing to {who} (level {level}, {posture}).",
                "Give it a line without conditions that everyone may hear.",
            )


def avoiders(words: Words) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield who avoids nothing, each term alone, and everything: the terms, and what to say."""
    yield (), "anyone"
    for term in words.avoid:
        yield (term,), f"those who avoid {term}"
    yield tuple(words.avoid), "those who avoid everything there is to avoid"


def _silent_for(
    practice: Practice, terms: tuple[str, ...], words: Words
) -> Iterator[tuple[Level, str]]:
    """Yield the levels and postures in which nothing is said to who avoids these terms."""
    for level in _LEVELS:
        for posture in postures_of(practice):
            choices = Choices(60, level=level, posture=posture, avoid=terms)
            try:
                situation = settle(practice, choices, words)
            except InputError:
                continue  # Who avoids every posture cannot begin, and needs no way back.
            parts = parts_of(practice, situation, lambda _: Frames(1))
            if not any(part.count_lines() for part in parts if part):
                yield level, posture


def _check_minutes(practice: Practice, words: Words, problems: Problems) -> None:
    """Note the minutes that cannot be had, once for all postures that lack the same."""
    postures: dict[tuple[str, str], list[str]] = {}
    for posture in postures_of(practice):
        choices = Choices(60, level=practice.level, posture=posture)
        lengths = reach(practice, choices, words=words, lengths=length_at, may_raise=False)
        can = " and ".join(f"{clock_of(first)} to {clock_of(last)}" for first, last in lengths)
        if missing := ", ".join(map(str, _missing(practice.minutes, lengths))):
            postures.setdefault((missing, can), []).append(posture)
    for (missing, can), lacking in postures.items():
        problems.error(
            practice.places["minutes"],
            "practice.minutes_out_of_reach",
            f"At level {practice.level} ({', '.join(lacking)}) it cannot last "
            f"{missing} minutes; it can last {can}.",
            "Widen its rests, or give it more or less to say.",
        )


def _missing(minutes: Minutes, lengths: Sequence[tuple[Samples, Samples]]) -> list[int]:
    return [
        minute
        for minute in range(minutes.least, minutes.most + 1)
        if not any(first <= minute * 60 * SAMPLE_RATE <= last for first, last in lengths)
    ]


def check_lines(practice: Practice, words: Words, problems: Problems) -> None:
    """Note the lines that are better shorter."""
    for section in practice.sections:
        for line in section.items:
            for variant in line.variants if isinstance(line, Line) else ():
                count = longest_words(variant.text, practice, words)
                if count > BETTER_WORDS:
                    problems.warning(
                        variant.place,
                        "practice.long_line",
                        f"This line has {count} words.",
                        f"Up to {BETTER_WORDS} are easier to follow; make two lines of it.",
                    )


def check_lists(practice: Practice, problems: Problems) -> None:
    """Note the lists that no section repeats."""
    used = {section.each for section in practice.sections}
    for name, entries in practice.lists.items():
        if name not in used:
            problems.warning(
                entries[0].place,
                "practice.unused_list",
                f"The list {name} is not used.",
                f"Repeat it over a section, or delete it: ## Title {{each={name}}}",
            )
