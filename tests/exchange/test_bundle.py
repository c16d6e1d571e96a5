"""A backup's file: what opens it, and that nothing but the whole of it ever does."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.backups import CODE, KEY, PASSPHRASE, QUICK, backup, head_of, rows
from thaw.exchange import bundle
from thaw.exchange.bundle import FRAME, MAGIC, MOST_HEAD, PREFIX, Head, Kind, Seal, write_bundle
from thaw.exchange.opening import Bundle, open_with_code, open_with_passphrase, read_head
from thaw.exchange.plain import written
from thaw.units import DamageError, InputError
from thaw.vault.keys import new_data_key
from thaw.vault.recovery import new_code
from thaw.vault.seal import open_sealed
from thaw.vault.stretch import Cost


def refused(content: bytes) -> str:
    """Return with which code a backup is refused, looked at as a restore does."""
    with pytest.raises(InputError) as refusal:
        Bundle(BytesIO(content), KEY).check()
    assert refusal.value.message.endswith(".")
    assert refusal.value.status == 422
    return refusal.value.code


def parts_of(content: bytes) -> tuple[bytes, list[bytes]]:
    """Return what stands before the parts, and each part with its frame."""
    place = len(MAGIC) + PREFIX.size + PREFIX.unpack_from(content, len(MAGIC))[1]
    head, parts = content[:place], []
    while place < len(content):
        end = place + FRAME.size + FRAME.unpack_from(content, place)[1]
        parts.append(content[place:end])
        place = end
    return head, parts


def test_what_was_written_is_read_back_in_order() -> None:
    many = rows(4000, text="words ")
    made = Bundle(BytesIO(backup(many)), KEY)
    counts = made.check()
    assert counts.rows == {"people_person": 1, "write_note": 4000}
    assert counts.parts > 5
    assert list(made.rows()) == [(table, dict(row)) for table, row in many]
    assert made.about == {"epoch": 1}
    assert made.head.person == head_of().person


def test_a_backup_of_nothing_is_a_backup() -> None:
    assert Bundle(BytesIO(backup([])), KEY).check().rows == {}


def test_it_opens_by_passphrase_and_by_code_alone() -> None:
    head = read_head(BytesIO(backup()))
    assert open_with_passphrase(head, PASSPHRASE, least=QUICK) == KEY
    assert open_with_code(head, CODE) == KEY


def test_wrong_words_open_nothing() -> None:
    head = head_of()
    with pytest.raises(InputError, match="not the passphrase"):
        open_with_passphrase(head, "another one entirely", least=QUICK)
    with pytest.raises(InputError) as refusal:
        open_with_code(head, new_code())
    assert refusal.value.code == "vault.wrong_code"


def test_a_lock_that_it_does_not_have_is_named() -> None:
    head = head_of(passphrase=False)
    with pytest.raises(InputError) as refusal:
        open_with_passphrase(head, PASSPHRASE, least=QUICK)
    assert refusal.value.code == "backup.no_passphrase"
    only = Head(head.id, head.person, head.made_at, head_of().locks[:1])
    with pytest.raises(InputError) as refusal:
        open_with_code(only, CODE)
    assert refusal.value.code == "backup.no_code"


def test_a_lock_weaker_than_ours_or_damaged_is_not_tried() -> None:
    head = head_of()
    with pytest.raises(InputError) as refusal:
        open_with_passphrase(head, PASSPHRASE, least=Cost.OWN)
    assert refusal.value.code == "backup.damaged"
    turned = [
        type(lock)(lock.kind, lock.wrap[:40] + bytes([lock.wrap[40] ^ 1]) + lock.wrap[41:], "")
        for lock in head.locks
    ]
    broken = Head(head.id, head.person, head.made_at, tuple(turned))
    with pytest.raises(InputError, match="damaged"):
        open_with_code(broken, CODE)


def test_another_key_opens_no_part() -> None:
    with pytest.raises(InputError):
        Bundle(BytesIO(backup()), new_data_key())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and so on", b"thaw", b"SQLite format 3\0"])
def test_a_file_of_another_kind_is_named_so(content: bytes) -> None:
    assert refused(content) in ("backup.foreign", "backup.cut_off")
    assert (refused(content) == "backup.cut_off") == (content == b"thaw")


def test_a_backup_of_a_newer_thaw_is_named_so() -> None:
    assert refused(MAGIC + PREFIX.pack(2, 10) + b"{}") == "backup.newer"


@pytest.mark.parametrize("place", [len(MAGIC), len(MAGIC) + 3, len(MAGIC) + 50])
def test_a_backup_that_ends_in_its_head_is_cut_off(place: int) -> None:
    assert refused(backup()[:place]) == "backup.cut_off"


def test_a_head_that_is_too_large_is_not_read() -> None:
    assert refused(MAGIC + PREFIX.pack(1, MOST_HEAD + 1)) == "backup.damaged"


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"id": 1, "person": "x", "made_at": "x", "locks": []},
        {"id": "x", "person": "x", "made_at": "x", "locks": [{"kind": "luck", "wrap": ""}]},
        {"id": "x", "person": "x", "made_at": "x", "locks": [{"kind": "recovery", "wrap": "?"}]},
    ],
)
def test_a_head_without_sense_is_damaged(told: object) -> None:
    raw = written(told)
    assert refused(MAGIC + PREFIX.pack(1, len(raw)) + raw) == "backup.damaged"


def test_a_part_too_large_to_be_one_is_not_read() -> None:
    head, _ = parts_of(backup())
    assert refused(head + struct.pack(">BI", 2, 2**32 - 1)) == "backup.damaged"


def test_nothing_is_taken_out_turned_round_doubled_or_added_unnoticed() -> None:
    head, parts = parts_of(backup(rows(6000)))
    assert len(parts) > 4
    for number in range(len(parts)):
        assert refused(head + b"".join(parts[:number] + parts[number + 1 :])).startswith("backup.")
        assert refused(head + b"".join(parts[:number])) == "backup.cut_off"
        assert refused(head + b"".join(parts[: number + 1] * 2)) == "backup.damaged"
    turned = [parts[0], parts[2], parts[1], *parts[3:]]
    assert refused(head + b"".join(turned)) == "backup.damaged"
    assert refused(head + b"".join(parts) + b"x") == "backup.damaged"


def test_parts_of_two_backups_of_one_person_do_not_mix() -> None:
    one, other = (parts_of(backup(head=head_of(id_=id_ * 32))) for id_ in "ab")
    assert refused(one[0] + b"".join([one[1][0], other[1][1], *one[1][2:]])) == "backup.damaged"
    assert refused(other[0] + b"".join(one[1])) == "backup.damaged"


def test_a_lock_cannot_be_changed_for_another() -> None:
    _, parts = parts_of(backup())
    elsewhere = head_of(passphrase=False).in_bytes()
    assert refused(elsewhere + b"".join(parts)) == "backup.damaged"


@given(st.data())
def test_no_cut_and_no_turned_bit_passes(data: st.DataObject) -> None:
    whole = SMALL
    place = data.draw(st.integers(0, len(whole) - 1))
    assert refused(whole[:place]) in ("backup.cut_off", "backup.foreign", "backup.damaged")
    bit = data.draw(st.integers(0, 7))
    turned = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
    assert refused(turned).startswith("backup.")


SMALL = backup(rows(1))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_a_sentence(content: bytes) -> None:
    assert refused(content).startswith("backup.")
    assert refused(SMALL[:-10] + content).startswith("backup.")


def test_a_part_that_opens_and_holds_no_rows_is_damaged() -> None:
    out = BytesIO()
    write_bundle(out, head_of(), KEY, {}, [(1, {})])  # type: ignore[list-item] # On purpose.
    assert refused(out.getvalue()) == "backup.damaged"


def test_no_word_shows_in_a_backup() -> None:
    content = backup(rows(5, text="canary"))
    assert b"canary" not in content
    assert b"write_note" not in content


def test_a_backup_that_nothing_would_open_is_not_written() -> None:
    head = head_of()
    with pytest.raises(ValueError, match="locks"):
        write_bundle(BytesIO(), Head(head.id, head.person, head.made_at, ()), KEY, {}, [])


def test_its_parts_are_no_fields() -> None:
    head, parts = parts_of(backup())
    where = Seal.of(KEY, head_of().person, head).where(Kind.ABOUT, 0)
    with pytest.raises(DamageError):
        open_sealed(KEY, parts[0][FRAME.size :], where)


def forged(*parts: tuple[Kind, object]) -> bytes:
    """Return a backup with these parts, sealed as its person would."""
    out = BytesIO()
    raw = head_of().in_bytes()
    out.write(raw)
    by = Seal.of(KEY, head_of().person, raw)
    for number, (kind, value) in enumerate(parts):
        bundle._put(out, by, kind, number, written(value))
    return out.getvalue()


END = {"rows": {}, "parts": 2}


@pytest.mark.parametrize(
    "parts",
    [
        [(Kind.END, {"rows": {}, "parts": 1})],
        [(Kind.ROWS, ["a", {}]), (Kind.END, END)],
        [(Kind.ABOUT, {}), (Kind.ABOUT, {}), (Kind.END, {"rows": {}, "parts": 3})],
        [(Kind.ABOUT, []), (Kind.END, END)],
        [(Kind.ABOUT, {}), (Kind.END, {"rows": {"a": 1}, "parts": 2})],
        [(Kind.ABOUT, {}), (Kind.END, {"rows": {}, "parts": 3})],
        [(Kind.ABOUT, {}), (Kind.END, {"rows": [], "parts": 2})],
        [(Kind.ABOUT, {}), (Kind.END, {"parts": 2})],
        [(Kind.ABOUT, {}), (Kind.END, [])],
    ],
)
def test_parts_that_open_and_make_no_backup_are_refused(parts: list[tuple[Kind, object]]) -> None:
    assert refused(forged(*parts)) == "backup.damaged"
    assert Bundle(BytesIO(forged((Kind.ABOUT, {}), (Kind.END, END))), KEY).check().parts == 2


def test_a_row_larger_than_any_part_is_not_written() -> None:
    with pytest.raises(ValueError, match="larger"):
        backup([("write_note", {"body": "x" * bundle.MOST_PLAIN})])
