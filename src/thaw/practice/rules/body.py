"""Rules on the body: R02, R03, R07, R13, R14, R21 (eyes, posture, breath, areas, touch, moving)."""

import re
from collections.abc import Iterator, Sequence
from re import Pattern
from typing import Final

from thaw.practice.english import DENIAL, is_denied, words_between
from thaw.practice.parts import Place
from thaw.practice.rules.rule import Finding, Phrases, Rule
from thaw.practice.rules.script import Script
from thaw.practice.rules.theme import is_emotional
from thaw.practice.rules.wording import Said, Wording

MOST_LEVEL: Final = 3
MOVING: Final = frozenset({"walking", "moving"})


def _any(*patterns: str) -> Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_EYES_CLOSE: Final = _any(
    r"(?:close|shut) (?:your|the) eyes",
    r"eyes (?:are |stay |kept )?(?:closed|shut)",
    r"eyes? .{0,12}(?:close|closed|closing|fall shut)(?! (?:to|by|up|at hand)\b)",
)
_EYES_OPEN: Final = _any(
    r"or", r"keep", r"open(?:ed|ing|s)?", r"soft(?:en|ly)?", r"rest (?:them|your gaze|the gaze)"
)

_POSTURE_WORDS: Final = {
    "sitting": _any(r"sit", r"sitting", r"seated"),
    "standing": _any(r"stand", r"standing"),
    "lying": _any(
        r"(?:you|could|can|may|might|or|to|and|sit,|stand,) lie",
        r"lie (?:down|flat|back|on)",
        r"lying",
    ),
    "walking": _any(r"walk", r"walking"),
    "moving": _any(r"move", r"moving", r"sway", r"rock"),
}
"""How the text offers a posture: not "the hands lie in the lap"."""

_HELD_BREATH: Final = Phrases(
    _any(r"hold(?:ing)? (?:your|the|that|each|a) breath", r"breath[- ]hold(?:s|ing)?"),
    "“{words}” asks for a held breath.",
    "Let the breath go as it goes.",
    denied_by=DENIAL,
)
_DEEP_BREATH: Final = Phrases(
    _any(
        r"deep(?:er)?,? (?:\w+ )?(?:breath|in-breath|out-breath)(?:s|ing)?", r"breathe deep(?:ly)?"
    ),
    "“{words}” is too much for the first steps.",
    "Leave the breath as it is, or keep it for level 2 and above.",
    denied_by=DENIAL,
)
_COUNTING: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS: Final = {word: number for number, word in enumerate(_COUNTING.split())}
_NUMBER: Final = rf"(\d+|{'|'.join(_NUMBERS)})"
_IN_AND_OUT: Final = _any(
    rf"(?:in|inhale) (?:for|over|to) (?:a count of )?{_NUMBER}\b.{{0,40}}?"
    rf"\b(?:out|exhale) (?:for|over|to) (?:a count of )?{_NUMBER}"
)
_A_MINUTE: Final = _any(rf"{_NUMBER} breaths? (?:a|per|each|every) minute")
_SLOWEST_S: Final = 15
"""Seconds of one breath at four a minute."""

_AREAS: Final = _any(
    r"pelvi[sc]",
    r"chests?(?! (?:of drawers|pain))",
    r"throats?",
    r"mouths?(?! of (?:a|the) (?:river|stream|cave))",
    r"bell(?:y|ies)",
    r"stomach",
    r"abdomen",
    r"groin",
)
_SKIP: Final = _any(
    r"skip(?:ped)?",
    r"leav(?:e|ing) (?:\w+ )?(?:out|alone|aside)",
    r"left out",
    r"(?:pass|step|go|move) (?:it |them |this |that )?(?:by|past|over)",
    r"or (?:nowhere|somewhere else|anywhere|elsewhere|another|any other|no touch|leave|stay with)",
    r"or let (?:it|them|that|this) be",
    r"or (?:(?:on|to|with) )?(?:the |an? |your )?(?:other )?(?:hands?|feet|arms?|sounds?|legs?)",
    r"(?:you|could|can)\b[^.?!]*\bor not",
    r"if (?:it|that|this) (?:suits|is all right|is fine|feels|helps)",
    r"(?:if|as|unless) you(?:'d| would)? (?:like|want|wish|prefer|choose|rather)",
    r"instead",
    r"no need to",
)
_SCAN: Final = _any(
    r"body[- ]scan(?:s|ning)?",
    r"scan(?:ning)? (?:\w+ )?(?:the|your) (?:whole |entire )?body",
    r"head to (?:toes?|foot|feet)",
    r"toes? to (?:the )?head",
    r"(?:through|over|across|along|into) (?:the|your) (?:whole|entire) body",
    r"every part of (?:the|your) body",
    r"from (?:the top of )?(?:the|your) head .{0,20}(?:toes?|feet)",
)
# A section that names something of each leads through the whole body.
_REGIONS: Final = (
    _any(r"head", r"face", r"forehead", r"scalp", r"cheeks?", r"jaw"),
    _any(r"neck", r"shoulders?", r"arms?", r"hands?", r"fingers?"),
    _any(
        r"chest",
        r"belly",
        r"(?:(?:upper|lower|the|your) back)(?! of)",
        r"pelvis",
        r"torso",
        r"ribs?",
    ),
    _any(r"legs?", r"thighs?", r"knees?", r"calves", r"shins?", r"feet", r"toes?", r"soles?"),
)
_HAND: Final = _any(r"hands?", r"palms?")
_TENDER: Final = _any(r"chest(?! of drawers)", r"(?<!by )heart(?! of )", r"belly")
_ELSEWHERE: Final = _any(
    r"arms?",
    r"elbows?",
    r"shoulders?",
    r"other (?:hand|palm)",
    r"hands? together",
    r"each other",
    r"lap",
    r"knees?",
    r"legs?",
    r"thighs?",
    r"table",
    r"cushion",
    r"somewhere else",
    r"anywhere(?: else)?",
    r"another place",
)
_NO_TOUCH: Final = _any(
    r"nowhere",
    r"no touch",
    r"without (?:any )?touch(?:ing)?",
    r"not touch(?:ing)?",
    r"not at all",
    r"or not",
    r"or none",
    r"no hand",
    r"in the air",
    r"where (?:it is|they are)",
)


def judge_eyes(script: Script) -> Iterator[Finding]:
    """Yield closed eyes without open eyes to choose, in the same line or the next (R02)."""
    for at, said in enumerate(script.said):
        later = script.said[at + 1 :]
        for wording in said.wordings:
            for found in _EYES_CLOSE.finditer(wording.text):
                if not is_denied(wording.text, found.start(), DENIAL) and not all(
                    _may_stay_open(wording.text, found, _next_texts(later, posture))
                    for posture in script.postures
                    if wording.is_heard(posture, MOST_LEVEL)
                ):
                    yield Finding(
                        wording.place(found.start()),
                        f"“{found.group()}” leaves no choice to keep the eyes open.",
                        "Add one in this line or the next: “or keep them open, on one spot”.",
                    )


def _next_texts(later: Sequence[Said], posture: str) -> tuple[str, ...]:
    """Return all that the next line heard in ``posture`` may say."""
    for said in later:
        if heard := said.heard(posture, MOST_LEVEL):
            return tuple(wording.text for wording in heard)
    return ()


def _may_stay_open(text: str, closing: re.Match[str], following: Sequence[str]) -> bool:
    if _is_open_near(text, closing):
        return True
    return bool(following) and all(_is_open_near(f"{text} {then}", closing) for then in following)


def _is_open_near(text: str, closing: re.Match[str]) -> bool:
    return any(
        words_between(text, closing.span(), found.span()) < 25
        for found in _EYES_OPEN.finditer(text)
    )


def judge_postures(script: Script) -> Iterator[Finding]:
    """Yield where fewer than two postures are offered, by the front matter or in words (R03)."""
    if set(script.postures) == {"lying"}:
        yield Finding(
            script.key("postures"),
            "Lying down is the only posture.",
            "Offer sitting, standing or walking, too: lying still deepens the deadness.",
        )
    elif len(set(script.postures)) < 2:
        yield Finding(
            script.key("postures"),
            f"There is one posture only: {', '.join(script.postures)}.",
            "Offer two or more of sitting, standing, lying, walking, moving.",
        )
    named: dict[str, Finding] = {}
    for wording in script.wordings():
        if any(when.postures for when in wording.conditions):
            return  # the text has forms of its own
        for posture, words in _POSTURE_WORDS.items():
            if found := words.search(wording.text):
                named.setdefault(posture, _only_posture(wording, found))
    if len(named) == 1 and "moving" not in named:
        yield from named.values()


def _only_posture(wording: Wording, found: re.Match[str]) -> Finding:
    return Finding(
        wording.place(found.start()),
        f"“{found.group()}” is the only posture that the words offer.",
        "Name another beside it: “you could sit, stand or walk slowly”.",
    )


def judge_breath(script: Script) -> Iterator[Finding]:
    """Yield the breath as the only anchor, held, deep at level 1, or too slow (R07)."""
    if len(set(script.practice.anchors)) < 2:
        yield Finding(
            script.key("anchors"),
            "There are fewer than two anchors to choose from.",
            "Name two or more under anchors, one of them outside: sounds, sight, feet.",
        )
    for wording in script.wordings():
        yield from _HELD_BREATH.found_in(wording)
        if script.practice.level == 1 and wording.level == 1:
            yield from _DEEP_BREATH.found_in(wording)
        yield from _slow_breaths(wording)


def _slow_breaths(wording: Wording) -> Iterator[Finding]:
    paces: list[tuple[re.Match[str], float]] = [
        (found, _number(found[1]) + _number(found[2]))
        for found in _IN_AND_OUT.finditer(wording.text)
    ]
    paces += [(found, 60 / max(_number(found[1]), 1)) for found in _A_MINUTE.finditer(wording.text)]
    for found, seconds in paces:
        if seconds > _SLOWEST_S:
            yield Finding(
                wording.place(found.start()),
                f"“{found.group()}” is slower than four breaths a minute.",
                "Ask for shorter counts, in 4 and out 6 at most, or for none.",
            )


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def judge_areas(script: Script) -> Iterator[Finding]:
    """Yield tender areas without leave to skip them, and a full scan at level 1 (R13)."""
    for wording in script.wordings():
        if not _SKIP.search(wording.text):
            for found in _AREAS.finditer(wording.text):
                yield Finding(
                    wording.place(found.start()),
                    f"“{found.group()}” is named without leave to pass it by.",
                    "Give it in the same line: “or skip it, if you like”.",
                )
    if script.practice.level == 1:
        yield from _full_scans(script)


def _full_scans(script: Script) -> Iterator[Finding]:
    """Yield what leads through the whole body in the plan of level 1."""
    walked: dict[Place, set[Pattern[str]]] = {}
    for said in script.said:
        for wording in said.wordings:
            if wording.level > 1:
                continue
            if found := _SCAN.search(wording.text):
                yield _scan(wording.place(found.start()))
            if not said.section.closing:
                regions = walked.setdefault(said.section.place, set())
                regions.update(region for region in _REGIONS if region.search(wording.text))
    for place, regions in walked.items():
        if len(regions) == len(_REGIONS):
            yield _scan(place)


def _scan(place: Place) -> Finding:
    return Finding(
        place,
        "This leads through the whole body, at level 1.",
        "Keep to the hands, the feet and what they touch, or mark the section level=2.",
    )


def judge_touch(script: Script) -> Iterator[Finding]:
    """Yield a hand on chest, heart or belly without another place and without none (R14)."""
    for wording in script.wordings():
        text = wording.text
        hand, tender = _HAND.search(text), _TENDER.search(text)
        if hand and tender and not (_ELSEWHERE.search(text) and _NO_TOUCH.search(text)):
            yield Finding(
                wording.place(tender.start()),
                f"“{hand.group()}” and “{tender.group()}” stand in one line without another "
                "place and without no touch.",
                "Offer both: “on the chest, on an arm, or nowhere at all”.",
            )


def judge_moving_form(script: Script) -> Iterator[Finding]:
    """Yield a first practice about feelings that has no moving form (R21)."""
    practice = script.practice
    if practice.level > 1 or practice.moving or not is_emotional(script):
        return
    if practice.postures[:1] and practice.postures[0] in MOVING:
        return
    tagged = (when.postures for wording in script.wordings() for when in wording.conditions)
    if not (MOVING & set(practice.postures) and any(MOVING & set(some) for some in tagged)):
        yield Finding(
            script.key("moving", "postures"),
            "A first practice about feelings needs a moving form.",
            "Write moving: self and lines with posture=moving, or the id of a moving sister.",
        )


RULES: Final = (
    Rule("R02", "error", "Eyes may stay open", judge_eyes, holds="both"),
    Rule("R03", "error", "More than one posture", judge_postures),
    Rule("R07", "error", "Breath is never the only way", judge_breath),
    Rule("R13", "error", "Tender areas can be skipped", judge_areas, holds="both"),
    Rule("R14", "error", "Touch is one offer among others", judge_touch, holds="both"),
    Rule("R21", "error", "A moving form", judge_moving_form),
)
