"""Compose a plan: one practice fitted to one sitting, exact to the sample."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from thaw.practice.beds import chosen_spans
from thaw.practice.chain import portions_of
from thaw.practice.elements import Say
from thaw.practice.events import changes_in, events_of
from thaw.practice.links import Links, links_of
from thaw.practice.pace import guess_at
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Choices, Origin, Plan, spoken, variants_of
from thaw.practice.reach import MOST_SECONDS, Found, find_link, intervals_of, is_reachable, merged
from thaw.practice.remainder import parts_of
from thaw.practice.situation import Situation, settle, without_avoiding
from thaw.practice.sparing import find_sparing
from thaw.units import (
    FRAME,
    FRAMES_PER_SECOND,
    SAMPLE_RATE,
    Frames,
    InputError,
    Samples,
    clock_of,
)

Lengths = Callable[[str], Samples]
"""Gives the length of a spoken text, without emphasis, in whole frames."""


def compose(practice: Practice, choices: Choices, *, words: Words, lengths: Lengths) -> Plan:
    """Return the plan of one sitting; the same arguments give the same plan, everywhere.

    Args:
        practice: What is played.
        choices: How long, at which level, in which posture, and what is avoided.
        words: Anchors, avoid terms and ways out.
        lengths: How long each text lasts in the voice that speaks it.

    Returns:
        A plan whose ``total`` is ``choices.seconds``, exact to the sample.

    Raises:
        LengthError: The practice cannot last so long; carries the nearest lengths it can.
        InputError: ``avoid.too_little_left``, ``avoid.unknown_term``, ``avoid.silence_form``,
            ``choices.level``, ``choices.posture``, ``choices.anchor``, ``choices.asked``,
            ``choices.bed``.
    """
    links, quiet = _links(practice, choices, words, lengths)
    wanted = choices.seconds * FRAMES_PER_SECOND
    found = find_sparing(quiet, links, wanted) if quiet else find_link(links, wanted)
    events = tuple(events_of(found.draft, wanted))
    total = Samples(wanted * FRAME)
    situation = links.situation
    return Plan(
        practice=practice.id,
        title=practice.title,
        language=practice.language,
        total=total,
        events=events,
        beds=chosen_spans(choices.bed, changes_in(found.draft, wanted), total),
        origin=Origin(
            text_hash=practice.text_hash,
            choices=replace(choices, posture=situation.posture, anchor=situation.anchor),
            link=found.number,
            variants=variants_of(events),
            rest_cap=found.cap.raised / FRAMES_PER_SECOND,
            notices=tuple(_notices(practice, choices, links, found)),
        ),
    )


def reach(
    practice: Practice,
    choices: Choices,
    *,
    words: Words,
    lengths: Lengths,
    may_raise: bool = True,
) -> tuple[tuple[Samples, Samples], ...]:
    """Return the lengths that ``compose`` can give: every whole second in these intervals.

    Args:
        practice: What is played.
        choices: As for ``compose``; ``seconds`` is not looked at.
        words: Anchors, avoid terms and ways out.
        lengths: How long each text lasts in the voice that speaks it.
        may_raise: Whether the level's cap on rests may be raised, as ``compose`` does for a
            length asked for by name.

    Returns:
        First and last length of each interval, in order.

    Raises:
        InputError: As ``compose``.
    """
    each = filter(None, _links(practice, choices, words, lengths))
    intervals = merged(
        piece for links in each for piece in intervals_of(links, may_raise=may_raise)
    )
    return tuple(
        (Samples(least * SAMPLE_RATE), Samples(most * SAMPLE_RATE)) for least, most in intervals
    )


def lines_of(practice: Practice, choices: Choices, *, words: Words) -> tuple[str, ...]:
    """Return every text that a sitting with these choices may speak, at any length.

    Args:
        practice: What is played.
        choices: As for ``compose``; ``seconds`` is not looked at.
        words: Anchors, avoid terms and ways out.

    Returns:
        Texts without emphasis, each once, those needed most first: the first link of the
        chain, then the ways out, then what each further link adds.

    Raises:
        InputError: ``avoid.unknown_term`` and the like, as ``compose``.
    """
    situation = settle(practice, choices, words)
    # With less guidance all of it may still be needed, at a length that little cannot fill.
    every = (situation, replace(situation, quieter=False)) if situation.quieter else (situation,)
    return tuple(dict.fromkeys(text for each in every for text in lines_in(practice, each, words)))


def lines_in(practice: Practice, situation: Situation, words: Words) -> tuple[str, ...]:
    """Return every text that may be spoken in a situation; otherwise as ``lines_of``."""
    links = links_of(practice, situation, words, lambda _: Frames(1))
    texts: dict[str, None] = {}
    seen: set[int] = set()  # By identity: links share most of their portions.
    for number, link in enumerate(links.chain(MOST_SECONDS * FRAMES_PER_SECOND)):
        new = [each for each in portions_of(links.parts, link) if each and id(each) not in seen]
        seen.update(map(id, new))
        said = (element for portion in new for element in portion.whole.elements)
        texts.update({spoken(each.text): None for each in said if isinstance(each, Say)})
        if number == 0:
            texts.update(dict.fromkeys(spoken(line.text) for line in links.lines))
    return tuple(texts)


def _links(
    practice: Practice, choices: Choices, words: Words, lengths: Lengths
) -> tuple[Links, Links | None]:
    """Return the links, and for less guidance those without what may be dropped."""

    @cache
    def length_of(text: str) -> Frames:
        return Frames(lengths(spoken(text)) // FRAME)

    def guess(text: str) -> Frames:
        return Frames(guess_at(spoken(text), choices.pace, voiced=choices.is_voiced) // FRAME)

    def links_in(situation: Situation) -> Links:
        return links_of(practice, situation, words, length_of, guess)

    situation = settle(practice, choices, words)
    links = links_in(replace(situation, quieter=False))
    if choices.avoid:
        _require_enough(practice, links, words)
    return links, links_in(situation) if situation.quieter else None


def _require_enough(practice: Practice, links: Links, words: Words) -> None:
    """Refuse to play what the avoid list leaves too little of.

    Raises:
        InputError: ``avoid.too_little_left``.
    """
    whole = parts_of(
        practice,
        without_avoiding(links.situation, practice, words),
        lambda _: Frames(1),
    )
    all_lines = sum(part.count_lines() for part in whole if part)
    parts = [part for part in links.parts if part]
    is_enough = (
        2 * sum(part.count_lines() for part in parts) >= all_lines
        and any(part.section.closing for part in parts)
        and is_reachable(links, practice.minutes.least * 60 * FRAMES_PER_SECOND)
    )
    if not is_enough:
        raise InputError(
            "avoid.too_little_left",
            f"Too little of {practice.title} is left without what you avoid. "
            "Choose another practice, or avoid less.",
        )


def _notices(practice: Practice, choices: Choices, links: Links, found: Found) -> Iterator[str]:
    yield from links.situation.notices
    minutes = practice.minutes
    if not minutes.least * 60 <= choices.seconds <= minutes.most * 60:
        yield f"This practice is made for {minutes.least} to {minutes.most} minutes."
    if choices.level < practice.level:
        yield f"This practice is made for level {practice.level} and above."
    if found.cap.raised > found.cap.usual:
        raised, usual = (
            frames // FRAMES_PER_SECOND for frames in (found.cap.raised, found.cap.usual)
        )
        yield (
            f"To last {clock_of(choices.seconds * SAMPLE_RATE)}, some silences may be up to "
            f"{raised} seconds. At this level they are up to {usual} otherwise."
        )
