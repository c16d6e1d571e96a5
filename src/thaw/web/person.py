"""Who asks: a browser known by a random cookie, named for the data folder."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_person() -> str:
    """Return a name nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def person_of(cookie: str | None) -> str | None:
    """Return the cookie's value where it is one that we could have given."""
    return cookie if cookie and _TOKEN.fullmatch(cookie) else None


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
