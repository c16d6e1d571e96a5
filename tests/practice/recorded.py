"""Texts of the practice language beside the plans that they make (``examples/``).

Each ``.json`` holds sittings: choices, perhaps taps (after how many seconds, which response), and
what comes of them with ``--voice none``. After a
change that is meant, ``python -m tests.practice.recorded`` writes them anew, for the author
of the change to read line by line.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.practice.answers import ANSWERS
from tests.practice.words import WORDS
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices
from thaw.practice.read import read_practice
from thaw.practice.respond import Context, respond
from thaw.units import InputError, samples_of

FOLDER = Path(__file__).parent / "examples"
TEXTS = sorted(FOLDER.glob("*.md"))

# What JSON holds can be anything; each use below says what it expects.
Json = Mapping[str, Any]


def sittings_of(text: Path) -> list[Json]:
    """Return the sittings recorded for a text."""
    sittings: list[Json] = json.loads(text.with_suffix(".json").read_text(encoding="utf-8"))
    return sittings


def asked_in(sitting: Json) -> Json:
    """Return what was chosen and tapped in a sitting."""
    return {key: sitting[key] for key in ("choices", "responses") if key in sitting}


def come_of(text: Path, sitting: Json) -> Json:
    """Return what comes of choices and taps: a plan with its origin, or an error."""
    choices = sitting["choices"]
    practice = read_practice(text.read_text(encoding="utf-8"), file=text.name, words=WORDS)
    avoid = tuple(choices.get("avoid", ()))
    try:
        plan = compose(
            practice, Choices(**{**choices, "avoid": avoid}), words=WORDS, lengths=length_at
        )
    except InputError as error:
        return {"error": error.code, "message": error.message}
    replies = []
    context = Context(practice, ANSWERS, WORDS, length_at)
    for seconds, kind in sitting.get("responses", ()):
        reply = respond(plan, samples_of(seconds), kind, context)
        replies.append({"spoken": reply.is_spoken, "switch": reply.switch, "lines": reply.answer})
        plan = reply.plan
    origin = plan.origin
    return {
        **({"replies": json.loads(json.dumps(replies))} if replies else {}),
        "link": origin.link,
        "rest_cap": origin.rest_cap,
        "posture": origin.choices.posture,
        "anchor": origin.choices.anchor,
        "variants": [list(variant) for variant in origin.variants],
        "notices": list(origin.notices),
        "plan": plan.as_json(),
    }


def _printed(value: object, indent: str = "") -> str:
    """Return JSON with one row for each thing that holds no other things."""
    deeper = indent + " "
    if isinstance(value, dict) and any(isinstance(part, dict | list) for part in value.values()):
        rows = (f"{json.dumps(key)}: {_printed(part, deeper)}" for key, part in value.items())
        return "{\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        rows = (_printed(part, deeper) for part in value)
        return "[\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}]"
    return json.dumps(value)


def main() -> None:
    """Write what comes of every sitting recorded."""
    for text in TEXTS:
        sittings = [
            {**asked_in(sitting), **come_of(text, sitting)} for sitting in sittings_of(text)
        ]
        text.with_suffix(".json").write_text(_printed(sittings) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
