"""Which lines a sitting needs so that it can answer: to be voiced before they are asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from thaw.practice.ahead import filling
from thaw.practice.answers import ANSWERED, EFFECTS, Answers
from thaw.practice.avoid import avoid_list
from thaw.practice.compose import lines_in, lines_of
from thaw.practice.elements import Say
from thaw.practice.heard import Heard
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Choices, spoken
from thaw.practice.remainder import Part, part_of, parts_of
from thaw.practice.situation import settle
from thaw.practice.speech import speech_of
from thaw.practice.turn import Turn, turned
from thaw.units import FRAMES_PER_SECOND, Frames

_MOST_URGENT = ("too-much", "unreal", "memory", "angry", "pain")
_NOTHING_HEARD = Heard((), ())


def lines_of_answers(
    practice: Practice, choices: Choices, answers: Answers, words: Words
) -> tuple[str, ...]:
    """Return the texts that answers may bring to a sitting, besides those of ``lines_of``.

    Args:
        practice: What is played.
        choices: As the plan was made from.
        answers: What is answered to each response.
        words: Anchors, avoid terms and ways out.

    Returns:
        Texts without emphasis, each once, those needed first in front: what each response hears
        the first time, the most urgent first; what fills; then every other wording, and what the
        practice itself says in another posture, with another anchor or with open eyes.

    Raises:
        InputError: As ``lines_of``.
    """
    settled = settle(practice, choices, words)
    start = Turn(
        replace(choices, posture=settled.posture, anchor=settled.anchor),
        outward=False,
        quieter=False,
    )
    lines = _Lines(practice, answers, words, start)
    own = set(lines_of(practice, choices, words=words))
    return tuple(text for text in dict.fromkeys(lines.in_order()) if text not in own)


class _Lines:
    def __init__(self, practice: Practice, answers: Answers, words: Words, start: Turn) -> None:
        self._practice, self._answers, self._words = practice, answers, words
        self._start = start
        self._avoid = avoid_list(start.choices.avoid, words)
        self._situations = [turn.situation(practice, words) for turn in self._turns()]

    def in_order(self) -> Iterator[str]:
        """Yield every text, some of them more than once."""
        yield from self._heard_first()
        yield from self._that_fill(rounds=1)
        yield from (line for line in self._words.leave if not self._avoid.finds(line))
        yield from self._of_answers()
        for situation in self._situations:
            yield from lines_in(self._practice, situation, self._words)
        yield from self._that_fill(rounds=None)

    def _turns(self) -> list[Turn]:
        """Return every way in which a sitting may go on, in any order of effects.

        Fewer words are among those of as many words as ever.
        """
        turns = [self._start]
        for turn in turns:  # it grows on the way
            for effect in (effect for effect in EFFECTS if effect != "quieter"):
                after = turned(turn, effect, self._practice, self._words)
                if after not in turns:
                    turns.append(after)
        return turns

    def _heard_first(self) -> Iterator[str]:
        for kind in dict.fromkeys((*_MOST_URGENT, *ANSWERED)):
            answer = self._answers.by_kind[kind]
            turn = turned(self._start, answer.effect, self._practice, self._words)
            here = self._start if answer.effect == "move" else turn
            situation = here.situation(self._practice, self._words)
            yield from speech_of(
                answer, self._practice, situation, _one_frame, _NOTHING_HEARD
            ).texts

    def _of_answers(self) -> Iterator[str]:
        for situation in self._situations:
            for section in self._practice.sections:
                if section.response is not None:
                    part = part_of(section, self._practice, situation, _one_frame, {})
                    yield from _texts([part])
            for answer in self._answers.by_kind.values():
                yield from _texts(parts_of(answer.script, situation, _one_frame))

    def _that_fill(self, *, rounds: int | None) -> Iterator[str]:
        """Yield what fills a sitting that is turned outward at its first second."""
        script, frames = self._answers.grounding.script, self._start.choices.seconds
        for situation in self._situations:
            if situation.outward:
                fill = filling(
                    script, situation, _one_frame, _NOTHING_HEARD, frames * FRAMES_PER_SECOND
                )
                for part in (part for some in fill[:rounds] for part in some):
                    elements = part.portion((len(part.plain), 0)).whole.elements
                    says = (element for element in elements if isinstance(element, Say))
                    yield from (spoken(say.text) for say in says)


def _texts(parts: Iterable[Part | None]) -> Iterator[str]:
    for part in parts:
        for wordings in part.said.values() if part else ():
            for wording in wordings:
                yield from map(spoken, wording.values())


def _one_frame(_text: str) -> Frames:
    return Frames(1)
