"""Ranges of bytes, after RFC 9110."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.web.audio.ranges import Part, UnsatisfiableError, is_same, names, part_of

SIZE = 1000
SIZES = st.integers(1, 10**12)


@given(SIZES, st.data())
def test_a_range_inside_is_answered_whole(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size - 1))
    assert part_of(f"bytes={first}-{last}", size) == Part(first, last + 1)


@given(SIZES, st.data(), st.integers(0, 10**12))
def test_a_range_beyond_the_end_is_cut_at_the_end(
    size: int, data: st.DataObject, more: int
) -> None:
    first = data.draw(st.integers(0, size - 1))
    assert part_of(f"bytes={first}-{size + more}", size) == Part(first, size)
    assert part_of(f"bytes={first}-", size) == Part(first, size)


@given(SIZES, st.integers(1, 10**12))
def test_a_suffix_is_the_last_bytes(size: int, length: int) -> None:
    assert part_of(f"bytes=-{length}", size) == Part(max(0, size - length), size)


@given(SIZES, st.integers(0, 10**12), st.integers(0, 10**5))
def test_a_range_wholly_beyond_the_end_cannot_be_satisfied(
    size: int, more: int, length: int
) -> None:
    with pytest.raises(UnsatisfiableError):
        part_of(f"bytes={size + more}-{size + more + length}", size)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_range_that_ends_before_it_begins_is_as_if_it_were_not_there(
    last: int, more: int
) -> None:
    assert part_of(f"bytes={last + more}-{last}", SIZE) is None


@given(st.text(max_size=60), SIZES)
def test_no_header_breaks_it_or_leads_outside(header: str, size: int) -> None:
    for tried in (header, f"bytes={header}"):
        try:
            part = part_of(tried, size)
        except UnsatisfiableError:
            continue
        assert part is None or 0 <= part.start < part.stop <= size


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=0-1,5-6",
        "lines=0-1",
        "bytes=a-b",
        "bytes=0x1-0x2",
        "bytes=--1",
        "bytes=1--",
        "bytes=\u0660-\u0669",
        f"bytes=0-{'9' * 40}",
        "bytes = 0-1",
    ],
)
def test_what_is_no_single_range_of_bytes_means_all(header: str | None) -> None:
    assert part_of(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=0-9", "BYTES=0-9", " bytes=0-9 ", "bytes= 0-9"])
def test_case_and_blanks_around_do_not_matter(header: str) -> None:
    assert part_of(header, SIZE) == Part(0, 10)


@pytest.mark.parametrize(("header", "size"), [("bytes=-0", SIZE), ("bytes=-5", 0), ("bytes=0-", 0)])
def test_a_range_of_nothing_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableError):
        part_of(header, size)


def test_if_range_holds_for_the_strong_tag_alone() -> None:
    assert is_same(' "abc" ', '"abc"')
    assert not is_same('W/"abc"', '"abc"')
    assert not is_same("Sun, 22 Nov 2026 08:00:00 GMT", '"abc"')


def test_a_list_of_tags_names_ours() -> None:
    assert names('"x", "abc"', '"abc"', weak=False)
    assert names("*", '"abc"', weak=False)
    assert names('W/"abc"', '"abc"', weak=True)
    assert not names('W/"abc"', '"abc"', weak=False)
    assert not names('"x"', '"abc"', weak=True)
