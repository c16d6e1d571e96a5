"""What the library and a practice's page show, as plain values."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.urls import reverse

from thaw.practice.beds import BEDS
from thaw.practice.compose import compose
from thaw.practice.drawing import Drawing, draw
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices
from thaw.units import InputError, ThawError
from thaw.web.booth import Voicing
from thaw.web.errors import error_json
from thaw.web.house import House
from thaw.web.shelf import lists
from thaw.web.shelf.lists import ASKED
from thaw.web.shelf.plans import planned, reading, voicing_json, voicing_of
from thaw.web.shelf.text import TextSection, text_of


@dataclass(frozen=True, slots=True)
class Card:
    """A practice at a glance."""

    id: str
    title: str
    summary: str
    level: int
    level_words: str
    minutes_words: str
    postures_words: str
    suits: str
    not_for: str
    themes: tuple[str, ...]
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a closed list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class VoiceOption:
    """A voice one can choose; hear the sample first. ``advice`` stands at the default one."""

    name: str
    title: str
    is_default: bool
    chosen: bool
    advice: str
    sample_url: str


@dataclass(frozen=True, slots=True)
class BedOption:
    """What can lie under the words; ``sample_url`` is empty where there is nothing to hear."""

    value: str
    label: str
    chosen: bool
    sample_url: str


@dataclass(frozen=True, slots=True)
class AskField:
    """Something a practice asks before sitting; ``typed`` is the person's own."""

    field: str
    question: str
    otherwise: str
    typed: str


@dataclass(frozen=True, slots=True)
class Form:
    """What was chosen and what could be. ``voice`` is empty until one is chosen."""

    minutes: int
    seconds: int
    total_s: int
    least: int
    usual: int
    most: int
    voice: str
    pace: int
    seed: int
    silence: int | None
    paces: tuple[Option, ...]
    levels: tuple[Option, ...]
    postures: tuple[Option, ...]
    anchors: tuple[Option, ...]
    avoid: tuple[Option, ...]
    beds: tuple[BedOption, ...]
    volumes: tuple[Option, ...]
    asks: tuple[AskField, ...]
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Another:
    """A practice that can be played where this one cannot."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A practice's page."""

    card: Card
    text: tuple[TextSection, ...]
    drawing: Drawing
    form: Form
    voices: tuple[VoiceOption, ...]
    notices: tuple[str, ...]
    voicing: Mapping[str, object]
    sentence: str
    another: Another | None


def cards(house: House) -> tuple[Card, ...]:
    """Return every practice's card; each is drawn once for the process."""
    return tuple(card_of(house, practice) for practice in house.shelf.practices())


def card_of(house: House, practice: Practice, *, minutes: int | None = None) -> Card:
    """Return a practice's card, drawn at its usual length or at ``minutes``."""
    length = minutes or practice.minutes.usual
    return Card(
        id=practice.id,
        title=practice.title,
        summary=practice.summary,
        level=practice.level,
        level_words=lists.LEVELS[practice.level],
        minutes_words=f"{practice.minutes.least} to {practice.minutes.most} minutes",
        postures_words=", ".join(lists.postures_of(practice)),
        suits=practice.suits,
        not_for=practice.not_for,
        themes=practice.themes,
        drawing=_drawing_of(house, practice, length),
    )


def page_of(
    house: House,
    practice: Practice,
    choices: Choices,
    *,
    voice: str,
    problems: Mapping[str, str],
    sentence: str = "",
    asked: Mapping[str, str] | None = None,
) -> Page:
    """Return a practice's page; what cannot be planned is said, and the usual drawn."""
    card = card_of(house, practice)
    drawing, voicing, notices = card.drawing, Voicing(0, 0, ready=False), list[str]()
    shape = another = None
    try:
        shape = planned(house, practice, choices)
        drawing, notices = draw(shape.plan), list(shape.plan.origin.notices)
    except InputError as error:
        sentence = sentence or error.message
        another = another_of(house, practice, choices, error)
    with suppress(InputError):  # It was said above.
        voicing = voicing_of(house, practice, choices, shape)
    return Page(
        card=card,
        text=text_of(practice, house.words, anchor=choices.anchor),
        drawing=drawing,
        form=_form_of(house, practice, choices, voice=voice, problems=problems, asked=asked or {}),
        voices=voices_of(house, voice),
        notices=tuple(notices),
        voicing=voicing_json(house, choices, voicing),
        sentence=sentence,
        another=another,
    )


def another_of(
    house: House, practice: Practice, choices: Choices, error: ThawError
) -> Another | None:
    """Return a practice to offer where too little is left of this one; None for other errors."""
    if not error.code.startswith("avoid."):
        return None
    other = house.shelf.another(practice, choices)
    if other is None:
        return None
    return Another(other.id, other.title, reverse("practice", args=[other.id]))


def trouble_json(
    house: House, practice: Practice, choices: Choices, error: ThawError
) -> dict[str, object]:
    """Return why there is no plan, with another practice where this one cannot be played."""
    shape = error_json(error)
    other = another_of(house, practice, choices, error)
    return shape | {"another": asdict(other)} if other else shape


def voices_of(house: House, chosen: str) -> tuple[VoiceOption, ...]:
    advice = house.sound.advice()
    return tuple(
        VoiceOption(
            name=voice.name,
            title=voice.title,
            is_default=voice.is_default,
            chosen=voice.name == chosen,
            advice=advice if voice.is_default else "",
            sample_url=reverse("sample", args=[voice.name]),
        )
        for voice in house.sound.voices()
    )


def beds_of(chosen: str) -> tuple[BedOption, ...]:
    return tuple(
        BedOption(name, label, name == chosen, f"/beds/{name}/sample.mp4" if name in BEDS else "")
        for name, label in lists.BEDS.items()
    )


def volumes_of(chosen: int) -> tuple[Option, ...]:
    return options({str(volume): words for volume, words in lists.VOLUMES.items()}, chosen)


def paces_of(chosen: int) -> tuple[Option, ...]:
    return options({str(pace): f"{pace} words a minute" for pace in lists.PACES}, chosen)


def _drawing_of(house: House, practice: Practice, minutes: int) -> Drawing:
    key = repr((practice.id, practice.text_hash, minutes))
    found = house.drawings.find(key)
    if found is None:
        choices = Choices(seconds=minutes * 60, level=lists.level_of(practice))
        plan = compose(practice, choices, words=house.words, lengths=reading(choices))
        found = draw(plan)
        house.drawings.keep(key, found, 1)
    return found


def _form_of(
    house: House,
    practice: Practice,
    choices: Choices,
    *,
    voice: str,
    problems: Mapping[str, str],
    asked: Mapping[str, str],
) -> Form:
    minutes, seconds = divmod(choices.seconds, 60)
    offered = practice.minutes
    return Form(
        minutes=minutes,
        seconds=seconds,
        total_s=choices.seconds,
        least=offered.least,
        usual=offered.usual,
        most=max(offered.usual, min(offered.most, lists.OFFERED_MINUTES[choices.level])),
        voice=voice,
        pace=choices.pace,
        seed=choices.seed,
        silence=_longest_quiet(choices),
        paces=paces_of(choices.pace),
        levels=options({str(n): words for n, words in lists.LEVELS.items()}, choices.level),
        postures=options({p: p for p in lists.postures_of(practice)}, choices.posture),
        anchors=options({a: house.words.anchors[a] for a in practice.anchors}, choices.anchor),
        avoid=options(house.avoid_names, *(term.partition(":")[0] for term in choices.avoid)),
        beds=beds_of(choices.bed),
        volumes=volumes_of(choices.bed_volume),
        asks=tuple(
            AskField(f"{ASKED}{name}", ask.question, ask.otherwise, asked.get(name, ""))
            for name, ask in practice.asks.items()
        ),
        problems=problems,
    )


def _longest_quiet(choices: Choices) -> int | None:
    caps = [term.partition(":")[2] for term in choices.avoid if term.startswith("silence:")]
    return int(caps[0]) if caps else None


def options(labels: Mapping[str, str], *chosen: str | int | None) -> tuple[Option, ...]:
    """Return a closed list, with what is chosen of it."""
    taken = {str(value) for value in chosen}
    return tuple(Option(value, label, value in taken) for value, label in labels.items())
