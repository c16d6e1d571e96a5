from pathlib import Path

import pytest

from thaw.library.content import content_folder
from thaw.library.help import load_help
from thaw.units import SettingError

HELP = load_help(content_folder())


NAMES = (
    "now",
    "lines",
    "nothing",
    "thoughts",
    "hurt",
    "afraid",
    "substances",
    "grounding",
    "someone-first",
    "worse",
)


def write(folder: Path, text: str) -> Path:
    (folder / "help").mkdir()
    for name in NAMES:
        (folder / "help" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def test_grounding_is_five_lines() -> None:
    assert len(HELP.grounding.points) == 5


def test_the_directory_of_helplines_is_named_as_text() -> None:
    assert "findahelpline.com" in " ".join(HELP.lines.before)


def test_feeling_nothing_is_a_reason_to_reach_out() -> None:
    assert "Feeling nothing can also be a reason to reach out." in HELP.nothing.before[0]


@pytest.mark.parametrize(
    "reason", ["ending your life", "hear or see", "race", "three months", "alcohol", "fits", "18"]
)
def test_who_should_talk_to_a_professional_first_is_said(reason: str) -> None:
    assert any(reason in point for point in HELP.someone_first.points)


def test_no_one_is_told_to_stop_a_medicine() -> None:
    assert "do not stop it or change it on your own" in " ".join(HELP.someone_first.after)


def test_a_practice_that_makes_things_worse_is_not_the_persons_fault() -> None:
    said = " ".join((*HELP.worse.before, *HELP.worse.after))

    assert "does not tell us anything bad about you" in said
    assert "cheetahhouse.org" in said


def test_a_text_is_a_heading_paragraphs_a_list_and_paragraphs(tmp_path: Path) -> None:
    text = "# Title\n\nOne\ntwo.\n\nThree.\n\n- four\n- five\n\nSix.\n"

    read = load_help(write(tmp_path, text)).now

    assert (read.title, read.before) == ("Title", ("One two.", "Three."))
    assert (read.points, read.after) == (("four", "five"), ("Six.",))


@pytest.mark.parametrize(
    "text", ["", "No title.\n", "One.\n\n# Late\n", "# A\n\n# B\n", "# A\n\n- a\n\nb\n\n- c\n"]
)
def test_a_text_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingError, match=r"help/now\.md"):
        load_help(write(tmp_path, text))


def test_a_text_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"help/now\.md"):
        load_help(tmp_path)


def test_support_for_harm_by_meditation_is_named() -> None:
    said = " ".join(HELP.worse.after)

    assert "support for harm that came with meditation" in said
    assert HELP.worse.places == ("cheetahhouse.org",)
    assert HELP.lines.places == ("findahelpline.com",)
    assert HELP.now.places == ()


def test_who_has_thoughts_of_dying_is_told_that_they_can_pass() -> None:
    said = " ".join(HELP.thoughts.before)

    assert "Many people have such thoughts, and they can pass." in said
    assert "safety plan" in said


def test_who_is_afraid_of_hurting_someone_is_told_to_put_space_between() -> None:
    said = " ".join(HELP.afraid.before)

    for word in ("space between", "emergency number", "missing from your memory"):
        assert word in said


def test_no_one_is_told_to_stop_a_substance_at_once() -> None:
    assert "do not stop all at once" in " ".join(HELP.substances.before)


def test_nothing_on_the_page_is_written_to_alarm() -> None:
    for name in NAMES:
        text = (content_folder() / "help" / f"{name}.md").read_text(encoding="utf-8")
        assert "!" not in text
        assert "commit suicide" not in text
