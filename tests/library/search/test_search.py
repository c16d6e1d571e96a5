"""What search finds, and how it takes what people type."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.search.labelled import entries, index
from thaw.library.search import MOST_HITS, MOST_OF_A_KIND, Entry, Index
from thaw.library.synonyms import Saying, Synonyms

HANDS = Entry(
    "practice",
    "hands",
    "Hands",
    "Touch and temperature.",
    text="One finger, and another, warm or cool, near or far, for a while.",
)
SLOW = Entry(
    "practice", "slow", "Slow", "A slow look.", not_for="times when the world feels unreal"
)
GHOSTS = Entry("article", "ghosts", "Ghosts", "Unreal days.", also=("I am made of glass",))
COLD = Entry("word", "cold", "cold", "Without warmth")

MAP = Synonyms(
    {"cant": "can not", "im": "i am"},
    ["i", "am", "is", "a", "the", "my", "can", "like"],
    {"unreal": ["unreal", "ghost", "made of smoke"], "not": ["not", "nothing", "never"]},
    [
        Saying("unreal", ("unreal", "like a ghost"), ("article:ghosts", "practice:slow"), ""),
        Saying("film", ("life is a film",), ("article:ghosts", "practice:slow"), "unreal"),
        Saying("still", ("nothing moves",), ("practice:slow", "word:gone")),
    ],
)


def small() -> Index:
    """Return an index over a few things."""
    return Index([HANDS, SLOW, GHOSTS, COLD], MAP)


def ids(index: Index, typed: str) -> list[str]:
    return [hit.entry.id for hit in index.find(typed).hits]


def test_what_people_say_leads_where_the_map_says() -> None:
    assert ids(small(), "I'm like a GHOST") == ["article:ghosts", "practice:slow"]
    assert ids(small(), "made of smoke")[0] == "article:ghosts"


def test_what_an_entry_says_one_may_say_leads_to_it() -> None:
    assert ids(small(), "made of glass")[0] == "article:ghosts"


def test_words_of_a_text_find_it() -> None:
    assert ids(small(), "fingers") == ["practice:hands"]


def test_a_title_finds_what_it_names() -> None:
    assert ids(small(), "cold")[0] == "word:cold"


def test_small_mistakes_in_typing_are_seen_through() -> None:
    assert ids(small(), "ghots") == ids(small(), "ghost")
    assert ids(small(), "tempereture")[0] == "practice:hands"


def test_the_reason_is_what_was_written() -> None:
    (hit, *_) = small().find("Honestly?  Like a Ghots, today").hits
    assert hit.because == "Ghots"
    assert "Ghots" not in repr(hit)


def test_a_reason_that_is_far_apart_is_told_in_pieces() -> None:
    typed = "nothing " + "one two three four five six seven eight nine ten " + "moves"
    reason = next(h.because for h in small().find(typed).hits if h.entry.id == "practice:slow")
    assert reason == "nothing … moves"


def test_what_is_not_for_this_is_left_out_unless_the_map_itself_leads_there() -> None:
    assert "practice:slow" in ids(small(), "life is a film")
    other = Synonyms(MAP.written, MAP.small, {}, [Saying("x", ("life is a film",), (), "unreal")])
    assert ids(Index([SLOW], other), "slow film") == ["practice:slow"]
    assert not ids(Index([SLOW], other), "slow life is a film")


def test_the_map_may_name_what_is_not_there() -> None:
    assert ids(small(), "nothing moves") == ["practice:slow"]


def test_what_was_meant_is_told_by_the_name_of_its_saying() -> None:
    assert small().find("nothing moves").meant == {"still"}
    assert not small().find("hands").meant


@pytest.mark.parametrize("typed", ["", " ", "\0", "i am", "zzzz", "☂", "'", '"', "*", "\ud800"])
def test_what_says_nothing_finds_nothing(typed: str) -> None:
    assert not small().find(typed).hits


def test_an_index_over_nothing_finds_nothing() -> None:
    assert not Index([], Synonyms({}, (), {}, ())).find("hands").hits


def test_without_a_map_words_still_find() -> None:
    assert ids(Index([HANDS, COLD], Synonyms({}, (), {}, ())), "hand")[0] == "practice:hands"


def test_kinds_are_mixed_and_none_crowds_out_the_others() -> None:
    for typed in ("numb", "I am so angry", "nothing at all", "afraid, sad, lonely, tired"):
        hits = index().find(typed).hits
        kinds = [hit.entry.kind for hit in hits]
        assert len(hits) <= MOST_HITS
        assert max(map(kinds.count, kinds)) <= MOST_OF_A_KIND
        assert len(set(kinds)) > 1


def test_a_practice_that_is_not_for_feeling_unreal_is_not_offered_for_it() -> None:
    unfit = {entry.id for entry in entries() if "unreal" in entry.not_for}
    assert unfit
    for typed in ("I feel unreal", "nothing is real", "like a ghost", "derealisation"):
        assert unfit.isdisjoint(ids(index(), typed)), typed


def test_many_threads_find_the_same() -> None:
    asked = ["nothing is fun", "my hands", "cannot sleep", "xqzt"] * 25
    alone = [index().find(each) for each in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(index().find, asked)) == alone


@given(st.text(max_size=400))
def test_whatever_is_typed_has_an_answer(typed: str) -> None:
    found = index().find(typed)
    assert len(found.hits) <= MOST_HITS
    assert len({hit.entry.id for hit in found.hits}) == len(found.hits)


@given(st.text(alphabet='"*^:(){}-+ andORNEAR', max_size=60))
def test_operators_of_the_full_text_index_are_no_operators(typed: str) -> None:
    index().find(typed)
