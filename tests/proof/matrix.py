"""The table of tests/proof/matrix.md: what each address answers to each who asks."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias, get_args

Role: TypeAlias = Literal["no session", "locked", "own", "another's", "expired"]

PAGE = Path(__file__).with_name("matrix.md")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROLES: tuple[Role, ...] = get_args(Role)

_ROW = re.compile(r"^\| `([^`]*)` \| ([A-Z ]+|all others) \|((?: \d{3} \|){5})$", re.MULTILINE)

Expected: TypeAlias = Mapping[Role, int]


def table() -> dict[str, dict[str, Expected]]:
    """Return the statuses by address, method and role.

    Raises:
        ValueError: A line of the table cannot be read, or says something twice.
    """
    text = PAGE.read_text(encoding="utf-8")
    rows = _ROW.findall(text)
    if len(rows) != sum(line.startswith("| `") for line in text.splitlines()):
        raise ValueError("a line of the matrix cannot be read")
    found: dict[str, dict[str, Expected]] = {}
    for address, methods, statuses in rows:
        each = found.setdefault(address, {})
        named = (
            methods.split() if methods != "all others" else [m for m in METHODS if m not in each]
        )
        for method in named:
            if method in each or method not in METHODS:
                raise ValueError(f"{method} of {address}")
            numbers = map(int, re.findall(r"\d{3}", statuses))
            each[method] = dict(zip(ROLES, numbers, strict=True))
    return found
