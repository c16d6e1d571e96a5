"""Backups of a person's own, small and quick to open."""

from collections.abc import Iterable
from io import BytesIO

from thaw.exchange.bundle import Head, Lock, LockKind, write_bundle
from thaw.exchange.plain import Record
from thaw.vault.keys import DataKey, new_data_key
from thaw.vault.recovery import RecoveryCode, new_code
from thaw.vault.stretch import Cost
from thaw.vault.wraps import wrap_with_code, wrap_with_passphrase

QUICK = Cost(64, passes=1, lanes=1)
PERSON = "01890a5d-ac96-774b-bcce-b302099a8057"
PASSPHRASE = "seven slow swans at dusk"
KEY = new_data_key()
CODE = new_code()
AT = "2026-11-22T10:00:00+00:00"


def head_of(
    key: DataKey = KEY, code: RecoveryCode = CODE, *, id_: str = "a" * 32, passphrase: bool = True
) -> Head:
    """Return the head of a backup that opens with ``PASSPHRASE`` and with ``code``."""
    by_code = Lock(LockKind.RECOVERY, wrap_with_code(key, code, person=PERSON), AT)
    if not passphrase:
        return Head(id_, PERSON, AT, (by_code,))
    wrap = wrap_with_passphrase(key, PASSPHRASE, person=PERSON, cost=QUICK)
    return Head(id_, PERSON, AT, (Lock(LockKind.PASSPHRASE, wrap, AT), by_code))


def rows(count: int, *, text: str = "x") -> list[tuple[str, Record]]:
    """Return a person and this many notes, as a backup is given them."""
    notes = [("write_note", {"id": str(each), "body": text * 100}) for each in range(count)]
    return [("people_person", {"id": PERSON, "key_version": 1}), *notes]


def backup(
    given: Iterable[tuple[str, Record]] | None = None, head: Head | None = None, key: DataKey = KEY
) -> bytes:
    """Return a whole backup."""
    out = BytesIO()
    write_bundle(out, head or head_of(), key, {"epoch": 1}, rows(3) if given is None else given)
    return out.getvalue()
