"""The look for canaries finds them in every form; or finding none would prove nothing."""

import base64
import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.proof.canary import Canaries, files_in, forms_of, hits

WORD = "qzjxkvbwmpfhgdtrnlsycoiu"
NOISE = bytes(range(256)) * 40


def found(content: bytes) -> set[str]:
    canaries = Canaries(1)
    canaries.words[WORD] = "here"
    return canaries.needles().found_in(content)


@pytest.mark.parametrize("form", forms_of(WORD.encode()))
@pytest.mark.parametrize("at", range(9))
def test_a_word_is_found_in_each_form_at_any_place(form: str, at: int) -> None:
    content = NOISE[:at] + forms_of(WORD.encode())[form] + NOISE
    assert f"here ({form})" in found(content)


def test_a_word_is_found_in_other_cases() -> None:
    assert found(NOISE + WORD.upper().encode())


def in_zip(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x" * 40, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, in_zip, lambda content: gzip.compress(in_zip(content))]
)
def test_a_packed_word_is_found(pack: object) -> None:
    assert callable(pack)
    assert found(NOISE + pack(f"{'before ' * 50}{WORD} after".encode()) + NOISE)


def test_a_word_is_found_within_a_coded_text() -> None:
    for before in range(5):
        assert found(NOISE + base64.b64encode(b"x" * before + WORD.encode() + b"yz") + NOISE)


def test_a_word_is_found_in_a_name_of_a_file(tmp_path: Path) -> None:
    canaries = Canaries(1)
    word = canaries.new("here")
    (tmp_path / f"{word}.txt").touch()
    assert hits(canaries.needles(), files_in([tmp_path]))


def test_nothing_is_found_where_nothing_is() -> None:
    assert not found(NOISE * 10)
