"""Practice texts of every kind, for property tests."""

from hypothesis import strategies as st

from tests.practice.words import WORDS

ENTRIES = (
    *("the face", "the chest", "a friend", "the feet", "the knees", "a bell far away"),
    *("the long silence", "people nearby", "the sky", "a hand on the arm"),
)
PHRASES = (
    *("Perhaps something is here", "or nothing at all", "You can stop here", "Look around"),
    *("breathe in", "the chest may move", "a friend might come", "you could stand or sit"),
    *("close your eyes", "something is *soft*", "Back to {anchor}", "{being} is near"),
    *("the end of the street", "a bell rings", "take your time"),
)
POSTURES = ("sitting", "standing", "lying", "walking")
TERMS = tuple(WORDS.avoid)
SLOTS = ("", "places", "others")

# Strategies are made once: making one anew for every draw costs more than drawing.
ON_ANYTHING = (
    st.sampled_from(["inward", "extra", "optional"]),
    st.sampled_from(["level=1", "level=2", "level=3"]),
    st.sampled_from([f"posture={p}" for p in (*POSTURES, "moving", "sitting,walking")]),
    st.sampled_from(["eyes=open", "eyes=closed"]),
    st.sampled_from([f"avoid={term}" for term in TERMS]),
)
FROM = st.sampled_from([f"from={minutes}" for minutes in range(1, 9)])


def _braces(kinds: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Attributes in braces, or nothing; most of the time nothing."""
    several = st.lists(kinds, max_size=2, unique_by=lambda given: given.partition("=")[0])
    written = several.map(lambda given: f" {{{' '.join(given)}}}" if given else "")
    return st.one_of(st.just(""), st.just(""), written)


ATTRIBUTES = _braces(st.one_of(*ON_ANYTHING))
SECTION_ATTRIBUTES = _braces(st.one_of(*ON_ANYTHING, FROM))


def _sentences(slot: str) -> st.SearchStrategy[str]:
    """A line's words; in a section that repeats ``slot``, often with it."""
    phrases = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3).map(", ".join)
    if not slot:
        return phrases.map("{}.".format)
    return st.one_of(
        phrases.map("{}.".format), phrases.map(lambda words: f"{words}, and {{{slot}}}.")
    )


def _rest(tenths: list[int]) -> str:
    return f"[rest {'..'.join(str(number / 10) for number in sorted(tenths))}]"


def _bullets(variants: list[tuple[str, str]]) -> str:
    return "\n".join(f"- {words}{braces}" for words, braces in variants)


def _items(slot: str) -> st.SearchStrategy[str]:
    """A paragraph, a bullet list, a rest or another directive."""
    line = st.tuples(_sentences(slot), ATTRIBUTES)
    rest = st.lists(st.integers(0, 950), min_size=1, max_size=3).map(_rest)
    others = ["[bell]", "[bell low]", "[leave]", "[leave]", "[check]", "<!-- note -->"]
    return st.one_of(
        line.map("".join),
        st.lists(line, min_size=1, max_size=4).map(_bullets),
        rest,
        rest,
        st.sampled_from(others),
    )


def _section(slot: str) -> st.SearchStrategy[str]:
    """A section without its title."""
    return st.tuples(
        SECTION_ATTRIBUTES.map(
            lambda braces: f" {{each={slot} {braces[2:-1]}}}" if slot else braces
        ),
        _sentences(slot),
        st.lists(_items(slot), min_size=1, max_size=4).map("\n\n".join),
    ).map("\n\n".join)


SECTIONS = st.lists(st.one_of(*map(_section, SLOTS)), min_size=1, max_size=4)
CLOSING = st.lists(_items(""), max_size=2)
ENTRY = st.tuples(st.sampled_from(ENTRIES), ATTRIBUTES)
LISTS = st.lists(ENTRY, min_size=1, max_size=6, unique_by=lambda entry: entry[0]).map(
    lambda entries: (
        f"[{', '.join(f'{chr(34)}{text}{braces}{chr(34)}' for text, braces in entries)}]"
    )
)
HEADER = """\
---
title: A text
summary: Made up.
level: {level}
minutes: {{least: {least}, usual: 3, most: {most}}}
for: tests
not_for: people
anchors: [{anchors}]
postures: [{postures}]
moving: {moving}
eyes: {eyes}
author: Thaw
licence: CC-BY-SA-4.0
language: en
lists:
  places: {places}
  others: {others}
asks: {{being: {{question: Who?, otherwise: this being}}}}
---
"""
HEADERS = st.fixed_dictionaries(
    {
        "level": st.integers(1, 3),
        "least": st.integers(1, 3),
        "most": st.integers(3, 9),
        "anchors": st.lists(st.sampled_from(tuple(WORDS.anchors)), min_size=1, unique=True).map(
            ", ".join
        ),
        "postures": st.lists(st.sampled_from(POSTURES), min_size=1, unique=True).map(", ".join),
        "moving": st.sampled_from(["self", "another", "~"]),
        "eyes": st.sampled_from(["open", "closed", "open or closed"]),
        "places": LISTS,
        "others": LISTS,
    }
).map(lambda values: HEADER.format(**values))


def _text(parts: tuple[str, list[str], list[str]]) -> str:
    header, sections, closing = parts
    titled = [f"## Part {number}{section}" for number, section in enumerate(sections, start=1)]
    back = ["## Back {closing}", "Look around the room.", *closing]
    return header + "\n" + "\n\n".join([*titled, *back]) + "\n"


PRACTICE_TEXTS = st.tuples(HEADERS, SECTIONS, CLOSING).map(_text)
"""Texts that read, though lint may not like them."""
