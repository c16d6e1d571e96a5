"""An open session is in the cookie; the table alone opens nothing."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vault.samples import OTHER, PERSON, any_text, flipped, keys
from thaw.units import LockedError
from thaw.vault.keys import DataKey, new_data_key
from thaw.vault.seal import Where, seal
from thaw.vault.session import SessionKey, new_token, open_for_session, seal_for_session

KEY = new_data_key(2)
HERE = SessionKey.of("a token")


def test_tokens_are_new_long_and_fit_a_cookie() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 43 and token.isascii() for token in tokens)
    assert not set("".join(tokens)) & set(' ",;\\=')


@given(key=keys, token=any_text)
def test_the_cookie_brings_the_key_back(key: DataKey, token: str) -> None:
    sealed = seal_for_session(key, SessionKey.of(token), person=PERSON)
    assert open_for_session(memoryview(sealed), SessionKey.of(token), person=PERSON) == key


@given(token=any_text, other=any_text)
def test_another_token_finds_and_opens_nothing(token: str, other: str) -> None:
    assume(token != other)
    here, there = SessionKey.of(token), SessionKey.of(other)
    assert here.id_hash != there.id_hash
    with pytest.raises(LockedError) as caught:
        open_for_session(seal_for_session(KEY, here, person=PERSON), there, person=PERSON)
    assert caught.value.code == "vault.locked"


@given(token=any_text)
def test_what_the_table_holds_is_not_the_key(token: str) -> None:
    session = SessionKey.of(token)
    sealed = seal_for_session(KEY, session, person=PERSON)
    assert len({session.id_hash, session.secret, KEY.secret}) == 3
    for secret in (session.secret, KEY.secret):
        assert secret not in sealed
    wrong = SessionKey(session.id_hash, session.id_hash)
    with pytest.raises(LockedError):
        open_for_session(sealed, wrong, person=PERSON)


def test_the_session_of_one_person_opens_nothing_for_another() -> None:
    with pytest.raises(LockedError):
        open_for_session(seal_for_session(KEY, HERE, person=PERSON), HERE, person=OTHER)


def test_a_row_moved_to_another_session_opens_nothing() -> None:
    sealed = seal_for_session(KEY, HERE, person=PERSON)
    moved = SessionKey(SessionKey.of("other").id_hash, HERE.secret)
    with pytest.raises(LockedError):
        open_for_session(sealed, moved, person=PERSON)


def test_every_bit_of_it_counts() -> None:
    sealed = seal_for_session(KEY, HERE, person=PERSON)
    for bit in range(8 * len(sealed)):
        with pytest.raises(LockedError):
            open_for_session(flipped(sealed, bit), HERE, person=PERSON)


@given(noise=st.binary(max_size=400))
def test_noise_means_locked(noise: bytes) -> None:
    with pytest.raises(LockedError):
        open_for_session(noise, HERE, person=PERSON)


def test_a_session_that_holds_no_key_means_locked() -> None:
    by = DataKey(1, HERE.secret)
    where = Where("vault: session", "key", HERE.id_hash.hex(), PERSON)
    with pytest.raises(LockedError):
        open_for_session(seal(by, b"short", where), HERE, person=PERSON)


def test_half_a_character_in_a_cookie_is_only_another_cookie() -> None:
    assert SessionKey.of("\ud83d").id_hash != SessionKey.of("\ud83e").id_hash
