"""Lint says what is wrong, where it stands, and how much it matters."""

from dataclasses import replace

import pytest

from tests.practice.lint.judging import FIXTURES, codes, judge, read
from tests.practice.words import HEADER, WORDS, practice_of
from thaw.practice.lint import ANSWER_RULES, lint_answer, lint_practice
from thaw.practice.read import read_answer
from thaw.practice.rules.reading import grade_of, sentences_in
from thaw.practice.rules.script import Script
from thaw.units import Problem


def lint(body: str, *, header: str = HEADER, **options: bool) -> tuple[Problem, ...]:
    return lint_practice(practice_of(body, header=header), words=WORDS, **options)


def lint_line(line: str, code: str) -> list[Problem]:
    """Return what one rule finds in one line, places counted from that line."""
    first = HEADER.count("\n") + 4
    found = lint(f"## Here\n\n{line}\n")
    return [
        Problem("", p.line - first + 1, p.column, p.code, p.severity, p.message, p.hint)
        for p in found
        if p.code == f"lint.{code}"
    ]


def where(line: str, code: str) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in lint_line(line, code)]


def test_problems_come_in_the_order_of_the_text_and_each_once() -> None:
    found = judge(FIXTURES / "should-fail.md")

    assert list(found) == sorted(set(found))


def test_a_warning_is_an_error_for_who_is_strict() -> None:
    practice = read(FIXTURES / "should-fail.md")
    usual = lint_practice(practice, words=WORDS)
    strict = lint_practice(practice, words=WORDS, strict=True)

    assert {problem.severity for problem in usual} == {"error", "warning"}
    assert {problem.severity for problem in strict} == {"error"}
    assert len(strict) == len(usual)


def test_every_message_and_hint_is_a_sentence() -> None:
    for problem in judge(FIXTURES / "should-fail.md"):
        for sentence in (problem.message, problem.hint):
            assert sentence[0].isupper() or sentence[0] in "\u201c0123456789"
            assert sentence.rstrip("\u201d)")[-1] in ".?)"


def test_words_are_found_on_the_row_they_stand_on() -> None:
    assert where("A hand may be warm, and then\nyou will feel it glow.", "R05") == [(2, 1)]


def test_words_are_found_behind_emphasis_and_notes() -> None:
    assert where("It *may* be, <!-- note --> or you *will* feel it.", "R05") == [(1, 31)]
    assert where("It may be <!-- a\nnote --> here, or you will feel it.", "R05") == [(2, 19)]


def test_words_are_found_with_curly_apostrophes() -> None:
    assert where("Perhaps you\u2019ll feel it.", "R05") == [(1, 9)]


def test_words_are_found_behind_what_markdown_steps_over() -> None:
    assert where("A \\* star &amp; more, and you will feel it.", "R05") == [(1, 27)]


def test_a_sign_that_is_no_note_is_followed() -> None:
    header = HEADER.replace("the hands,", '"a <!-- b, the chest",')
    found = lint("## Here {each=places}\n\nNext, {places}.\n", header=header)

    problem = next(problem for problem in found if problem.code == "lint.R13")
    row = header.splitlines()[problem.line - 1]
    assert row[problem.column - 1 :].startswith('chest"')


def test_words_that_cannot_be_followed_stand_where_their_line_begins() -> None:
    long = "&ThickSpace;" * 9
    assert where(f"A{long} B, you will feel it.", "R05") == [(1, 1)]


def test_every_variant_and_every_entry_is_looked_at() -> None:
    lines = "- A hand may be warm.\n- You will feel it.\n- Or you will be cold."
    assert where(lines, "R05") == [(2, 3), (3, 6)]

    header = HEADER.replace("[the face, the hands, the feet]", '[the hands, "the chest"]')
    found = lint("## Here {each=places}\n\nNext, {places}.\n", header=header)
    entry = next(problem for problem in found if problem.code == "lint.R13")
    row = header.splitlines()[entry.line - 1]
    assert row[entry.column - 1 :].startswith('chest"]')


def test_words_from_outside_the_practice_have_the_place_of_their_slot() -> None:
    header = HEADER.replace("this being", "the inner child")
    found = lint("## Here\n\nThink of {being}.\n", header=header)

    problem = next(problem for problem in found if problem.code == "lint.R15")
    assert (problem.line, problem.column) == (header.count("\n") + 4, 10)


def test_the_phrase_of_every_anchor_is_looked_at() -> None:
    header = HEADER.replace("anchors: [feet, sounds]", "anchors: [feet, breath]")
    closing = "\n## Coming back {closing}\n\nLook around. Then {anchor}.\n"
    practice = practice_of("## Here\n\nA line.\n", header=header, closing=closing)

    found = [p for p in lint_practice(practice, words=WORDS) if "inside" in p.message]

    assert [problem.code for problem in found] == ["lint.R12"]
    assert practice.text.splitlines()[found[0].line - 1][found[0].column - 1 :] == "{anchor}."


def test_a_slot_that_stands_twice_has_the_same_words_both_times() -> None:
    header = HEADER.replace("[feet, sounds]", "[feet, sounds, breath]")
    practice = practice_of("## Here\n\nWith {anchor}, or {anchor}.\n", header=header)
    script = Script(practice, WORDS, practice.sections[:1])

    phrases = (WORDS.anchors[anchor] for anchor in practice.anchors)
    assert [wording.text for wording in script.wordings()] == [
        f"With {phrase}, or {phrase}." for phrase in phrases
    ]


def test_a_practice_without_its_text_still_has_the_place_of_its_lines() -> None:
    practice = replace(practice_of("## Here\n\nPerhaps you will feel it.\n"), text="")

    problem = next(p for p in lint_practice(practice, words=WORDS) if p.code == "lint.R05")
    assert problem.column == 1


ANSWER = "## When restless {{response=restless}}\n\n{0}\n\n## Here\n\nA line.\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Close your eyes.", "R02"),
        ("You will feel calm.", "R05"),
        ("Simply wait.", "R11"),
        ("Go to the chest.", "R13"),
        ("Put a hand on your heart.", "R14"),
        ("Your inner child is here.", "R15"),
        ("This heals.", "R16"),
        ("A sentence " + "that goes on and on " * 6, "R18"),
        ("You should be able to.", "R19"),
        ("Try to relax.", "R23"),
    ],
)
def test_an_answer_obeys_the_rules_for_answers(line: str, code: str) -> None:
    found = [p for p in lint(ANSWER.format(line)) if p.line == HEADER.count("\n") + 4]

    assert code in codes(found)
    assert code in {rule.code for rule in ANSWER_RULES}


def test_an_answer_may_give_orders_and_needs_nothing_else() -> None:
    plain = "Open your eyes. Press the feet down. Name the day. Look for me."
    usual = lint("## Here\n\nA line.\n")

    with_answer = lint(ANSWER.format(plain))

    assert codes(with_answer) == codes(usual)


def test_an_answer_in_a_text_of_its_own_is_judged_as_one() -> None:
    front = "---\nanswers: tears\neffect: continue\nauthor: A\nlicence: B\nlanguage: en\n---\n"
    said = "\n## Tears\n\nPress the feet down. Simply try to feel {anchor}.\n\n[rest 4]\n"
    answer = read_answer(front + said, file="tears.md", words=WORDS)

    found = lint_answer(answer, words=WORDS)

    assert [(p.code, p.line, p.column, p.severity) for p in found] == [
        ("lint.R11", 11, 22, "warning"),
        ("lint.R23", 11, 29, "error"),
    ]
    strictly = lint_answer(answer, words=WORDS, strict=True)
    assert {problem.severity for problem in strictly} == {"error"}


def test_an_answer_that_says_nothing_is_not_judged() -> None:
    usual = lint("## Here\n\nA line.\n")

    with_answer = lint(ANSWER.format("[rest 4..10]"))

    assert codes(with_answer) == codes(usual)


def test_an_answer_cannot_say_for_the_practice_that_one_may_stop() -> None:
    found = lint(ANSWER.format("You can stop. You could stay. Perhaps. Numb is fine."))

    assert "R01" in codes(found)


def test_quiet_that_is_announced_at_a_higher_level_only_is_not_announced() -> None:
    rest = "\n\n[rest 4..16]\n"
    later = f"## Here\n\nThere will be quiet. {{level=2}}{rest}"
    within = f"## Here {{level=2}}\n\nThere will be quiet.{rest}"

    assert "R08" in codes(lint(later))
    assert "R08" not in codes(lint(within))


def test_a_list_at_the_start_of_a_line_makes_no_variants_of_it() -> None:
    practice = practice_of("## Here {each=places}\n\n{places} may be warm.\n")
    script = Script(practice, WORDS, practice.sections[:1])

    assert [wording.text for _, wording in script.each_variant()] == ["the face may be warm."]
    assert len(list(script.wordings())) == 3


def test_a_practice_that_cannot_last_as_it_says_is_judged_at_the_nearest_length() -> None:
    header = HEADER.replace("{least: 1, usual: 2, most: 3}", "{least: 1, usual: 50, most: 60}")
    body = "## Here\n\nA line.\n" + "\n[rest 20..40]\n\nAnother line.\n" * 15

    found = lint(body, header=header)

    stretches = [p.message for p in found if "pass without" in p.message]
    assert stretches
    assert not any("0:00 in the sitting of 50:00" in message for message in stretches)


def test_a_practice_that_can_never_be_played_is_judged_by_its_words() -> None:
    body = "## Here\n\nA line of seven words is enough.\n\n[rest 3]\n"
    closing = "\n## Back {closing}\n\nLook around the room now.\n"
    practice = practice_of(body, closing=closing)

    found = lint_practice(practice, words=WORDS)

    assert {"R01", "R10", "R12"} <= codes(found)
    assert {"No line offers a way out."} <= {problem.message for problem in found}


def test_a_way_out_in_the_words_is_enough_where_nothing_can_be_played() -> None:
    body = "## Here\n\nYou can stop here, or perhaps you could stay.\n\n[rest 3]\n"
    practice = practice_of(body, closing="\n## Back {closing}\n\nLook around the room now.\n")

    assert codes(lint_practice(practice, words=WORDS)).isdisjoint({"R01", "R10"})


def test_a_posture_that_cannot_be_played_is_left_to_check() -> None:
    header = HEADER.replace("[sitting, standing, walking]", "[sitting, lying]")
    body = "## Here {posture=sitting}\n\nA line.\n"
    closing = "\n## Back {closing}\n\nLook around the room now. {posture=sitting}\n"

    assert lint_practice(practice_of(body, header=header, closing=closing), words=WORDS)


def test_the_grade_is_that_of_a_published_example() -> None:
    # 13 words, 24 syllables, grade 11.3: the example of Wikipedia's article on the formula.
    line = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    practice = practice_of(f"## Here\n\n{line}\n")
    wording = next(Script(practice, WORDS, practice.sections).wordings())
    sentences = sentences_in(wording)

    assert [(sentence.words, sentence.syllables) for sentence in sentences] == [(13, 24)]
    assert grade_of(sentences) == pytest.approx(11.3, abs=0.05)


def test_the_gentle_wording_reads_at_grade_two_to_four() -> None:
    practice = read(FIXTURES / "should-pass.md")
    script = Script(practice, WORDS, practice.sections)
    wordings = list(script.wordings())[:2]

    assert -1 < grade_of([s for wording in wordings for s in sentences_in(wording)]) < 4
