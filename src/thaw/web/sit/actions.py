"""What a person can do in a sitting, and say of it afterwards."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from thaw.practice.answers import END, STOP
from thaw.practice.compose import lines_of
from thaw.practice.ending import closing_of
from thaw.practice.listening import lines_of_answers
from thaw.practice.parts import Practice
from thaw.practice.plan import Plan
from thaw.units import Samples, ThawError, samples_of
from thaw.web.checkin.queries import latest_today
from thaw.web.house import House
from thaw.web.own import Own
from thaw.web.people.seats import Seat
from thaw.web.sit import log
from thaw.web.sit.answering import Given, answered, answered_in_writing
from thaw.web.sit.body import After, Body, Felt, How, checked
from thaw.web.sit.crediting import Report, began, credited, ending, with_listened
from thaw.web.sit.queries import SatEntry, entry_of
from thaw.web.sit.sittings import Sitting, Texts, Told
from thaw.web.sound import Audible
from thaw.web.write.days import local_day

_ENDS: dict[str, How] = {END: "gently", STOP: "stopped"}


def begin(
    house: House, session: str, practice: Practice, plan: Plan, own: Own | None = None
) -> Sitting:
    """Keep a sitting of ``plan``, and have what may be answered in it voiced from now on.

    ``own`` are the lines with words that the person gave; they are gone with the sitting.
    """
    texts = Texts(practice, house.words, house.shelf.answers)
    sitting = house.sittings.begin(session, plan, texts, own=own)
    _voice_answers(house, sitting)
    return sitting


def respond(house: House, seat: Seat, name: str, given: Given) -> tuple[Sitting, Told]:
    """Answer a tap; what it changes is held once the player took it, an end at once.

    The log has it in this moment. Where the store takes nothing, the answer is given all the
    same, and ``hear_of`` tries again, and says so.

    Raises:
        AccessError: ``sitting.unknown``.
        InputError: As ``answered``; nothing is changed then.
    """
    return _told(house, seat, name, given, lambda sitting: answered(house, sitting, given))


def note_tap(house: House, seat: Seat, name: str, given: Given) -> tuple[Sitting, Told]:
    """Answer a tap of a page without scripts, in writing: its sound cannot change while it plays.

    An end is the close alone, from its start. Otherwise as ``respond``.
    """

    def change(sitting: Sitting) -> Sitting:
        noted = answered_in_writing(house, sitting, given)
        return _closed(house, noted) if given.kind == END else noted

    return _told(house, seat, name, given, change)


def take(house: House, seat: Seat, name: str, revision: int) -> Sitting:
    """Hold what the player has taken; said twice, it is held once.

    Raises:
        AccessError: ``sitting.unknown``.
        OtherRevisionError: It was superseded.
    """
    return house.sittings.change(name, seat.session, lambda sitting: sitting.taking(revision))


def hear_of(house: House, seat: Seat, name: str, report: Report) -> Sitting:
    """Credit what was heard until now, and keep it in the log.

    Raises:
        AccessError: ``sitting.unknown``.
        FullError, LockedError, DamageError: As ``thaw.web.sealed``; the next report tries again.
    """

    def change(sitting: Sitting) -> Sitting:
        passed_s = house.sittings.passed_s(sitting)
        return replace(sitting, listened=credited(sitting, report, passed_s))

    sitting = house.sittings.change(name, seat.session, change)
    _voice_answers(house, sitting)
    _log(seat, sitting)
    return sitting


def close(house: House, seat: Seat, name: str) -> Sitting:
    """Make the close alone what is played, from its start."""
    return house.sittings.change(name, seat.session, lambda sitting: _closed(house, sitting))


def hear(house: House, seat: Seat, name: str, audible: Audible) -> Sitting:
    """Choose what is heard: all, bells or nothing. The length stays."""
    return house.sittings.change(
        name, seat.session, lambda sitting: sitting.holding(sitting.held.plan, audible)
    )


def note_after(
    seat: Seat,
    id_: UUID,
    *,
    felt: Felt | None = None,
    note: UUID | None = None,
    checkin: UUID | None = None,
    unwelcome: tuple[str, ...] | None = None,
) -> SatEntry:
    """Note in the log how it was afterwards; what is None stays as it stands.

    Args:
        seat: Whose log.
        id_: The sitting's ``sat_id``.
        felt: How it was.
        note: A note that was written then.
        checkin: A check-in then.
        unwelcome: What unwelcome came, by its kinds; empty for "no".

    Raises:
        InputError: ``sat.wrong``: more, or longer, than the log holds.
        AccessError: There is no such sitting, or it is not this person's.
        FullError, LockedError, DamageError: As ``thaw.web.sealed``.
    """

    def change(body: Body) -> Body:
        was = body.after
        after = After(felt or was.felt, note or was.note, checkin or was.checkin)
        said = body.unwelcome if unwelcome is None else unwelcome
        return checked(replace(body, after=after, unwelcome=said))

    return entry_of(log.alter(seat, id_, change))


def _told(
    house: House, seat: Seat, name: str, given: Given, change: Callable[[Sitting], Sitting]
) -> tuple[Sitting, Told]:
    sitting = house.sittings.change(name, seat.session, lambda found: _ended(change(found), given))
    _voice_answers(house, sitting)
    with suppress(ThawError):
        _log(seat, sitting)
    return sitting, sitting.told_to(given.tap)


def _ended(sitting: Sitting, given: Given) -> Sitting:
    """Return a sitting whose log says how it ends, where a tap ends it."""
    if given.kind not in _ENDS or not sitting.told_to(given.tap).changes:
        return sitting
    how = ending(sitting.listened.how, _ENDS[given.kind])
    return replace(sitting, listened=replace(sitting.listened, how=how))


def _closed(house: House, sitting: Sitting) -> Sitting:
    held = sitting.held
    plans = [each.plan for each in (held, *reversed(sitting.history))]
    plan = next((plan for plan in plans if _has_closing(plan)), sitting.first)
    passed = samples_of(house.sittings.passed_s(sitting))
    before = Samples(held.before + min(passed, held.plan.total))
    return sitting.holding(closing_of(plan), held.audible, before)


def _has_closing(plan: Plan) -> bool:
    return any(event.closing for event in plan.events)


def _log(seat: Seat, sitting: Sitting) -> None:
    """Keep in the log what was heard and tapped; nothing where there was nothing yet."""
    listened = sitting.listened
    if listened.is_empty:
        return

    def first() -> Body:
        before = latest_today(seat)
        return replace(began(sitting), before=before.id if before else None)

    log.keep(
        seat,
        sitting.sat_id,
        _day_of(sitting),
        first,
        lambda body: with_listened(body, listened),
    )


def _day_of(sitting: Sitting) -> date:
    """Return the local date on which a sitting began: its id begins with the time."""
    return local_day(datetime.fromtimestamp((sitting.sat_id.int >> 80) / 1000, UTC))


def _voice_answers(house: House, sitting: Sitting) -> None:
    """Have voiced what may be answered, in the background; asked for again, the work goes on."""
    if not sitting.first.origin.choices.is_voiced:
        return
    known = _known_answers(house, sitting)
    if known is None:  # To look for them takes longer than a page should.
        house.booth.later(lambda: _ask_for(house, sitting, _find_answers(house, sitting)))
    else:
        _ask_for(house, sitting, known)


def _ask_for(house: House, sitting: Sitting, lines: tuple[str, ...]) -> None:
    choices, own = sitting.first.origin.choices, sitting.own
    shared = [line for line in lines if own is None or not own.holds(line)]
    house.booth.ask(choices.voice, choices.pace, shared, is_watched=False)
    theirs = [line for line in lines if own is not None and own.holds(line)]
    if theirs:
        house.booth.ask(choices.voice, choices.pace, theirs, is_watched=False, own=own)


def _known_answers(house: House, sitting: Sitting) -> tuple[str, ...] | None:
    # What holds words of a person is remembered with what is theirs, and nowhere else.
    return sitting.own.answers if sitting.own else house.lines.find(_key_of(sitting))


def _find_answers(house: House, sitting: Sitting) -> tuple[str, ...]:
    known = _known_answers(house, sitting)  # Someone may have looked meanwhile.
    if known is not None:
        return known
    texts, choices = sitting.texts, sitting.first.origin.choices
    lines = (
        *lines_of_answers(texts.practice, choices, texts.answers, texts.words),
        # What this length did not need, and another way to go on may.
        *lines_of(texts.practice, choices, words=texts.words),
    )
    if sitting.own is None:
        house.lines.keep(_key_of(sitting), lines, 1)
    elif not sitting.own.is_gone:
        sitting.own.answers = lines
    return lines


def _key_of(sitting: Sitting) -> str:
    practice, choices = sitting.texts.practice, sitting.first.origin.choices
    return repr(("answers", practice.id, practice.text_hash, choices))
