"""Rules on choice: R01 (early), R04 (few orders), R06 ("nothing" is an answer), R10 (ways out)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from thaw.practice.english import are_near, sentences_of
from thaw.practice.pace import count_words
from thaw.practice.rules.rule import Finding, Rule
from thaw.practice.rules.script import Script
from thaw.practice.rules.sitting import Sitting
from thaw.practice.rules.theme import is_bodily, is_emotional, is_grounding
from thaw.practice.ways import is_way_out
from thaw.units import SAMPLE_RATE, Samples, clock_of

_CHOICE: Final = re.compile(
    r"\b(?:you (?:can|could|may|might)|if you'?d like|if you would like|if you like|whenever you|"
    r"or (?:you )?(?:can|could|might)|another option|if it suits you|perhaps|as you wish|"
    r"either is)\b",
    re.IGNORECASE,
)
_INVITATION: Final = re.compile(
    rf"{_CHOICE.pattern}|\b(?:if you(?:'d| would)? (?:wish|want|prefer|rather)|"
    r"if (?:it|that) (?:helps|suits)|maybe|or not|when you(?:'re| are) ready)\b",
    re.IGNORECASE,
)
_STOP: Final = re.compile(r"\b(?:stop|pause|end|leave|step away)\b", re.IGNORECASE)

_EARLY_WORDS: Final = 80
_EARLY: Final = Samples(60 * SAMPLE_RATE)
_STRETCH_MIN: Final = {1: 3, 2: 4, 3: 5}
"""How many minutes may pass without a way out, by level."""

_ORDER: Final = re.compile(
    r"\W*(?:(?:and|or|now|then|so|next|again|gently|slowly|softly|simply|just|please|also|once "
    r"more)\b[\s,]*)*"
    r"(?:do not|don't|(?:allow|become|begin|breathe|bring|choose|close|come|count|draw|drop|"
    r"exhale|feel|find|focus|follow|give|go|hear|hold|imagine|inhale|invite|keep|let|lie|lift|"
    r"listen|look|lower|move|name|notice|observe|open|pay|picture|place|press|put|raise|relax|"
    r"release|remain|remember|repeat|rest|return|roll|say|scan|see|send|sense|shake|sink|sit|"
    r"soften|stand|start|stay|stop|stretch|take|think|touch|try|turn|visuali[sz]e|walk|watch)"
    r"(?!\s+(?:is|are|was|were|has|have|had|can|could|may|might|will|would|does|do|counts?|"
    r"comes?|goes?)\b))\b(?!-)",
    re.IGNORECASE,
)
"""A sentence that begins with a plain order ("Now close the eyes"), not "Rest is fine"."""

_NOTHING: Final = re.compile(r"\b(?:nothing|numb|not sure|blank|neutral)\b", re.IGNORECASE)
_FINE: Final = re.compile(r"\b(?:fine|okay|ok|welcome|counts?|enough)\b", re.IGNORECASE)

_Texts = tuple[str, ...]
"""All that one line may say in a posture."""


def judge_early_choice(script: Script) -> Iterator[Finding]:
    """Yield where the first 60 s or 80 words lack two choices, or leave to stop (R01)."""
    for opening in _openings(script):
        if sum(min(len(_CHOICE.findall(text)) for text in texts) for texts in opening) < 2:
            yield Finding(
                script.top,
                "The first minute offers fewer than two choices.",
                "Name at least two: “you could sit or stand”, “the eyes can close, if you like”.",
            )
        if not any(all(map(_STOP.search, texts)) for texts in opening):
            yield Finding(
                script.top,
                "The first minute does not say that one may stop.",
                "Say it early: “you can stop at any time”.",
            )


def _openings(script: Script) -> Iterator[Sequence[_Texts]]:
    """Yield the opening of every sitting; where none can be made, of every posture."""
    for sitting in script.sittings:
        texts = [moment.texts for moment in sitting.moments]
        in_time = sum(moment.event.start < _EARLY for moment in sitting.moments)
        yield texts[: max(in_time, _first_words(texts))]
    if not script.sittings:
        for posture in script.postures:
            texts = [heard.texts for heard in script.heard[posture]]
            yield texts[: _first_words(texts)]


def _first_words(lines: Iterable[_Texts]) -> int:
    """Return how many lines begin within the first words."""
    words = lines_begun = 0
    for texts in lines:
        if words >= _EARLY_WORDS:
            break
        words += max(map(count_words, texts))
        lines_begun += 1
    return lines_begun


def judge_orders(script: Script) -> Iterator[Finding]:
    """Yield where more than a quarter of the sentences are plain orders (R04).

    The closing and grounding practices are spared: someone far away needs plain direction.
    """
    if is_grounding(script):
        return
    sentences = [
        (wording, start, end)
        for section, wording in script.each_variant()
        if not section.closing
        for start, end in sentences_of(wording.text)
    ]
    orders = [each for each in sentences if is_order(each[0].text[each[1] : each[2]])]
    if len(orders) > len(sentences) / 4:
        wording, start, end = orders[0]
        yield Finding(
            wording.place(start),
            f"{len(orders)} of {len(sentences)} sentences are plain orders, as is"
            f" “{wording.text[start:end]}”",
            "Turn most of them into offers: “you could”, “perhaps”, “if you like”.",
            "error" if len(orders) > len(sentences) / 2 else "warning",
        )


def is_order(sentence: str) -> bool:
    """Return whether a sentence begins with a plain order and offers no choice."""
    is_question = sentence.rstrip("\"'\u201d\u2019)").endswith("?")
    return bool(_ORDER.match(sentence)) and not is_question and not _INVITATION.search(sentence)


def judge_nothing(script: Script) -> Iterator[Finding]:
    """Yield where no line says that feeling nothing is an answer, too (R06)."""
    if not (is_emotional(script) or is_bodily(script)):
        return
    for posture in script.postures:
        lines = [heard.texts for heard in script.heard[posture]]
        following = [*lines[1:], ()]
        if not any(map(_welcomes_nothing, lines, following)):
            yield Finding(
                script.top,
                f"No line says that nothing, or being numb, is fine ({posture}).",
                "Say it once: “Something, nothing, or not sure. All of these count.”",
            )


def _welcomes_nothing(texts: _Texts, following: _Texts) -> bool:
    """Return whether a line says so in every wording, if need be with the line after it."""
    return all(
        are_near(text, _NOTHING, _FINE, within=15)
        or (
            bool(following and (_NOTHING.search(text) or _FINE.search(text)))
            and all(are_near(f"{text} {then}", _NOTHING, _FINE, within=15) for then in following)
        )
        for text in texts
    )


def judge_ways_out(script: Script) -> Iterator[Finding]:
    """Yield where too long a time passes without a way out (R10).

    A way out with which the way back begins counts for the last third, however early it comes:
    what follows it is the way out.
    """
    limit = _STRETCH_MIN[script.practice.level]
    for sitting in script.sittings:
        yield from _judge_sitting(script, sitting, limit)
    texts = (wording.text for wording in script.wordings())
    if not script.sittings and not any(map(is_way_out, texts)):
        yield Finding(script.top, "No line offers a way out.", _WAY_OUT_HINT)


_WAY_OUT_HINT: Final = "Put [leave] there, or a line such as “You can stop here”."


def _judge_sitting(script: Script, sitting: Sitting, limit: int) -> Iterator[Finding]:
    ways_out = [moment.event for moment in sitting.moments if moment.is_way_out]
    begin = Samples(0)
    for start, end in [*((e.start, e.end) for e in ways_out), (sitting.plan.total,) * 2]:
        if start - begin > limit * 60 * SAMPLE_RATE:
            yield Finding(
                sitting.place_at(Samples(begin + limit * 60 * SAMPLE_RATE), script.top),
                f"{clock_of(start - begin)} pass without a way out, {limit} minutes is the limit"
                f" (from {clock_of(begin)} in {sitting.name}).",
                _WAY_OUT_HINT,
            )
        begin = end
    last_third = Samples(sitting.plan.total * 2 // 3)
    if not any(event.start >= last_third or event.closing for event in ways_out):
        yield Finding(
            sitting.place_at(last_third, script.top),
            f"The last third has no way out ({sitting.name}).",
            "Put [leave] late, or begin the way back with a line such as “You can let this end”.",
        )


RULES: Final = (
    Rule("R01", "error", "Choice from the start", judge_early_choice),
    Rule("R04", "warning", "Offers, not orders", judge_orders),
    Rule("R06", "error", "Nothing is an answer", judge_nothing),
    Rule("R10", "error", "A way out, again and again", judge_ways_out),
)
