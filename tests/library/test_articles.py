"""Articles: read, checked, each claim tied to its work; and ours keep what they promise."""

import re
from pathlib import Path

import pytest

from tests.library.test_content import grade_of
from thaw.library.articles import (
    UNVERIFIED,
    Article,
    Articles,
    Block,
    check_claims,
    load_articles,
)
from thaw.library.content import content_folder
from thaw.library.evidence import Ledger, load_ledger
from thaw.library.marked import Run
from thaw.library.shelf import Shelf
from thaw.practice.english import sentences_of
from thaw.units import AccessError, InputError, Problem

CONTENT = content_folder()
ARTICLES = load_articles(CONTENT)
LEDGER = load_ledger(CONTENT)
EACH = pytest.mark.parametrize("article", ARTICLES.all(), ids=[a.id for a in ARTICLES.all()])

IDS = {
    *("what-numbness-is", "where-it-comes-from", "five-signs", "numb-or-joyless"),
    *("why-it-may-protect", "rage-and-after", "hollow-and-unreal", "who-am-i"),
    *("sleep-and-stillness", "drink-and-drugs", "medicines", "thoughts-and-actions"),
    *("mindfulness", "art", "words-for-feelings", "when-to-see-someone"),
    "living-with-someone-numb",
}
PRESSES = re.compile(
    r"!|\b(proven|guarante\w+|rewires?|detox|cures?|heals?|healing|simply|unlock|journey"
    r"|you (?:have|suffer from) (?:depression|ptsd|a disorder)|will feel better"
    r"|commits? suicide)\b",
    re.IGNORECASE,
)
MEDICINE = re.compile(
    r"\b(medicines?|pills?|tablets?|antidepressants?|drink(?:ing)?|alcohol|drugs?)\b",
    re.IGNORECASE,
)
STOPPING = re.compile(
    r"(?:^|\byou (?:should|could|can|may|might|must) |\b(?:and|so|then|please) )"
    r"(?:stop|quit|leave out|cut out|come off|throw away|skip)\b",
    re.IGNORECASE,
)

THEMES = "ways:\n  words: Ways\n  order: [one]\nmore:\n  words: More\n  order: []\n"
FRONT = """---
title: A title
summary: A sentence.
themes: [ways, words]
also: [I feel nothing]
next:
  to: five-things
  words: Five things
version: 1
---
"""
BODY = """
First. [@a-2020] Second,
with *care*. [@b-2021]

## A heading

- One. [@a-2020]
- Two.
"""


def folder_of(tmp_path: Path, **texts: str) -> Path:
    (tmp_path / "articles").mkdir(exist_ok=True)
    (tmp_path / "articles" / "themes.yaml").write_text(THEMES)
    for name, text in texts.items():
        (tmp_path / "articles" / f"{name}.md").write_text(text)
    return tmp_path


def read(tmp_path: Path, text: str) -> Articles:
    return load_articles(folder_of(tmp_path, one=text))


def only_problem(articles: Articles) -> Problem:
    assert not articles.all()
    (problem,) = articles.broken
    return problem


def test_every_article_is_there_and_in_order() -> None:
    assert not ARTICLES.broken
    assert {article.id for article in ARTICLES.all()} == IDS


def test_every_claim_has_its_work_and_every_work_a_claim() -> None:
    sources = {name for practice in Shelf(CONTENT).practices() for name in practice.sources}

    assert not check_claims(ARTICLES, LEDGER, sources)


@EACH
def test_an_article_is_short_and_in_plain_words(article: Article) -> None:
    words = len(article.text.split())
    assert 350 <= words <= 700, f"{article.id} has {words} words; 350 to 700 are asked for."
    assert not too_hard(article.id, article.text, 6)
    assert not too_hard(f"The head of {article.id}", f"{article.title}.\n{article.summary}", 7)


def too_hard(name: str, text: str, most: float) -> str:
    """Return in what a text is too hard to read, with its hardest sentences; else nothing."""
    lines = [line if line[-1] in ".!?:" else f"{line}." for line in text.split("\n")]
    grade = grade_of(lines)
    if grade <= most:
        return ""
    sentences = [line[start:end] for line in lines for start, end in sentences_of(line)]
    hardest = sorted(sentences, key=lambda each: -grade_of([each]) if each.split() else 0)[:3]
    return f"{name} reads at grade {grade:.1f}, above {most}. Split or plain these: {hardest}"


def test_a_text_that_is_too_hard_names_its_hardest_sentences() -> None:
    hard = "Considerable methodological heterogeneity characterises epidemiological investigations."
    said = too_hard("x", f"A cat sat.\n{hard}", 6)
    assert said.startswith("x reads at grade")
    assert said.index("Considerable") < said.index("A cat sat")
    assert not too_hard("x", "A cat sat. It was a grey cat.", 6)


@EACH
def test_an_article_presses_promises_and_diagnoses_nothing(article: Article) -> None:
    for text in (article.title, article.summary, article.text):
        assert not PRESSES.search(text)


def stops(text: str) -> list[str]:
    """Return the sentences that tell someone to stop a medicine or a drug."""
    sentences = [text[start:end].strip() for start, end in sentences_of(text)]
    return [each for each in sentences if STOPPING.search(each) and MEDICINE.search(each)]


def test_no_text_tells_anyone_to_stop_a_medicine_or_a_drug_at_once() -> None:
    folders = ("articles", "courses", "help", "words/lexicon", "practices", "responses")
    texts = [path for folder in folders for path in (CONTENT / folder).glob("*.*")]

    assert len(texts) > 50
    assert not {
        (path.name, sentence)
        for path in texts
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("also:")
        for sentence in stops(line.strip())
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Stop taking your pills.", True),
        ("Rest a while, and leave out the tablets.", True),
        ("You could come off the tablets by yourself.", True),
        ("Please do not stop all at once on your own, if you drink every day.", False),
        ("I will not stop my medicine on my own.", False),
    ],
)
def test_telling_someone_to_stop_a_medicine_is_seen(text: str, told: bool) -> None:
    assert bool(stops(text)) == told


@EACH
def test_what_could_not_be_verified_is_marked_so_in_the_text(article: Article) -> None:
    for block in article.blocks:
        for line in block.lines:
            works = [LEDGER.work(run.text) for run in line if run.kind == "claim"]
            if not all(work.is_verified for work in works):
                assert UNVERIFIED in "".join(run.text for run in line), line


def test_there_are_statements_that_could_not_be_verified_and_they_are_marked() -> None:
    marked = [article.id for article in ARTICLES.all() if UNVERIFIED in article.text]
    assert {"medicines", "where-it-comes-from"} <= set(marked)


@EACH
def test_an_article_ends_with_one_thing_to_do(article: Article) -> None:
    headings = [block.lines[0][0].text for block in article.blocks if block.kind == "heading"]

    assert headings[-1] == "One thing to do"
    assert article.next.words
    if article.next.is_practice:
        assert article.next.to in Shelf(CONTENT).ids()


@EACH
def test_an_article_can_be_found_by_what_one_may_say(article: Article) -> None:
    assert len(article.also) >= 5
    assert article.works


def test_every_article_stands_under_a_heading_and_in_its_order() -> None:
    listed = [article.id for _, articles in ARTICLES.by_theme() for article in articles]

    assert sorted(listed) == sorted(IDS)
    assert listed[0] == "what-numbness-is"
    assert set(listed) == {name for theme in ARTICLES.themes.values() for name in theme.order}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "hollow-and-unreal",
            "It feels as if is common. If you are sure that it is so, please see",
        ),
        ("medicines", "Please do not change or leave out a medicine on your own"),
        ("drink-and-drugs", "please do not stop all at once on your own."),
        ("where-it-comes-from", "If you find new holes in your memory, see a doctor soon."),
        ("numb-or-joyless", "You may alternate"),
        ("mindfulness", "parts of the brain that light up. We leave that out."),
        ("five-signs", "5. A short future"),
        ("art", "It did not try anything out."),
        ("what-numbness-is", "That is a theory."),
        ("when-to-see-someone", "it does not take the place of a doctor or therapist"),
    ],
)
def test_what_has_to_be_said_is_said(name: str, words: str) -> None:
    assert words in ARTICLES.article(name).text.replace("\n", " ")


def test_an_article_is_read_with_numbered_footnotes(tmp_path: Path) -> None:
    article = read(tmp_path, FRONT + BODY).article("one")

    assert article.works == ("a-2020", "b-2021")
    assert [(claim.work, claim.line) for claim in article.claims] == [
        ("a-2020", 12),
        ("b-2021", 13),
        ("a-2020", 17),
    ]
    assert article.blocks[0] == Block(
        "paragraph",
        (
            (
                Run("words", "First."),
                Run("claim", "a-2020"),
                Run("words", " Second, with "),
                Run("emphasis", "care"),
                Run("words", "."),
                Run("claim", "b-2021"),
            ),
        ),
    )
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "bullets"]
    assert article.text == "First. Second, with care.\nA heading\nOne.\nTwo."
    assert (article.themes, article.version) == (("ways", "words"), 1)
    assert article.next.is_practice


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("no front matter", 1, "does not begin with front matter"),
        (FRONT.replace("title: A title\n", ""), 2, "title is missing"),
        (FRONT.replace("title: A title", "title:"), 2, "title has no words"),
        (FRONT.replace("summary:", "sumary:"), 2, "summary is missing"),
        (FRONT.replace("[ways, words]", "[way]"), 4, "No heading is called 'way'"),
        (FRONT.replace("[ways, words]", "ways"), 4, "themes is not a list"),
        (FRONT.replace("[I feel nothing]", "[]"), 5, "also is not a list"),
        (FRONT.replace("  to: five-things\n", ""), 7, "next does not say where to"),
        (FRONT.replace("to: five-things", "to: https://example.org"), 7, "next does not say where"),
        (FRONT.replace("  words: Five things", "  words:"), 7, "next does not say where to"),
        (FRONT.replace("version: 1", "version: new"), 9, "version is 'new'"),
        (FRONT.replace("version: 1", "version: &a 1"), 9, "uses an anchor"),
        ("---\ntitle: A title\n---\n", 2, "next is missing"),
        ("---\ntitle: A title\n---\n", 2, "also is missing"),
        (FRONT, 11, "There is no text"),
    ],
)
def test_what_is_wrong_with_the_front_matter_is_said_with_its_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    body = "" if text == FRONT else "\nText.\n"
    found = read(tmp_path, text + body)

    assert not found.all()
    assert {(p.file, p.line) for p in found.broken if says in p.message} == {
        ("articles/one.md", line)
    }


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("# Too large\n", 11, "cannot hold a heading of another kind"),
        ("### Too small\n", 11, "cannot hold a heading of another kind"),
        ("Text.\n\n> quoted\n", 13, "cannot hold a quote"),
        ("Text.\n\n1. First\n", 13, "cannot hold a numbered list"),
        ("- One\n  - Two\n", 11, "cannot hold a bullet of several parts"),
        ("Text.\n\n---\n", 13, "cannot hold a dividing line"),
        ("```\ncode\n```\n", 11, "cannot hold code"),
        ("<div>x</div>\n", 11, "cannot hold an HTML block"),
        ("Text\nand <b>bold</b>.\n", 12, "html_inline has no place in a line"),
        ("Text **bold**.\n", 11, "strong has no place in a line"),
        ("A [link](https://example.org).\n", 11, "This link leads to no text"),
        ("A [page](/write).\n", 11, "This link leads to no text"),
        ("A [text](/learn/works/ma-2021).\n", 11, "This link leads to no text"),
        ("A ![picture](x.png).\n", 11, "image has no place in a line"),
        ("Some `code`.\n", 11, "code_inline has no place in a line"),
        ("A claim. [@Not An Id]\n", 11, "[@Not An Id] names no work"),
        ("A claim. [@]\n", 11, "[@] names no work"),
        ("A claim. [@A_B]\n", 11, "[@A_B] names no work"),
    ],
)
def test_what_has_no_place_in_an_article_is_said_with_its_line(
    tmp_path: Path, body: str, line: int, says: str
) -> None:
    found = read(tmp_path, FRONT + body)
    assert [p.line for p in found.broken if says in p.message] == [line]


def test_a_way_to_another_text_is_its_words_and_where_it_leads(tmp_path: Path) -> None:
    body = "See [the *other* text](/learn/two) now. [@a-2020]\n"
    article = read(tmp_path, FRONT + body).article("one")

    runs = article.blocks[0].lines[0]
    assert {(run.kind, run.to) for run in runs if run.to} == {("way", "two")}
    assert article.text == "See the other text now."


@EACH
def test_every_way_in_a_text_leads_to_a_text(article: Article) -> None:
    ways = {run.to for block in article.blocks for line in block.lines for run in line if run.to}
    assert ways <= IDS - {article.id}


def test_two_claims_may_stand_side_by_side(tmp_path: Path) -> None:
    article = read(tmp_path, FRONT + "Both. [@a-2020] [@b-2021]\n").article("one")

    assert [run.kind for run in article.blocks[0].lines[0]] == ["words", "claim", "claim"]
    assert article.works == ("a-2020", "b-2021")


def test_a_file_name_that_is_no_id_is_said(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, Not_an_id=FRONT + BODY)

    assert "The file is called 'Not_an_id'" in only_problem(load_articles(folder)).message


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "articles" / "one.md").write_bytes(b"\xff\xfe")

    assert only_problem(load_articles(folder)).code == "article.unreadable"


def test_a_broken_article_hides_no_other_and_says_what_is_wrong(tmp_path: Path) -> None:
    articles = load_articles(folder_of(tmp_path, one=FRONT + BODY, two=FRONT + "# x\n"))

    assert [article.id for article in articles.all()] == ["one"]
    with pytest.raises(InputError, match=r"articles/two\.md, line 11: An article cannot hold"):
        articles.article("two")
    with pytest.raises(AccessError, match="Did you mean one"):
        articles.article("three")


def test_asking_for_an_article_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="Did you mean five-signs"):
        ARTICLES.article("five-sign")
    with pytest.raises(AccessError, match="There are none yet"):
        load_articles(folder_of(tmp_path)).article("one")


def test_articles_that_no_heading_names_come_after_by_title(tmp_path: Path) -> None:
    other = FRONT.replace("A title", "Before all")
    articles = load_articles(folder_of(tmp_path, one=FRONT + BODY, two=other + BODY))

    assert [(words, [a.id for a in under]) for words, under in articles.by_theme()] == [
        ("Ways", ["one", "two"])
    ]


@pytest.mark.parametrize("themes", ["ways: Ways\n", "ways: {words: Ways}\n", "- one\n"])
def test_headings_that_cannot_be_read_are_said_and_hide_no_text(
    tmp_path: Path, themes: str
) -> None:
    folder = folder_of(tmp_path, one=FRONT + BODY, two=FRONT.replace("A title", "A") + BODY)
    (folder / "articles" / "themes.yaml").write_text(themes)

    articles = load_articles(folder)

    (problem,) = articles.broken
    assert (problem.file, problem.code) == ("articles/themes.yaml", "content.unreadable")
    assert [(words, [a.id for a in under]) for words, under in articles.by_theme()] == [
        ("Texts", ["two", "one"])
    ]


def test_a_claim_to_a_missing_work_is_a_problem_with_its_line(tmp_path: Path) -> None:
    articles = read(tmp_path, FRONT + BODY)

    problems = check_claims(articles, Ledger([]))

    assert [(p.file, p.line, p.code) for p in problems] == [
        ("articles/one.md", 12, "article.unknown_work"),
        ("articles/one.md", 13, "article.unknown_work"),
        ("articles/one.md", 17, "article.unknown_work"),
    ]


def test_a_work_that_no_claim_uses_is_a_problem_unless_a_practice_names_it(tmp_path: Path) -> None:
    articles = load_articles(folder_of(tmp_path))
    ledger = Ledger([LEDGER.work("ma-2021")])

    assert [p.code for p in check_claims(articles, ledger)] == ["work.unused"]
    assert not check_claims(articles, ledger, ["ma-2021"])


def test_the_articles_that_name_a_work_are_known() -> None:
    assert [article.id for article in ARTICLES.naming("goodwin-2017")] == ["medicines"]
