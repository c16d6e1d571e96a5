"""What is promised of every sitting that answers holds for the practices and answers of Thaw."""

from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from tests.practice.tapping import EXAMPLES, TAPS, Taps, assert_promises, taps_on
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.compose import compose, lines_of, reach
from thaw.practice.listening import lines_of_answers
from thaw.practice.pace import length_at
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, spoken
from thaw.practice.respond import Context
from thaw.practice.situation import postures_of
from thaw.units import SAMPLE_RATE, InputError

SHELF = Shelf(content_folder())
PRACTICES = SHELF.practices()
TERMS = [*SHELF.words.avoid, "silence:6"]


@dataclass(frozen=True)
class Draw:
    """What a sitting is drawn from: numbers that are taken as far as they reach."""

    number: int
    level: Literal[1, 2, 3]
    second: int
    posture: int
    anchor: int
    avoid: tuple[str, ...]
    seed: int
    pauses: Literal["shorter", "usual", "longer"]
    guidance: Literal["usual", "less"]
    bed: str

    def sitting(self, *, is_whole: bool = False) -> tuple[Practice, Choices]:
        """Return a practice and choices that it can be played with, where any length is left.

        With ``is_whole`` nothing is avoided, and posture, anchor and bed are the practice's own.
        """
        practice = PRACTICES[self.number % len(PRACTICES)]
        least, most = practice.minutes.least * 60, practice.minutes.most * 60
        postures, anchors = postures_of(practice), practice.anchors
        choices = Choices(
            least,
            level=self.level,
            posture=postures[self.posture % len(postures)],
            anchor=anchors[self.anchor % len(anchors)],
            avoid=tuple(sorted(self.avoid)),
            seed=self.seed,
            pauses=self.pauses,
            guidance=self.guidance,
            bed=self.bed,
        )
        if is_whole:
            choices = replace(choices, posture=None, anchor=None, avoid=(), bed="")
        return practice, replace(choices, seconds=self._reachable(practice, choices, least, most))

    def _reachable(self, practice: Practice, choices: Choices, least: int, most: int) -> int:
        """Return a length between the two that the practice can have."""
        intervals = reach(practice, choices, words=SHELF.words, lengths=length_at)
        seconds = [
            second
            for first, last in intervals
            for second in range(
                max(least, first // SAMPLE_RATE), min(most, last // SAMPLE_RATE) + 1
            )
        ]
        assume(seconds)
        return seconds[self.second % len(seconds)]


DRAWS = st.builds(
    Draw,
    number=st.integers(0, 99),
    level=st.sampled_from((1, 2, 3)),
    second=st.integers(0, 1200),
    posture=st.integers(0, 5),
    anchor=st.integers(0, 5),
    avoid=st.lists(st.sampled_from(TERMS), max_size=2, unique=True).map(tuple),
    seed=st.integers(0, 9),
    pauses=st.sampled_from(("usual", "shorter", "longer")),
    guidance=st.sampled_from(("usual", "less")),
    bed=st.sampled_from(("", "rain", "off")),
)


@settings(max_examples=EXAMPLES)
@given(DRAWS, TAPS)
def test_no_responses_break_a_promise(draw: Draw, taps: Taps) -> None:
    try:
        practice, choices = draw.sitting()
    except InputError:
        reject()  # Too little is left of it for who avoids so much.
    words, context = SHELF.words, Context(practice, SHELF.answers, SHELF.words, length_at)
    plan = compose(practice, choices, words=words, lengths=length_at)

    for tap in taps_on(plan, taps, context):
        assert_promises(tap, context)


@given(DRAWS, TAPS)
def test_every_line_that_a_sitting_comes_to_was_named_before(draw: Draw, taps: Taps) -> None:
    practice, choices = draw.sitting(is_whole=True)
    words, answers = SHELF.words, SHELF.answers
    context = Context(practice, answers, words, length_at)
    plan = compose(practice, choices, words=words, lengths=length_at)
    known = {
        *lines_of(practice, choices, words=words),
        *lines_of_answers(practice, choices, answers, words),
    }

    for tap in taps_on(plan, taps, context):
        resumed = [one.kind for one in tap.before.origin.responses[-1:]] == ["too-much"]
        said = {spoken(event.text) for event in tap.after.lines()}
        # Who goes on after too much is the one case that needs what was never planned.
        assert said <= known or resumed
        if resumed:
            return
