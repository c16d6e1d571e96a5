"""Rules on time: R08 (silence), R09 (length), R17 (how much is said)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from thaw.practice.pace import count_words
from thaw.practice.parts import Rest
from thaw.practice.rules.rule import Finding, Rule
from thaw.practice.rules.script import Script
from thaw.practice.rules.wording import Said, Wording, suits
from thaw.units import SAMPLE_RATE

_LONGEST_REST_S: Final = 90
_LONG_REST_S: Final = 15
_LONGEST_MIN: Final = 20
_WORDS_A_MINUTE: Final = (20, 95)

_QUIET: Final = re.compile(r"\b(?:quiet|silences?|pauses?)\b", re.IGNORECASE)


def judge_silence(script: Script) -> Iterator[Finding]:
    """Yield rests above 90 s, and a rest that may exceed 15 s before any word of quiet (R08)."""
    for _, item in script.items:
        if isinstance(item, Rest) and item.most > _LONGEST_REST_S:
            yield Finding(
                item.place,
                f"This rest may last {item.most:g} s.",
                f"Let it last {_LONGEST_REST_S} s at most, and say something between.",
            )
    for posture in script.postures:
        for level in range(script.practice.level, 4):
            if rest := _first_unannounced(script, posture, level):
                yield Finding(
                    rest.place,
                    f"This rest may last {rest.most:g} s, and no line before it says that it will"
                    f" be quiet ({posture}).",
                    "Say it first: “There will be some quiet between my words.”",
                )


def _first_unannounced(script: Script, posture: str, level: int) -> Rest | None:
    """Return the first long rest that comes before any announcement of quiet, or None."""
    for section, item in script.items:
        if section.when.level > level or not suits(section.when, posture):
            continue
        if isinstance(item, Rest) and item.most > _LONG_REST_S:
            return item
        if isinstance(item, Said) and _announces(item.heard(posture, level)):
            return None
    return None


def _announces(wordings: Sequence[Wording]) -> bool:
    """Return whether each of the wordings, of which one is heard, says that there is quiet."""
    return bool(wordings) and all(_QUIET.search(wording.text) for wording in wordings)


def judge_length(script: Script) -> Iterator[Finding]:
    """Yield where ``most`` is above 20 minutes (R09)."""
    most = script.practice.minutes.most
    if most > _LONGEST_MIN:
        yield Finding(
            script.key("minutes"),
            f"It may last {most} minutes, and nobody is there to look after the person.",
            f"Offer {_LONGEST_MIN} minutes at most.",
        )


def judge_pace(script: Script) -> Iterator[Finding]:
    """Yield sittings with too few or too many words for their length (R17).

    The pace while speaking is the person's choice; ``--voice none`` keeps to 115 words a minute.
    """
    fewest, most = _WORDS_A_MINUTE
    for sitting in script.sittings:
        words = sum(count_words(event.text) for event in sitting.plan.lines())
        pace = words * 60 * SAMPLE_RATE / sitting.plan.total
        if not fewest <= pace <= most:
            yield Finding(
                script.key("minutes"),
                f"{pace:.0f} words a minute in {sitting.name}; {fewest} to {most} are good.",
                "Say more in long sittings (each, from), or let short ones rest more.",
            )


RULES: Final = (
    Rule("R08", "error", "Silence is announced and bounded", judge_silence),
    Rule("R09", "warning", "Twenty minutes at most", judge_length),
    Rule("R17", "warning", "Neither crowded nor empty", judge_pace),
)
