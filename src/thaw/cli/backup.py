"""``thaw backup``: everything in one file that only its owner opens."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaw.cli.asking import Words, is_terminal, show_code, takes_words
from thaw.cli.files import check_target, written_whole
from thaw.cli.store import entries, now, opened_store
from thaw.cli.terminal import tell
from thaw.units import InputError

if TYPE_CHECKING:
    from thaw.exchange.bundle import Lock
    from thaw.vault.keys import DataKey
    from thaw.web.people.seats import Seat
    from thaw.web.take.backups import Made


@click.command(short_help="Write everything into one sealed file.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--overwrite", is_flag=True, help="Write over a file that is there.")
@click.option("--new-code", is_flag=True, help="Make another recovery code for backups.")
@click.option(
    "--code-to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="NEW",
    help="Write a new recovery code into a file instead of asking it back.",
)
@takes_words
def backup(
    file: Path,
    overwrite: bool,
    new_code: bool,
    code_to: Path | None,
    passphrase_from: Path | None,
    code_from: Path | None,
) -> None:
    """Write everything you keep in Thaw into FILE, sealed, also while Thaw runs.

    It opens with your passphrase or your recovery code. Without a passphrase, a recovery code is
    made first and asked back. The file is opened again and counted before this says it is done.

    \b
    Example:
      thaw backup ~/backups/november.bin
    """
    check_target(file)
    if code_to is not None:
        check_target(code_to)
        if code_to.exists():
            raise InputError("file.exists", f"{code_to} is there already. Name a new file.")
    with opened_store(Words(passphrase_from, code_from)) as seat:
        from thaw.web.take.backups import make_file

        assert seat.key is not None  # noqa: S101 - The store was opened with it.
        lock = _new_lock(seat, seat.key, code_to, is_wanted=new_code)
        made = make_file(
            file.absolute(), seat.person_id, seat.key, now(), lock, overwrite=overwrite
        )
    _say(file, made)


def _new_lock(
    seat: "Seat", key: "DataKey", code_to: Path | None, *, is_wanted: bool
) -> "Lock | None":
    """Make a recovery code where nothing would open the backup, or another one is wanted."""
    from thaw.vault.recovery import new_code
    from thaw.web.people.keyring import has_passphrase
    from thaw.web.take import codes

    if not is_wanted and codes.locks_of(seat.person_id, key):
        return None
    if has_passphrase(seat.person_id):
        raise InputError(
            "backup.code_in_page",
            "With a passphrase, a new recovery code is made in Thaw itself: Me, then Privacy.",
        )
    if code_to is None and not is_terminal():
        raise InputError(
            "backup.no_terminal",
            "Without a passphrase a backup needs a recovery code, and there is no terminal to show "
            "it on. Use --code-to NEW to have it written into a file.",
        )
    code = new_code()
    if code_to is None:
        show_code(code)
    else:
        _write_words(code_to, code.words)
    codes.try_to_keep_code(code, seat.person_id, key, now())
    return codes.lock_with(code, seat.person_id, key, now())


def _write_words(path: Path, words: tuple[str, ...]) -> None:
    with written_whole(path, [" ".join(words).encode() + b"\n"]):
        pass
    path.chmod(0o600)


def _say(file: Path, made: "Made") -> None:
    from thaw.exchange.bundle import LockKind

    by = {LockKind.PASSPHRASE: "your passphrase", LockKind.RECOVERY: "the recovery code"}
    opens = " or ".join(by[kind] for kind in made.locks)
    click.echo(
        f"{file} holds {entries(made.entries)}. It was opened again and is whole. It opens with "
        f"{opens}."
    )
    if made.damaged:
        tell(f"{entries(made.damaged)} can no longer be read; the backup has them as they are.")
    if made.unreadable:
        tell(f"{made.unreadable} rows are damaged beyond reading and are not in the backup.")
