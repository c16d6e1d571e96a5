"""Values as JSON has them, written in one way only and read with care."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn, TypeAlias

Plain: TypeAlias = Any  # What JSON can hold; it nests, and no type checker follows it for long.
Record: TypeAlias = Mapping[str, Plain]

_DEEPEST = 40


def written(value: Plain) -> bytes:
    """Return a value as JSON in UTF-8: the same value gives the same bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def read(raw: bytes) -> Plain:
    """Return the value that JSON in UTF-8 stands for.

    Raises:
        ValueError: It is no JSON, says a name twice, holds a number that is none or half a
            character, or nests deeper than anything of ours.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_each_name_once, parse_constant=_refuse
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    _check_depth(value)
    if b"\\u" in raw:
        written(value)  # Half a character can be spelt so, and nothing could keep it.
    return value


def _each_name_once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _check_depth(value: Plain) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        inner = [each for each in level if isinstance(each, dict | list)]
        level = [part for each in inner for part in _parts_of(each)]


def _parts_of(value: dict[str, Plain] | list[Plain]) -> list[Plain]:
    return list(value.values()) if isinstance(value, dict) else value
