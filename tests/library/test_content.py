"""The practices and texts of Thaw keep what they promise."""

import re
from collections import Counter
from dataclasses import fields
from itertools import pairwise

import pytest

from thaw.library.content import content_folder
from thaw.library.help import HelpText, load_help
from thaw.library.needs import load_needs
from thaw.library.shelf import Shelf
from thaw.practice.check import check_practice
from thaw.practice.compose import compose, reach
from thaw.practice.english import sentences_of
from thaw.practice.lint import lint_practice
from thaw.practice.pace import count_words, length_at
from thaw.practice.parts import Line, Practice
from thaw.practice.plan import Choices, Event, Plan
from thaw.practice.rules.syllables import count_syllables
from thaw.practice.situation import postures_of
from thaw.units import SAMPLE_RATE, Samples, samples_of

SHELF = Shelf(content_folder())
WORDS = SHELF.words
PRACTICES = {practice.id: practice for practice in SHELF.practices()}
SITTINGS = [
    pytest.param(practice, posture, id=f"{practice.id}-{posture}")
    for practice in PRACTICES.values()
    for posture in postures_of(practice)
]
HELP = load_help(content_folder())
HELP_TEXTS = {field.name: getattr(HELP, field.name) for field in fields(HELP)}

FORBIDDEN = re.compile(
    r"\b(just|simply|merely|easily|relax|deep breaths?|heal\w*|cure\w*|therapy|trauma\w*|journey"
    r"|powerful|unlock\w*|surrender|broken|fix|failure|should|must|good job|well done|normal)\b|!",
    re.IGNORECASE,
)


def plan_of(practice: Practice, minutes: int, *, level: int = 1, **chosen: object) -> Plan:
    choices = Choices(seconds=60 * minutes, level=level, **chosen)  # type: ignore[arg-type] # kept short in tests
    return compose(practice, choices, words=WORDS, lengths=length_at)


def voiced(text: str, pace: int) -> Samples:
    """Return what a slow voice of this machine needs, its short tail of silence included."""
    return samples_of(length_at(text, pace) / SAMPLE_RATE * 1.03 + 0.4)


def whole_minutes(practice: Practice) -> range:
    return range(practice.minutes.least, practice.minutes.most + 1)


def said(plan: Plan) -> list[Event]:
    return list(plan.lines())


def written(practice: Practice) -> list[str]:
    """Return every wording of a practice, slots and entries apart."""
    lines = [item for section in practice.sections for item in section.items]
    variants = [variant for line in lines if isinstance(line, Line) for variant in line.variants]
    entries = [entry for entries in practice.lists.values() for entry in entries]
    return [variant.text for variant in variants] + [entry.text for entry in entries]


def grade_of(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade of plain texts."""
    sentences = sum(len(sentences_of(text)) for text in texts)
    words = [word for text in texts for word in text.split() if count_words(word)]
    syllables = sum(map(count_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_the_practices_are_there_with_their_lengths() -> None:
    lengths = {name: practice.minutes for name, practice in PRACTICES.items()}

    assert {name: (m.least, m.usual, m.most) for name, m in lengths.items()} == {
        "a-first-look": (3, 4, 5),
        "a-hand-to-rest-on": (3, 4, 7),
        "after-anger": (4, 6, 9),
        "an-easy-being": (4, 7, 9),
        "back-from-then": (2, 4, 8),
        "colours": (3, 5, 10),
        "five-things": (2, 3, 10),
        "hands": (3, 6, 10),
        "in-four-steps": (5, 6, 10),
        "listening": (4, 8, 13),
        "one-small-good": (3, 5, 9),
        "shaking-and-rocking": (4, 6, 10),
        "somewhere-to-rest": (4, 6, 9),
        "thawing": (5, 15, 20),
        "the-other-way": (4, 5, 9),
        "two-of-you": (5, 7, 8),
        "up-at-night": (4, 6, 9),
        "walking-back-in": (5, 10, 20),
        "when-nothing-comes": (4, 6, 9),
        "where-you-are-held": (4, 7, 10),
    }


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_practice_says_whom_it_is_for_whom_not_and_what_to_have_at_hand(
    practice: Practice,
) -> None:
    assert practice.suits
    assert practice.not_for
    assert practice.ready
    assert {practice.themes[0]} <= set(load_needs(content_folder()).words)


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_practice_has_no_problem_and_no_warning(practice: Practice) -> None:
    assert check_practice(practice, words=WORDS) == ()
    assert lint_practice(practice, words=WORDS, strict=True) == ()


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_practice_suits_first_steps_and_can_be_done_moving(practice: Practice) -> None:
    assert practice.level == 1
    assert practice.moving == "self"
    assert {"sitting", "standing", "walking"} <= set(practice.postures)
    assert practice.anchors[-1] != "breath"


@pytest.mark.parametrize("pace", [100, 115, 130])
@pytest.mark.parametrize(("practice", "posture"), SITTINGS)
def test_every_whole_minute_is_there_with_a_voice_at_any_usual_pace(
    practice: Practice, posture: str, pace: int
) -> None:
    for level in (1, 2):
        choices = Choices(seconds=60, level=level, posture=posture, pace=pace)
        reached = reach(
            practice,
            choices,
            words=WORDS,
            lengths=lambda text: voiced(text, pace),
            may_raise=False,
        )
        for minutes in whole_minutes(practice):
            wanted = 60 * minutes * SAMPLE_RATE
            assert any(least <= wanted <= most for least, most in reached), (level, minutes)


@pytest.mark.parametrize("avoid", [(term,) for term in WORDS.avoid], ids=list(WORDS.avoid))
@pytest.mark.parametrize(("practice", "posture"), SITTINGS)
def test_every_whole_minute_is_there_whatever_is_avoided(
    practice: Practice, posture: str, avoid: tuple[str, ...]
) -> None:
    for level in (1, 2):
        choices = Choices(seconds=60, level=level, posture=posture, avoid=avoid)
        reached = reach(practice, choices, words=WORDS, lengths=length_at, may_raise=False)
        for minutes in whole_minutes(practice):
            wanted = 60 * minutes * SAMPLE_RATE
            assert any(least <= wanted <= most for least, most in reached), (level, minutes)


@pytest.mark.parametrize(
    "avoid",
    [
        ("breath", "chest", "belly", "pelvis", "throat"),
        ("breath", "lying", "touch"),
        ("bells", "closed-eyes", "silence:10"),
        ("animals", "memory", "people", "self"),
        ("face", "mouth", "shaking", "standing"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_who_avoids_several_things_is_still_guided(
    practice: Practice, avoid: tuple[str, ...]
) -> None:
    whole = plan_of(practice, practice.minutes.usual, level=2)
    plan = plan_of(practice, practice.minutes.usual, level=2, avoid=avoid)

    assert len(said(plan)) > 0.8 * len(said(whole))
    assert said(plan)[-1].closing


@pytest.mark.parametrize(("practice", "posture"), SITTINGS)
def test_no_full_minute_goes_by_without_two_lines(practice: Practice, posture: str) -> None:
    for level in (1, 2):
        for minutes in whole_minutes(practice):
            plan = plan_of(practice, minutes, level=level, posture=posture)
            starts = [event.start / SAMPLE_RATE for event in said(plan)]
            thirds = [*starts[2:], 60.0 * minutes]
            gaps = [third - first for first, third in zip(starts, thirds, strict=False)]
            assert max(gaps) <= 60, (level, minutes)


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_long_sitting_is_guided_as_steadily_as_a_short_one(
    practice: Practice, level: int
) -> None:
    def share(minutes: int) -> float:
        plan = plan_of(practice, minutes, level=level)
        return sum(event.length for event in said(plan)) / plan.total

    shares = [share(minutes) for minutes in whole_minutes(practice)]

    assert min(shares) > 0.3
    assert max(shares) < 0.6
    assert shares[-1] > 0.75 * shares[whole_minutes(practice).index(practice.minutes.usual)]


@pytest.mark.parametrize(("practice", "posture"), SITTINGS)
def test_no_wording_comes_three_times_or_twice_in_a_row(practice: Practice, posture: str) -> None:
    for level in (1, 2, 3):
        for seed in range(3):
            plan = plan_of(practice, practice.minutes.most, level=level, posture=posture, seed=seed)
            texts = [event.text for event in said(plan)]
            assert max(Counter(texts).values()) <= 2
            assert all(text != following for text, following in pairwise(texts))


@pytest.mark.parametrize(("practice", "posture"), SITTINGS)
def test_no_opening_of_a_sentence_turns_into_a_litany(practice: Practice, posture: str) -> None:
    for level in (1, 2):
        texts = [
            e.text
            for e in said(plan_of(practice, practice.minutes.most, level=level, posture=posture))
        ]
        openings = Counter(" ".join(text.split()[:2]) for text in texts)
        assert openings.most_common(1)[0][1] <= len(texts) / 6


@pytest.mark.parametrize("posture", ["sitting", "standing", "walking"])
@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_nothing_is_said_that_another_posture_would_need(practice: Practice, posture: str) -> None:
    others = {
        "sitting": r"\b(walk|each step|set off|feet have brought)\b",
        "standing": r"\b(the seat|your seat|as you sit|set off|feet have brought)\b",
        "walking": r"\b(the seat|your seat|as you sit|on one spot|back of the chair)\b",
    }
    for level in (1, 2):
        plan = plan_of(practice, practice.minutes.most, level=level, posture=posture)
        assert not [e.text for e in said(plan) if re.search(others[posture], e.text)]


def test_a_first_step_through_thawing_leads_nobody_through_the_body() -> None:
    thawing = PRACTICES["thawing"]
    first = {event.section for event in said(plan_of(thawing, 20, level=1))}
    steadier = {event.section for event in said(plan_of(thawing, 15, level=2))}

    assert not first & {"From head to toe", "Place by place", "In one go"}
    assert {"From head to toe", "Place by place", "In one go"} <= steadier


def test_thawing_keeps_the_order_of_its_source_at_15_minutes() -> None:
    sections = [event.section for event in said(plan_of(PRACTICES["thawing"], 15, level=2))]
    order = [
        "Arriving",
        "What the skin may say",
        "One at a time",
        "Place by place",
        "When it is numb",
        "A hand to rest on",
        "Coming back",
    ]

    places = [sections.index(title) for title in order]

    assert places == sorted(places)
    assert sections.count("Place by place") >= 14


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_no_word_presses_promises_or_belittles(practice: Practice) -> None:
    shown = (practice.title, practice.summary, practice.suits, practice.not_for)

    assert not [text for text in (*written(practice), *shown) if FORBIDDEN.search(text)]


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_line_is_short_enough_to_be_said_in_one_breath(practice: Practice) -> None:
    plan = plan_of(practice, practice.minutes.most, level=3)

    for text in (event.text for event in said(plan)):
        assert count_words(text) <= 25
        assert all(count_words(text[a:b]) <= 18 for a, b in sentences_of(text)), text


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_practice_reads_at_grade_five_or_below(practice: Practice) -> None:
    assert grade_of([text.replace("{", "").replace("}", "") for text in written(practice)]) <= 5


@pytest.mark.parametrize("text", HELP_TEXTS.values(), ids=HELP_TEXTS.keys())
def test_a_help_text_reads_at_grade_six_or_below(text: HelpText) -> None:
    assert grade_of([text.title, *text.before, *text.points, *text.after]) <= 6


@pytest.mark.parametrize("text", HELP_TEXTS.values(), ids=HELP_TEXTS.keys())
def test_a_help_text_presses_and_promises_nothing(text: HelpText) -> None:
    words = " ".join((text.title, *text.before, *text.points, *text.after))

    assert not re.search(r"!|\b(commit|proven|guarante\w+|must|risk)\b", words)
