"""A wrapped key opens with what wrapped it, as it was written, for its person; else not."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.samples import OTHER, PERSON, QUICK, codes, flipped, keys, passphrases
from thaw.units import DamageError, InputError, ThawError
from thaw.vault.checksum import with_checksum, without_checksum
from thaw.vault.keys import DataKey, derive_from, new_data_key, next_data_key
from thaw.vault.recovery import RecoveryCode, new_code
from thaw.vault.seal import Where, seal
from thaw.vault.stretch import Cost, stretch
from thaw.vault.wraps import (
    cost_of,
    unwrap_with_code,
    unwrap_with_key,
    unwrap_with_passphrase,
    wrap_with_code,
    wrap_with_key,
    wrap_with_passphrase,
)

WORDS = "the kettle sings at four"
CODE = RecoveryCode(bytes(range(16)))
KEY = DataKey(5, bytes(range(32)))
HEAD = 27
"""Format, kind, salt, memory, passes, lanes."""


def wrapped(key: DataKey, passphrase: str = WORDS, cost: Cost = QUICK) -> bytes:
    return wrap_with_passphrase(key, passphrase, person=PERSON, cost=cost)


def unwrapped(wrap: bytes, passphrase: str = WORDS, least: Cost = QUICK) -> DataKey:
    return unwrap_with_passphrase(wrap, passphrase, person=PERSON, least=least)


@dataclass(frozen=True)
class Way:
    """One way to wrap, and what it says when it is tried with the wrong thing."""

    wrap: Callable[[DataKey], bytes]
    unwrap: Callable[[bytes, str], DataKey]
    refusal: str


WAYS = {
    "passphrase": Way(
        wrapped,
        lambda wrap, person: unwrap_with_passphrase(wrap, WORDS, person=person, least=QUICK),
        "vault.wrong_passphrase",
    ),
    "code": Way(
        lambda key: wrap_with_code(key, CODE, person=PERSON),
        lambda wrap, person: unwrap_with_code(wrap, CODE, person=person),
        "vault.wrong_code",
    ),
    "key": Way(
        lambda key: wrap_with_key(key, KEY, person=PERSON),
        lambda wrap, person: unwrap_with_key(wrap, KEY, person=person),
        "vault.damaged",
    ),
}
with_each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@given(key=keys, passphrase=passphrases)
def test_the_passphrase_brings_the_key_back(key: DataKey, passphrase: str) -> None:
    assert unwrapped(wrapped(key, passphrase), passphrase) == key


@given(key=keys, code=codes)
def test_the_code_brings_the_key_back(key: DataKey, code: RecoveryCode) -> None:
    wrap = wrap_with_code(key, code, person=PERSON)
    assert unwrap_with_code(memoryview(wrap), code, person=PERSON) == key


@given(key=keys, by=keys)
def test_a_newer_key_brings_the_older_back(key: DataKey, by: DataKey) -> None:
    assert unwrap_with_key(wrap_with_key(key, by, person=PERSON), by, person=PERSON) == key


@given(passphrase=passphrases, other=passphrases)
def test_any_other_passphrase_is_refused(passphrase: str, other: str) -> None:
    wrap = wrapped(KEY, passphrase)
    assume(stretch(passphrase, bytes(16), QUICK) != stretch(other, bytes(16), QUICK))
    with pytest.raises(InputError) as caught:
        unwrapped(wrap, other)
    assert caught.value.code == "vault.wrong_passphrase"


@given(code=codes, other=codes)
def test_any_other_code_is_refused(code: RecoveryCode, other: RecoveryCode) -> None:
    assume(code != other)
    wrap = wrap_with_code(KEY, code, person=PERSON)
    with pytest.raises(InputError) as caught:
        unwrap_with_code(wrap, other, person=PERSON)
    assert caught.value.code == "vault.wrong_code"


def test_any_other_key_is_refused() -> None:
    wrap = wrap_with_key(new_data_key(), KEY, person=PERSON)
    for by in (new_data_key(), new_data_key(5), next_data_key(KEY)):
        with pytest.raises(DamageError):
            unwrap_with_key(wrap, by, person=PERSON)


@with_each_way
def test_the_wrap_of_one_person_is_not_anothers(way: Way) -> None:
    with pytest.raises(ThawError) as caught:
        way.unwrap(way.wrap(new_data_key()), OTHER)
    assert caught.value.code == way.refusal


@with_each_way
def test_two_wraps_of_a_key_have_nothing_in_common(way: Way) -> None:
    key = new_data_key()
    first, second = way.wrap(key), way.wrap(key)
    assert first[-280:] != second[-280:]


@with_each_way
def test_every_bit_of_a_wrap_counts(way: Way) -> None:
    wrap = way.wrap(new_data_key())
    for bit in range(8 * len(wrap)):
        with pytest.raises(DamageError):
            way.unwrap(flipped(wrap, bit), PERSON)


@pytest.mark.parametrize("name", ["passphrase", "code"])
def test_every_bit_counts_even_when_the_checksum_was_made_anew(name: str) -> None:
    way = WAYS[name]
    content = without_checksum(way.wrap(KEY))
    for bit in range(8 * len(content)):
        forged = with_checksum(flipped(content, bit))
        if name == "passphrase" and cost_is_slow(forged):
            continue  # Large memory: the next test has its own.
        with pytest.raises((DamageError, InputError)):
            way.unwrap(forged, PERSON)


def cost_is_slow(wrap: bytes) -> bool:
    """Return whether trying this wrap would take long, as some flips of its cost do."""
    try:
        return cost_of(wrap).memory_kib > 4096
    except DamageError:
        return False


@given(memory_kib=st.integers(8, 300), passes=st.integers(1, 4), lanes=st.integers(1, 4))
def test_parameters_are_authenticated(memory_kib: int, passes: int, lanes: int) -> None:
    assume(8 * lanes <= memory_kib)
    claimed = Cost(memory_kib, passes, lanes)
    assume(claimed != QUICK)
    content = without_checksum(wrapped(KEY))
    # The right secret for what is claimed: only the authentication of the header is left.
    salt = content[2:18]
    head = content[:18] + memory_kib.to_bytes(4, "big") + passes.to_bytes(4, "big")
    forged = with_checksum(head + lanes.to_bytes(1, "big") + content[HEAD:])
    assert cost_of(forged) == claimed
    with pytest.raises(InputError):
        unwrapped(forged)
    by = DataKey(KEY.version, derive_from(stretch(WORDS, salt, claimed), "wrap by passphrase"))
    mine = seal(by, KEY.secret, Where("vault: wrap", "key", content[:HEAD].hex(), PERSON))
    with pytest.raises(InputError):
        unwrapped(with_checksum(head + lanes.to_bytes(1, "big") + mine))


@pytest.mark.parametrize("least", [Cost(9, 1, 1), Cost(8, 2, 1), Cost.HOST, Cost.OWN])
def test_weaker_parameters_are_refused_even_with_the_right_words(least: Cost) -> None:
    wrap = wrapped(KEY)
    for words in (WORDS, "wrong"):
        with pytest.raises(DamageError) as caught:
            unwrapped(wrap, words, least)
        assert caught.value.code == "vault.weak_parameters"


def test_stronger_parameters_are_fine() -> None:
    assert unwrapped(wrapped(KEY, cost=Cost(64, 2, 2))) == KEY


@pytest.mark.parametrize(
    ("memory_kib", "passes", "lanes"), [(2**32 - 1, 1, 1), (8, 2**32 - 1, 1), (0, 0, 0), (8, 1, 2)]
)
def test_senseless_parameters_are_refused_before_any_memory_is_taken(
    memory_kib: int, passes: int, lanes: int
) -> None:
    content = without_checksum(wrapped(KEY))
    cost = memory_kib.to_bytes(4, "big") + passes.to_bytes(4, "big") + lanes.to_bytes(1, "big")
    forged = with_checksum(content[:18] + cost + content[HEAD:])
    with pytest.raises(DamageError):
        unwrapped(forged)


def test_what_a_wrap_costs_can_be_asked_without_the_words() -> None:
    assert cost_of(memoryview(wrapped(KEY, cost=Cost(64, 2, 2)))) == Cost(64, 2, 2)


def test_a_wrap_by_code_is_none_by_passphrase() -> None:
    by_code = wrap_with_code(KEY, CODE, person=PERSON)
    for refused in (lambda: unwrapped(by_code), lambda: cost_of(by_code)):
        with pytest.raises(DamageError):
            refused()
    with pytest.raises(DamageError):
        unwrap_with_code(wrapped(KEY), CODE, person=PERSON)


@given(noise=st.binary(max_size=400))
def test_noise_is_refused_without_a_crash(noise: bytes) -> None:
    for wrong in (noise, with_checksum(noise), with_checksum(b"\x01\x01" + noise)):
        with pytest.raises((DamageError, InputError)):
            unwrapped(wrong)
        with pytest.raises((DamageError, InputError)):
            unwrap_with_code(wrong, CODE, person=PERSON)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_wrap_of_something_else_than_a_key_is_damage(size: int) -> None:
    head = b"\x01\x02" + bytes(16) + bytes(9)
    by = DataKey(1, derive_from(CODE.secret, "wrap by recovery code", salt=bytes(16)))
    sealed = seal(by, bytes(size), Where("vault: wrap", "key", head.hex(), PERSON))
    with pytest.raises(DamageError):
        unwrap_with_code(with_checksum(head + sealed), CODE, person=PERSON)
    short = seal(KEY, bytes(size), Where("vault: wrap", "key", "", PERSON))
    with pytest.raises(DamageError):
        unwrap_with_key(short, KEY, person=PERSON)


def test_a_field_is_no_wrap_and_a_wrap_no_field() -> None:
    sealed = seal(KEY, bytes(36), Where("write_note", "body", "", PERSON))
    with pytest.raises(DamageError):
        unwrap_with_key(sealed, KEY, person=PERSON)


def test_every_wrap_has_the_same_size() -> None:
    assert {len(wrapped(KEY, "a" * size)) for size in (1, 1000)} == {324}
    assert len(wrap_with_code(KEY, new_code(), person=PERSON)) == 324


def test_an_empty_passphrase_wraps_nothing() -> None:
    with pytest.raises(InputError) as caught:
        wrapped(KEY, "  ")
    assert caught.value.code == "vault.passphrase_empty"


def test_a_changed_passphrase_wraps_the_same_key() -> None:
    key = unwrapped(wrapped(KEY, "the old words"), "the old words")
    assert unwrapped(wrapped(key, "the new words"), "the new words") == KEY
