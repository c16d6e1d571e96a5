"""A copy that anyone can read: what is in it, and that it is taken back as it was."""

import io
import json
import os
import random
import struct
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.exchange import sources
from thaw.exchange.arriving import Arrival
from thaw.exchange.export import Entry, Export, Lost, entry_of, record_of
from thaw.exchange.places import put_files, zip_of
from thaw.exchange.plain import read, written
from thaw.exchange.sources import FolderSource, Source, ZipSource
from thaw.units import InputError

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
TABLES = {"notes": ("body",)}
PERSON = {"created_at": "2026-11-01T08:00:00+00:00", "settings": {"idle_minutes": 10}}


def entry(number: int = 1, body: bytes | None = None, **clear: object) -> Entry:
    """Return a note of a day."""
    told = {
        "id": f"01890a5d-ac96-774b-bcce-b302099a{number:04}",
        "version": number,
        "created_at": f"2026-11-22T10:{number % 60:02}:00+00:00",
        "trashed_at": None,
        "day": "2026-11-22",
    }
    shape = {"kind": "note", "text": f"words {number}", "tags": ["a", "b"], "word": "tired"}
    return Entry("notes", told | clear, {"body": written(shape) if body is None else body})


def export(rows: Iterable[Entry | Lost]) -> Export:
    """Return a copy of these notes, still to be written."""
    there = list(rows)
    return Export({"notes": lambda: there}, person=PERSON, made_at=AT.isoformat(), program="Thaw 0")


def in_folder(folder: Path, rows: Iterable[Entry | Lost]) -> Export:
    """Write a copy of these notes into a folder."""
    made = export(rows)
    put_files(folder, made.files())
    return made


def zipped(rows: Iterable[Entry | Lost]) -> bytes:
    """Return a zip of these notes."""
    return b"".join(zip_of(export(rows).files(), AT))


def repacked(change: dict[str, bytes | None], top: str = "") -> bytes:
    """Return a zip with some files changed, taken out or put in."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zipped([entry()]))) as old, zipfile.ZipFile(out, "w") as new:
        files = {name: old.read(name) for name in old.namelist()} | change
        for name, content in files.items():
            if content is not None:
                new.writestr(top + name, content)
    return out.getvalue()


def taken(source: Source) -> list[Entry]:
    """Read a copy back, to its end."""
    return list(Arrival(source, TABLES).entries())


def refused(content: bytes) -> str:
    """Return with which code a zip is refused."""
    with pytest.raises(InputError) as refusal:
        taken(ZipSource(io.BytesIO(content)))
    assert refusal.value.message.endswith((".", "?"))
    assert refusal.value.status == 422
    return refusal.value.code


def test_a_folder_is_read_without_us_and_taken_back_as_it_was(tmp_path: Path) -> None:
    notes = [entry(1), entry(2, trashed_at="2026-11-23T00:00:00+00:00"), entry(3)]
    told = in_folder(tmp_path, notes)
    assert (told.rows, told.lost) == ({"notes": 3}, [])
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert names == {
        *("README.md", "manifest.json", "notes.json"),
        *("notes/2026-11-22.md", "notes/2026-11-22-2.md", "trash/2026-11-22.md"),
    }
    assert (tmp_path / "notes/2026-11-22.md").read_text() == (
        "# 22 November 2026\n\nwords 1\n\n- Word: tired\n- Tags: a, b\n"
    )
    rows = json.loads((tmp_path / "notes.json").read_text())
    assert [row["body"]["text"] for row in rows] == ["words 1", "words 2", "words 3"]
    assert json.loads((tmp_path / "manifest.json").read_text())["version"] == 1
    assert taken(FolderSource(tmp_path)) == notes
    assert Arrival(FolderSource(tmp_path), TABLES).person == PERSON


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other modes.")
def test_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    in_folder(tmp_path, [entry()])
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.*")}
    assert modes == {0o600}
    assert (tmp_path / "notes").stat().st_mode & 0o777 == 0o700


def test_a_zip_is_taken_back_as_it_was() -> None:
    notes = [entry(number) for number in range(1, 300)]
    assert taken(ZipSource(io.BytesIO(zipped(notes)))) == notes


def test_nothing_at_all_can_be_taken_along() -> None:
    assert taken(ZipSource(io.BytesIO(zipped([])))) == []


def test_a_zip_that_was_unpacked_and_packed_again_is_taken() -> None:
    assert len(taken(ZipSource(io.BytesIO(repacked({}, top="my copy/"))))) == 1


@given(st.binary(max_size=60) | st.text(max_size=60).map(written) | st.integers().map(written))
def test_whatever_was_sealed_comes_back_byte_for_byte(content: bytes) -> None:
    given_ = entry(body=content)
    assert entry_of("notes", read(written(record_of(given_))), ("body",)) == given_


def test_what_does_not_open_is_named(tmp_path: Path) -> None:
    lost = [Lost("notes", "01890a5d", "2026-11-21T00:00:00"), Lost("notes", None, None)]
    told = in_folder(tmp_path, [*lost, entry()])
    assert told.lost == lost
    assert told.rows == {"notes": 1}
    assert len(json.loads((tmp_path / "manifest.json").read_text())["damaged"]) == 2
    readme = (tmp_path / "README.md").read_text()
    assert "01890a5d of 2026-11-21" in readme
    assert "an entry without a name" in readme


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"kind": "nothing", "text": ""}, "Nothing today.\n"),
        ({"kind": "word", "word": "grey"}, "- Word: grey\n"),
        ({"sitting": {"practice": "thawing", "minutes": 15}}, "- Sat: thawing, 15 minutes\n"),
        ({"tags": 5, "sitting": 5}, "# 22 November 2026\n"),
    ],
)
def test_a_note_of_any_kind_is_a_text(body: dict[str, object], words: str, tmp_path: Path) -> None:
    in_folder(tmp_path, [entry(body=written(body))])
    assert (tmp_path / "notes/2026-11-22.md").read_text().endswith(words)


def test_a_zip_that_is_none_is_said_to_be_none() -> None:
    assert refused(b"") == "export.not_zip"
    assert refused(b"thaw backup\n" * 50) == "export.not_zip"
    assert refused(zipped([entry()])[:-30]) == "export.not_zip"


@given(st.data())
def test_a_zip_that_is_cut_or_has_a_turned_bit_is_refused_or_the_same(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(ZIPPED) - 1))
    assert refused(ZIPPED[:place]).startswith("export.")
    turned = bytearray(ZIPPED)
    turned[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        assert taken(ZipSource(io.BytesIO(bytes(turned)))) == [entry()]
    except InputError as error:
        assert error.code.startswith("export.")  # noqa: PT017 - either is right.


ZIPPED = zipped([entry()])


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "C:\\x", "a\\b", "a:b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    assert refused(repacked({name: b"x"})) == "export.strange"


def test_a_link_in_a_zip_is_refused() -> None:
    out = io.BytesIO(zipped([entry()]))
    with zipfile.ZipFile(out, "a") as more:
        link = zipfile.ZipInfo("notes/link.md")
        link.external_attr = 0o120777 << 16
        more.writestr(link, "/etc/passwd")
    assert refused(out.getvalue()) == "export.strange"


def test_a_form_of_packing_that_needs_much_memory_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("manifest.json", "{}")
    assert refused(out.getvalue()) == "export.strange"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    out = io.BytesIO(zipped([entry()]))
    with zipfile.ZipFile(out, "a") as more:
        more.writestr("notes.json", "[\n]\n")
    assert refused(out.getvalue()) == "export.strange"


def squeezed(name: str, content: bytes) -> bytes:
    """Return a zip with a file that grows a thousandfold."""
    out = io.BytesIO(zipped([entry()]))
    kept = {}
    with zipfile.ZipFile(out) as old:
        kept = {each: old.read(each) for each in old.namelist() if each != name}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each, text in (kept | {name: content}).items():
            new.writestr(each, text)
    return out.getvalue()


@pytest.mark.parametrize("name", ["manifest.json", "notes.json"])
def test_a_file_that_grows_beyond_all_measure_is_refused(name: str) -> None:
    assert refused(squeezed(name, b"[\n" + b" " * 20_000_000)) == "export.large"
    assert refused(squeezed(name, b"\n" * 20_000_000)).startswith("export.")


def test_a_manifest_of_many_short_lines_is_bounded_too() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("manifest.json", b" \n" * 9_000_000)
    assert refused(out.getvalue()) == "export.large"


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(squeezed("notes.json", b"[\n" + b" " * 3_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as packed:
        place = packed.getinfo("notes.json").header_offset
    struct.pack_into("<L", content, place + 22, 10)
    central = content.rfind(b"notes.json") - 46
    struct.pack_into("<L", content, central + 24, 10)
    assert refused(bytes(content)).startswith("export.")


def test_more_files_than_ours_have_are_not_even_listed() -> None:
    end = struct.Struct("<4s4H2LH")
    assert (
        refused(b"x" * 100 + end.pack(b"PK\5\6", 0, 0, 65_535, 65_535, 9, 0, 0)) == "export.large"
    )
    large = b"PK\6\7" + bytes(16) + end.pack(b"PK\5\6", 0, 0, 1, 1, 9, 0, 0)
    assert refused(b"x" * 100 + large) == "export.large"
    assert refused(end.pack(b"PK\5\6", 0, 0, 9, 9, 2**25, 0, 0)) == "export.large"


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(ZIPPED)
    for sign, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := content.find(sign, at + 1)) >= 0:
            content[at + place] |= 1
    assert refused(bytes(content)) == "export.not_zip"


MANIFEST = json.loads(zipfile.ZipFile(io.BytesIO(ZIPPED)).read("manifest.json"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"what": "diary"}, "export.foreign"),
        ({"version": 2}, "export.newer"),
        ({"version": "1"}, "export.damaged"),
        ({"version": 0}, "export.damaged"),
        ({"rows": {"notes": 1, "drawings": 2}}, "export.newer"),
        ({"rows": {"notes": 2}}, "export.damaged"),
        ({"rows": {"notes": 0}}, "export.damaged"),
        ({"rows": {"notes": True}}, "export.damaged"),
        ({"rows": []}, "export.damaged"),
        ({"person": None}, "export.damaged"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(change: dict[str, object], code: str) -> None:
    assert refused(repacked({"manifest.json": written(MANIFEST | change)})) == code


@pytest.mark.parametrize(
    "rows",
    [
        *(
            b"[\n]\n",
            b'[\n{"body":1}\n]\n\n',
            b"",
            b"[\n",
            b"{}\n",
            b"[\n5\n]\n",
            b"[\n{}\n]\n",
            b"[\n{}\n]\n]\n",
            b"[[[[[[[[[",
        ),
        *(b'[\n{"body": 1, "body.text": "x"}\n]\n', b'[\n{"body.text": 1}\n]\n'),
        *(b'[\n{"body.base64": "?"}\n]\n', b'[\n{"a":1,"a":2,"body":1}\n]\n'),
        *(b'[\n{"body": NaN}\n]\n', b'[\n{"body": "\\ud800"}\n]\n', b"[\n\xff\n]\n"),
        b'[\n{"body": ' + b"[" * 50 + b"]" * 50 + b"}\n]\n",
        b'[\n{"body": ' + b"[" * 99_999 + b"]" * 99_999 + b"}\n]\n",
    ],
)
def test_rows_that_are_none_are_refused(rows: bytes) -> None:
    assert refused(repacked({"notes.json": rows})) == "export.damaged"


@pytest.mark.parametrize("name", ["manifest.json", "notes.json"])
def test_a_copy_with_a_file_missing_is_refused(name: str, tmp_path: Path) -> None:
    code = "export.foreign" if name == "manifest.json" else "export.damaged"
    assert refused(repacked({name: None})) == code
    in_folder(tmp_path, [entry()])
    (tmp_path / name).unlink()
    with pytest.raises(InputError) as refusal:
        taken(FolderSource(tmp_path))
    assert refusal.value.code == code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links.")
def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "copy").mkdir()
    in_folder(tmp_path / "copy", [entry()])
    (tmp_path / "copy/notes.json").rename(elsewhere)
    (tmp_path / "copy/notes.json").symlink_to(elsewhere)
    with pytest.raises(InputError):
        taken(FolderSource(tmp_path / "copy"))
    (tmp_path / "copy/notes.json").unlink()
    (tmp_path / "copy/notes.json").mkdir()
    with pytest.raises(InputError):
        taken(FolderSource(tmp_path / "copy"))


def test_a_folder_larger_than_any_of_ours_is_refused(tmp_path: Path) -> None:
    in_folder(tmp_path, [entry()])
    os.truncate(tmp_path / "notes.json", 2**30)
    with pytest.raises(InputError):
        taken(FolderSource(tmp_path))
    with pytest.raises(InputError) as refusal:
        list(sources._bounded(io.BytesIO(b"a\n" * 10), 16, 19))
    assert refusal.value.code == "export.large"


def test_a_zip_comes_piece_by_piece() -> None:
    def notes() -> Iterator[Entry]:
        for number in range(1, 200):
            seen.append(number)
            yield entry(number, body=written({"text": random_.randbytes(4000).hex()}))

    seen: list[int] = []
    random_ = random.Random(5)  # noqa: S311 - what does not shrink.
    made = Export({"notes": notes}, person=PERSON, made_at="", program="")
    pieces = zip_of(made.files(), AT)
    assert len(next(pieces)) < 100_000
    assert len(seen) < 50
    whole = b"".join(pieces)
    assert len(seen) == 2 * 199
    assert whole
