"""Every file of labelled phrases reaches the figures that search promises."""

import logging

import pytest

from tests.library.search import labelled
from tests.library.search.labelled import Labelled
from thaw.library.content import content_folder
from thaw.library.synonyms import load_synonyms

FOUND, CARDED, ACCUSED = 90.0, 95.0, 5.0

each_file = pytest.mark.parametrize("phrases", labelled.files(), ids=lambda each: each.file)

logger = logging.getLogger(__name__)


@each_file
def test_what_is_expected_is_among_the_first_three(phrases: Labelled) -> None:
    share = labelled.found(phrases)
    logger.info("%s, %s", phrases.file, share)
    assert share.percent >= FOUND, f"{share}\n" + "\n".join(share.others)


@each_file
def test_a_phrase_of_danger_is_shown_the_card(phrases: Labelled) -> None:
    share = labelled.carded(phrases)
    logger.info("%s, %s", phrases.file, share)
    assert share.percent >= CARDED, f"{share}\n" + "\n".join(share.others)


@each_file
def test_an_idiom_of_numbness_accuses_nobody(phrases: Labelled) -> None:
    share = labelled.accused(phrases)
    logger.info("%s, %s", phrases.file, share)
    assert share.percent <= ACCUSED if share.total else True, "\n".join(share.others)


@each_file
def test_every_label_names_something_that_can_be_found(phrases: Labelled) -> None:
    there = {entry.id for entry in labelled.entries()}
    named = {id_ for _, finds in phrases.queries for id_ in finds}
    assert not named - there


def test_there_are_enough_phrases() -> None:
    files = labelled.files()
    assert sum(len(each.queries) for each in files) >= 120
    assert sum(len(each.idioms) for each in files) >= 60
    assert sum(len(each.danger) for each in files) >= 60


def test_a_share_of_nothing_is_whole() -> None:
    assert labelled.Share("x", 0, 0, ()).percent == 100


def test_the_map_leads_to_what_is_there_and_to_all_that_can_be_sat_or_read() -> None:
    there = {entry.id for entry in labelled.entries()}
    led_to = {id_ for each in load_synonyms(content_folder()).sayings for id_ in each.finds}
    assert not led_to - there
    assert not {id_ for id_ in there - led_to if not id_.startswith("word:")}


def test_an_article_is_found_by_each_thing_it_says_one_may_say() -> None:
    missed = [
        (entry.name, said)
        for entry in labelled.entries()
        for said in entry.also
        if entry.id not in [hit.entry.id for hit in labelled.index().find(said).hits[:3]]
    ]
    all_said = sum(len(entry.also) for entry in labelled.entries())
    assert len(missed) <= all_said * 0.1, missed


def test_everything_is_found_by_its_title() -> None:
    missed = [
        entry.id
        for entry in labelled.entries()
        if entry.id not in [hit.entry.id for hit in labelled.index().find(entry.title).hits[:3]]
    ]
    assert not missed
