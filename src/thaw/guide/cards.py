"""What the guide says when a rule is in force: the reason first, then what stays open."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from thaw.guide.decided import SEEN_PROFESSIONAL, SEEN_REPAIR, override_of

Signpost: TypeAlias = Literal[
    "grounding", "person", "help", "professional", "harm-support", "violence"
]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A rule in force, as it is told.

    Attributes:
        rule: The rule's id, such as ``S5``.
        code: What it is about, such as ``paused``; stable.
        title: A few words.
        reason: Why, in one sentence.
        says: What else there is to say.
        signposts: Where else to turn.
        override: The decision that goes on against it after reading; None where it ends by
            itself with the day, and the library stays open meanwhile.
        put_away: The decision that puts the card away; None where it goes by itself.
        until: When it ends by itself; None where that is not a matter of time.
    """

    rule: str
    code: str
    title: str
    reason: str
    says: tuple[str, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    override: str | None = None
    put_away: str | None = None
    until: datetime | None = field(default=None, compare=False)


def stop_card(until: datetime) -> Card:
    """Return S6, in its own words."""
    return Card(
        "S6",
        "stop",
        "A stop, for now",
        "These practices seem to make things harder just now.",
        (
            "That says something about them, not about you.",
            f"None is suggested until {in_words(until)}, or until you say otherwise.",
            "Please tell a doctor or a therapist about it. You need not be sure first.",
        ),
        ("professional", "harm-support", "person", "help"),
        override_of("S6"),
        until=until,
    )


def paused_card(until: datetime) -> Card:
    """Return S5."""
    return Card(
        "S5",
        "paused",
        "Inward practice is paused",
        "Two sittings within a week were too much or left things harder, so nothing that turns "
        f"inward is suggested until {in_words(until)}.",
        ("Moving, looking and listening stay open. So does sleep, and so do people.",),
        ("person", "help"),
        override_of("S5"),
        until=until,
    )


def too_much_card(*, is_unreal: bool) -> Card:
    """Return S2 for the rest of a day."""
    happened = "Things went unreal in a sitting today" if is_unreal else "Today a sitting was a lot"
    return Card(
        "S2",
        "unreal-sitting" if is_unreal else "too-much",
        "Eyes open for today",
        f"{happened}, so nothing that turns inward is suggested before tomorrow.",
        ("Looking around and moving stay open.",),
        ("grounding", "help"),
    )


def unreal_today_card() -> Card:
    """Return S4 for the day of the check-in."""
    return Card(
        "S4",
        "unreal-today",
        "Eyes open for today",
        "You said that things are unreal or far away, so today stays outside, with the eyes open "
        "and room to move.",
        (),
        ("grounding", "help"),
        override_of("S4"),
    )


def unreal_lately_card(*, is_professional_named: bool) -> Card:
    """Return S4 for two of the last five check-ins; a professional is named once."""
    says = (
        "It all comes back after five check-ins without it, or when you say so.",
        *(
            ("This is a good thing to tell a doctor or a therapist.",)
            if is_professional_named
            else ()
        ),
    )
    return Card(
        "S4",
        "unreal-lately",
        "Eyes open, for now",
        "Things were unreal or far away in two of your last five check-ins, so body scans, breath, "
        "closed eyes and lying down are left out.",
        says,
        ("professional", "grounding", "help") if is_professional_named else ("grounding", "help"),
        override_of("S4"),
        SEEN_PROFESSIONAL if is_professional_named else None,
    )


def anger_card() -> Card:
    """Return S11 for the rest of a day."""
    return Card(
        "S11",
        "anger",
        "Some room, for today",
        "Anger came up today, so nothing that turns inward is suggested before tomorrow.",
        (
            "Put space between you and others: another room, or outside.",
            "Let it cool down for 20 minutes. Cold water on the hands can help, or a slow walk.",
            "You could call someone.",
        ),
        ("person", "violence", "help"),
    )


def repair_card() -> Card:
    """Return S11 for the next time."""
    return Card(
        "S11",
        "repair",
        "After the anger",
        "Last time anger came up, so here is a way to mend what it may have touched.",
        (
            "Wait until it is down. Say what happened in one sentence, without a but.",
            "Ask what the other one needs. Say one thing you will do next time.",
            "If a part of it is missing from your memory, tell a doctor or a therapist.",
            "If someone was hurt, or could be, open Help now.",
        ),
        ("professional", "violence", "help"),
        None,
        SEEN_REPAIR,
    )


def harder_card() -> Card:
    """Return S3 for the next suggestion."""
    return Card(
        "S3",
        "harder",
        "Gentler this time",
        "The last sitting left things harder or further away, so this one is gentler and stays "
        "outside.",
        ("Looking around for a moment can help now. So can a person.",),
        ("grounding", "person", "help"),
        override_of("S3"),
    )


def unwelcome_rest_card(until: datetime) -> Card:
    """Return S7 for the day of rest."""
    return Card(
        "S7",
        "rest-day",
        "A day of rest",
        "Something unwelcome came after sitting, so today is a day of rest.",
        ("A day without practice is a good answer.",),
        ("harm-support", "professional", "help"),
        override_of("S7"),
        until=until,
    )


def unwelcome_card() -> Card:
    """Return S7 for the next suggestion."""
    return Card(
        "S7",
        "unwelcome",
        "Gentler this time",
        "Something unwelcome came after the last sitting, so this one is gentler and stays "
        "outside.",
        (),
        ("harm-support", "professional", "help"),
        override_of("S7"),
    )


def a_lot_card() -> Card:
    """Return S14, in its own words."""
    return Card(
        "S14",
        "a-lot",
        "Enough for today",
        "That was a lot for one day.",
        ("Movement and people are still good company.",),
        (),
        override_of("S14"),
    )


def in_words(moment: datetime) -> str:
    """Return a day as people say it: ``29 November``."""
    return f"{moment.day} {_MONTHS[moment.month - 1]}"
