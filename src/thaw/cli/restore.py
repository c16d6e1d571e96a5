"""``thaw restore``: everything of a backup, put back."""

from pathlib import Path

import click

from thaw.cli.asking import Words, takes_words
from thaw.cli.folders import data_folder
from thaw.cli.store import entries, set_up
from thaw.units import InputError


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
    from thaw.web.people.proof import Proof, key_of_backup
    from thaw.web.take import restoring

    words = Words(passphrase_from, code_from)
    data = data_folder()
    try:
        source = file.open("rb")
    except OSError:
        raise InputError("file.not_there", f"{file} cannot be opened. Is the name right?") from None
    with source, alone_in(data):
        done = restoring.restore(
            data, source, lambda head: key_of_backup(head, Proof(*words.given())), replace=replace
        )
    verb = "is" if done.entries == 1 else "are"
    click.echo(f"{entries(done.entries)} {verb} back. Start Thaw with the command thaw.")
    if done.aside:
        click.echo(f"What was here before lies in {done.aside}.")
