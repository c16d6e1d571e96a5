"""Writing to a terminal, or to what stands in for one."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


def tell(sentence: str) -> None:
    """Say on standard error what is wrong, or what a person should know."""
    click.echo(sentence, err=True)


def table_console() -> "Console":
    """Return where tables are printed: as wide as the terminal, or as wide as they need."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


_WIDE = 400
"""Columns for tables that go to a file or a pipe, so that no word is cut."""
