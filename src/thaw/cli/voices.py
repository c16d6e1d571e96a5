"""``thaw voices``: who can speak here, and who may join."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaw.cli.choosing import PACE
from thaw.cli.files import check_target, written_whole
from thaw.cli.folders import data_folder
from thaw.cli.progress import shown_progress
from thaw.cli.terminal import table_console, tell
from thaw.units import InputError, OutsideError

if TYPE_CHECKING:
    from thaw.sound.voices.port import Voice

SAMPLE = "You can let your eyes rest on something near. There is nothing you have to feel."

# Programs that play a WAV file and end, each with what keeps it quiet on the terminal.
PLAYERS = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"),
)


@click.group(short_help="List, add, remove and hear voices.")
def voices() -> None:
    """List, add, remove and hear the voices on this machine.

    \b
    Examples:
      thaw voices list
      thaw voices say flite-slt
    """


@voices.command("list", short_help="List the voices that work here, the best first.")
def list_voices() -> None:
    """List the voices that work here, the best first; the first is taken unless you choose.

    \b
    Example:
      thaw voices list
    """
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    from thaw.sound.voices import catalogue, offered

    data = data_folder()
    table = Table("voice", "what it is", box=box.SIMPLE_HEAD)
    for each in catalogue.voices(data):
        table.add_row(escape(each.name), escape(each.title))
    table.add_row("none", "Words on the screen")
    table_console().print(table)
    names = ", ".join(offer.name for offer in offered.offers())
    click.echo(f"To be had with 'thaw voices add': {names}.")
    advice = catalogue.advice(data)
    if advice:
        tell(advice)


@voices.command(short_help="Fetch a better voice (Piper) and keep it.")
@click.argument("name", metavar="NAME")
def add(name: str) -> None:
    """Fetch a Piper voice, check its size and SHA-256, and keep it in the data folder.

    This is the one command that reaches another machine. A download that breaks off goes on
    where it ended.

    \b
    Example:
      thaw voices add cori
    """
    from thaw.sound.voices import catalogue

    with shown_progress(f"Fetching {name}") as progress:
        added = catalogue.add(name, data_folder(), progress)
    click.echo(f"{added.title} is here. Use it with --voice {added.name}.")


@voices.command(short_help="Remove a voice that was added.")
@click.argument("name", metavar="NAME")
def remove(name: str) -> None:
    """Remove a voice that was added, with its files.

    \b
    Example:
      thaw voices remove en_GB-cori-medium
    """
    from thaw.sound.voices import catalogue

    catalogue.remove(name, data_folder())
    click.echo(f"{name} is removed.")


@voices.command(short_help="Speak a line, to hear what a voice is like.")
@click.argument("name", metavar="NAME")
@click.argument("text", default=SAMPLE, metavar="[TEXT]")
@click.option(
    "--pace", type=PACE, default=115, show_default=True, metavar="WPM", help="Words a minute."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a .wav instead of playing it.",
)
def say(name: str, text: str, pace: int, output: Path | None) -> None:
    """Speak TEXT, or a line of ours, with the voice NAME of 'thaw voices list'.

    \b
    Examples:
      thaw voices say flite-slt
      thaw voices say espeak-ng "Look around the room." --pace 100 -o line.wav
    """
    from thaw.sound.voices import catalogue

    if output is not None:
        if output.suffix.lower() != ".wav":
            raise InputError("file.not_wav", f"A line is a WAV: name it .wav, not {output.name}.")
        check_target(output)
    voice = catalogue.voice(name, data_folder())
    wav = _wav_of(voice, text, pace)
    if output is None:
        _play(wav)
    else:
        with written_whole(output, [wav]):
            pass


def _wav_of(voice: "Voice", text: str, pace: int) -> bytes:
    """Return one line as a sitting would have it. It may be anyone's words: nothing is kept."""
    import io
    import wave

    from thaw.practice.plan import spoken
    from thaw.sound.cache import ClipCache
    from thaw.sound.voicing import VoicedClips, voice_lines
    from thaw.units import SAMPLE_RATE

    with tempfile.TemporaryDirectory() as folder:
        cache = ClipCache(Path(folder))
        voice_lines(
            [spoken(text)],
            voice=voice,
            pace=pace,
            cache=cache,
            progress=lambda _done, _total: None,
            stop=lambda: False,
        )
        clips = VoicedClips(cache, voice, pace)
        pcm = clips.pcm(clips.line(spoken(text)))
    made = io.BytesIO()
    with wave.open(made, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        wav.writeframes(pcm)
    return made.getvalue()


def _play(wav: bytes) -> None:
    """Play ``wav`` with the first player that is there.

    Raises:
        OutsideError: There is none, or it failed.
    """
    player = next((each for each in PLAYERS if shutil.which(each[0])), None)
    if player is None:
        raise OutsideError(
            "voice.no_player",
            "There is no program here that plays sound. Write a file with -o FILE.wav.",
        )
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        file.write(wav)
        file.flush()
        done = subprocess.run([*player, file.name], capture_output=True, check=False)
    if done.returncode:
        raise OutsideError(
            "voice.not_played",
            f"{player[0]} could not play it: is there a loudspeaker? Or write a file with "
            "-o FILE.wav.",
        )
