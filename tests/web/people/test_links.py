"""Links: each lets one browser in, once, soon after it was made."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaw.units import SettingError
from thaw.web.people.links import (
    LIFE_S,
    LINKS,
    RUNNING,
    Links,
    lay,
    new_token,
    running,
    take_back,
    tell_ended,
    tell_running,
)

NOON = 1_800_000_000.0


def laid(data: Path) -> str:
    """Make a link at noon and return its token."""
    token = new_token()
    lay(data, token)
    for file in (data / LINKS).iterdir():
        os.utime(file, (NOON, NOON))
    return token


def links_at(data: Path, seconds: float) -> Links:
    """Return the links as they are so long after noon."""
    return Links(data, lambda: NOON + seconds)


def test_a_link_works_once(tmp_path: Path) -> None:
    links, token = links_at(tmp_path, 1), laid(tmp_path)
    assert [links.holds(token), links.take(token)] == [True, True]
    assert [links.holds(token), links.take(token)] == [False, False]
    assert list((tmp_path / LINKS).iterdir()) == []


@pytest.mark.parametrize(
    ("seconds", "is_good"), [(0, True), (LIFE_S - 1, True), (LIFE_S, False), (-LIFE_S, False)]
)
def test_a_link_works_for_ten_minutes(tmp_path: Path, seconds: float, is_good: bool) -> None:
    links, token = links_at(tmp_path, seconds), laid(tmp_path)
    assert links.holds(token) is is_good
    assert links.take(token) is is_good
    assert not links_at(tmp_path, 1).take(token)


def test_of_many_who_open_a_link_at_once_one_is_let_in(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in range(20):
            token = laid(tmp_path)
            each = [links_at(tmp_path, 1) for _ in range(8)]
            assert sum(pool.map(lambda links, token=token: links.take(token), each)) == 1


def test_the_folder_holds_no_token(tmp_path: Path) -> None:
    token = laid(tmp_path)
    (file,) = (tmp_path / LINKS).iterdir()
    assert token not in file.name
    assert file.read_bytes() == b""
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / LINKS).stat().st_mode & 0o777 == 0o700
    assert not links_at(tmp_path, 1).take(file.name)


@given(st.text(max_size=80))
def test_no_made_up_token_opens_or_breaks_anything(token: str) -> None:
    links = Links(Path("/nowhere"))
    assert not links.holds(token)
    assert not links.take(token)


def test_a_server_that_can_write_nothing_keeps_its_own_links_in_memory(tmp_path: Path) -> None:
    links = links_at(tmp_path / "not-there", 0)
    token = links.make()
    assert links.holds(token)
    assert [links.take(token), links.take(token)] == [True, False]
    later = links.make()
    links.close()
    assert not links.holds(later)


def test_nobody_else_can_make_one_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as refused:
        lay(tmp_path / "not-there", new_token())
    assert refused.value.code == "link.not_made"


def test_what_was_never_opened_is_taken_away(tmp_path: Path) -> None:
    old = laid(tmp_path)
    links_at(tmp_path, 1).forget_old()
    assert links_at(tmp_path, 1).holds(old)
    links_at(tmp_path, LIFE_S).forget_old()
    assert list((tmp_path / LINKS).iterdir()) == []
    links_at(tmp_path / "not-there", 0).forget_old()


def test_the_links_of_a_server_end_with_it_and_others_do_not(tmp_path: Path) -> None:
    links, other = Links(tmp_path), new_token()
    lay(tmp_path, other)
    mine = links.make()
    links.close()
    assert [links.holds(mine), links.holds(other)] == [False, True]
    take_back(tmp_path, other)
    take_back(tmp_path, other)
    assert not links.holds(other)


def test_a_server_tells_where_it_is_until_it_ends(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    tell_running(tmp_path, 8500)
    told = running(tmp_path)
    assert told
    assert (told.port, told.pid) == (8500, os.getpid())
    assert (tmp_path / RUNNING).stat().st_mode & 0o777 == 0o600
    tell_ended(tmp_path)
    assert running(tmp_path) is None


def test_a_server_takes_back_only_what_it_told(tmp_path: Path) -> None:
    (tmp_path / RUNNING).write_text('{"port": 8500, "pid": 1}')
    tell_ended(tmp_path)
    assert running(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"port": "x", "pid": 1}', '{"pid": 1}', "\xff"])
def test_what_is_damaged_tells_of_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / RUNNING).write_text(text, "utf-8")
    assert running(tmp_path) is None


def test_a_folder_that_takes_no_writing_is_told_nothing(tmp_path: Path) -> None:
    tell_running(tmp_path / "not-there", 8500)
    tell_ended(tmp_path / "not-there")
