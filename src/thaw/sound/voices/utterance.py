"""What a voice is given: plain words, with nothing an engine could take for a command.

Engines read more than words: espeak-ng obeys ``[[phonemes]]`` and commands that begin with
a control character, Piper obeys ``[[phonemes]]``, others SSML. Here every such sign becomes
a space. No voice speaks a bracket, so nothing heard is lost.
"""

import unicodedata

from thaw.units import InputError

MOST_CHARACTERS = 1000
"""More than any line of a practice (40 words); keeps an engine's work bounded."""

_OBEYED = str.maketrans(dict.fromkeys("[]{}\\|", " "))
_TYPED = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": ", ",
        "\N{EM DASH}": ", ",
        "\N{HORIZONTAL ELLIPSIS}": "... ",
    }
)


def plain(text: str) -> str:
    """Return ``text`` without signs that an engine obeys, in one line.

    Control and format characters (Unicode categories Cc, Cf and the like) and the signs
    of phoneme input become spaces; runs of space become one.

    Raises:
        InputError: ``voice.no_words`` when no letter or digit is left, ``voice.too_long``
            above ``MOST_CHARACTERS``.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            "voice.too_long",
            f"A line for the voice may have {MOST_CHARACTERS} characters. Make two lines of it.",
        )
    text = unicodedata.normalize("NFC", text).translate(_OBEYED)
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    if not any(sign.isalnum() for sign in text):
        raise InputError(
            "voice.no_words", "There is nothing to speak in this line. Write it in words."
        )
    return " ".join(text.split())


def ascii_only(text: str) -> str:
    """Return ``text`` for an engine that reads only ASCII: accents off, typed signs as keyed.

    Raises:
        InputError: ``voice.no_words`` when nothing is left, as for another script.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPED))
    return plain(decomposed.encode("ascii", "ignore").decode("ascii"))
