"""What is answered to a tap: the texts of ``content/responses/``."""

from pathlib import Path

from thaw.library.content import read_content, unreadable
from thaw.practice.answers import ANSWERED, GROUNDING, Answer, Answers
from thaw.practice.parts import Words
from thaw.practice.read import read_answer
from thaw.units import PracticeError

_LISTS = ("leave.md", "check.md")
"""Files beside the answers that hold words of other kinds (``library.words``)."""


def load_answers(folder: Path, words: Words) -> Answers:
    """Return every answer of the content in ``folder``.

    Raises:
        SettingError: ``content.unreadable``, where a text is missing or not as it should be.
    """
    texts = folder / "responses"
    found: dict[str, Answer] = {}
    for path in sorted(texts.glob("*.md")):
        if path.name in _LISTS:
            continue
        answer = _read(path, words)
        if answer.kind in found:
            raise unreadable(path, f"there are two answers to {answer.kind}")
        found[answer.kind] = answer
    for kind in (*ANSWERED, GROUNDING):
        if kind not in found:
            raise unreadable(texts / f"{kind}.md", "it is not there")
    grounding = found.pop(GROUNDING)
    return Answers(found, grounding)


def _read(path: Path, words: Words) -> Answer:
    try:
        return read_answer(read_content(path), file=path.name, words=words)
    except PracticeError as error:
        raise unreadable(path, str(error.problems[0])) from error
