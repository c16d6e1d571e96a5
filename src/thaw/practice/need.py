"""Which lines a plan turns on: what must be voiced before it is known, and no more.

A practice may say far more than one sitting needs. The length of a line that nobody voiced
yet is guessed, and what was guessed is what to voice next; once nothing is guessed any more,
the plan is the one that all lines would have given.
"""

from collections.abc import Callable
from contextlib import suppress

from thaw.practice.compose import compose
from thaw.practice.pace import guess_at
from thaw.practice.parts import Practice, Words
from thaw.practice.plan import Choices
from thaw.units import InputError, Samples


def lines_needed(
    practice: Practice,
    choices: Choices,
    *,
    words: Words,
    known: Callable[[str], Samples | None],
) -> tuple[str, ...]:
    """Return the lines to voice next, so that ``compose`` need not guess.

    Args:
        practice: What is played.
        choices: As for ``compose``.
        words: Anchors, avoid terms and ways out.
        known: Gives the length of a text that was voiced, None for any other.

    Returns:
        Texts without emphasis, each once. None left means that the plan is known, or that
        there is none and ``compose`` says why.
    """
    guessed: dict[str, None] = {}

    def length_of(text: str) -> Samples:
        length = known(text)
        if length is None:
            guessed[text] = None
            length = guess_at(text, choices.pace, voiced=True)
        return length

    with suppress(InputError):
        compose(practice, choices, words=words, lengths=length_of)
    return tuple(guessed)
