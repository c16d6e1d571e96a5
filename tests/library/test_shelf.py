import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices
from thaw.units import SAMPLE_RATE, AccessError, InputError, PracticeError

CONTENT = content_folder()
FIVE_THINGS = (CONTENT / "practices" / "five-things.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a content folder with the words of Thaw and no practice."""
    (tmp_path / "practices").mkdir()
    for name in ("words", "responses"):
        (tmp_path / name).symlink_to(CONTENT / name)
    return tmp_path


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / "practices" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shelf_holds_every_practice_by_its_file_name() -> None:
    shelf = Shelf(CONTENT)

    assert {"five-things", "thawing", "walking-back-in"} <= set(shelf.ids())
    assert [practice.id for practice in shelf.practices()] == list(shelf.ids())
    assert shelf.broken() == ()


def test_a_practice_is_found_by_its_id_and_read_once() -> None:
    shelf = Shelf(CONTENT)

    assert shelf.practice("five-things") is shelf.practice("five-things")
    assert shelf.published("five-things").title == "Five things"
    assert shelf.text("five-things") == FIVE_THINGS


@pytest.mark.parametrize("call", [Shelf.practice, Shelf.published, Shelf.text])
def test_an_unknown_id_names_the_nearest(call: Callable[[Shelf, str], object]) -> None:
    with pytest.raises(AccessError, match="Did you mean thawing") as error:
        call(Shelf(CONTENT), "Thawning")

    assert error.value.code == "practice.unknown"
    assert error.value.fields == {"nearest": "thawing"}


def test_an_unknown_id_on_an_empty_shelf_says_that_it_is_empty(folder: Path) -> None:
    with pytest.raises(AccessError, match="none on the shelf"):
        Shelf(folder).practice("thawing")


def test_a_long_wrong_id_is_not_repeated_whole() -> None:
    with pytest.raises(AccessError) as error:
        Shelf(CONTENT).practice("x" * 5000)

    assert len(error.value.message) < 200


def test_only_files_with_the_name_of_an_id_are_on_the_shelf(folder: Path) -> None:
    put(folder, "five-things.md", FIVE_THINGS)
    put(folder, "Notes to self.md", "Not a practice.")
    put(folder, "notes.txt", "Not a practice.")

    assert Shelf(folder).ids() == ("five-things",)


def test_a_broken_file_is_named_with_all_its_problems_and_hides_no_other(folder: Path) -> None:
    put(folder, "five-things.md", FIVE_THINGS)
    put(folder, "torn.md", FIVE_THINGS.replace("{sights}", "{sigts}").replace("closing", "inward"))
    shelf = Shelf(folder)

    assert [practice.id for practice in shelf.practices()] == ["five-things"]
    (broken,) = shelf.broken()
    assert {problem.file for problem in broken.problems} == {"torn.md"}
    assert {"practice.unknown_slot", "practice.no_closing"} <= {
        problem.code for problem in broken.problems
    }
    with pytest.raises(PracticeError) as error:
        shelf.practice("torn")
    assert error.value.problems == broken.problems
    assert "{sigts}" in shelf.text("torn")


def test_a_file_that_is_no_text_is_named_as_well(folder: Path) -> None:
    (folder / "practices" / "noise.md").write_bytes(b"\x00\x01")

    (broken,) = Shelf(folder).broken()

    assert [(problem.file, problem.code) for problem in broken.problems] == [
        ("noise.md", "practice.binary")
    ]


def test_a_changed_file_is_read_again(folder: Path) -> None:
    path = put(folder, "five-things.md", FIVE_THINGS)
    shelf = Shelf(folder)
    before = shelf.practice("five-things")

    path.write_text(FIVE_THINGS.replace("title: Five things", "title: Five other things"))

    assert before.title == "Five things"
    assert shelf.practice("five-things").title == "Five other things"


def test_a_file_that_goes_away_leaves_the_shelf(folder: Path) -> None:
    path = put(folder, "five-things.md", FIVE_THINGS)
    shelf = Shelf(folder)
    shelf.practice("five-things")

    path.unlink()

    assert shelf.practices() == ()
    with pytest.raises(AccessError):
        shelf.practice("five-things")


def test_a_link_that_leads_nowhere_is_not_a_practice(folder: Path) -> None:
    (folder / "practices" / "gone.md").symlink_to(folder / "nowhere.md")

    with pytest.raises(AccessError):
        Shelf(folder).practice("gone")


def test_many_threads_get_the_same_practice() -> None:
    shelf, start = Shelf(CONTENT), threading.Barrier(8)

    def ask() -> Practice:
        start.wait()
        return shelf.practice("five-things")

    with ThreadPoolExecutor(8) as pool:
        found = [task.result() for task in [pool.submit(ask) for _ in range(8)]]

    assert len({id(practice) for practice in found}) == 1


def test_a_practice_elsewhere_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "My practice.md"
    path.write_text(FIVE_THINGS, encoding="utf-8")
    shelf = Shelf(CONTENT)

    practice = shelf.practice(str(path))

    assert (practice.id, practice.file) == ("my-practice", str(path))
    assert shelf.text(str(path)) == FIVE_THINGS


def test_a_published_practice_is_never_a_file_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(FIVE_THINGS, encoding="utf-8")
    shelf = Shelf(CONTENT)

    for name in (str(path), "../practices/thawing", "./thawing", "thawing.md", "", "\x00"):
        with pytest.raises(AccessError):
            shelf.published(name)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a" * 10_000_000, "practice.too_large"),
        (b"---\n\x00", "practice.binary"),
        ("---\ntitle: Füße\n".encode("latin-1"), "practice.not_utf8"),
    ],
)
def test_a_path_to_what_is_no_practice_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "mine.md"
    path.write_bytes(content)

    with pytest.raises(InputError) as error:
        Shelf(CONTENT).practice(str(path))

    assert error.value.code == code


def test_a_path_to_nothing_or_to_a_folder_says_what_to_do(tmp_path: Path) -> None:
    shelf = Shelf(CONTENT)

    with pytest.raises(InputError, match="No such file") as missing:
        shelf.practice(str(tmp_path / "nowhere.md"))
    with pytest.raises(InputError, match="is not a file") as directory:
        shelf.practice(str(tmp_path))
    with pytest.raises(InputError, match="not a path"):
        shelf.practice("a\x00/b.md")

    assert missing.value.code == "practice.unreadable"
    assert directory.value.code == "practice.not_a_file"


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")

    with pytest.raises(InputError) as error:
        Shelf(CONTENT).practice(str(tmp_path / "pipe.md"))

    assert error.value.code == "practice.not_a_file"


def test_a_text_that_is_not_in_order_is_refused_with_its_problems(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("No front matter.", encoding="utf-8")

    with pytest.raises(PracticeError) as error:
        Shelf(CONTENT).practice(str(path))

    assert "practice.no_front_matter" in {problem.code for problem in error.value.problems}


def test_another_practice_plays_with_the_same_things_avoided() -> None:
    shelf = Shelf(CONTENT)
    choices = Choices(seconds=300, posture="walking", anchor="breath", avoid=("breath", "touch"))

    another = shelf.another(shelf.practice("thawing"), choices)

    assert another is not None
    same = replace(choices, anchor=None)
    plan = compose(another, same, words=shelf.words, lengths=length_at)
    assert plan.total == 300 * SAMPLE_RATE
    assert not re.search(r"\b(breath\w*|touch\w*)\b", " ".join(e.text for e in plan.lines()))


def test_another_practice_may_have_another_length() -> None:
    shelf = Shelf(CONTENT)
    choices = Choices(seconds=55 * 60, posture="walking")

    assert shelf.another(shelf.practice("thawing"), choices) is not None


def test_there_may_be_no_other_practice(folder: Path) -> None:
    put(folder, "five-things.md", FIVE_THINGS)
    shelf = Shelf(folder)

    assert shelf.another(shelf.practice("five-things"), Choices(seconds=180)) is None
