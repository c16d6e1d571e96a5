"""A few words for the practices of these tests to stand on."""

from thaw.practice.parts import Practice, Words
from thaw.practice.read import read_practice

WORDS = Words(
    anchors={
        "feet": "the feet on the ground",
        "sounds": "the sounds around you",
        "breath": "the breath, as it is",
    },
    avoid={
        "breath": ("breath", "breathe"),
        "chest": ("chest", "heart"),
        "touch": ("touch", "hand on", "hand to rest"),
        "people": ("people", "friend"),
        "closed-eyes": ("close your eyes", "eyes closed"),
        "lying": ("lie", "lying down"),
        "standing": ("stand", "standing"),
        "silence": ("long silence",),
        "bells": ("bell",),
    },
    leave=(
        "You can stop here, if that is better for you.",
        "If this is enough for now, you could end it here.",
        "You could go on, or you could stop. Either is fine.",
    ),
    check=(
        "How is this? You can tap, or let it be.",
        "How is it now? You can answer, or let it be.",
    ),
)

HEADER = """\
---
title: A test
summary: Something to test with.
level: 1
minutes: {least: 1, usual: 1, most: 1}
for: tests
not_for: anything else
anchors: [feet, sounds]
postures: [sitting, standing, walking]
author: Thaw
licence: CC-BY-SA-4.0
language: en
lists: {places: [the face, the hands, the feet]}
asks: {being: {question: Who is easy to be near?, otherwise: this being}}
---
"""

CLOSING = """
## Coming back {closing}

Look around the room.

[rest 4..10]

[bell]
"""


def practice_of(body: str, *, header: str = HEADER, closing: str = CLOSING) -> Practice:
    """Return the practice of a body, with the usual header and closing around it."""
    return read_practice(f"{header}\n{body}\n{closing}", file="a-test.md", words=WORDS)
