"""The shelf: every practice of ``content/practices/``, and any other by its path."""

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from threading import Lock

from thaw.library.answers import load_answers
from thaw.library.words import load_words
from thaw.practice.answers import Answers
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Choices
from thaw.practice.read import MOST_BYTES, decode, read_practice
from thaw.units import AccessError, InputError, PracticeError, Problem

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Shelf:
    """The practices of one content folder, read when asked for and again when changed.

    Safe to share between threads. A file that cannot be read as a practice does not hide
    the others: ``practices`` leaves it out, ``broken`` names it, asking for it by its id
    raises what is wrong with it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "practices"
        self.words: Words = load_words(folder)
        self._content = folder
        self._lock = Lock()
        self._read: dict[str, tuple[tuple[int, int], Practice | PracticeError]] = {}

    @cached_property
    def answers(self) -> Answers:
        """What is answered to a tap, read when first asked for.

        Raises:
            SettingError: ``content.unreadable``.
        """
        return load_answers(self._content, self.words)

    def ids(self) -> tuple[str, ...]:
        """Return the id of every file on the shelf, sorted; its name without the ending."""
        return tuple(
            sorted(path.stem for path in self.folder.glob("*.md") if _ID.fullmatch(path.stem))
        )

    def practices(self) -> tuple[Practice, ...]:
        """Return every practice that can be played, sorted by id."""
        return tuple(found for found in self._all() if isinstance(found, Practice))

    def broken(self) -> tuple[PracticeError, ...]:
        """Return what is wrong with each file that cannot be played, sorted by id."""
        return tuple(found for found in self._all() if isinstance(found, PracticeError))

    def published(self, name: str) -> Practice:
        """Return a practice of the shelf by its id; never a file from elsewhere.

        Raises:
            AccessError: ``practice.unknown``, naming the nearest id.
            PracticeError: The file is there and not in order.
        """
        found = self._load(name) if name in self.ids() else None
        if found is None:
            raise self._unknown(name)
        if isinstance(found, PracticeError):
            raise PracticeError(found.problems)
        return found

    def practice(self, name_or_path: str) -> Practice:
        """Return a practice by its id, or one that an author keeps elsewhere by its path.

        What holds a dot or a slash is a path.

        Raises:
            AccessError: ``practice.unknown``, naming the nearest id.
            InputError: The path leads to nothing that can be read as a practice.
            PracticeError: The text is there and not in order.
        """
        if re.search(r"[./\\]", name_or_path):
            return read_practice(read_file(name_or_path), file=name_or_path, words=self.words)
        return self.published(name_or_path)

    def text(self, name_or_path: str) -> str:
        """Return the text of a practice, as ``practice`` finds it, whether in order or not.

        Raises:
            AccessError: ``practice.unknown``, naming the nearest id.
            InputError: The path leads to nothing that can be read as text.
        """
        if re.search(r"[./\\]", name_or_path):
            return read_file(name_or_path)
        if name_or_path not in self.ids():
            raise self._unknown(name_or_path)
        return read_file(str(self._path(name_or_path)))

    def another(self, practice: Practice, choices: Choices) -> Practice | None:
        """Return another practice that plays with the same things avoided, or None.

        One that can have the same length in the same posture comes first, then one that can
        have the same length, then any.
        """
        others = [other for other in self.practices() if other.id != practice.id]
        for trial in self._trials(choices):
            for other in others:
                if self._plays(other, trial):
                    return other
        return None

    def _trials(self, choices: Choices) -> Iterator[Choices]:
        same_length = replace(choices, posture=None, anchor=None)
        yield replace(choices, anchor=None)
        yield same_length
        yield replace(same_length, seconds=0)

    def _plays(self, practice: Practice, choices: Choices) -> bool:
        """Tell whether ``practice`` can be played so; 0 seconds stand for its usual length."""
        seconds = choices.seconds or practice.minutes.usual * 60
        try:
            compose(
                practice,
                replace(choices, seconds=seconds, voice="none"),
                words=self.words,
                lengths=lambda text: length_at(text, choices.pace),
            )
        except InputError:
            return False
        return True

    def _all(self) -> Iterator[Practice | PracticeError]:
        found = (self._load(name) for name in self.ids())
        return (each for each in found if each is not None)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.md"

    def _load(self, name: str) -> Practice | PracticeError | None:
        """Return what a file of the shelf holds, read again if it changed; None if it is gone."""
        path = self._path(name)
        with self._lock:
            try:
                about = path.stat()
            except OSError:
                return None
            stamp = about.st_mtime_ns, about.st_size
            known = self._read.get(name)
            if known is None or known[0] != stamp:
                known = self._read[name] = stamp, self._fresh(path)
            return known[1]

    def _fresh(self, path: Path) -> Practice | PracticeError:
        try:
            return read_practice(read_file(str(path)), file=path.name, words=self.words)
        except PracticeError as error:
            return error
        except InputError as error:
            problem = Problem(path.name, 1, 1, error.code, "error", error.message, "")
            return PracticeError([problem])

    def _unknown(self, name: str) -> AccessError:
        ids = self.ids()
        nearest = get_close_matches(name.lower(), ids, n=1, cutoff=0.0)
        advice = f"Did you mean {nearest[0]}?" if nearest else "There are none on the shelf."
        return AccessError(
            "practice.unknown",
            f"There is no practice called {name[:60]!r}. {advice}",
            {"nearest": nearest[0] if nearest else ""},
        )


def read_file(path: str) -> str:
    """Return the text of a practice by its path; no more is read than a practice may hold.

    Raises:
        InputError: It is not there, not a file, not readable, too large, binary or not UTF-8.
    """
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise InputError(
                "practice.not_a_file",
                f"{path} is not a file. Name the Markdown file of one practice.",
            )
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "the name is not a path"
        raise InputError(
            "practice.unreadable",
            f"{path} cannot be read ({why}). Check the path, or name a practice of the library.",
        ) from error
    return decode(raw, file=path)
