"""The ledger: works are read as CSL-JSON, checked, and none hides another."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from thaw.library.content import content_folder
from thaw.library.evidence import DOI, GRADES, Grade, Ledger, Work, load_ledger
from thaw.units import AccessError, Problem

LEDGER = load_ledger(content_folder())

GOOD: dict[str, Any] = {
    "id": "maker-2020",
    "type": "article-journal",
    "title": "A made-up study",
    "author": [{"family": "Maker", "given": "M."}, {"literal": "others"}],
    "issued": {"date-parts": [[2020]]},
    "container-title": "Journal of Examples",
    "volume": "3",
    "issue": "1",
    "page": "1-9",
    "DOI": "10.1000/182",
    "custom": {
        "design": "A trial.",
        "sample": "12 people.",
        "population": "Examples.",
        "finding": "Nothing.",
        "limits": "It is made up.",
        "grade": "pilot",
        "worth": "A made-up study.",
        "checked": {"how": "abstract", "where": "https://example.org/1", "on": "2026-11-22"},
    },
}


def work_file(folder: Path, item: object, name: str = "maker-2020") -> Path:
    (folder / "evidence").mkdir(exist_ok=True)
    path = folder / "evidence" / f"{name}.json"
    path.write_text(item if isinstance(item, str) else json.dumps(item, indent=1))
    return path


def changed(**values: object) -> dict[str, Any]:
    """Return the good work with some entries of its own or of ``custom`` changed; None removes."""
    item: dict[str, Any] = json.loads(json.dumps(GOOD))
    for key, value in values.items():
        table = item["custom"] if key in item["custom"] else item
        key = key.replace("_", "-") if key.replace("_", "-") in item else key
        if value is None:
            del table[key]
        else:
            table[key] = value
    return item


def read(folder: Path, item: object) -> Ledger:
    work_file(folder, item)
    return load_ledger(folder)


def only_problem(ledger: Ledger) -> Problem:
    assert not ledger.works
    (problem,) = ledger.broken
    return problem


def test_every_work_of_the_ledger_is_in_order() -> None:
    assert not LEDGER.broken
    assert len(LEDGER.works) >= 30


@pytest.mark.parametrize("work", LEDGER.works.values(), ids=LEDGER.works.keys())
def test_a_work_says_what_it_studied_and_why_that_is_not_proof(work: Work) -> None:
    assert all((work.title, work.design, work.sample, work.population, work.finding, work.limits))
    assert len(work.worth) <= 120
    assert work.checked.on.isoformat() == "2026-11-22"
    assert not work.doi or DOI.fullmatch(work.doi)
    assert work.doi or work.url or work.checked.open


@pytest.mark.parametrize("work", LEDGER.works.values(), ids=LEDGER.works.keys())
def test_what_was_not_seen_of_a_work_is_said(work: Work) -> None:
    if work.year is None or not work.names or not work.is_verified:
        assert work.checked.open


def test_what_is_a_proposal_is_not_graded_as_a_study() -> None:
    for name in ("berceli-napoli-2006", "collie-2006", "vine-2008"):
        assert LEDGER.work(name).grade == "practice"


def test_every_grade_has_words() -> None:
    assert tuple(GRADES) == get_args(Grade)


def test_a_good_work_is_read_whole(tmp_path: Path) -> None:
    work = read(tmp_path, GOOD).work("maker-2020")

    assert work.label == "Maker and others, 2020"
    assert work.place == "Journal of Examples 3(1), 1-9"
    assert work.link == "https://doi.org/10.1000/182"
    assert work.grade_words == "A small, early or indirect study"
    assert work.is_verified


@pytest.mark.parametrize(
    ("authors", "who"),
    [
        ([{"family": "One"}], "One"),
        ([{"family": "One"}, {"family": "Two"}], "One and Two"),
        ([{"family": "One"}, {"family": "Two"}, {"family": "Three"}], "One and others"),
        ([{"literal": "An Office"}], "An Office"),
        ([], "\u201cA made-up study\u201d"),
    ],
)
def test_authors_are_named_as_a_sentence_names_them(
    tmp_path: Path, authors: list[object], who: str
) -> None:
    assert read(tmp_path, changed(author=authors)).work("maker-2020").who == who


def test_a_work_without_date_journal_or_doi_says_so(tmp_path: Path) -> None:
    item = changed(issued=None, DOI=None, volume=None, issue=None, page=None)
    del item["container-title"]
    work = read(tmp_path, item).work("maker-2020")

    assert work.label == "Maker and others, no date"
    assert (work.place, work.link) == ("", "")


def test_a_work_that_nobody_could_read_needs_no_address(tmp_path: Path) -> None:
    checked = {"how": "unverified", "where": "", "on": "2026-11-22", "open": "Not found."}
    work = read(tmp_path, changed(checked=checked)).work("maker-2020")

    assert not work.is_verified
    assert work.checked.open == "Not found."


CHECKED = GOOD["custom"]["checked"]


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"DOI": "doi:10.1000/182"}, "work.doi", "'doi:10.1000/182' is no DOI"),
        ({"DOI": "https://doi.org/10.1000/182"}, "work.doi", "is no DOI"),
        ({"DOI": "10.1000/18 2"}, "work.doi", "is no DOI"),
        ({"DOI": "10.1000/182."}, "work.doi", "is no DOI"),
        ({"DOI": 10.1}, "work.doi", "10.1 is no DOI"),
        ({"URL": "javascript:alert(1)"}, "work.address", "is no URL"),
        ({"title": " "}, "work.value", "title says nothing"),
        ({"finding": 3}, "work.value", "finding says nothing"),
        ({"grade": "gold"}, "work.value", "grade is 'gold'"),
        ({"type": "tweet"}, "work.value", "type is 'tweet'"),
        ({"limits": None}, "work.missing", "custom lacks limits"),
        ({"title": None}, "work.missing", "the work lacks title"),
        ({"worht": "A slip."}, "work.key", "There is no 'worht' here"),
        ({"zzz": 1}, "work.key", "There is no 'zzz' here"),
        ({"id": "other-2020"}, "work.id", "The id is 'other-2020'"),
        ({"author": "Maker"}, "work.value", "author has an entry without a name"),
        ({"author": [{"given": "M."}]}, "work.value", "author has an entry without a name"),
        ({"issued": "2020"}, "work.value", "issued is no date"),
        ({"issued": {"date-parts": [[20200]]}}, "work.value", "issued is no date"),
        ({"checked": {**CHECKED, "on": "today"}}, "work.value", "on is no day"),
        ({"checked": {**CHECKED, "where": "a book"}}, "work.value", "where is no address"),
        ({"checked": {**CHECKED, "how": "heard"}}, "work.value", "how is 'heard'"),
    ],
)
def test_what_is_wrong_with_a_work_is_said_with_its_line(
    tmp_path: Path, change: dict[str, object], code: str, says: str
) -> None:
    problem = only_problem(read(tmp_path, changed(**change)))

    assert (problem.file, problem.code) == ("evidence/maker-2020.json", code)
    assert says in problem.message
    assert problem.hint


def test_a_problem_points_at_the_line_of_its_entry(tmp_path: Path) -> None:
    problem = only_problem(read(tmp_path, changed(DOI="10.1")))
    lines = (tmp_path / "evidence" / "maker-2020.json").read_text().splitlines()

    assert lines[problem.line - 1].strip().startswith('"DOI"')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"id": "maker-2020",', "work.json"),
        ("[]", "work.value"),
        ('"words"', "work.value"),
        ("[" * 100_000, "work.json"),
        (json.dumps(GOOD)[:-1] + ', "title": "Twice"}', "work.key"),
    ],
)
def test_what_is_no_work_at_all_is_said(tmp_path: Path, text: str, code: str) -> None:
    assert read(tmp_path, text).broken[0].code == code


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    work_file(tmp_path, GOOD).write_bytes(b"\xff\xfe\x00")

    assert load_ledger(tmp_path).broken[0].code == "work.json"


def test_a_work_without_what_was_read_is_no_work(tmp_path: Path) -> None:
    problems = read(tmp_path, changed(custom="nothing")).broken

    assert problems[0].message == "custom is not a table."


def test_a_broken_work_hides_no_other(tmp_path: Path) -> None:
    work_file(tmp_path, "{", "broken-2020")
    ledger = read(tmp_path, GOOD)

    assert list(ledger.works) == ["maker-2020"]
    assert [problem.file for problem in ledger.broken] == ["evidence/broken-2020.json"]


def test_two_works_with_one_doi_are_noticed(tmp_path: Path) -> None:
    work_file(tmp_path, changed(id="later-2021", DOI="10.1000/182"), "later-2021")
    ledger = read(tmp_path, GOOD)

    assert [problem.code for problem in ledger.broken] == ["work.doi_twice"]


def test_two_works_with_one_id_are_noticed(tmp_path: Path) -> None:
    work_file(tmp_path, changed(DOI=None), "copy-2020")
    ledger = read(tmp_path, GOOD)

    assert [problem.code for problem in ledger.broken] == ["work.id"]


def test_asking_for_a_work_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(AccessError, match="Did you mean ma-2021"):
        LEDGER.work("ma-2012")
    with pytest.raises(AccessError, match="There is none in the ledger"):
        Ledger([]).work("ma-2021")


def test_a_folder_without_a_ledger_has_no_works(tmp_path: Path) -> None:
    assert not load_ledger(tmp_path).works
