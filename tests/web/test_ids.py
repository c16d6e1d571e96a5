"""Ids as browsers make them: UUIDs of version 7."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.web.ids import id_at, id_or_new, new_id, row_of

# RFC 9562, appendix A.6: the example of a UUIDv7.
RFC_MILLISECONDS = 0x017F22E279B0
RFC_CHANCE = 0xCC3 << 62 | 0x18C4DC0C0C07398F


def test_the_example_of_the_rfc() -> None:
    made = id_at(RFC_MILLISECONDS, RFC_CHANCE)
    assert made == uuid.UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_every_id_is_of_version_7_and_begins_with_its_time(moment: int, chance: int) -> None:
    made = id_at(moment, chance)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == moment


def test_no_two_are_alike() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000


@pytest.mark.parametrize("sent", ["", "x", str(uuid.uuid4())])
def test_what_is_no_id_of_ours_becomes_a_new_one(sent: str) -> None:
    made = id_or_new(sent)
    assert made.version == 7
    assert str(made) != sent
    assert id_or_new(str(made)) == made


def test_a_form_names_a_row_and_its_version_or_it_is_no_form_of_ours() -> None:
    id_ = new_id()
    assert row_of(str(id_), "12") == (id_, 12)
    for wrong in (("", "12"), ("x", "12"), (str(id_), ""), (str(id_), "-1"), (str(id_), "1e3")):
        assert row_of(*wrong) is None
