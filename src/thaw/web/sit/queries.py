"""What the page of a sitting shows, as plain values."""

from dataclasses import dataclass

from django.urls import reverse

from thaw.practice.captions import transcript, webvtt
from thaw.practice.drawing import Drawing, draw
from thaw.practice.plan import Plan, spoken
from thaw.units import Samples, seconds_of
from thaw.web.house import House
from thaw.web.shelf.plans import strokes_json
from thaw.web.sit.addresses import DOWNLOADS, audio_url, sources_of
from thaw.web.sit.sittings import Revision, Sitting
from thaw.web.sound import SILENT


@dataclass(frozen=True, slots=True)
class Download:
    """A file one can keep."""

    label: str
    url: str
    ext: str


@dataclass(frozen=True, slots=True)
class SittingPage:
    """A sitting as its page needs it."""

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


def page_of(sitting: Sitting) -> SittingPage:
    latest = sitting.latest
    words = [sitting.id, latest.number]
    return SittingPage(
        id=sitting.id,
        practice=latest.plan.practice,
        title=latest.plan.title,
        revision=latest.number,
        sources=sources_of(sitting, latest),
        total_s=seconds_of(latest.plan.total),
        drawing=draw(latest.plan),
        captions_url=reverse("captions", args=words),
        transcript_url=reverse("transcript", args=words),
        cues=cues_of(latest.plan),
        closing_s=closing_of(latest.plan),
        downloads=_downloads(sitting, latest),
        audible=latest.audible,
        is_words=latest.plan.voice == SILENT,
    )


def revision_json(sitting: Sitting, switch: Samples) -> dict[str, object]:
    """Return the latest state of a sitting, and from where on it differs, for the player."""
    latest = sitting.latest
    drawing = draw(latest.plan)
    return {
        "revision": latest.number,
        "sources": sources_of(sitting, latest),
        "switch_s": seconds_of(switch),
        "total_s": seconds_of(latest.plan.total),
        "cues": cues_of(latest.plan),
        "closing_s": closing_of(latest.plan),
        "captions_url": reverse("captions", args=[sitting.id, latest.number]),
        "audible": latest.audible,
        "view_box": drawing.view_box,
        "strokes": strokes_json(drawing),
        "words": drawing.words,
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
