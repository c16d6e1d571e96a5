"""What a person wrote, as a text that any editor shows well."""

from collections.abc import Mapping
from datetime import date

from thaw.exchange.plain import Plain

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_words(day: date) -> str:
    """Return a day as people write it: ``22 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def note_as_markdown(day: date, body: Mapping[str, Plain]) -> str:
    """Return a note: its day, its words, and below them what else was said about it.

    Args:
        day: The day it belongs to.
        body: What is sealed of it, as JSON has it; what is missing is left out.
    """
    text = str(body.get("text") or "").strip("\n")
    if body.get("kind") == "nothing" and not text:
        text = "Nothing today."
    parts = [f"# {day_in_words(day)}", text, "\n".join(_said_about(body))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _said_about(body: Mapping[str, Plain]) -> list[str]:
    tags = body.get("tags")
    sat = body.get("sitting")
    said = {
        "Word": body.get("word"),
        "Colour": body.get("colour"),
        "Tags": ", ".join(map(str, tags)) if isinstance(tags, list) else "",
        "Sat": _sat(sat) if isinstance(sat, dict) else "",
    }
    return [f"- {name}: {value}" for name, value in said.items() if value]


def _sat(sat: Mapping[str, Plain]) -> str:
    return f"{sat.get('practice')}, {sat.get('minutes')} minutes"
