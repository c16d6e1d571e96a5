"""What is sealed opens only as it was, only where it was, only with its key."""

from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.samples import HERE, OTHER, any_text, flipped, keys, places, plains, secrets_32
from thaw.units import DamageError
from thaw.vault.binding import bind
from thaw.vault.keys import DataKey, new_data_key, next_data_key
from thaw.vault.padding import STEP, pad, unpad
from thaw.vault.seal import Where, data_key_of, gcm_sealed, key_version_of, open_sealed, seal

AROUND = 1 + 4 + 12 + 16
"""What stands around the padded text: format, key version, nonce and tag."""


@given(key=keys, plain=plains, where=places)
def test_any_bytes_come_back_as_they_were(key: DataKey, plain: bytes, where: Where) -> None:
    assert open_sealed(key, seal(key, plain, where), where) == plain


@given(key=keys, plain=plains, where=places)
def test_a_databases_view_of_memory_opens_too(key: DataKey, plain: bytes, where: Where) -> None:
    assert open_sealed(key, memoryview(seal(key, plain, where)), where) == plain


def test_five_million_bytes_come_back_as_they_were() -> None:
    key, plain = new_data_key(), bytes(5_000_000) + b"\x80\x00"
    assert open_sealed(key, seal(key, plain, HERE), HERE) == plain


@given(key=keys, plain=st.binary(max_size=40), where=places)
def test_the_same_text_is_never_sealed_the_same(key: DataKey, plain: bytes, where: Where) -> None:
    first, second = seal(key, plain, where), seal(key, plain, where)
    assert first[5:17] != second[5:17]
    assert first[17:] != second[17:]


@given(key=keys, plain=plains, where=places, where_to_turn=st.data())
def test_a_turned_bit_is_noticed(
    key: DataKey, plain: bytes, where: Where, where_to_turn: st.DataObject
) -> None:
    sealed = seal(key, plain, where)
    bit = where_to_turn.draw(st.integers(0, 8 * len(sealed) - 1))
    with pytest.raises(DamageError, match="no longer as it was written"):
        open_sealed(key, flipped(sealed, bit), where)


def test_every_single_bit_of_a_sealed_text_counts() -> None:
    key = new_data_key(3)
    sealed = seal(key, b"Grey, but the tea was warm.", HERE)
    for bit in range(8 * len(sealed)):
        with pytest.raises(DamageError):
            open_sealed(key, flipped(sealed, bit), HERE)


@given(key=keys, plain=plains, where=places, cut=st.data())
def test_what_is_cut_or_longer_is_refused(
    key: DataKey, plain: bytes, where: Where, cut: st.DataObject
) -> None:
    sealed = seal(key, plain, where)
    short = sealed[: cut.draw(st.integers(0, len(sealed) - 1))]
    long = sealed + cut.draw(st.binary(min_size=1, max_size=20))
    for wrong in (short, long):
        with pytest.raises(DamageError):
            open_sealed(key, wrong, where)


def test_every_length_but_the_whole_is_refused() -> None:
    key = new_data_key()
    sealed = seal(key, b"whole", HERE)
    for length in range(len(sealed)):
        with pytest.raises(DamageError):
            open_sealed(key, sealed[:length], HERE)


@given(key=keys, noise=st.binary(max_size=600), where=places)
def test_noise_is_refused_without_a_crash(key: DataKey, noise: bytes, where: Where) -> None:
    for wrong in (noise, seal(key, b"", where)[:17] + noise):
        with pytest.raises(DamageError):
            open_sealed(key, wrong, where)


@given(key=keys, plain=plains, where=places, other=places)
def test_moved_anywhere_else_it_is_refused(
    key: DataKey, plain: bytes, where: Where, other: Where
) -> None:
    assume(where != other)
    with pytest.raises(DamageError):
        open_sealed(key, seal(key, plain, where), other)


@pytest.mark.parametrize("part", [field.name for field in fields(Where)])
@given(key=keys, other=any_text)
def test_each_part_of_the_place_counts(part: str, key: DataKey, other: str) -> None:
    assume(other != getattr(HERE, part))
    with pytest.raises(DamageError):
        open_sealed(key, seal(key, b"mine", HERE), replace(HERE, **{part: other}))


@pytest.mark.parametrize(
    "shifted",
    [
        Where("write_note_body", "", HERE.row, HERE.person),
        Where("write_note", "", "body" + HERE.row, HERE.person),
        Where(HERE.column, HERE.table, HERE.row, HERE.person),
        Where(HERE.table, HERE.column, HERE.person, HERE.row),
        Where(HERE.table, HERE.column, HERE.row.upper(), HERE.person),
    ],
)
def test_letters_that_move_between_parts_make_another_place(shifted: Where) -> None:
    key = new_data_key()
    with pytest.raises(DamageError):
        open_sealed(key, seal(key, b"mine", HERE), shifted)


def test_another_persons_key_opens_nothing() -> None:
    theirs = replace(HERE, person=OTHER)
    sealed = seal(new_data_key(), b"mine", HERE)
    for where in (HERE, theirs):
        with pytest.raises(DamageError):
            open_sealed(new_data_key(), sealed, where)


@given(key=keys, other=st.integers(1, 2**32 - 1), plain=plains)
def test_another_version_of_the_key_is_refused_even_with_the_same_secret(
    key: DataKey, other: int, plain: bytes
) -> None:
    assume(other != key.version)
    sealed = seal(key, plain, HERE)
    claimed = sealed[:1] + other.to_bytes(4, "big") + sealed[5:]
    for wrong in (sealed, claimed):
        with pytest.raises(DamageError):
            open_sealed(DataKey(other, key.secret), wrong, HERE)
    with pytest.raises(DamageError):
        open_sealed(key, claimed, HERE)


@given(key=keys, other=secrets_32, plain=plains)
def test_another_secret_of_the_same_version_is_refused(
    key: DataKey, other: bytes, plain: bytes
) -> None:
    assume(other != key.secret)
    with pytest.raises(DamageError):
        open_sealed(DataKey(key.version, other), seal(key, plain, HERE), HERE)


@given(key=keys, plain=plains)
def test_what_is_sealed_says_which_key_opens_it(key: DataKey, plain: bytes) -> None:
    assert key_version_of(seal(key, plain, HERE)) == key.version
    assert key_version_of(memoryview(seal(key, plain, HERE))) == key.version


@pytest.mark.parametrize(
    "raw", [b"", b"\x01\x00\x00\x00", b"\x01\x00\x00\x00\x00", b"\x02\x00\x00\x00\x01"]
)
def test_what_no_key_sealed_has_no_version(raw: bytes) -> None:
    with pytest.raises(DamageError) as caught:
        key_version_of(raw)
    assert caught.value.code == "vault.damaged"


def test_while_keys_change_each_row_opens_with_its_own() -> None:
    old = new_data_key()
    new = next_data_key(old)
    rows = [seal(old, b"before", HERE), seal(new, b"after", HERE)]
    by_version = {key.version: key for key in (old, new)}
    opened = [open_sealed(by_version[key_version_of(row)], row, HERE) for row in rows]
    assert opened == [b"before", b"after"]


@given(key=keys, plain=plains)
def test_sizes_come_in_steps(key: DataKey, plain: bytes) -> None:
    steps = len(plain) // STEP + 1
    assert len(seal(key, plain, HERE)) == AROUND + steps * STEP


def test_nothing_and_255_bytes_look_alike() -> None:
    key = new_data_key()
    assert len({len(seal(key, bytes(size), HERE)) for size in range(256)}) == 1
    assert len(seal(key, bytes(256), HERE)) == AROUND + 512


@given(plain=plains)
def test_what_is_filled_up_can_be_told_from_its_filling(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


@given(noise=st.binary(max_size=600))
def test_only_one_filling_is_right(noise: bytes) -> None:
    plain = unpad(noise)
    assert plain is None or pad(plain) == noise


def test_a_text_that_was_not_filled_up_is_refused() -> None:
    key = new_data_key()
    head, nonce = b"\x01\x00\x00\x00\x01", bytes(12)
    parts = (HERE.table, HERE.column, HERE.row, HERE.person)
    bound = bind(b"thaw vault 1: field", head, *(part.encode() for part in parts))
    whole = head + nonce + gcm_sealed(key.cipher, nonce, pad(b"mine"), bound)
    assert open_sealed(key, whole, HERE) == b"mine"
    bare = head + nonce + gcm_sealed(key.cipher, nonce, b"mine", bound)
    with pytest.raises(DamageError):
        open_sealed(key, bare, HERE)


@given(first=st.lists(st.binary(max_size=6)), second=st.lists(st.binary(max_size=6)))
def test_different_parts_never_bind_to_the_same(first: list[bytes], second: list[bytes]) -> None:
    assert (bind(*first) == bind(*second)) == (first == second)


@pytest.mark.parametrize(("version", "size"), [(0, 32), (2**32, 32), (1, 31), (1, 33)])
def test_what_cannot_be_a_key_is_damage(version: int, size: int) -> None:
    with pytest.raises(DamageError):
        data_key_of(version, bytes(size))


def test_half_a_character_in_a_place_is_only_another_place() -> None:
    key, odd = new_data_key(), replace(HERE, row="\ud83d")
    assert open_sealed(key, seal(key, b"mine", odd), odd) == b"mine"
    with pytest.raises(DamageError):
        open_sealed(key, seal(key, b"mine", odd), replace(HERE, row="\ud83e"))
