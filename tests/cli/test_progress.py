"""A bar for whoever watches, and nothing for a pipe."""

import io
import sys

import pytest

from thaw.cli.progress import shown_progress


class Terminal(io.StringIO):
    """A stream that a person reads as it is written."""

    def isatty(self) -> bool:
        return True


def written_to(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with shown_progress("Voicing") as progress:
        for done in range(5):
            progress(done, 4)
    return stream.getvalue()


def test_a_terminal_shows_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert "Voicing" in written_to(Terminal(), monkeypatch)


def test_colours_are_left_out_where_nobody_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in written_to(Terminal(), monkeypatch)


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written_to(io.StringIO(), monkeypatch) == ""
