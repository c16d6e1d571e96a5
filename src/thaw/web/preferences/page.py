"""What the page of preferences shows, as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.parts import POSTURES, Practice
from thaw.units import InputError
from thaw.web.house import House
from thaw.web.preferences.body import Preferred
from thaw.web.shelf import tastes
from thaw.web.shelf.forms import ChoicesForm
from thaw.web.shelf.queries import (
    BedOption,
    Option,
    VoiceOption,
    beds_of,
    options,
    paces_of,
    voices_of,
    volumes_of,
)
from thaw.web.sit.phrases import KINDS
from thaw.web.sound import SILENT

_PAUSES = {
    "shorter": "shorter: more words in the same time",
    "usual": "usual",
    "longer": "longer: fewer words in the same time",
}
_AS_IT_IS = {"": "as the practice has it"}
_GUIDANCE = {"usual": "usual", "less": "less: what may be left out is left out"}
_WAYS = {"nothing": "Nothing", "too-much": "Too much", "end": "End gently", "stop": "Stop"}


@dataclass(frozen=True, slots=True)
class Title:
    """A practice, to be opened."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Left:
    """Which practices can be played without what is avoided, and which cannot."""

    cannot: tuple[Title, ...]
    can: tuple[Title, ...]


@dataclass(frozen=True, slots=True)
class PreferencesPage:
    """What is preferred, and what could be.

    Attributes:
        id, version: Which preferences are changed, and as they stood at which version.
        sentence: What has to be said first, or empty.
        left: What the avoid list leaves; None where nothing is avoided.
    """

    id: UUID
    version: int
    sentence: str
    voices: tuple[VoiceOption, ...]
    voice: str
    paces: tuple[Option, ...]
    pauses: tuple[Option, ...]
    guidance: tuple[Option, ...]
    beds: tuple[BedOption, ...]
    volumes: tuple[Option, ...]
    avoid: tuple[Option, ...]
    silence_s: int | None
    anchors: tuple[Option, ...]
    postures: tuple[Option, ...]
    left_half: tuple[Option, ...]
    right_half: tuple[Option, ...]
    problems: Mapping[str, str]
    left: Left | None


def page_of(
    house: House,
    preferred: Preferred,
    place: tuple[UUID, int],
    *,
    problems: Mapping[str, str] | None = None,
    sentence: str = "",
) -> PreferencesPage:
    """Return the page; a voice that is gone is not shown as chosen, and that is said."""
    voice, gone = tastes.voice_of(house, preferred.voice)
    return PreferencesPage(
        id=place[0],
        version=place[1],
        sentence=" ".join(filter(None, (sentence, gone, _unknown(house, preferred)))),
        voices=voices_of(house, voice),
        voice=voice,
        paces=paces_of(preferred.pace),
        pauses=options(_PAUSES, preferred.pauses),
        guidance=options(_GUIDANCE, preferred.guidance),
        beds=beds_of(preferred.bed),
        volumes=volumes_of(preferred.bed_volume),
        avoid=options(house.avoid_names, *preferred.avoid),
        silence_s=preferred.silence_s,
        anchors=options({**_AS_IT_IS, **house.words.anchors}, preferred.anchor or ""),
        postures=options(_AS_IT_IS | {each: each for each in POSTURES}, preferred.posture or ""),
        left_half=options(_answers(), preferred.halves["left"] or ""),
        right_half=options(_answers(), preferred.halves["right"] or ""),
        problems=problems or {},
        left=_left(house, preferred) if preferred.avoided else None,
    )


def _answers() -> dict[str, str]:
    """Return every answer that a half of the screen can give, and what it is called."""
    first = {kind: _WAYS[kind] for kind in ("nothing", "too-much")}
    last = {kind: _WAYS[kind] for kind in ("end", "stop")}
    return {"": "no answer"} | first | {each.kind: each.label for each in KINDS} | last


def _unknown(house: House, preferred: Preferred) -> str:
    """Return a sentence where something was left out that is not on the list any more."""
    gone = [term for term in preferred.avoid if term not in house.avoid_names]
    if not gone:
        return ""
    return f"This is no longer on the list of what can be left out: {', '.join(gone)}."


def _left(house: House, preferred: Preferred) -> Left:
    practices = house.shelf.practices()
    plays = {practice.id: _plays(house, practice, preferred) for practice in practices}
    return Left(
        cannot=tuple(_titles(each for each in practices if not plays[each.id])),
        can=tuple(_titles(each for each in practices if plays[each.id])),
    )


def _titles(practices: Iterable[Practice]) -> Iterator[Title]:
    return (Title(each.title, reverse("practice", args=[each.id])) for each in practices)


def _plays(house: House, practice: Practice, preferred: Preferred) -> bool:
    """Return whether a practice can be played at its usual length as its page would begin it."""
    choices = ChoicesForm(house, practice, QueryDict(), preferred=preferred).choices()
    try:
        compose(
            practice,
            replace(choices, voice=SILENT),
            words=house.words,
            lengths=lambda text: length_at(text, choices.pace),
        )
    except InputError as error:
        return not error.code.startswith("avoid.")
    return True
