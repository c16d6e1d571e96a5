"""A practice as one reads it whole: what is heard, when, and for what again."""

from thaw.library.content import content_folder
from thaw.library.words import load_words
from thaw.practice.read import read_practice
from thaw.web.shelf.text import TextLine, TextSection, text_of

TEXT = """---
title: A look
summary: A look around.
level: 1
minutes: {least: 1, usual: 2, most: 3}
themes: [senses]
for: trying out
not_for: driving
anchors: [feet, sounds]
postures: [sitting, standing, walking]
moving: self
eyes: open or closed
sources: []
author: Thaw
licence: CC-BY-SA-4.0
language: en
version: 1
lists:
  places: [the face, "the *soft* hands"]
asks:
  being: {question: Who is easy to be near?, otherwise: this being}
---

## Arriving

[bell low]

You can stop. Come back to {anchor}, *slowly*, near {being}.

[rest 4]

## Places {each=places optional posture=standing,walking}

- At {places}.
- Or at {places}, perhaps.

[rest 4..10.5]

[leave]

## Later {from=2 level=2 eyes=closed}

Still here.

## Coming back {closing}

Look around.

## When restless {response=restless}

You could move.
"""

WORDS = load_words(content_folder())


def text(anchor: str | None = None) -> tuple[TextSection, ...]:
    return text_of(read_practice(TEXT, file="a-look.md", words=WORDS), WORDS, anchor=anchor)


def test_every_section_that_can_be_heard_is_there_in_order() -> None:
    titles = [section.title for section in text()]
    assert titles == ["Arriving", "Places", "Later", "Coming back"]


def test_slots_are_filled_and_emphasis_is_left_out() -> None:
    phrase = WORDS.anchors["feet"]
    assert text()[0].lines == (
        TextLine("bell", ("a low bell",)),
        TextLine("say", (f"You can stop. Come back to {phrase}, slowly, near this being.",)),
        TextLine("rest", ("4 seconds of quiet",)),
    )
    assert WORDS.anchors["sounds"] in text("sounds")[0].lines[1].wordings[0]


def test_wordings_stand_together_and_what_is_repeated_is_said_once() -> None:
    section = text()[1]
    assert section.notes == (
        "left out when time is short",
        "when standing or walking",
        "again for: the face, the soft hands",
    )
    assert section.lines == (
        TextLine("say", ("At the face.", "Or at the face, perhaps.")),
        TextLine("rest", ("4 to 10.5 seconds of quiet",)),
    )


def test_when_a_section_is_meant_is_said() -> None:
    assert text()[2].notes == (
        "with eyes closed",
        "from level 2 on",
        "in sittings of 2 minutes or more",
    )
