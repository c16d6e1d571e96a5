"""What stands in a line is read the same in an article and in a lesson."""

import pytest

from thaw.library.marked import Run, read_runs, words_of


def read(text: str, line: int = 1) -> tuple[tuple[Run, ...], list[tuple[int, str]]]:
    noted: list[tuple[int, str]] = []
    runs = read_runs(text, line, lambda line, message, _: noted.append((line, message)))
    return runs, noted


def test_a_paragraph_over_several_lines_is_one_line_that_knows_where_things_stood() -> None:
    runs, noted = read("It is *cold\nhere*\n[@a-2020] and\nso on. [@b-2021]", line=7)
    assert runs == (
        Run("words", "It is "),
        Run("emphasis", "cold here"),
        Run("claim", "a-2020"),
        Run("words", " and so on."),
        Run("claim", "b-2021"),
    )
    assert [run.line for run in runs] == [7, 7, 9, 9, 10]
    assert words_of(runs) == "It is cold here and so on."
    assert noted == []


def test_a_way_is_one_run_whatever_stands_in_it() -> None:
    runs, noted = read("*See* [the *other* text](/learn/other-text).")
    assert runs == (
        Run("emphasis", "See"),
        Run("words", " "),
        Run("way", "the other text", "other-text"),
        Run("words", "."),
    )
    assert noted == []


def test_words_that_only_look_like_marks_are_words() -> None:
    for text in ("5 * 3 * 2", "a_b_c", "[in brackets]", "[x]: /learn/y", "\\*not so\\*"):
        runs, noted = read(text)
        assert [run.kind for run in runs] == ["words"], text
        assert noted == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("One\n**two**", 2, "strong has no place in a line."),
        ("One\n[two](//learn/x)", 2, "This link leads to no text."),
        ("One\n<https://example.org>", 2, "This link leads to no text."),
        ("One\n\\\ntwo <b>three</b>", 3, "html_inline has no place in a line."),
        ("One\ntwo [@Not\nso]", 3, "[@Not so] names no work."),
    ],
)
def test_what_has_no_place_is_noted_with_its_line(text: str, line: int, says: str) -> None:
    assert (line, says) in read(text)[1]
