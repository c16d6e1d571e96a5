"""Twelve words on paper: made, printed, typed back, read however they were typed."""

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.samples import codes
from thaw.units import InputError
from thaw.vault.recovery import WORDS, RecoveryCode, ask, new_code, parse, word_list

CODE = RecoveryCode(bytes(range(16)))
PLAIN = " ".join(CODE.words)


def refusal_of(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value


def outcome_of(text: str) -> str:
    try:
        parse(text)
    except InputError as error:
        return error.code
    return "read"


def test_a_new_code_is_new_and_has_twelve_words() -> None:
    made = {new_code().words for _ in range(100)}
    assert len(made) == 100
    assert {len(words) for words in made} == {WORDS}


def test_a_new_code_has_no_word_that_hurts() -> None:
    made = {word for _ in range(300) for word in new_code().words}
    assert made.isdisjoint({"abuse", "blame", "gun", "lonely", "razor", "suffer", "useless"})
    assert len(made) > 1500


@given(code=codes)
def test_any_code_is_read_back_from_its_words(code: RecoveryCode) -> None:
    assert parse(" ".join(code.words)) == code


@pytest.mark.parametrize(
    "typed",
    [
        PLAIN.upper(),
        f"\n\t {PLAIN.title()} \u00a0\n",
        "\n".join(CODE.words),
        ", ".join(CODE.words) + ".",
        "\n".join(f"{place}. {word}" for place, word in enumerate(CODE.words, 1)),
        "-".join(CODE.words),
        PLAIN.replace("a", "\uff41"),
        PLAIN.replace(" ", "\0"),
        PLAIN.replace(" ", " \ud800 "),
    ],
)
def test_how_it_was_typed_does_not_matter(typed: str) -> None:
    assert parse(typed) == CODE


@pytest.mark.parametrize("count", [0, 1, 11, 13, 24])
def test_too_few_or_too_many_words_are_counted(count: int) -> None:
    error = refusal_of(" ".join((CODE.words * 2)[:count]))
    assert error.code == "vault.code_words"
    assert error.fields["words"] == count


@given(place=st.integers(0, 11), odd=st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_word_that_is_not_on_the_list_is_named_by_its_place(place: int, odd: str) -> None:
    assume(odd not in word_list())
    words = list(CODE.words)
    words[place] = odd
    error = refusal_of(" ".join(words))
    assert (error.code, error.fields["place"]) == ("vault.code_word_unknown", place + 1)


def test_two_words_that_changed_places_are_noticed() -> None:
    words = list(CODE.words)
    words[0], words[1] = words[1], words[0]
    assert refusal_of(" ".join(words)).code == "vault.code_checksum"


def test_of_all_wrong_last_words_one_in_sixteen_passes_the_checksum() -> None:
    outcomes = Counter(outcome_of(" ".join((*CODE.words[:-1], word))) for word in word_list())
    assert outcomes == {"read": 2048 // 16, "vault.code_checksum": 2048 * 15 // 16}


def test_a_very_long_text_is_counted_no_further_than_it_matters() -> None:
    assert refusal_of(f"{PLAIN} " * 100_000).code == "vault.code_words"


@given(text=st.text(max_size=80))
def test_any_other_text_is_told_what_it_lacks(text: str) -> None:
    assert outcome_of(text) in {"vault.code_words", "vault.code_word_unknown"}


def test_two_places_are_asked_back_and_over_time_all_of_them() -> None:
    asked = [ask() for _ in range(1000)]
    assert all(1 <= first < second <= WORDS for first, second in asked)
    assert {place for pair in asked for place in pair} == set(range(1, WORDS + 1))


@given(code=codes, places=st.permutations(range(1, WORDS + 1)))
def test_the_two_words_at_their_places_confirm(code: RecoveryCode, places: list[int]) -> None:
    first, second = places[:2]
    words = [code.words[first - 1], f" {code.words[second - 1].upper()}\n"]
    assert code.confirms((first, second), words)


@pytest.mark.parametrize(
    "words",
    [
        [CODE.words[1], CODE.words[0]],
        [CODE.words[0], ""],
        [CODE.words[0]],
        [],
        ["", ""],
        [*CODE.words[:2], "more"],
        [CODE.words[0], "\ud800"],
        [CODE.words[0] + CODE.words[1], ""],
    ],
)
def test_anything_else_does_not_confirm(words: list[str]) -> None:
    assert not CODE.confirms((1, 2), words)


def test_no_code_has_other_than_128_bits() -> None:
    for size in (0, 15, 17, 32):
        with pytest.raises(ValueError, match="16 bytes"):
            RecoveryCode(bytes(size))


def test_the_list_has_2048_words_that_differ_in_their_first_four_letters() -> None:
    assert len({word[:4] for word in word_list()}) == len(word_list()) == 2048
