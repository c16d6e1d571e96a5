"""Rules on single words and turns of phrase: R05, R11, R15, R16, R19, R22.

A negation or a wish earlier in the clause ("this will not heal you", "may you feel safe") makes
a phrase harmless, except for R11 and R22, which are about tone and spare quotations instead.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from thaw.practice.english import DENIAL
from thaw.practice.parts import Place
from thaw.practice.rules.rule import Finding, Phrases, Rule
from thaw.practice.rules.script import Script
from thaw.practice.rules.wording import place_after


def _phrase(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_FEELINGS: Final = (
    Phrases(
        _phrase(
            r"(?:you (?:will|are going to|should|must)|you'll|you're going to) (?:feel|notice|be)",
            r"notice the (?:warmth|calm|peace|love)",
            r"(?:calm|warmth|peace|love) (?:arises|spreads|comes|fills)",
        ),
        "“{words}” tells a person what they will feel.",
        "Leave it open: “you might notice something, or nothing”.",
    ),
    Phrases(
        _phrase(
            r"feel (?:calm|peace|love|safe|your heart)",
            r"let go of (?:(?:your|the|any|all) )?(?:fear|pain|anger)",
            r"release (?:(?:your|the|any|all) )?(?:fear|pain|anger|tension|past)",
            r"open (?:your|the) heart",
            r"break(?:ing|s)? through",
        ),
        "“{words}” asks for a feeling, and nobody can feel on request.",
        "Ask for something that can be done, or say what may be here and that it may stay.",
    ),
)
_MINIMISING: Final = Phrases(
    _phrase(r"just", r"simply", r"only(?! if\b)", r"merely", r"(?:don't|do not) worry"),
    "“{words}” makes light of what may be hard.",
    "Leave the word out.",
    denied_by=None,
    may_be_quoted=True,
)
_RECALL: Final = (
    Phrases(
        _phrase(
            r"(?:recall|remember|relive|revisit|return to|go(?:ing)? back to|think back to|"
            r"picture|imagine) (?:(?:a|an|the|that|this|your|one|some) )?"
            r"(?:(?:worst|most painful|painful|traumatic|terrible|old|difficult) )*"
            r"(?:trauma|abuse|accident|attack|assault|wounds?|childhood|injury|"
            r"(?:worst|painful|traumatic|terrible) \w+)",
            r"painful memor(?:y|ies)",
            r"traumatic (?:memor(?:y|ies)|events?|experiences?|moments?)",
            r"what (?:happened|was done) to you",
            r"what (?:he|she|they|someone) did to you",
        ),
        "“{words}” leads back to what may have been a trauma.",
        "Stay with what is here today; memories belong with a person who can help.",
        denied_by=DENIAL,
    ),
    Phrases(
        _phrase(
            r"inner child",
            r"(?:child|younger self) (?:within|inside)",
            r"(?:your|the) younger self",
            r"when you were (?:a child|a baby|little|small|young|\w+ years old)",
            r"go(?:ing)? back in time",
            r"regress(?:ion|es|ed|ing)?",
            r"past li(?:fe|ves)",
        ),
        "“{words}” takes a person back to childhood, which is no work for a recording.",
        "Stay with the person as they are today.",
        denied_by=DENIAL,
    ),
    Phrases(
        _phrase(
            r"deeper and deeper",
            r"trances?",
            r"hypno(?:sis|tic|tise|tize|tised|tized|therapy)",
            r"sub-?conscious(?: mind)?",
            r"you are getting (?:very |more )?(?:sleepy|drowsy|tired)",
            r"under my voice",
        ),
        "“{words}” is the language of hypnosis.",
        "Say plainly what can be done, and that it can be stopped.",
        denied_by=DENIAL,
    ),
)
_CLAIMS: Final = Phrases(
    _phrase(
        r"heal(?:s|ed|ing|er|ers)?",
        r"cur(?:e|es|ed|ing)",
        r"treat(?:s|ed|ing|ment|ments)?",
        r"rewir(?:e|es|ed|ing)",
        r"proven",
        r"guarantee(?:d|s)?",
        r"detox(?:es|ed|ing|ify|ifies|ifying|ification)?",
    ),
    "“{words}” claims more than a practice can keep.",
    "Say what one does in it, and what some people find.",
)
_NEURO: Final = Phrases(
    _phrase(
        r"brains?(?:'s)?",
        r"amygdala",
        r"prefrontal(?: cortex)?",
        r"cortex",
        r"hippocampus",
        r"neur(?:al|ons?|o\w+)",
        r"nervous system",
        r"vag(?:us|al)(?: nerve)?",
        r"parasympathetic",
        r"dopamine",
        r"serotonin",
        r"oxytocin",
        r"cortisol",
        r"endorphins?",
        r"adrenaline",
    ),
    "“{words}” is a claim about the nervous system, and the practice names no source.",
    "Leave it out, or name the study under sources.",
)
_SHAME: Final = (
    Phrases(
        _phrase(
            r"(?:back|spine|neck) (?:is |be |stays? |held |kept )?(?:very |nice and )?"
            r"(?:straight|upright|erect|tall)",
            r"(?:straight|upright|erect) (?:back|spine|neck)",
            r"sit(?:ting)? up straight",
            r"(?:right|wrong|correct|proper|perfect) (?:posture|position)",
            r"(?:right|wrong|correct|proper|perfect) way (?:to|of) (?:sit|stand|lie|walk|breath|do|"
            r"feel|be)\w*",
            r"(?:sit|stand|lie|walk|breathe|do (?:it|this)) (?:correctly|properly|wrong)",
        ),
        "“{words}” makes one posture or way the right one.",
        "Offer ways to choose from, and let any of them do.",
        denied_by=DENIAL,
    ),
    Phrases(
        _phrase(
            r"(?:you )?should be able",
            r"you should (?:have|know|try|not)",
            r"you must",
            r"you ought to",
            r"anyone can",
            r"try harder",
            r"pull yourself together",
            r"get over (?:it|this|yourself)",
            r"snap out of",
            r"no excuses?",
            r"(?:be|being|so|too) lazy",
            r"you(?:'re| are) (?:failing|weak|lazy|doing (?:it|this) wrong)",
            r"your (?:own )?fault",
            r"shame on",
            r"what is wrong with you",
        ),
        "“{words}” may shame a person who cannot.",
        "Say that it counts as it is.",
        denied_by=DENIAL,
    ),
)
_BODY: Final = (
    r"(?:whole |upper |lower |left |right )?(?:body|head|face|eyes?|mouth|jaw|neck|throat|"
    r"shoulders?|arms?|hands?|palms?|fingers?|chest|heart|belly|stomach|back|spine|hips?|pelvis|"
    r"legs?|knees?|foot|feet|toes|breath|skin)"
)
_PERSON: Final = (
    Phrases(
        _phrase(r"I(?:'d| would)? (?:want|like|need) you to", r"for me"),
        "“{words}” asks a person to do it for the guide.",
        "Offer it to them: “you could”, “if you like”.",
        denied_by=None,
        may_be_quoted=True,
    ),
    Phrases(
        _phrase(rf"(?:my|our|his|her|one's) {_BODY}"),
        "“{words}” is somebody else's body.",
        "Say “the” or “your”.",
        denied_by=None,
        may_be_quoted=True,
    ),
)


def _phrase_rule(*lists: Phrases) -> Callable[[Script], Iterator[Finding]]:
    def judge(script: Script) -> Iterator[Finding]:
        for wording in script.wordings():
            for phrases in lists:
                yield from phrases.found_in(wording)

    return judge


def judge_claims(script: Script) -> Iterator[Finding]:
    """Yield claims (R16), in what is spoken and in what a person reads before they choose."""
    lists = (_CLAIMS,) if script.practice.sources else (_CLAIMS, _NEURO)
    for wording in script.wordings():
        for phrases in lists:
            yield from phrases.found_in(wording)
    for text, place in _shown(script):
        for phrases in lists:
            for _, words in phrases.matches(text):
                yield phrases.finding(words, place_after(script.practice.text, place, words))


def _shown(script: Script) -> Iterator[tuple[str, Place]]:
    """Yield the texts that describe the practice, and the titles of its sections."""
    practice = script.practice
    yield practice.title, script.key("title")
    yield practice.summary, script.key("summary")
    yield practice.suits, script.key("for")
    for section in script.sections:
        yield section.title, section.place


RULES: Final = (
    Rule(
        "R05",
        "error",
        "No command or prediction of feeling",
        _phrase_rule(*_FEELINGS),
        holds="both",
    ),
    Rule(
        "R11",
        "warning",
        "No word that makes light of things",
        _phrase_rule(_MINIMISING),
        holds="both",
    ),
    Rule(
        "R15",
        "error",
        "No way back into trauma, childhood or trance",
        _phrase_rule(*_RECALL),
        holds="both",
    ),
    Rule("R16", "error", "No claim", judge_claims, holds="both"),
    Rule("R19", "error", "No shame, no right posture", _phrase_rule(*_SHAME), holds="both"),
    Rule("R22", "warning", "The person's own body, for their own sake", _phrase_rule(*_PERSON)),
)
