"""No secret stands in what may be printed, logged, copied out or raised."""

import base64
import copy
import pickle
import traceback
from collections.abc import Callable, Iterator

import pytest

from tests.vault.samples import HERE, PERSON, QUICK
from thaw.units import ConflictError, ThawError
from thaw.vault.beside import lay_open, read_open
from thaw.vault.keys import DataKey, new_data_key
from thaw.vault.recovery import RecoveryCode, new_code, parse
from thaw.vault.seal import open_sealed, seal
from thaw.vault.session import SessionKey, new_token, open_for_session, seal_for_session
from thaw.vault.stretch import Cost
from thaw.vault.wraps import (
    unwrap_with_code,
    unwrap_with_key,
    unwrap_with_passphrase,
    wrap_with_code,
    wrap_with_key,
    wrap_with_passphrase,
)

KEY, OTHER_KEY = new_data_key(), new_data_key()
CODE, OTHER_CODE = RecoveryCode(bytes(range(16))), new_code()
TOKEN, OTHER_TOKEN = new_token(), new_token()
SESSION, OTHER_SESSION = SessionKey.of(TOKEN), SessionKey.of(OTHER_TOKEN)
RIGHT, WRONG = "Kwqzxj the heron waits", "Vbnmpt the lantern sways"
BROKEN = "Kwqzxj half \ud83d a face"
ODD_WORD = "kwqzxjvbn"
NOTE = b"Xylqwz: nothing moved today."


def looks_of(secret: bytes) -> Iterator[str]:
    """Yield how a secret may look in a text."""
    yield secret.hex()
    yield base64.b64encode(secret).decode().rstrip("=")
    yield base64.urlsafe_b64encode(secret).decode().rstrip("=")
    yield repr(secret)[2:-1]
    yield str(list(secret))[1:-1]


SECRETS = [
    look
    for raw in (KEY, OTHER_KEY, CODE, OTHER_CODE, SESSION, OTHER_SESSION)
    for look in looks_of(raw.secret)
] + [
    *(TOKEN, OTHER_TOKEN, RIGHT, WRONG, "Kwqzxj", ODD_WORD, "Xylqwz"),
    *(" ".join(code.words[at : at + 2]) for code in (CODE, OTHER_CODE) for at in range(11)),
]


def shows(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


HOLDERS = [KEY, CODE, SESSION]


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_what_holds_a_secret_does_not_show_it(holder: DataKey | RecoveryCode | SessionKey) -> None:
    told = [str(holder), repr(holder), format(holder), str([holder]), str({"key": holder})]
    assert not shows("\n".join(told))


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_what_holds_a_secret_cannot_be_pickled(holder: DataKey | RecoveryCode | SessionKey) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="not to be pickled") as caught:
            pickle.dumps(holder, protocol)
        assert not shows(str(caught.value))
    with pytest.raises(TypeError, match="not to be pickled"):
        copy.deepcopy(holder)


def turned(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


BY_WORDS = wrap_with_passphrase(KEY, RIGHT, person=PERSON, cost=QUICK)
BY_CODE = wrap_with_code(KEY, CODE, person=PERSON)
BY_KEY = wrap_with_key(KEY, OTHER_KEY, person=PERSON)

FAILURES: dict[str, Callable[[], object]] = {
    "another key": lambda: open_sealed(OTHER_KEY, seal(KEY, NOTE, HERE), HERE),
    "a turned bit": lambda: open_sealed(KEY, turned(seal(KEY, NOTE, HERE)), HERE),
    "wrong words": lambda: unwrap_with_passphrase(BY_WORDS, WRONG, person=PERSON, least=QUICK),
    "weak": lambda: unwrap_with_passphrase(BY_WORDS, RIGHT, person=PERSON, least=Cost.OWN),
    "damaged words": lambda: unwrap_with_passphrase(
        turned(BY_WORDS), RIGHT, person=PERSON, least=QUICK
    ),
    "broken words": lambda: wrap_with_passphrase(KEY, BROKEN, person=PERSON, cost=QUICK),
    "long words": lambda: wrap_with_passphrase(KEY, RIGHT * 99, person=PERSON, cost=QUICK),
    "wrong code": lambda: unwrap_with_code(BY_CODE, OTHER_CODE, person=PERSON),
    "damaged code": lambda: unwrap_with_code(turned(BY_CODE), CODE, person=PERSON),
    "wrong key": lambda: unwrap_with_key(BY_KEY, KEY, person=PERSON),
    "odd word": lambda: parse(" ".join((*CODE.words[:-1], ODD_WORD))),
    "moved words": lambda: parse(" ".join((CODE.words[1], CODE.words[0], *CODE.words[2:]))),
    "few words": lambda: parse(" ".join(CODE.words[:-1])),
    "wrong session": lambda: open_for_session(
        seal_for_session(KEY, SESSION, person=PERSON), OTHER_SESSION, person=PERSON
    ),
    "damaged file": lambda: read_open(turned(lay_open(KEY, person=PERSON)), person=PERSON),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_every_error_is_a_sentence_and_tells_no_secret(failure: str) -> None:
    with pytest.raises(ThawError) as caught:
        FAILURES[failure]()
    error: BaseException | None = caught.value
    assert isinstance(error, ThawError)
    assert error.message.endswith(".")
    told = [str(error), repr(error), str(error.fields), str(vars(error)), error.code]
    told += traceback.format_exception(error)
    while error := error.__context__:  # What logs leave out, a reporter might still find.
        told += [str(error), repr(error), str(vars(error))]
    assert not shows("\n".join(told))


def test_a_conflict_keeps_both_texts_and_tells_neither() -> None:
    error = ConflictError("example", "Changed meanwhile.", yours=RIGHT, theirs=WRONG, version=3)
    assert (error.yours, error.theirs, error.version) == (RIGHT, WRONG, 3)
    told = [str(error), repr(error), str(error.args), str(error.fields), error.code]
    assert not shows("\n".join(told + traceback.format_exception(error)))


def test_the_secrets_would_be_found() -> None:
    assert all(shows(look) for look in SECRETS)
    assert shows(str(vars(KEY)))
