"""What the two source documents ask for, in the product: docs/reference/mission.md.

Each of these looks where a person would look: on a page, in a text, in a plan. What other tests
hold already is not asked again here; the table names those tests.
"""

import re
from html import unescape
from itertools import pairwise

import pytest
from django.test import Client

from thaw.library.articles import Block, load_articles
from thaw.library.content import content_folder
from thaw.library.courses import Courses
from thaw.library.shelf import Shelf
from thaw.practice.compose import compose
from thaw.practice.inward import inward_until
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.practice.respond import Context, respond
from thaw.practice.situation import INWARD_ANCHORS, postures_of
from thaw.units import samples_of

CONTENT = content_folder()
SHELF = Shelf(CONTENT)
ARTICLES = load_articles(CONTENT)
MOVES = {"walking", "moving"}
BRAIN = re.compile(
    r"\b(brain\w*|amygdala|prefrontal|cortex|neuro\w*|dopamine|serotonin|vagus|nervous system)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^>]+>")


def shown(client: Client, address: str) -> str:
    """Return the words of a page as one line, without its marks."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = answer.content.decode()
    main = page[page.index('id="main"') : page.rindex("</main>")]
    return " ".join(unescape(TAG.sub("", main)).split())


def plan_of(practice: Practice, minutes: int, **chosen: object) -> Plan:
    choices = Choices(seconds=60 * minutes, **chosen)  # type: ignore[arg-type] # kept short here
    return compose(practice, choices, words=SHELF.words, lengths=length_at)


def core(minutes: int = 15) -> list[tuple[str, str]]:
    """Return the section and the words of each line of the core practice."""
    plan = plan_of(SHELF.published("thawing"), minutes, level=2)
    return [(event.section, event.text) for event in plan.lines()]


def sections(name: str) -> list[tuple[str, list[str]]]:
    """Return the headings of an article, each with the lines below it."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for block in ARTICLES.article(name).blocks:
        if block.kind == "heading":
            found.append((_words(block)[0], []))
        else:
            found[-1][1].extend(_words(block))
    return found


def _words(block: Block) -> list[str]:
    return ["".join(run.text for run in line if run.kind != "claim") for line in block.lines]


def test_numbness_is_told_as_little_felt_and_little_shown_and_far_from_things(
    seated: Client,
) -> None:
    page = shown(seated, "/learn/what-numbness-is")

    assert "Feelings come weakly, or late, or not at all." in page
    assert "being far away from things" in page
    assert "Little or nothing is felt, of joy and of pain." in page


def test_where_it_may_come_from_is_told_and_nobody_is_diagnosed(seated: Client) -> None:
    page = shown(seated, "/learn/where-it-comes-from")

    for cause in ("burnout", "After something terrible", "Loss", "Depression", "Psychosis"):
        assert cause in page
    for cause in ("Medicines", "Drink and drugs", "The body", "New gaps in memory"):
        assert cause in page
    assert "This page cannot tell you which it is." in page


def test_each_of_the_five_signs_is_told_with_a_next_step() -> None:
    signs = [(head, lines) for head, lines in sections("five-signs") if head[:1].isdigit()]

    assert [head for head, _ in signs] == [
        "1. Less interest",
        "2. Distance from people",
        "3. A narrow range",
        "4. Gaps in memory",
        "5. A short future",
    ]
    for head, lines in signs:
        assert len(lines) >= 2, head
        assert lines[-1].startswith("A next step:"), head


@pytest.mark.parametrize("practice", SHELF.practices(), ids=SHELF.ids())
def test_every_practice_can_be_done_upright_and_moving(practice: Practice) -> None:
    upright = [posture for posture in postures_of(practice) if posture in MOVES]
    sister = None if practice.moving in (None, "self") else SHELF.published(practice.moving)

    assert upright or sister
    for posture in upright:
        assert plan_of(practice, practice.minutes.usual, posture=posture).total


def test_the_night_has_a_path_that_moves_with_open_eyes_and_no_bell(seated: Client) -> None:
    night = SHELF.published("up-at-night")
    plan = plan_of(night, night.minutes.usual)

    assert night.eyes == "open"
    assert plan.origin.choices.posture in (None, "walking")
    assert postures_of(night)[0] == "walking"
    assert not [event for event in plan.events if event.kind == "bell"]
    answer = seated.get("/learn/sleep-and-stillness")
    assert f'href="/library/{night.id}"' in answer.content.decode()


def test_what_thaw_is_not_stands_where_one_reads_and_professionals_are_named(
    seated: Client,
) -> None:
    assert "Not a medical device." in shown(seated, "/")
    for article in ARTICLES.all():
        assert "it does not diagnose or treat" in shown(seated, f"/learn/{article.id}")
    page = shown(seated, "/learn/when-to-see-someone")
    assert "it does not take the place of a doctor or therapist" in page
    for whom in ("family doctor", "psychotherapist", "psychiatrist", "helplines"):
        assert whom in page


@pytest.mark.parametrize("name", ["listening", "five-things"])
def test_here_and_now_can_be_practised_wholly_outside(name: str) -> None:
    practice = SHELF.published(name)
    plan = plan_of(practice, practice.minutes.usual)

    assert not set(practice.anchors) & INWARD_ANCHORS
    assert inward_until(plan, practice, SHELF.answers, plan.total) == 0


def test_the_five_days_are_understand_begin_undo_thoughts_kindness_act() -> None:
    course = Courses(CONTENT).course("out-of-numbness")

    assert [day.title for day in course.days] == [
        "Understand",
        "Begin",
        "Undo thoughts",
        "Kindness",
        "Act",
    ]
    for day in course.days:
        assert list(day.passages)
        assert day.sit.practice in SHELF.ids()
        assert day.thing.text


@pytest.mark.parametrize(
    ("work", "article", "limit"),
    [
        ("berceli-napoli-2006", "mindfulness", "nobody was studied in it"),
        ("collie-2006", "art", "It did not try anything out."),
        ("eskelund-2018", "numb-or-joyless", "It did not ask about fear or sadness."),
        ("litz-1997", "why-it-may-protect", "they cannot show what came first"),
        ("litz-gray-2002", "what-numbness-is", "That is a theory."),
        ("ma-2021", "medicines", "Nobody has settled what exactly it is"),
        ("stephenson-2017", "mindfulness", "nobody can say that the course did it"),
        ("vine-2008", "five-signs", "those two do not fit numbness well"),
    ],
)
def test_no_reference_is_made_to_say_more_than_it_does(work: str, article: str, limit: str) -> None:
    block = next(
        block
        for block in ARTICLES.article(article).blocks
        for line in block.lines
        if limit in "".join(run.text for run in line)
    )

    assert work in {run.text for line in block.lines for run in line if run.kind == "claim"}


def test_numbness_is_told_as_something_that_may_protect_and_nothing_is_forced(
    seated: Client,
) -> None:
    protects = shown(seated, "/learn/why-it-may-protect")
    core_words = " ".join(text for _, text in core())

    assert "Nobody has shown that numbness is there in order to protect." in protects
    assert "What closed to keep you safe may not like to be pushed." in protects
    assert "Nothing has to happen in this." in core_words
    assert "You do not have to change any of it." in core_words
    assert "So nobody here will pull at your coat. Nothing is forced." in shown(
        seated, "/course/out-of-numbness/1"
    )


def test_one_may_stay_an_observer_to_whom_nothing_comes() -> None:
    words = " ".join(text for _, text in core())

    for said in (
        "You are having a look, and that is all.",
        "If you find nothing, that counts as an answer here.",
        "You can look from where you are.",
        "It can be here. It does not have to go, and it does not have to grow.",
    ):
        assert said in words


def test_nothing_is_claimed_of_the_brain() -> None:
    folders = ("articles", "courses", "help", "practices", "responses", "words/lexicon")
    texts = [path for folder in folders for path in (CONTENT / folder).glob("*.*")]
    said = {
        (path.stem, line)
        for path in texts
        for line in path.read_text(encoding="utf-8").splitlines()
        if BRAIN.search(line)
    }

    assert len(texts) > 50
    assert [name for name, _ in said] == ["mindfulness"]
    (line,) = (line for _, line in said)
    assert "parts of the brain that light up. We leave that out." in line


@pytest.mark.parametrize("minutes", [5, 7, 15, 20])
def test_the_core_practice_lasts_fifteen_minutes_and_any_other_length(minutes: int) -> None:
    thawing = SHELF.published("thawing")

    assert thawing.minutes.usual == 15
    assert plan_of(thawing, minutes).total == samples_of(60 * minutes)


def test_the_core_practice_is_set_up_by_choices() -> None:
    first = " ".join(text for section, text in core() if section in ("Arriving", "Settling"))

    for choice in (
        "You could sit in any way that suits you.",
        "The eyes can stay open",
        "If you want to close a door, or turn off a sound",
        "listen for three sounds",
    ):
        assert choice in first
    settling = next(
        each for each in SHELF.published("thawing").sections if each.title == "Settling"
    )
    assert "three breaths, as they come. Or listen" in str(settling)


def test_the_body_of_the_core_practice_keeps_its_order() -> None:
    lines = [text for _, text in core()]
    order = [
        "Is there warmth, or coolness?",
        "tension somewhere, or heaviness, or emptiness",
        "from the head to the toes",
        "the top of the head",
        "the soles of the feet",
        "numb",
        "a hand could rest on",
    ]
    at = [
        next(place for place, text in enumerate(lines) if words in text.lower() or words in text)
        for words in order[:5]
    ]
    numb = max(place for place, (section, _) in enumerate(core()) if section == "When it is numb")
    hand = next(place for place, text in enumerate(lines) if order[-1] in text)

    assert all(before <= after for before, after in pairwise([*at, numb, hand]))
    assert "Or nowhere, with no touch at all" in lines[hand] or "Or no touch at all" in lines[hand]


@pytest.mark.parametrize("kind", ["restless", "frustrated", "sleepy", "wandering"])
def test_what_gets_in_the_way_is_answered_while_it_plays(kind: str) -> None:
    thawing = SHELF.published("thawing")
    plan = plan_of(thawing, 15)
    context = Context(thawing, SHELF.answers, SHELF.words, length_at)

    reply = respond(plan, samples_of(240), kind, context)

    said = [event.text for event in reply.plan.lines()]
    assert reply.is_spoken
    assert set(reply.answer) <= set(said)
    assert reply.plan.total == plan.total


def test_kindness_begins_with_an_easy_being_and_comes_to_oneself_last() -> None:
    kind = SHELF.published("an-easy-being")
    titles = [section.title for section in kind.sections]

    assert "kindness" in kind.themes
    assert titles.index("Someone easy") < titles.index("And you, or not")
    assert titles[-2:] == ["And you, or not", "Coming back"]


def test_the_library_leads_to_practices_texts_words_and_the_course(seated: Client) -> None:
    for address in ("/library", "/learn", "/words", "/course"):
        page = seated.get(address).content.decode()
        shelves = page[page.index('<nav class="shelves"') :]
        shelves = shelves[: shelves.index("</nav>")]
        assert re.findall(r'href="([^"]+)"', shelves) == ["/library", "/learn", "/words", "/course"]
        assert shelves.count('aria-current="page"') == 1
        assert f'href="{address}" aria-current="page"' in shelves
