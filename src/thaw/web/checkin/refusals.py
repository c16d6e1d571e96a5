"""What a check-in cannot take, each with a sentence that says what to do."""

from thaw.units import InputError

_SENTENCES = {
    "checkin.unreadable": (
        "This could not be read, so it is not kept. Load the page again, then choose once more."
    ),
    "checkin.empty": (
        "Nothing is chosen yet, so there is nothing to keep. “Can't tell” is a whole answer."
    ),
    "checkin.felt": "Choose a number from 0 to 10, or “can't tell”.",
    "checkin.slid": "Choose a place on the line, or “can't tell”, or leave it out.",
    "checkin.answer": "This answer is not one of those here. Choose again, or leave it out.",
    "checkin.word": "This word is not in the list. Choose one that is, or none.",
    "checkin.words": "Three words at the most. Take one away, then choose another.",
    "checkin.region": "This place is not on the drawing. Load the page again, then mark it.",
    "checkin.mark": "A mark needs both: where it is, and what is there. Choose both, or neither.",
}


def refused(code: str, where: str = "") -> InputError:
    """Return the error of a code; ``where`` is the question it is about."""
    return InputError(code, _SENTENCES[code], {"field": where} if where else None)
