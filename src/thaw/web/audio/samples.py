"""Samples to hear before choosing: one line of a voice, a few seconds of a bed."""

from thaw.practice.beds import BEDS, BedSpan
from thaw.practice.plan import Choices, Event, Origin, Plan
from thaw.units import AccessError, Samples, samples_of
from thaw.web.house import House
from thaw.web.shelf import lists
from thaw.web.sound import SILENT, Stream

SAMPLE = "You can stop whenever you like. There is nothing here that you have to feel."


def make_sample(house: House, voice: str, pace: int) -> Stream:
    """Voice the sample line where it was not voiced yet, and return it as a stream.

    Raises:
        OutsideError: The voice does not work.
    """
    house.sound.voice_lines([SAMPLE], voice=voice, pace=pace, progress=_untold, stop=lambda: False)
    clips = house.sound.clips(voice, pace)
    return house.sound.assemble(
        _plan(voice, pace, clips.length(SAMPLE)), clips, "mp4", audible="all"
    )


BED_SAMPLE = samples_of(12)
"""How long a bed is heard: it comes and goes over four seconds each."""


def make_bed_sample(house: House, bed: str, volume: lists.Volume) -> Stream:
    """Return a bed alone, as it begins, as a stream."""
    quiet = Event("rest", Samples(0), BED_SAMPLE, "")
    choices = Choices(seconds=0, bed=bed, bed_volume=volume)
    beds = (BedSpan(bed, Samples(0), BED_SAMPLE),)
    plan = Plan("sample", "", "en", BED_SAMPLE, (quiet,), Origin("", choices, 0, (), 0.0), beds)
    clips = house.sound.clips(SILENT, choices.pace)
    return house.sound.assemble(plan, clips, "mp4", audible="all")


def bed_of(name: str) -> str:
    """Return ``name`` where there is such a bed.

    Raises:
        AccessError: ``bed.unknown``.
    """
    if name not in BEDS:
        raise AccessError("bed.unknown", "There is no such bed. Choose one of the list.")
    return name


def voice_of(house: House, name: str) -> str:
    """Return ``name`` where it is a voice that works here.

    Raises:
        AccessError: ``voice.unknown``.
    """
    if name not in {voice.name for voice in house.sound.voices()}:
        raise AccessError("voice.unknown", "This voice is not here. Choose one of the list.")
    return name


def _untold(done: int, total: int) -> None:
    """Tell nobody: a sample is one line."""
    del done, total


def _plan(voice: str, pace: int, length: Samples) -> Plan:
    line = Event("say", Samples(0), length, "", SAMPLE)
    choices = Choices(seconds=0, voice=voice, pace=pace)
    return Plan("sample", "", "en", length, (line,), Origin("", choices, 0, (), 0.0))
