"""A passphrase is judged by how many guesses it stands, and by nothing else."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.units import InputError
from thaw.vault.recovery import word_list
from thaw.web.people.passphrases import LONG_ENOUGH, bits, check


def refusal_of(text: str) -> str:
    try:
        check(text)
    except InputError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "correct horse battery staple",
        "quiet water under an old bridge",
        "zebra canyon velvet orbit",
        "ich bin so müde heute",
        "große Straße im Frühling",
        "İstanbulda sessiz bir sabah",
        "летним утром тихо",
        "静かな湖のほとりで朝を待つ人々",
        "aB3$xY9!kQ2z",
        "kxqwzjvbnpgtmdrf",
    ],
)
def test_what_stands_is_taken_without_numbers_or_signs(text: str) -> None:
    assert refusal_of(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "password",
        "Passwordpassword1!",
        "P@ssw0rdP@ssw0rd",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "123456789012345678",
        "987654321987654321",
        "qwertyuiopasdfghjkl",
        "qwertzuiopqwertz",
        "monkeydragon1234",
        "iloveyouforever",
        "thaw thaw thaw thaw",
        "пароль",
        "                  x",
        "x" * 1000,
    ],
)
def test_what_is_long_and_yet_early_guessed_is_refused(text: str) -> None:
    assert refusal_of(text) == "passphrase.guessable"


@pytest.mark.parametrize("text", ["x7$Kq!wZ2p", "harbour q9"])
def test_what_is_short_must_be_as_good_as_drawn_by_lot(text: str) -> None:
    assert refusal_of(text) == "passphrase.short"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "vault.passphrase_empty"),
        ("half \udc00 of it, and long enough", "vault.passphrase_unreadable"),
        ("x" * 1001, "vault.passphrase_too_long"),
    ],
)
def test_what_is_no_passphrase_is_refused_first(text: str, code: str) -> None:
    assert refusal_of(text) == code


def test_five_words_drawn_by_lot_always_stand() -> None:
    words = word_list()
    for _ in range(100):
        assert refusal_of(" ".join(secrets.choice(words) for _ in range(5))) == ""


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    assert 0 <= bits(text) <= 7 * len(text) * 18  # One sign may come apart into eighteen (NFKC).


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=LONG_ENOUGH - 1))
def test_said_twice_it_is_hardly_better(text: str) -> None:
    assert bits(text + text) <= bits(text) + 3
