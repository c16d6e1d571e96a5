"""Which browser asks: the name of its cookie, and whether a page of ours asks for it."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


def is_from_here(headers: Mapping[str, str]) -> bool:
    """Return whether our own page asks, or a person who gave the address (Fetch Metadata).

    A browser that does not say so is believed: the cookie's SameSite, the check of forms and
    Cross-Origin-Resource-Policy hold what it asks for.
    """
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


@lru_cache(maxsize=8)
def cookie_name(data: Path) -> str:
    """Return the cookie's name: of its own for each data folder, as cookies ignore ports."""
    return f"thaw_{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]}"
