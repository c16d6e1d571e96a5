"""Which voices there are on this machine, best first, and how to get a better one."""

from dataclasses import replace
from pathlib import Path

from thaw.sound.voices import espeak, flite
from thaw.sound.voices.espeak import Espeak
from thaw.sound.voices.flite import Flite
from thaw.sound.voices.port import Voice
from thaw.units import InputError, OutsideError

Engine = Flite | Espeak


def voices(data: Path) -> tuple[Voice, ...]:
    """Return the voices that are installed, best first; each knows the next as its fallback.

    Args:
        data: The data folder; Piper's voices lie in ``voices`` there.
    """
    found = _installed(data)
    following = [engine.name for engine in found[1:]]
    return tuple(
        replace(engine, fallback=other)
        for engine, other in zip(found, [*following, None], strict=False)
    )


def voice(name: str, data: Path) -> Voice:
    """Return the voice called ``name``.

    Raises:
        InputError: ``voice.unknown``, naming the voices there are.
    """
    found = voices(data)
    for one in found:
        if one.name == name:
            return one
    names = ", ".join([*(one.name for one in found), "none"])
    raise InputError(
        "voice.unknown",
        f"There is no voice called {name} here. Choose one of: {names}.",
        {"voice": name, "voices": names},
    )


def default_voice(data: Path) -> Voice:
    """Return the best voice there is.

    Raises:
        OutsideError: ``voice.none_installed``.
    """
    found = voices(data)
    if not found:
        raise OutsideError(
            "voice.none_installed",
            "No voice is installed here. Run script/bootstrap to get one, "
            "or choose words on the screen (--voice none).",
        )
    return found[0]


def advice(data: Path) -> str:
    """Return how to get a better voice, in a sentence; empty where the best is in use."""
    del data
    if not flite.is_installed():
        return "This is the plainest voice. For a clearer one, install flite: apt install flite."
    return ""


def _installed(data: Path) -> list[Engine]:
    del data
    found: list[Engine] = []
    if flite.is_installed():
        found.append(Flite())
    if espeak.is_installed():
        found.append(Espeak())
    return found
