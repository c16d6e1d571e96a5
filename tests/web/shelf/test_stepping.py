"""A practice step by step: the words of a sitting, to do alone and to print."""

import re
from html import unescape

import pytest
from django.test import Client

from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices, spoken
from thaw.web.house import House
from thaw.web.shelf.stepping import steps_of


def page_of(client: Client, name: str, **chosen: str) -> str:
    answer = client.get(f"/library/{name}/text", chosen)
    assert answer.status_code == 200, answer.content
    return unescape(answer.content.decode())


def words_in(page: str) -> str:
    main = page.split('<main id="main"')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_every_practice_is_there_in_the_words_that_are_heard(seated: Client, house: House) -> None:
    for practice in house.shelf.practices():
        page = words_in(page_of(seated, practice.id))
        choices = Choices(practice.minutes.usual * 60, posture=practice.postures[0])
        plan = compose(practice, choices, words=house.words, lengths=length_at)
        for event in plan.lines():
            assert " ".join(spoken(event.text).split()) in page, (practice.id, event.text)
        for thing in practice.ready:
            assert thing in page
        assert "Nothing has to be felt." in page
        assert "If something gets in the way" in page


def test_what_gets_in_the_way_is_answered_in_the_words_of_a_sitting(house: House) -> None:
    for practice in house.shelf.practices():
        steps = steps_of(house, practice, Choices(practice.minutes.usual * 60))
        assert [each.title for each in steps.hard] == [
            "Restless",
            "Frustrated, or nothing happens",
            "Sleepy",
            "The mind wanders",
            "It is too much",
        ]
        assert steps.steps[-1].said


def test_its_length_and_its_posture_can_be_others(seated: Client) -> None:
    page = words_in(page_of(seated, "thawing", minutes="5", posture="walking"))
    assert "Take about 5 minutes" in page
    assert "This is written for walking." in page


@pytest.mark.parametrize(
    "chosen", [{"minutes": "61"}, {"posture": "floating"}, {"minutes": "1"}], ids=str
)
def test_what_cannot_be_is_said_in_a_sentence(seated: Client, chosen: dict[str, str]) -> None:
    answer = seated.get("/library/thawing/text", chosen)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_an_unknown_practice_has_no_text(seated: Client) -> None:
    assert seated.get("/library/thawingg/text").status_code == 404


def test_what_someone_avoids_is_not_in_it(house: House) -> None:
    practice = house.shelf.published("thawing")
    steps = steps_of(
        house, practice, Choices(600, avoid=("breath", "closed-eyes"), posture="standing")
    )
    said = " ".join(line.text for step in steps.steps for line in step.said)
    said += " ".join(line for each in steps.hard for line in each.lines)
    assert not steps.may_breathe
    assert not steps.may_close_eyes
    assert not re.search(r"\bbreath\w*|\bclose the eyes\b", said)
