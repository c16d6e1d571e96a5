"""What was kept once opens for ever, and is what docs/explanation/vault.md says, byte by byte.

The files in ``kept/`` were written by the first release of these formats. They are never made
anew: a change that cannot read them takes away what people wrote.
"""

import hashlib
import hmac
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.vault.samples import HERE, PERSON, QUICK
from thaw.vault.beside import read_open
from thaw.vault.keys import DataKey
from thaw.vault.recovery import RecoveryCode
from thaw.vault.seal import open_sealed
from thaw.vault.session import SessionKey, open_for_session
from thaw.vault.wraps import (
    unwrap_with_code,
    unwrap_with_key,
    unwrap_with_passphrase,
    wrap_with_code,
)

KEY = DataKey(3, bytes(range(32)))
NEWER = DataKey(4, bytes(range(32, 64)))
CODE = RecoveryCode(bytes(range(16)))
TOKEN = "a token"
WORDS = "the kettle sings at four"
NOTE = "Grey, but the tea was warm. \u2615".encode()


def kept(name: str) -> bytes:
    path = Path(__file__).parent / "kept" / f"{name}.hex"
    return bytes.fromhex(path.read_text(encoding="ascii"))


def test_a_field_that_was_kept_opens() -> None:
    assert open_sealed(KEY, kept("field"), HERE) == NOTE


def test_the_wraps_that_were_kept_open() -> None:
    by_words = unwrap_with_passphrase(kept("wrap-by-passphrase"), WORDS, person=PERSON, least=QUICK)
    by_code = unwrap_with_code(kept("wrap-by-code"), CODE, person=PERSON)
    by_key = unwrap_with_key(kept("wrap-by-key"), NEWER, person=PERSON)
    assert by_words == by_code == by_key == KEY


def test_a_session_and_an_open_key_that_were_kept_open() -> None:
    session = SessionKey.of(TOKEN)
    assert open_for_session(kept("session"), session, person=PERSON) == KEY
    assert read_open(kept("beside"), person=PERSON) == KEY


# From here on nothing of the vault is used, only what its page says and the primitives.


def joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def derived(secret: bytes, purpose: str, salt: bytes = b"") -> bytes:
    extracted = hmac.digest(salt, secret, "sha256")
    info = joined(b"thaw vault 1", purpose.encode())
    return hmac.digest(extracted, info + b"\x01", "sha256")


def read_field(secret: bytes, sealed: bytes, place: tuple[str, str, str, str]) -> bytes:
    version = int.from_bytes(sealed[1:5], "big")
    cipher = AESGCM(derived(secret, f"data key {version}: fields"))
    bound = joined(b"thaw vault 1: field", sealed[:5], *(part.encode() for part in place))
    padded = cipher.decrypt(sealed[5:17], sealed[17:], bound)
    assert len(padded) % 256 == 0
    plain, mark, filling = padded.rpartition(b"\x80")
    assert mark == b"\x80"
    assert not filling.strip(b"\0")
    return plain


def read_wrap(wrap: bytes) -> tuple[bytes, bytes]:
    content, digest = wrap[:-8], wrap[-8:]
    assert digest == hashlib.sha256(joined(content, b"")).digest()[:8]
    return content[:27], content[27:]


def test_a_field_is_what_the_page_says() -> None:
    place = (HERE.table, HERE.column, HERE.row, HERE.person)
    assert kept("field")[:5] == bytes([1, 0, 0, 0, 3])
    assert read_field(KEY.secret, kept("field"), place) == NOTE


def test_a_wrap_by_passphrase_is_what_the_page_says() -> None:
    head, sealed = read_wrap(kept("wrap-by-passphrase"))
    assert head[:2] == bytes([1, 1])
    memory_kib, passes = int.from_bytes(head[18:22], "big"), int.from_bytes(head[22:26], "big")
    assert (memory_kib, passes, head[26]) == (QUICK.memory_kib, QUICK.passes, QUICK.lanes)
    stretched = hash_secret_raw(
        WORDS.encode(), head[2:18], passes, memory_kib, head[26], 32, Type.ID
    )
    by = derived(stretched, "wrap by passphrase")
    assert read_field(by, sealed, ("vault: wrap", "key", head.hex(), PERSON)) == KEY.secret


def test_a_wrap_by_code_is_what_the_page_says() -> None:
    head, sealed = read_wrap(kept("wrap-by-code"))
    assert head[:2] + head[18:] == bytes([1, 2]) + bytes(9)
    by = derived(CODE.secret, "wrap by recovery code", head[2:18])
    assert read_field(by, sealed, ("vault: wrap", "key", head.hex(), PERSON)) == KEY.secret


def test_a_wrap_by_a_newer_key_is_what_the_page_says() -> None:
    plain = read_field(NEWER.secret, kept("wrap-by-key"), ("vault: wrap", "key", "", PERSON))
    assert plain == KEY.version.to_bytes(4, "big") + KEY.secret


def test_a_session_is_what_the_page_says() -> None:
    row = derived(TOKEN.encode(), "session id")
    assert row == SessionKey.of(TOKEN).id_hash
    by = derived(TOKEN.encode(), "session key")
    place = ("vault: session", "key", row.hex(), PERSON)
    assert read_field(by, kept("session"), place) == KEY.secret


def test_an_open_key_is_what_the_page_says() -> None:
    content, digest = kept("beside")[:-8], kept("beside")[-8:]
    assert content == bytes([1]) + KEY.version.to_bytes(4, "big") + KEY.secret
    assert digest == hashlib.sha256(joined(content, PERSON.encode())).digest()[:8]


def test_a_wrap_by_code_names_no_cost() -> None:
    assert wrap_with_code(KEY, CODE, person=PERSON)[18:27] == bytes(9)


@pytest.mark.parametrize("name", ["wrap-by-passphrase", "wrap-by-code"])
def test_a_wrap_has_324_bytes(name: str) -> None:
    assert len(kept(name)) == 324
