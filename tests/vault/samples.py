"""What the vault's tests draw from: keys, places, costs that are quick."""

from hypothesis import strategies as st

from thaw.vault.keys import DataKey
from thaw.vault.recovery import RecoveryCode
from thaw.vault.seal import Where
from thaw.vault.stretch import Cost

QUICK = Cost(8, passes=1, lanes=1)
"""The least that Argon2 takes. No code outside the tests may ask for it."""

PERSON = "019a7c3e-0000-7000-8000-000000000001"
OTHER = "019a7c3e-0000-7000-8000-000000000002"
HERE = Where("write_note", "body", "019a7c3e-0000-7000-8000-00000000000a", PERSON)

secrets_32 = st.binary(min_size=32, max_size=32)
keys = st.builds(DataKey, st.integers(1, 2**32 - 1), secrets_32)
codes = st.builds(RecoveryCode, st.binary(min_size=16, max_size=16))
any_text = st.text(st.characters(exclude_categories=()), max_size=12)
"""Also halves of characters, which no encoding takes."""
places = st.builds(Where, *[any_text] * 4)
"""Any places, also empty and odd ones: the binding must tell all of them apart."""

plains = st.binary(max_size=1200)
passphrases = st.text(min_size=1, max_size=60).filter(
    lambda text: text.strip() and not any("\ud800" <= c <= "\udfff" for c in text)
)


def flipped(raw: bytes, bit: int) -> bytes:
    """Return ``raw`` with one bit turned."""
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
