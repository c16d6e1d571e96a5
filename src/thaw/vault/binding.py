"""Several byte strings as one, so that no two lists of them look the same."""


def bind(*parts: bytes) -> bytes:
    """Return the parts, each behind its length in four bytes.

    This is what a cipher is bound to: ``ab, c`` and ``a, bc`` must differ, whatever stands
    in them.
    """
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
