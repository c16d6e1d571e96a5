"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import Pattern
from typing import Literal

from thaw.practice.english import NEGATION, is_denied, is_quoted
from thaw.practice.parts import Place
from thaw.practice.rules.script import Script
from thaw.practice.rules.wording import Wording
from thaw.units import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule.

    Attributes:
        place: Where the offending words stand, or the nearest thing there is.
        message: What is wrong, in one sentence.
        hint: What to do about it, in one sentence.
        severity: None means the rule's own.
    """

    place: Place
    message: str
    hint: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of lint.

    Attributes:
        code: ``R01`` to ``R23``; a problem carries it as ``lint.R01``.
        severity: What a breach is, unless the finding says otherwise.
        title: What the rule asks for, in a few words.
        judge: Yields what it finds in a script.
        holds: For practices, for answers to a tap, or for both.
    """

    code: str
    severity: Severity
    title: str
    judge: Callable[[Script], Iterator[Finding]]
    holds: Literal["practices", "answers", "both"] = "practices"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words that no wording may hold, and what is said where one does.

    Attributes:
        pattern: What is looked for.
        message: A sentence in which ``{words}`` stands for the words found.
        hint: What to do.
        denied_by: What makes the words harmless when it stands earlier in their clause.
        may_be_quoted: Whether they are harmless in quotation marks.
    """

    pattern: Pattern[str]
    message: str
    hint: str
    denied_by: Pattern[str] | None = NEGATION
    may_be_quoted: bool = False

    def matches(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where ``text`` holds such words, and the words."""
        for found in self.pattern.finditer(text):
            start = found.start()
            if self.denied_by and is_denied(text, start, self.denied_by):
                continue
            if not (self.may_be_quoted and is_quoted(text, start)):
                yield start, found.group()

    def finding(self, words: str, place: Place) -> Finding:
        """Return the finding that such words stand at ``place``."""
        return Finding(place, self.message.format(words=words), self.hint)

    def found_in(self, wording: Wording) -> Iterator[Finding]:
        """Yield a finding for each place in a wording that holds such words."""
        for start, words in self.matches(wording.text):
            yield self.finding(words, wording.place(start))
