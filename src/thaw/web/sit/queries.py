"""What the page of a sitting shows, and the log of sittings, as plain values.

A sitting that plays has an address that only its session knows. Its row in the log has an id of
its own, ``sat_id``; what comes afterwards goes by that: ``/after/SAT``. It is there from the
begin on, the row itself only once something was heard, read or tapped.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from thaw.practice.captions import transcript, webvtt
from thaw.practice.drawing import Drawing, draw
from thaw.practice.plan import Plan, spoken
from thaw.units import DamageError, Samples, seconds_of
from thaw.web import sealed
from thaw.web.house import House
from thaw.web.ids import new_id
from thaw.web.sealed import DamagedRow, Row, Seat
from thaw.web.shelf.plans import strokes_json
from thaw.web.sit.addresses import DOWNLOADS, after_url, audio_url, sources_of
from thaw.web.sit.body import Body, body_of, practice_of
from thaw.web.sit.models import Sat
from thaw.web.sit.phrases import KINDS, Kind
from thaw.web.sit.sittings import Offer, Revision, Sitting, Told
from thaw.web.sound import SILENT


@dataclass(frozen=True, slots=True)
class Download:
    """A file one can keep."""

    label: str
    url: str
    ext: str


@dataclass(frozen=True, slots=True)
class SittingPage:
    """A sitting as its page needs it.

    Attributes:
        revision: The number of what it holds.
        heard_s: How much was heard of it before; a player that begins again counts on from there.
        kinds: The responses behind *something else*.
        tap: A fresh id, for a form without scripts.
        answer, sentence, offers: What was said to the tap of such a form.
        after_url: Where one goes once it is over.
    """

    id: str
    practice: str
    title: str
    revision: int
    sources: list[dict[str, str]]
    total_s: float
    drawing: Drawing
    captions_url: str
    transcript_url: str
    cues: list[dict[str, object]]
    closing_s: float | None
    downloads: tuple[Download, ...]
    audible: str
    is_words: bool
    heard_s: float
    how: str
    after_url: str
    kinds: tuple[Kind, ...] = KINDS
    tap: UUID = field(default_factory=new_id)
    answer: tuple[str, ...] = ()
    sentence: str = ""
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class SatEntry:
    """A sitting of the log.

    Attributes:
        id: Its row's, and that of the pages after it.
        day: The local date on which it began.
        at: When it was first kept, a few seconds after it began.
        body: All that the log says of it.
    """

    id: UUID
    day: date
    at: datetime
    body: Body = field(repr=False)

    @property
    def minutes(self) -> float:
        """How long was sat."""
        return self.body.sat_s / 60

    @property
    def inward_minutes(self) -> float:
        """How much of it was turned inward."""
        return self.body.inward_s / 60

    @property
    def kinds(self) -> tuple[str, ...]:
        """The responses, in order."""
        return tuple(tap.kind for tap in self.body.responses)


def sat_of(seat: Seat, since: date) -> tuple[SatEntry, ...]:
    """Return the sittings since a day, newest first; one that is damaged is left out.

    Raises:
        LockedError: The key is not at hand.
    """
    found = sealed.rows_of(Sat, seat, day__gte=since)
    return tuple(entry for row in found if (entry := _entry_or_none(row)) is not None)


def last_days(seat: Seat) -> dict[str, date]:
    """Return the last day on which each practice was sat, by its id; what is damaged is left out.

    Raises:
        LockedError: The key is not at hand.
    """
    days: dict[str, date] = {}
    for row in sealed.rows_of(Sat, seat, order=("day",)):
        day = row.clear["day"] if isinstance(row, Row) else None
        if isinstance(row, Row) and isinstance(day, date):
            with suppress(DamageError):
                days[practice_of(row.fields["body"])] = day
    return days


def sat(seat: Seat, id_: UUID) -> SatEntry:
    """Return a sitting of the log.

    Raises:
        AccessError: It is not there, or not this person's.
        DamageError: It is no longer as it was written.
        LockedError: The key is not at hand.
    """
    return entry_of(sealed.row_of(Sat, seat, id_))


def entry_of(row: Row) -> SatEntry:
    """Return an entry of the log, opened.

    Raises:
        DamageError: It is no longer as it was written.
    """
    day = row.clear["day"]
    if not isinstance(day, date):
        raise TypeError("A sitting's day is a date.")
    return SatEntry(row.id, day, row.created_at, body_of(row.fields["body"]))


def _entry_or_none(row: Row | DamagedRow) -> SatEntry | None:
    if isinstance(row, DamagedRow):
        return None
    try:
        return entry_of(row)
    except DamageError:
        return None


def page_of(sitting: Sitting, told: Told | None = None) -> SittingPage:
    """Return a sitting's page, with what was ``told`` to a tap of it."""
    held = sitting.held
    words = [sitting.id, held.number]
    return SittingPage(
        id=sitting.id,
        practice=held.plan.practice,
        title=held.plan.title,
        revision=held.number,
        sources=sources_of(sitting, held),
        total_s=seconds_of(held.plan.total),
        drawing=draw(held.plan),
        captions_url=reverse("captions", args=words),
        transcript_url=reverse("transcript", args=words),
        cues=cues_of(held.plan),
        closing_s=closing_of(held.plan),
        downloads=_downloads(sitting, held),
        audible=held.audible,
        is_words=held.plan.voice == SILENT,
        heard_s=sitting.listened.sat_s,
        how=sitting.listened.how,
        after_url=after_url(sitting),
        answer=told.answer if told else (),
        sentence=told.sentence if told else "",
        offers=told.offers if told else (),
    )


def revision_json(sitting: Sitting, revision: Revision, switch: Samples) -> dict[str, object]:
    """Return a state of a sitting, and from where on it differs, for the player."""
    drawing = draw(revision.plan)
    words = [sitting.id, revision.number]
    return {
        "revision": revision.number,
        "sources": sources_of(sitting, revision),
        "switch_s": seconds_of(switch),
        "total_s": seconds_of(revision.plan.total),
        "cues": cues_of(revision.plan),
        "closing_s": closing_of(revision.plan),
        "captions_url": reverse("captions", args=words),
        "transcript_url": reverse("transcript", args=words),
        "audible": revision.audible,
        "view_box": drawing.view_box,
        "strokes": strokes_json(drawing),
        "words": drawing.words,
    }


def held_json(sitting: Sitting, switch: Samples) -> dict[str, object]:
    """Return what a sitting holds, for the player."""
    return revision_json(sitting, sitting.held, switch)


def told_json(sitting: Sitting, told: Told) -> dict[str, object]:
    """Return what was said to a tap, and the state that follows it, for the player."""
    revision = sitting.revision(told.revision)
    return {
        **revision_json(sitting, revision, told.switch),
        "tap": str(told.tap),
        "changes": told.changes,
        "base": told.base,
        "answer": list(told.answer),
        "is_spoken": told.is_spoken,
        "offers": [{"kind": offer.kind, "label": offer.label} for offer in told.offers],
        "sentence": told.sentence,
    }


def cues_of(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "start_s": seconds_of(event.start),
            "end_s": seconds_of(event.end),
            "text": spoken(event.text),
            "section": event.section,
        }
        for event in plan.lines()
    ]


def closing_of(plan: Plan) -> float | None:
    """Return where the way back begins, in seconds."""
    return next((seconds_of(event.start) for event in plan.events if event.closing), None)


def captions_of(house: House, sitting: str, session: str, revision: int) -> str:
    return webvtt(house.sittings.sitting(sitting, session).revision(revision).plan)


def transcript_of(house: House, sitting: str, session: str, revision: int) -> str:
    return transcript(house.sittings.sitting(sitting, session).revision(revision).plan)


def _downloads(sitting: Sitting, revision: Revision) -> tuple[Download, ...]:
    return tuple(
        Download(label, f"{audio_url(sitting, revision, container)}?download=1", container)
        for container, label in DOWNLOADS.items()
    )
