"""Taking along, bringing back and erasing, from a page."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, BinaryIO

from thaw.exchange.opening import Bundle, read_head
from thaw.exchange.sources import ZipSource
from thaw.units import InputError, OutsideError
from thaw.vault.keys import DataKey
from thaw.web.house import House
from thaw.web.intake import nameless_file
from thaw.web.people import keyring, offers, sessions
from thaw.web.people.lock import end_each
from thaw.web.people.models import Person, Session
from thaw.web.people.offers import WAITING as PASSPHRASES_WAITING
from thaw.web.people.proof import Proof, key_of_backup
from thaw.web.people.seats import Seat
from thaw.web.sealed import key_of
from thaw.web.take import backups, codes, erasing, exports, imports, restoring
from thaw.web.take.imports import TakenIn
from thaw.web.take.queries import WAITING, offer_of
from thaw.web.take.restoring import Restored


def backup(house: House, seat: Seat) -> IO[bytes]:
    """Return a backup, opened again and whole, in a file that is gone once it is closed.

    Raises:
        InputError: ``backup.no_lock``.
    """
    file = nameless_file(house.data)
    try:
        key = key_of(seat)
        made = backups.make(_binary(file), seat.person_id, key, house.idle.clocks.now())
        backups.check(_binary(file), key, made)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def offer_code(house: House, seat: Seat) -> None:
    """Make a recovery code for backups ready; it counts once two of its words were typed back.

    Raises:
        InputError: ``backup.code_in_page``: there is a passphrase, and its code opens backups.
    """
    if keyring.has_passphrase(seat.person_id):
        raise InputError(
            "backup.code_in_page",
            "With a passphrase, a new recovery code is made on the page Privacy.",
        )
    now = house.idle.clocks.now()
    WAITING.put(seat.session, offers.offer_code(seat.person_id, key_of(seat), now))


def accept_code(house: House, seat: Seat, words: tuple[str, str]) -> None:
    """Let the code that was shown open the backups to come.

    Raises:
        InputError: ``recovery.not_these`` or ``recovery.no_offer``.
        FullError: Nothing can be kept now.
    """
    offer = offer_of(house, seat)
    offer.check_words(words)
    codes.keep_code(offer.code, seat.person_id, offer.new, house.idle.clocks.now())
    WAITING.forget(seat.session)


def export(house: House, seat: Seat) -> Iterator[bytes]:
    """Return the pieces of a zip that anyone can read."""
    return exports.export_zip(seat, house.idle.clocks.now())


def take_in(seat: Seat, file: BinaryIO) -> TakenIn:
    """Keep what a zip of ours brings."""
    return imports.take_in(seat, ZipSource(file))


def restore(
    house: House, seat: Seat, file: BinaryIO, opener: Proof, *, replace: bool
) -> tuple[Restored, str]:
    """Put a backup in the place of what is here; return it, and a token for a new session.

    Raises:
        InputError: The backup is not whole, or not opened; ``restore.not_empty``.
        FullError, OutsideError: The disk does not take it.
    """
    if restoring.has_entries(seat.person_id) and not replace:
        raise restoring.not_empty("Say below that this is meant.")
    bundle = Bundle(file, _key_in(file, opener, house))
    before = _sessions_of(seat)
    done = restoring.restore_here(house.data, seat.person_id, bundle)
    _forget(before)
    return done, sessions.begin(done.person_id, bundle.key, house.idle.clocks.now())


def erase(house: House, seat: Seat) -> bool:
    """Erase everything of a person; return whether nothing is left to do at the next start.

    Raises:
        FullError, OutsideError: Nothing was erased.
    """
    before = _sessions_of(seat)
    try:
        erasing.erase(house.data, seat.person_id)
        is_done = True
    except (OSError, OutsideError):
        if Person.objects.filter(id=seat.person_id).exists():
            raise
        is_done = False
    _forget(before)
    with suppress(OutsideError):  # Else it is made at the next start.
        keyring.first_person(house.data)
    return is_done


def _key_in(file: BinaryIO, opener: Proof, house: House) -> DataKey:
    head = read_head(file)
    if opener.is_empty:
        raise InputError(
            "take.no_words", "Type the passphrase of the backup, or its recovery code."
        )
    return key_of_backup(head, opener, cost=house.cost)


def _sessions_of(seat: Seat) -> list[str]:
    found = Session.objects.filter(person_id=seat.person_id)
    return [seat.session, *found.values_list("id_hash", flat=True)]


def _forget(names: list[str]) -> None:
    """Let nothing of these sessions stay in memory either."""
    end_each(names)
    forgetting: Callable[[str], None]
    for forgetting in (WAITING.forget, PASSPHRASES_WAITING.forget):
        for name in names:
            forgetting(name)


def _binary(file: IO[bytes]) -> BinaryIO:
    # What tempfile gives on POSIX is one; elsewhere it is a wrapper that does as much.
    return file  # type: ignore[return-value]
