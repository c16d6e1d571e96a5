"""``thaw lint``: every problem at once, exit codes, JSON."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Thaw
from tests.cli.texts import HEAD
from thaw.library.content import content_folder

GOOD = content_folder() / "practices" / "five-things.md"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A practice with two mistakes, in lines 23 and 25."""
    path = tmp_path / "broken.md"
    path.write_text(f"{HEAD}\n## Start\n\nLook at {{nowhere}}.\n\n[rest 9..3]\n", encoding="utf-8")
    return path


def test_a_clean_practice_is_exit_0(thaw: Thaw) -> None:
    ended = thaw("lint", GOOD)
    assert (ended.code, ended.out, ended.err) == (0, "1 file: clean.\n", "")


def test_every_practice_of_the_library_is_clean_even_strictly(thaw: Thaw) -> None:
    ended = thaw("lint", "--strict", *sorted(GOOD.parent.glob("*.md")))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("clean.\n")


def test_an_answer_is_judged_as_an_answer(thaw: Thaw, tmp_path: Path) -> None:
    tears = GOOD.parents[1] / "responses" / "tears.md"
    assert thaw("lint", "--strict", tears).code == 0

    path = tmp_path / "tears.md"
    text = tears.read_text(encoding="utf-8")
    path.write_text(text.replace("Tears are all right", "You must stop crying"), encoding="utf-8")
    ended = thaw("lint", path)
    assert ended.code == 1
    assert [line.split()[2] for line in ended.out.splitlines()[:-1]] == ["lint.R19:", "lint.R23:"]

    path.write_text(text.replace("continue", "cure"), encoding="utf-8")
    assert "practice.value" in thaw("lint", path).out


def test_problems_are_exit_1_with_their_places(thaw: Thaw, broken: Path) -> None:
    ended = thaw("lint", broken)
    assert ended.code == 1
    assert f"{broken}:23:" in ended.out
    assert f"{broken}:25:" in ended.out
    assert "error practice." in ended.out
    assert ended.err == ""


def test_json_has_the_keys_that_were_promised(thaw: Thaw, broken: Path) -> None:
    ended = thaw("lint", "--json", broken)
    found = json.loads(ended.out)
    assert ended.code == 1
    assert found
    for problem in found:
        assert list(problem) == [
            "file",
            "line",
            "column",
            "code",
            "severity",
            "message",
            "hint",
        ]
    assert [each["line"] for each in found] == sorted(each["line"] for each in found)


def test_clean_json_is_an_empty_list(thaw: Thaw) -> None:
    assert json.loads(thaw("lint", "--json", GOOD).out) == []


def test_a_file_that_cannot_be_read_is_exit_2_and_the_others_are_judged(
    thaw: Thaw, tmp_path: Path, broken: Path
) -> None:
    ended = thaw("lint", tmp_path / "gone.md", broken)
    assert ended.code == 2
    assert "gone.md cannot be read" in ended.err
    assert str(broken) in ended.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\x02 binary", "text"),
        (b"\xff\xfe\xfa", "UTF-8"),
        (b"a" * 10_000_000, "256"),
    ],
    ids=["binary", "not UTF-8", "10 MB"],
)
def test_what_is_not_a_text_is_exit_2_with_a_sentence(
    thaw: Thaw, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "odd.md"
    path.write_bytes(content)
    ended = thaw("lint", path)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert said in ended.err


def test_colours_are_for_terminals_only(thaw: Thaw, broken: Path) -> None:
    assert "\x1b" not in thaw("lint", broken).out


def test_lint_without_a_file_is_exit_2(thaw: Thaw) -> None:
    assert thaw("lint").code == 2
