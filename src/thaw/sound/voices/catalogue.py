"""Which voices there are on this machine, best first, and how to get a better one."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from thaw.sound.voices import espeak, flite, piper
from thaw.sound.voices.download import fetch
from thaw.sound.voices.espeak import Espeak
from thaw.sound.voices.flite import Flite
from thaw.sound.voices.offered import Offer, offer_of, offers
from thaw.sound.voices.piper import Piper, config_of
from thaw.sound.voices.port import Voice
from thaw.units import InputError, OutsideError

Engine = Piper | Flite | Espeak

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_PREFIX = "piper-"


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
        OutsideError: ``voice.no_piper``: its files are there, but Piper is not.
    """
    found = voices(data)
    for one in found:
        if one.name == name:
            return one
    if name.startswith(_PREFIX) and any(name == Piper(model).name for model in _models(data)):
        raise piper.no_piper()
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
    """Return how to get a better voice, in a sentence or two; empty where the best is in use."""
    if piper.is_installed() and _models(data):
        return ""
    add = f"thaw voices add {offers()[0].name}"
    if piper.is_installed():
        return f"For a more natural voice, run: {add}"
    if flite.is_installed():
        return f"There are more natural voices, by Piper. {piper.HOW_TO_GET} Then run: {add}"
    return "This is the plainest voice. For a clearer one, install flite: apt install flite."


def add(
    name: str,
    data: Path,
    progress: Callable[[int, int], None],
    *,
    given: Offer | None = None,
) -> Voice:
    """Fetch a Piper voice, check it and keep it; return it. The one thing here that fetches.

    Args:
        name: A voice of ``offers``, by its name or its speaker's; with or without ``piper-``.
        data: The data folder.
        progress: Told how many bytes of how many are there.
        given: A voice that is not on offer, with the facts to check it by.

    Raises:
        InputError: ``voice.not_offered``, naming the voices there are.
        OutsideError: ``voice.no_piper``, or what ``download.fetch`` says.
    """
    offer = given or _offer(name)
    if not _NAME.fullmatch(offer.name):
        raise InputError("voice.bad_name", "A voice's name may hold letters, digits, '-' and '_'.")
    if not piper.is_installed():
        raise piper.no_piper()
    model = _folder(data) / f"{offer.name}.onnx"
    # The model comes last: a voice counts as there when both of its files are.
    fetch(offer.config, config_of(model), _counted(progress, 0, offer))
    fetch(offer.model, model, _counted(progress, offer.config.size, offer))
    return voice(Piper(model).name, data)


def remove(name: str, data: Path) -> None:
    """Remove a voice that was added, with its files.

    Raises:
        InputError: ``voice.not_added``.
    """
    offer = offer_of(name.removeprefix(_PREFIX))
    stem = name.removeprefix(_PREFIX) if offer is None else offer.name
    found = [model for model in _models(data) if model.stem == stem]
    if not found:
        raise InputError(
            "voice.not_added",
            f"No voice called {name} was added here. See: thaw voices list.",
            {"voice": name},
        )
    for model in found:
        model.unlink()
        config_of(model).unlink(missing_ok=True)


def _counted(
    progress: Callable[[int, int], None], before: int, offer: Offer
) -> Callable[[int], None]:
    """Return who is told of one file's bytes and tells of the whole voice's."""
    return lambda there: progress(before + there, offer.size)


def _offer(name: str) -> Offer:
    found = offer_of(name.removeprefix(_PREFIX))
    if found is None:
        names = ", ".join(offer.name for offer in offers())
        raise InputError(
            "voice.not_offered",
            f"Thaw knows no voice called {name}. Choose one of: {names}.",
            {"voice": name, "voices": names},
        )
    return found


def _installed(data: Path) -> list[Engine]:
    found: list[Engine] = []
    if piper.is_installed():
        found += [Piper(model) for model in _models(data)]
    if flite.is_installed():
        found.append(Flite())
    if espeak.is_installed():
        found.append(Espeak())
    return found


def _models(data: Path) -> list[Path]:
    """Return the Piper models that are there with their configuration, those on offer first."""
    found = [
        model
        for model in sorted(_folder(data).glob("*.onnx"))
        if _NAME.fullmatch(model.stem) and config_of(model).is_file()
    ]
    order = [offer.name for offer in offers()]
    rank = {name: place for place, name in enumerate(order)}
    return sorted(found, key=lambda model: rank.get(model.stem, len(order)))


def _folder(data: Path) -> Path:
    return data / "voices"
