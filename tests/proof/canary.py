"""Words that stand nowhere else, and the look for them in files, in whatever form."""

import base64
import re
import string
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LETTERS = 24

_HEAD = 8  # Bytes by which a needle is looked for first.
_DEEPEST = 3
_MOST_UNPACKED = 64 * 2**20
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_NAMES_LENGTH = slice(26, 30)
_LOCAL_HEAD = 30


@dataclass
class Canaries:
    """Words by chance, each for one place where a person may put words.

    Attributes:
        words: Where each was put, by word.
        secrets: What else must not be found, by what it is.
    """

    seed: int
    words: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = Random(self.seed)  # noqa: S311 - nothing is kept secret by it.

    def new(self, place: str) -> str:
        """Return a word for this place."""
        word = "".join(self._chance.choices(string.ascii_lowercase, k=LETTERS))
        self.words[word] = place
        return word

    def needles(self) -> "Needles":
        """Return what to look for."""
        found = Needles()
        for word, place in self.words.items():
            found.add(place, word.encode())
        for what, secret in self.secrets.items():
            found.add(what, secret)
        return found


class Needles:
    """What is looked for, in every form it may have taken; looks through megabytes in no time."""

    def __init__(self) -> None:
        self._by_head: dict[int, list[tuple[str, bytes]]] = {}
        self._heads: NDArray[np.uint64] | None = None

    def add(self, name: str, plain: bytes) -> None:
        """Look for this too."""
        for form, needle in forms_of(plain).items():
            head = int.from_bytes(needle[:_HEAD], "little")
            self._by_head.setdefault(head, []).append((f"{name} ({form})", needle))
        self._heads = None

    def found_in(self, content: bytes) -> set[str]:
        """Return the names of what is in it, also packed."""
        return {name for part in unpacked(content) for name in self._found_in(part)}

    def _found_in(self, content: bytes) -> Iterator[str]:
        for version in {content, content.lower()}:
            for at in self._places(version):
                head = int.from_bytes(version[at : at + _HEAD], "little")
                for name, needle in self._by_head[head]:
                    if version.startswith(needle, at):
                        yield name

    def _places(self, content: bytes) -> Iterator[int]:
        if self._heads is None:
            self._heads = np.sort(np.fromiter(self._by_head, dtype="<u8"))
        for offset in range(_HEAD):
            count = (len(content) - offset) // _HEAD
            if count > 0:
                eights = np.frombuffer(content, dtype="<u8", offset=offset, count=count)
                for hit in np.flatnonzero(np.isin(eights, self._heads)):
                    yield offset + int(hit) * _HEAD


def forms_of(plain: bytes) -> dict[str, bytes]:
    """Return how bytes may stand in a file; text in UTF-8 also as UTF-16."""
    forms = {"raw": plain, "hex": plain.hex().encode(), "HEX": plain.hex().upper().encode()}
    try:
        text = plain.decode()
        forms |= {"UTF-16 LE": text.encode("utf-16-le"), "UTF-16 BE": text.encode("utf-16-be")}
    except UnicodeDecodeError:
        pass
    for before in range(3):
        coded = base64.b64encode(bytes(before) + plain)
        inner = coded[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]
        forms[f"base64 {before}"] = inner
        forms[f"base64url {before}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return forms


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """Yield content, and whatever is packed in it by gzip, zlib or zip."""
    yield content
    if depth == _DEEPEST:
        return
    for found in _PACKED.finditer(content):
        inner = _inflated(content, found.start())
        if len(inner) >= LETTERS:
            yield from unpacked(inner, depth + 1)


def _inflated(content: bytes, at: int) -> bytes:
    start, form = at, 15 + 32
    if content.startswith(b"PK", at):
        lengths = content[at:][_NAMES_LENGTH]
        start += _LOCAL_HEAD + int.from_bytes(lengths[:2], "little")
        start += int.from_bytes(lengths[2:], "little")
        form = -15
    reader, inner = zlib.decompressobj(form), b""
    try:
        inner = reader.decompress(content[start:], _MOST_UNPACKED)
    except zlib.error:
        return b""
    return inner


def files_in(folders: Iterable[Path]) -> dict[Path, bytes]:
    """Return what lies in these folders and everything below, at this moment."""
    paths = [path for folder in folders for path in folder.rglob("*")]
    return {path: path.read_bytes() if path.is_file() else b"" for path in paths}


def hits(needles: Needles, files: dict[Path, bytes]) -> set[tuple[str, str]]:
    """Return what was found, and in which file; the names of files are looked at too."""
    in_names = {(str(path), name) for path in files for name in needles.found_in(bytes(path))}
    in_files = {
        (path.name, name) for path, content in files.items() for name in needles.found_in(content)
    }
    return in_names | in_files
