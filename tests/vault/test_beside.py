"""Without a passphrase the key lies beside the data, and damage to it is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.samples import OTHER, PERSON, flipped, keys
from thaw.units import DamageError
from thaw.vault.beside import lay_open, read_open
from thaw.vault.checksum import with_checksum
from thaw.vault.keys import DataKey, new_data_key


@given(key=keys)
def test_it_is_read_back(key: DataKey) -> None:
    assert read_open(lay_open(key, person=PERSON), person=PERSON) == key


@given(key=keys)
def test_it_is_what_it_says_and_no_more(key: DataKey) -> None:
    raw = lay_open(key, person=PERSON)
    assert raw[:37] == b"\x01" + key.version.to_bytes(4, "big") + key.secret
    assert len(raw) == 45


def test_every_bit_of_it_counts() -> None:
    raw = lay_open(new_data_key(), person=PERSON)
    for bit in range(8 * len(raw)):
        with pytest.raises(DamageError):
            read_open(flipped(raw, bit), person=PERSON)


def test_the_key_of_another_folder_is_noticed() -> None:
    with pytest.raises(DamageError):
        read_open(lay_open(new_data_key(), person=PERSON), person=OTHER)


@given(noise=st.binary(max_size=60))
def test_noise_is_refused_without_a_crash(noise: bytes) -> None:
    with pytest.raises(DamageError):
        read_open(noise, person=PERSON)


@pytest.mark.parametrize(
    "content",
    [b"", bytes(37), b"\x02\0\0\0\x01" + bytes(32), b"\x01\0\0\0\0" + bytes(32), bytes(99)],
)
def test_what_cannot_be_a_key_is_refused(content: bytes) -> None:
    with pytest.raises(DamageError):
        read_open(with_checksum(content, beside=PERSON.encode()), person=PERSON)
