"""What the library and a practice's page show, as plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from thaw.practice.compose import compose, lines_of, reach
from thaw.practice.drawing import Drawing, draw
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.units import InputError, OutsideError, Samples, ThawError, seconds_of
from thaw.web.booth import Voicing
from thaw.web.errors import error_json
from thaw.web.house import House
from thaw.web.shelf import lists
from thaw.web.shelf.text import TextSection, text_of
from thaw.web.sound import QUICK

LONG_WAIT_S = 10.0
"""Above it a quick voice is offered for today."""


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
    """A voice one can choose; hear the sample first."""

    name: str
    title: str
    is_default: bool
    chosen: bool
    advice: str
    sample_url: str


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
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A practice's page."""

    card: Card
    text: tuple[TextSection, ...]
    drawing: Drawing
    form: Form
    voices: tuple[VoiceOption, ...]
    reach: tuple[tuple[float, float], ...]
    notices: tuple[str, ...]
    voicing: Mapping[str, object]
    sentence: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and whether its lengths are those of the voice."""

    plan: Plan
    exact: bool


def cards(house: House) -> tuple[Card, ...]:
    return tuple(card_of(house, practice) for practice in house.shelf.practices())


def card_of(house: House, practice: Practice, *, minutes: int | None = None) -> Card:
    seconds = (minutes or practice.minutes.usual) * 60
    usual = Choices(seconds=seconds, level=lists.level_of(practice))
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
        drawing=draw(compose(practice, usual, words=house.words, lengths=_read(usual))),
    )


def planned(house: House, practice: Practice, choices: Choices) -> Planned:
    """Return the plan by the voice's lengths, or by a reader's where it is not voiced yet.

    Raises:
        InputError: As ``compose``.
    """
    clips = house.sound.clips(choices.voice, choices.pace)
    try:
        plan = compose(practice, choices, words=house.words, lengths=clips.length)
    except OutsideError:
        plan = compose(practice, choices, words=house.words, lengths=_read(choices))
        return Planned(plan, exact=False)
    return Planned(plan, exact=True)


def lines(house: House, practice: Practice, choices: Choices) -> tuple[str, ...]:
    return lines_of(practice, choices, words=house.words)


def voicing_of(house: House, practice: Practice, choices: Choices) -> Voicing:
    """Return how far the voicing is; ready as soon as this length can be played."""
    texts = lines(house, practice, choices)
    voicing = house.booth.look(choices.voice, choices.pace, texts)
    try:
        ready = planned(house, practice, choices).exact
    except InputError:
        return voicing
    if not ready:
        return replace(voicing, ready=False)
    return replace(voicing, ready=True, waits_s=0.0, trouble=None, instead=None)


def voicing_json(house: House, choices: Choices, voicing: Voicing) -> dict[str, object]:
    """Return how far the voicing is, as islands read it."""
    quick = None
    if voicing.waits_s > LONG_WAIT_S and choices.voice != QUICK:
        quick = next((v.name for v in house.sound.voices() if v.name == QUICK), None)
    return {
        "voice": choices.voice,
        "done": voicing.done,
        "total": voicing.total,
        "ready": voicing.ready,
        "waits_s": voicing.waits_s,
        "trouble": voicing.trouble,
        "instead": voicing.instead,
        "quick": quick,
    }


def plan_json(plan: Plan) -> dict[str, object]:
    """Return a plan as the slider needs it."""
    drawing = draw(plan)
    return {
        "total_s": seconds_of(plan.total),
        "words": drawing.words,
        "view_box": drawing.view_box,
        "strokes": strokes_json(drawing),
        "notices": list(plan.origin.notices),
    }


def strokes_json(drawing: Drawing) -> list[dict[str, object]]:
    return [
        {"kind": s.kind, "d": s.d, "start": s.start, "end": s.end, "ring": s.ring}
        for s in drawing.strokes
    ]


def trouble_json(
    house: House, practice: Practice, choices: Choices, error: ThawError
) -> dict[str, object]:
    """Return why there is no plan, with another practice where this one cannot be played."""
    shape = error_json(error)
    other = house.shelf.another(practice, choices) if error.code.startswith("avoid.") else None
    if other is not None:
        link = reverse("practice", args=[other.id])
        shape["another"] = {"id": other.id, "title": other.title, "url": link}
    return shape


def page_of(
    house: House,
    practice: Practice,
    choices: Choices,
    *,
    voice: str,
    problems: Mapping[str, str],
    sentence: str = "",
) -> Page:
    """Return a practice's page; what cannot be planned is said, and the usual drawn."""
    notices: tuple[str, ...] = ()
    try:
        plan = planned(house, practice, choices).plan
        drawing, notices = draw(plan), plan.origin.notices
    except InputError as error:
        drawing, sentence = card_of(house, practice).drawing, sentence or error.message
    return Page(
        card=card_of(house, practice),
        text=text_of(practice, house.words, anchor=choices.anchor),
        drawing=drawing,
        form=_form_of(house, practice, choices, voice=voice, problems=problems),
        voices=voices_of(house, voice),
        reach=reach_of(house, practice, choices),
        notices=notices,
        voicing=voicing_json(house, choices, voicing_of(house, practice, choices)),
        sentence=sentence,
    )


def reach_of(house: House, practice: Practice, choices: Choices) -> tuple[tuple[float, float], ...]:
    """Return the lengths that can be had, as stretches in seconds."""
    clips = house.sound.clips(choices.voice, choices.pace)
    try:
        found = reach(practice, choices, words=house.words, lengths=clips.length)
    except OutsideError:
        found = reach(practice, choices, words=house.words, lengths=_read(choices))
    except InputError:
        return ()
    return tuple((seconds_of(least), seconds_of(most)) for least, most in found)


def _read(choices: Choices) -> Callable[[str], Samples]:
    """Return how long each line takes at the pace chosen, before a voice has spoken it."""
    return lambda text: length_at(text, choices.pace)


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


def _form_of(
    house: House,
    practice: Practice,
    choices: Choices,
    *,
    voice: str,
    problems: Mapping[str, str],
) -> Form:
    minutes, seconds = divmod(choices.seconds, 60)
    silence = next((t.partition(":")[2] for t in choices.avoid if t.startswith("silence:")), "")
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
        silence=int(silence) if silence else None,
        paces=_options({str(p): f"{p} words a minute" for p in lists.PACES}, {str(choices.pace)}),
        levels=_options(
            {str(level): words for level, words in lists.LEVELS.items()}, {str(choices.level)}
        ),
        postures=_options({p: p for p in lists.postures_of(practice)}, {choices.posture}),
        anchors=_options({a: house.words.anchors[a] for a in practice.anchors}, {choices.anchor}),
        avoid=_options(house.avoid_names, {term.partition(":")[0] for term in choices.avoid}),
        problems=problems,
    )


def _options(labels: Mapping[str, str], chosen: set[str | None] | set[str]) -> tuple[Option, ...]:
    return tuple(Option(value, label, value in chosen) for value, label in labels.items())
