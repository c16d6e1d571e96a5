"""What a person prefers, as far as a practice has it; where it does not, its own stands in."""

from dataclasses import dataclass

from thaw.practice.parts import Practice
from thaw.web.house import House
from thaw.web.preferences.body import Guidance, Pauses, Preferred, Volume
from thaw.web.shelf import lists
from thaw.web.sound import SILENT

_ON_THE_MOVE = ("walking", "moving")


@dataclass(frozen=True, slots=True)
class Tastes:
    """Preferences for one practice on this machine.

    Attributes:
        voice: The voice that was chosen and is here, or that stands in for one that is gone;
            empty where none was chosen.
        speaks: The voice that is taken to look and to plan.
        gone: A sentence where the voice that was chosen is not here any more; else empty.
        posture, anchor: None where none is preferred, or this practice does not have it.
    """

    voice: str
    speaks: str
    gone: str
    pace: int
    pauses: Pauses
    guidance: Guidance
    bed: str
    bed_volume: Volume
    avoid: tuple[str, ...]
    silence_s: int | None
    anchor: str | None
    posture: str | None


def tastes_for(house: House, practice: Practice, preferred: Preferred) -> Tastes:
    """Return what of ``preferred`` this practice and this machine have."""
    voice, gone = voice_of(house, preferred.voice)
    return Tastes(
        voice=voice,
        speaks=voice or house.default_voice(),
        gone=gone,
        pace=preferred.pace if preferred.pace in lists.PACES else lists.USUAL_PACE,
        pauses=preferred.pauses,
        guidance=preferred.guidance,
        bed=preferred.bed if preferred.bed in lists.BEDS else "",
        bed_volume=preferred.bed_volume,
        avoid=tuple(term for term in preferred.avoid if term in house.avoid_names),
        silence_s=_within(preferred.silence_s),
        anchor=preferred.anchor if preferred.anchor in practice.anchors else None,
        posture=_posture(preferred.posture, lists.postures_of(practice)),
    )


def voice_of(house: House, chosen: str) -> tuple[str, str]:
    """Return the voice to take for the one that was chosen, and a sentence where it is another."""
    here = {voice.name: voice for voice in house.sound.voices()}
    if chosen in ("", SILENT) or chosen in here:
        return chosen, ""
    instead = house.default_voice()
    title = here[instead].title if instead in here else "words on the screen"
    return instead, (
        f"The voice you chose, {chosen}, is not here any more. Instead there is {title}. "
        "You can choose another."
    )


def _within(silence_s: int | None) -> int | None:
    """Return a cap on silence that can be set; the nearest one for what an import may bring."""
    return silence_s and min(max(silence_s, lists.LEAST_QUIET), lists.MOST_QUIET)


def _posture(preferred: str | None, known: tuple[str, ...]) -> str | None:
    """Return the preferred posture, or another way of being on the move; None for neither."""
    alike = _ON_THE_MOVE if preferred in _ON_THE_MOVE else ()
    return next((each for each in (preferred, *alike) if each in known), None)
