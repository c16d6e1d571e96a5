"""A data key is new each time, has purposes, and shows itself nowhere."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.samples import keys
from thaw.vault.keys import DataKey, derive, new_data_key, next_data_key

purposes = st.text(st.characters(codec="utf-8"), max_size=20)


def test_a_new_key_is_new() -> None:
    assert len({new_data_key().secret for _ in range(100)}) == 100
    assert new_data_key().version == 1


def test_the_next_key_has_the_next_version_and_another_secret() -> None:
    key = new_data_key(7)
    after = next_data_key(key)
    assert after.version == 8
    assert after.secret != key.secret


@pytest.mark.parametrize(("version", "size"), [(0, 32), (-1, 32), (2**32, 32), (1, 16), (1, 33)])
def test_a_key_has_256_bits_and_a_version(version: int, size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(version, bytes(size))


@given(key=keys, purpose=purposes)
def test_a_purpose_gives_the_same_key_each_time(key: DataKey, purpose: str) -> None:
    again = DataKey(key.version, key.secret)
    assert derive(key, purpose) == derive(again, purpose)
    assert len(derive(key, purpose)) == 32
    assert derive(key, purpose) != key.secret


@given(key=keys, purpose=purposes, other=purposes)
def test_purposes_have_nothing_in_common(key: DataKey, purpose: str, other: str) -> None:
    assume(purpose != other)
    assert derive(key, purpose) != derive(key, other)


@given(key=keys, other=keys, purpose=purposes)
def test_keys_and_versions_have_nothing_in_common(
    key: DataKey, other: DataKey, purpose: str
) -> None:
    assume(key != other)
    assert derive(key, purpose) != derive(other, purpose)


def test_what_is_derived_today_is_derived_for_ever() -> None:
    # Drafts and backups stand on these. Made with hmac alone, as docs/explanation/vault.md says.
    key = DataKey(1, bytes(range(32)))
    drafts = "3e1f0a7a2f09664c11fcb571ea0afbee13aad1e606ee948353be90c31a5021cd"
    backup = "b0e88d0de3cb78480b00036d28fffac1c20913cabd54ff90157744ff10acea48"
    assert (derive(key, "drafts").hex(), derive(key, "backup").hex()) == (drafts, backup)


@given(key=keys)
def test_keys_are_equal_when_version_and_secret_are(key: DataKey) -> None:
    twin = DataKey(key.version, key.secret)
    assert key == twin
    assert hash(key) == hash(twin)
    assert key != DataKey(key.version % (2**32 - 1) + 1, key.secret)
    assert key != DataKey(key.version, bytes(byte ^ 1 for byte in key.secret))
    assert key != key.secret
