"""Captions and transcript of a plan, for who reads rather than hears, or both."""

import re
from html import escape

from thaw.practice.plan import Plan, spoken
from thaw.units import SAMPLE_RATE, clock_of

_EMPHASIS = re.compile(r"\*([^*]+)\*")
_NOTED_REST = 5 * SAMPLE_RATE
"""A rest as long as this is named in the transcript."""


def webvtt(plan: Plan) -> str:
    """Return the lines of ``plan`` as WebVTT (W3C), a cue each, emphasis as ``<i>``."""
    cues = [
        f"{number}\n{_timestamp(line.start)} --> {_timestamp(line.end)}\n{_marked(line.text)}\n"
        for number, line in enumerate(plan.lines(), start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def transcript(plan: Plan) -> str:
    """Return ``plan`` as plain text: sections, times, lines, bells and the longer rests."""
    rows: list[str] = [plan.title]
    section = None
    for event in plan.events:
        if event.section != section:
            section = event.section
            rows += ["", section, ""]
        if event.kind == "rest":
            if event.length >= _NOTED_REST:
                rows.append(f"      (quiet, {round(event.length / SAMPLE_RATE)} seconds)")
        elif event.kind == "bell":
            rows.append(f"{clock_of(event.start):>5} (bell)")
        else:
            rows.append(f"{clock_of(event.start):>5} {spoken(event.text)}")
    return "\n".join(rows) + "\n"


def _timestamp(samples: int) -> str:
    milliseconds = samples * 1000 // SAMPLE_RATE
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"


def _marked(text: str) -> str:
    return _EMPHASIS.sub(r"<i>\1</i>", escape(text, quote=False)).replace("*", "")
