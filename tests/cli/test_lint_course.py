"""``thaw lint`` of a course: judged as one, with all that it points to."""

from pathlib import Path

import pytest

from tests.cli.conftest import Thaw
from thaw.library.content import content_folder

OURS = content_folder() / "courses" / "out-of-numbness.md"


def test_our_course_is_clean_even_strictly(thaw: Thaw) -> None:
    ended = thaw("lint", "--strict", OURS)
    assert (ended.code, ended.out, ended.err) == (0, "1 file: clean.\n", "")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("practice: listening, 5", "practice: listenin, 5", "course.no_practice"),
        ("practice: listening, 5", "practice: listening, 50", "course.minutes"),
        ("A wish is a wish.", "A wish is a wish [@nobody-1900].", "course.no_work"),
        ("days: 5", "days: 4", "course.days"),
        ("A wish is a wish.", "You should try harder.", "lint.R19"),
        ("title: Out", "title: Out\ntitle: Out", "practice.yaml_key"),
    ],
)
def test_what_is_wrong_with_a_course_is_exit_1_with_its_place(
    thaw: Thaw, tmp_path: Path, before: str, after: str, code: str
) -> None:
    text = OURS.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "course.md"
    path.write_text(text.replace(before, after), encoding="utf-8")
    ended = thaw("lint", path)
    assert ended.code == 1
    assert f"error {code}:" in ended.out
    assert ended.err == ""


def test_a_course_and_a_practice_are_judged_together(thaw: Thaw) -> None:
    practice = OURS.parents[1] / "practices" / "five-things.md"
    assert thaw("lint", OURS, practice).out == "2 files: clean.\n"
