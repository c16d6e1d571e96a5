"""``thaw render``: a sitting as a sound file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from thaw.cli.choosing import Wanted, sitting_options
from thaw.cli.files import check_target, written_whole
from thaw.cli.folders import data_folder
from thaw.cli.terminal import tell
from thaw.units import InputError, clock_of

if TYPE_CHECKING:
    from thaw.cli.sounding import Prepared
    from thaw.sound.stream import Container


@click.command(short_help="Write a sitting to a sound file.")
@sitting_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to: .opus, .mp4, .mp3 or .wav.",
)
@click.option(
    "--captions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the words, with their times: .vtt.",
)
def render(wanted: Wanted, *, output: Path, captions: Path | None) -> None:
    """Write one sitting to a sound file, exactly as long as asked.

    PRACTICE is an id of the library ('thaw practices') or the path of a text. Its lines are
    voiced first and kept, so a second time is quick. The same practice, voice and options
    give the same bytes.

    \b
    Examples:
      thaw render thawing --minutes 15 -o thawing.opus
      thaw render my-practice.md --minutes 8 -o mine.mp3 --captions mine.vtt
    """
    from thaw.cli.sounding import prepare

    container = _container_of(output)
    check_target(output)
    if captions is not None:
        _check_captions(captions, output)
    prepared = prepare(wanted)
    for sentence in prepared.plan.origin.notices:
        tell(sentence)
    _write(prepared, container, output, captions)
    size = output.stat().st_size / 1_000_000
    click.echo(f"{output}: {clock_of(prepared.plan.total)}, {size:.1f} MB, {_said_by(prepared)}")
    # Who named a voice has chosen; who did not may like to know of a better one.
    if prepared.voice is not None and wanted.voice is None:
        _advise()


def _container_of(output: Path) -> "Container":
    from thaw.sound.stream import container_of

    # A bare "opus" would do as a format, but not as a file's name.
    return container_of(output.name if output.suffix else f"{output.name}.")


def _check_captions(captions: Path, output: Path) -> None:
    if captions.suffix.lower() != ".vtt":
        raise InputError(
            "file.not_captions", f"Captions are WebVTT: name them .vtt, not {captions.name}."
        )
    check_target(captions)
    if captions.absolute() == output.absolute():
        raise InputError("file.named_twice", "Sound and captions need a file each.")


def _write(
    prepared: "Prepared", container: "Container", output: Path, captions: Path | None
) -> None:
    from thaw.practice.captions import webvtt
    from thaw.sound.stream import assemble

    stream = assemble(prepared.plan, prepared.clips, container)
    with written_whole(output, stream.chunks(0, stream.size)):
        if captions is None:
            return
        with written_whole(captions, [webvtt(prepared.plan).encode()]):
            pass


def _said_by(prepared: "Prepared") -> str:
    return "no voice" if prepared.voice is None else f"voice: {prepared.voice.title}"


def _advise() -> None:
    from thaw.sound.voices import catalogue

    advice = catalogue.advice(data_folder())
    if advice:
        tell(advice)
