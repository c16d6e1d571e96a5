"""``thaw export``: everything as files that anyone can read."""

from pathlib import Path

import click

from thaw.cli.asking import Words, takes_words
from thaw.cli.store import entries, now, opened_store
from thaw.cli.terminal import tell


@click.command(short_help="Write everything as files that anyone can read.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@takes_words
def export(folder: Path, passphrase_from: Path | None, code_from: Path | None) -> None:
    """Write everything you keep in Thaw into the new folder DIR, as JSON and Markdown.

    These files have no lock: whoever has them can read them.

    \b
    Example:
      thaw export ~/my-notes
    """
    with opened_store(Words(passphrase_from, code_from)) as seat:
        from thaw.web.take.exports import export_to

        made = export_to(folder.absolute(), seat, now())
    count = sum(made.rows.values())
    click.echo(f"{folder} holds {entries(count)}, open to whoever has the folder.")
    for lost in made.lost:
        tell(f"This is damaged and could not be read: {lost.in_words()}")
