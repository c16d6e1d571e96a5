"""``thaw import``: a copy that ``thaw export`` or the page made, taken in."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaw.cli.asking import Words, takes_words
from thaw.cli.store import opened_store
from thaw.units import InputError

if TYPE_CHECKING:
    from thaw.exchange.sources import Source


@click.command("import", short_help="Take in what was exported.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@takes_words
def import_(folder: Path, passphrase_from: Path | None, code_from: Path | None) -> None:
    """Take in DIR, a folder that 'thaw export' wrote, or a zip that the page gave.

    What is here already stays as it is. An entry that is here with other words stands beside the
    one from DIR afterwards. Taken in twice, it is there once.

    \b
    Example:
      thaw import ~/my-notes
    """
    with ExitStack() as open_until_the_end:
        source = _source_of(folder, open_until_the_end)
        seat = open_until_the_end.enter_context(opened_store(Words(passphrase_from, code_from)))
        from thaw.web.take.imports import take_in

        done = take_in(seat, source)
    click.echo(
        f"{done.new} new, {done.same} here already, {done.both} here with other words and now "
        "there twice."
    )


def _source_of(path: Path, open_until_the_end: ExitStack) -> "Source":
    from thaw.exchange.sources import FolderSource, ZipSource

    if path.is_dir():
        return FolderSource(path)
    try:
        return ZipSource(open_until_the_end.enter_context(path.open("rb")))
    except OSError:
        raise InputError("file.not_there", f"{path} cannot be opened. Is the name right?") from None
