"""Writing to a terminal, or to what stands in for one."""

import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console


def complain(sentence: str) -> None:
    """Say on standard error what is wrong and what to do."""
    click.echo(sentence, err=True)


def note(sentence: str) -> None:
    """Say on standard error what a person should know."""
    click.echo(sentence, err=True)


def table_console() -> "Console":
    """Return where tables are printed: as wide as the terminal, or as wide as they need."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


_WIDE = 400
"""Columns for tables that go to a file or a pipe, so that no word is cut."""


def is_terminal(stream: TextIO) -> bool:
    """Return whether a person reads ``stream`` as it is written."""
    return stream.isatty()
