"""Count the syllables of an English word from its spelling.

Groups of vowels are counted; vowels that are written and not spoken are taken off, vowels
that stand together and are spoken apart are added. A short list holds common words that
spelling gets wrong. How often the count is right stands in docs/reference/lint.md.
"""

import re
from functools import cache
from typing import Final

from thaw.practice.english import straighten

_PART: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_GROUP: Final = re.compile(r"(?:[aeiou]|y(?![aeiou]))+")
_COMPOUND: Final = re.compile(
    r"(some|there|where|here|home|one|life|like|live|time|name|safe|fire|more|whole|side|base"
    r"|space|fore|wide|bare|none|these|make|take|house|face|before|love|while|hope|line|place"
    r"|else|guide|frame|care|horse|stone|grace|peace|use|eye)"
    r"(thing|body|one|fore|times?|where|what|how|by|in|self|selves|over|ever|days?|works?|wards?"
    r"|ground|sides?|man|men|hand|head|ball|town|lines?|style|long|room|upon|with|after|of|on"
    r"|holds?|sick|brows?|lids?|back|up|off|wood|paper|like|place|made|keeping|books?|free)s?"
)
"""Two words in one: the first keeps its silent e."""

_UNSPOKEN: Final = re.compile(
    r"(?<=[^aeiouyl])e$"  # make
    r"|(?<=[aeiouyrl]l)e$"  # while, not table
    r"|(?<=[gq]u)e(?=s?$)"  # tongue
    r"|(?<=[^aeioutdl])e(?=d$)"  # walked, not wanted
    r"|(?<=[aeiouyrl]l)e(?=d$)"  # called, not settled
    r"|(?<=[^aeiouylscxzgh])e(?=s$)"  # times, not faces
    r"|(?<=th)e(?=s$)"  # clothes
    r"|(?<=[aeiouyrl]l)e(?=s$)"  # miles, not tables
    r"|(?<=[^aeiouyl])e(?=(?:ful|less|ly|ment|ness)(?:s|ly|ness)?$)"  # careful
    r"|(?<=[aeiouy]l)e(?=(?:ful|less|ly|ment|ness)(?:s|ly|ness)?$)"  # solely
)
_APART: Final = re.compile(
    r"(?<=[aeiou])ing(?=s?$)"  # being
    r"|(?<=[^aeiou]y)ing(?=s?$)"  # trying
    r"|(?<=[^cstgx])(?<!al)(?<!il)(?<!ll)i(?=a(?!ge))"  # dial, not familiar
    r"|(?<=[^cstgx])i(?=o(?!n)|um|en[ct])"  # radio, medium, client
    r"|(?<=[^cstgxln])i(?=on)"  # lion
    r"|i(?=et(?!f|v))"  # quiet
    r"|(?<=sc)i(?=en)"  # science
    r"|(?<=[nlrdhmptbvfs])i(?=ers?$)"  # easier
    r"|(?<=[nldhmptbvf])i(?=est$)"  # happiest
    r"|(?<=cr)e(?=at(?!ure))|(?<=\br)e(?=act|ali)"  # create, react
    r"|o(?=e[mt])|e(?=um)"  # poem, museum
    r"|(?<=[^gq])u(?=al|a[tr]|en[ct])"  # usual, graduate, influence
    r"|(?<=[lr])u(?=i[nd])"  # ruin
    r"|(?<=[dt]r)e$"  # centre
    r"|(?<=s)m$|(?<=th)m$"  # prism, rhythm
)
_RESPELLED: Final = (
    (re.compile(r"^every"), "evry"),
    (re.compile(r"ically$"), "icly"),
)
_ONE: Final = "eye eyes eyed priest queue shoes toes goes"
_TWO: Final = (
    "mr mrs dr ok maybe business hundred naked sacred wicked rugged crooked evening argue awesome"
    " safety chocolate giant giants lion lions rely relies relied"
)
_THREE: Final = (
    "anyone everyone area areas idea ideas video videos nuclear businesses element elements recipe"
)
_FOUR: Final = "nevertheless european"
_LISTED: Final = {
    word: count
    for count, words in enumerate((_ONE, _TWO, _THREE, _FOUR), start=1)
    for word in words.split()
}
_ADDS_NONE: Final = ("ca", "wo", "do", "are", "were", "ai")
"""What stands before ``n't`` where that adds no syllable: can't, don't."""


def count_syllables(word: str) -> int:
    """Return the number of syllables of ``word``; a word joined by hyphens is summed.

    Never less than 1 for anything that holds a letter or a digit; 0 for anything else.
    """
    parts = _PART.findall(straighten(word.lower()))
    if not parts:
        return int(any(letter.isalnum() for letter in word))
    return sum(_count_part(part) for part in parts)


@cache
def _count_part(part: str) -> int:
    stem, _, tail = part.partition("'")
    if tail == "t" and stem.endswith("n"):
        return _count_plain(stem[:-1]) + (stem[:-1] not in _ADDS_NONE)
    return _count_plain(stem) + (tail in ("ll", "ve") and stem[-1] not in "aeiouyw")


def _count_plain(word: str) -> int:
    if word in _LISTED:
        return _LISTED[word]
    if compound := _COMPOUND.fullmatch(word):
        return sum(_count_plain(half) for half in compound.groups())
    for spelling, sound in _RESPELLED:
        word = spelling.sub(sound, word)
    groups = len(_GROUP.findall(word))
    return max(1, groups - len(_UNSPOKEN.findall(word)) + len(_APART.findall(word)))
