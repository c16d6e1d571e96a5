"""Collect what is wrong with a practice, so that an author sees all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from thaw.practice.parts import Place
from thaw.units import PracticeError, Problem, Severity


@dataclass(slots=True)
class Problems:
    """The problems found in one file so far."""

    file: str
    _found: list[Problem] = field(default_factory=list)

    def error(self, place: Place, code: str, message: str, hint: str) -> None:
        """Note something that keeps the practice from being played."""
        self._note(place, code, "error", message, hint)

    def warning(self, place: Place, code: str, message: str, hint: str) -> None:
        """Note something that would be better otherwise."""
        self._note(place, code, "warning", message, hint)

    def found(self) -> tuple[Problem, ...]:
        """Return every problem once, in the order of the text."""
        return tuple(sorted(set(self._found)))

    def raise_errors(self) -> None:
        """Raise what was found, if any of it is an error.

        Raises:
            PracticeError: carries everything found, warnings too.
        """
        if any(problem.severity == "error" for problem in self._found):
            raise PracticeError(self.found())

    def _note(self, place: Place, code: str, severity: Severity, message: str, hint: str) -> None:
        self._found.append(
            Problem(self.file, place.line, place.column, code, severity, message, hint)
        )


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a sentence that leads from an unknown ``name`` to one that is known."""
    names = list(known)
    if near := get_close_matches(name, names, n=1):
        return f"Did you mean {near[0]}?"
    return f"Known here: {', '.join(names)}." if names else "None is known here."
