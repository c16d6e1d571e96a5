"""Asking on a terminal for what opens a store or a backup; never where nobody could answer."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from thaw.units import InputError

if TYPE_CHECKING:
    from thaw.vault.recovery import RecoveryCode

F = TypeVar("F", bound=Callable[..., object])

_MOST = 4000
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Words:
    """Where the passphrase or the recovery code comes from: a file that was named, or a person."""

    passphrase_from: Path | None = None
    code_from: Path | None = None

    def given(self) -> tuple[str, str]:
        """Return a passphrase or a code; the other is empty.

        Raises:
            InputError: ``terminal.none``, or ``file.not_read``.
        """
        if self.passphrase_from is not None:
            return _text_of(self.passphrase_from).rstrip("\r\n"), ""
        if self.code_from is not None:
            return "", _text_of(self.code_from)
        if not is_terminal():
            raise InputError(
                "terminal.none",
                "This takes the passphrase or the recovery code, and there is no terminal to ask "
                "on. Use --passphrase-from FILE or --code-from FILE.",
            )
        passphrase = _asked("Passphrase (Enter alone to use the recovery code)", is_hidden=True)
        return (passphrase, "") if passphrase else ("", _asked("Recovery code"))


def takes_words(command: F) -> F:
    """Let a command be told where the passphrase or code stands."""
    kind = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
    code = click.option(
        "--code-from",
        type=kind,
        metavar="FILE",
        help="Read the recovery code from a file; - is standard input.",
    )
    passphrase = click.option(
        "--passphrase-from",
        type=kind,
        metavar="FILE",
        help="Read the passphrase from a file; - is standard input.",
    )
    return passphrase(code(command))


def is_terminal() -> bool:
    """Return whether there is someone to ask and to show something to."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def show_code(code: "RecoveryCode") -> None:
    """Show a new recovery code and go on once two of its words were typed back.

    Raises:
        InputError: ``recovery.not_these``: they were not, three times.
    """
    from thaw.vault.recovery import ask

    lines = (f"{place:>4}  {word}" for place, word in enumerate(code.words, 1))
    click.echo(
        "This recovery code opens the backup anywhere, without anything else. Write it on paper; "
        "it is not shown again.\n\n" + "\n".join(lines) + "\n",
        err=True,
    )
    _asked("Press Enter once it is on paper")
    click.clear()
    for _ in range(_TRIES):
        asked = ask()
        words = [_asked(f"Word {place}") for place in asked]
        if code.confirms(asked, words):
            return
        click.echo("That is not what stands there. Look at your paper again.", err=True)
    raise InputError(
        "recovery.not_these",
        "These were not the words that were asked, so no backup was made. Begin again.",
    )


def _asked(question: str, *, is_hidden: bool = False) -> str:
    answer = click.prompt(question, default="", show_default=False, hide_input=is_hidden, err=True)
    return str(answer)


def _text_of(path: Path) -> str:
    try:
        if str(path) == "-":
            return sys.stdin.read(_MOST)
        with path.open(encoding="utf-8") as file:
            return file.read(_MOST)
    except (OSError, UnicodeDecodeError):
        raise InputError(
            "file.not_read", f"{path} cannot be read as text. Name a file that holds the words."
        ) from None
