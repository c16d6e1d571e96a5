"""An open session: the data key, sealed with what only the person's cookie holds.

From the cookie's token follow two things that tell nothing of each other: the id under which
the session is kept, and the key that its row is sealed with. So a session table, a backup of it,
or its row beside the whole database open nothing without the cookie; and any process that is
shown the cookie can open it, without plain keys in shared memory.
"""

import secrets
from dataclasses import dataclass, field
from typing import NoReturn, Self

from thaw.units import DamageError, LockedError
from thaw.vault.keys import KEY_BYTES, DataKey, derive_from
from thaw.vault.seal import Where, data_key_of, key_version_of, open_sealed, seal


def new_token() -> str:
    """Return a token for the cookie: 256 random bits in characters that a cookie may have."""
    return secrets.token_urlsafe(KEY_BYTES)


@dataclass(frozen=True)
class SessionKey:
    """What follows from a token.

    Attributes:
        id_hash: 32 bytes; finds the session's row, and tells nothing of the token.
        secret: 32 bytes; never kept, and made again from the cookie at each request.
    """

    id_hash: bytes
    secret: bytes = field(repr=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A session's key is not to be pickled; the cookie has it.")

    @classmethod
    def of(cls, token: str) -> Self:
        """Return what follows from a token: from any text, since anyone may send a cookie."""
        raw = token.encode("utf-8", "surrogatepass")
        return cls(derive_from(raw, "session id"), derive_from(raw, "session key"))


def seal_for_session(key: DataKey, session: SessionKey, *, person: str) -> bytes:
    """Return ``key`` so that this session's cookie opens it."""
    return seal(DataKey(key.version, session.secret), key.secret, _where(session, person))


def open_for_session(sealed: bytes | memoryview, session: SessionKey, *, person: str) -> DataKey:
    """Return the data key.

    Raises:
        LockedError: It was not sealed for this session and person, or is damaged; unlocking
            again helps in either case.
    """
    try:
        version = key_version_of(sealed)
        by = DataKey(version, session.secret)
        return data_key_of(version, open_sealed(by, sealed, _where(session, person)))
    except DamageError:
        raise LockedError.usual() from None


def _where(session: SessionKey, person: str) -> Where:
    return Where("vault: session", "key", session.id_hash.hex(), person)
