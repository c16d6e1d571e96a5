"""``thaw restore``: everything of a backup, put back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaw.cli.asking import Words, takes_words
from thaw.cli.folders import data_folder
from thaw.cli.store import set_up
from thaw.units import InputError

if TYPE_CHECKING:
    from thaw.exchange.bundle import Head
    from thaw.vault.keys import DataKey


@click.command(short_help="Put a backup back.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--replace", is_flag=True, help="Put what is here now aside.")
@takes_words
def restore(
    file: Path, replace: bool, passphrase_from: Path | None, code_from: Path | None
) -> None:
    """Put everything of the backup FILE back, with its passphrase or its recovery code.

    Thaw must not run meanwhile. The whole backup is looked through before anything is changed;
    what is here is kept aside, and only with --replace.

    \b
    Example:
      thaw restore ~/backups/november.bin
    """
    set_up()
    from thaw.web.folder import alone_in
    from thaw.web.take import restoring

    words = Words(passphrase_from, code_from)
    data = data_folder()
    try:
        source = file.open("rb")
    except OSError:
        raise InputError("file.not_there", f"{file} cannot be opened. Is the name right?") from None
    with source, alone_in(data):
        done = restoring.restore(data, source, lambda head: _key_of(head, words), replace=replace)
    count = "1 entry is" if done.entries == 1 else f"{done.entries} entries are"
    click.echo(f"{count} back. Start Thaw with the command thaw.")
    if done.aside:
        click.echo(f"What was here before lies in {done.aside}.")


def _key_of(head: "Head", words: Words) -> "DataKey":
    from thaw.exchange.opening import open_with_code, open_with_passphrase
    from thaw.vault.recovery import parse
    from thaw.vault.stretch import Cost

    passphrase, code = words.given()
    if code:
        return open_with_code(head, parse(code))
    return open_with_passphrase(head, passphrase, least=Cost.OWN)
