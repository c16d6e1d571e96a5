"""Putting a 15-minute sitting together, and the first byte of it."""

import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.bench.figure import Figure, Rival, Work, medians_ms, seconds_for
from tests.bench.studio import Studio
from thaw.practice.plan import Choices, Event, Origin, Plan, spoken
from thaw.sound.clip import Clip
from thaw.sound.measured import IN_USE, silent
from thaw.sound.stream import Container, assemble
from thaw.units import SAMPLE_RATE, Samples

FFMPEG = shutil.which("ffmpeg")


def measure(studio: Studio) -> Iterator[Figure]:
    plan, clips = studio.quarter, studio.clips
    studio.each_clip(plan, clips)
    folder = studio.data / "rivals"
    folder.mkdir(exist_ok=True)

    def whole(container: Container) -> bytes:
        stream = assemble(plan, clips, container)
        return stream.read(0, stream.size)

    works: dict[str, tuple[Work, int]] = {
        "ours": (lambda: whole("opus"), 100),
        "mp4": (lambda: whole("mp4"), 100),
        "first byte": (lambda: assemble(plan, clips, "mp4").read(0, 1), 100),
    }
    names = {}
    if FFMPEG:
        pieces = _files(studio, plan, folder)
        works["ffmpeg"] = (lambda: _concat(pieces, folder / "joined.opus"), 3)
        works["pydub"] = (_pydub(studio, plan, folder / "joined.pydub.opus"), 1)
        names = {"ffmpeg": "ffmpeg concat, copied", "pydub": "pydub, to Opus"}
    studio.tell("Assembling, with rivals.")
    taken = medians_ms(works, rounds=3)
    ours = taken["ours"]
    must = {"ffmpeg": 100, "pydub": 1000}
    yield Figure(
        "assemble 15 minutes (Ogg Opus, in memory)",
        ours,
        "ms",
        1.0,
        f"{len(plan.events)} events, {len(whole('opus')) / 1e6:.1f} MB; clips in memory",
        tuple(Rival(name, taken[key], taken[key] / ours, must[key]) for key, name in names.items()),
    )
    yield Figure("assemble 15 minutes (MP4, in memory)", taken["mp4"], "ms", 1.0)
    cold = _cold_ms(plan, studio)
    yield Figure(
        "first byte after the plan (MP4)",
        taken["first byte"],
        "ms",
        1.0,
        f"clips in memory; {cold:.0f} ms where each is first read from the disk",
    )


def _cold_ms(plan: Plan, studio: Studio) -> float:
    IN_USE.keep("heavy", silent(1), 1 << 40)  # Nothing else stays.
    IN_USE.keep("heavy", silent(1), 0)
    return seconds_for(lambda: assemble(plan, studio.clips, "mp4").read(0, 1)) * 1000


def _clip_of(event: Event, studio: Studio, first: bool) -> Clip | None:
    if event.kind == "rest":
        return None
    if event.kind == "bell":
        return studio.clips.bell(event.text, first=first)
    return studio.clips.line(spoken(event.text))


def _files(studio: Studio, plan: Plan, folder: Path) -> Path:
    """Write each event as a file of its own, and return the list that ffmpeg joins."""
    listed = folder / "list.txt"
    names = []
    for number, event in enumerate(plan.events):
        name = folder / f"{number}.opus"
        alone = Event(event.kind, Samples(0), event.length, "", event.text)
        origin = Origin("", Choices(0), 0, (), 0)
        stream = assemble(Plan("", "", "en", event.length, (alone,), origin), studio.clips, "opus")
        name.write_bytes(stream.read(0, stream.size))
        names.append(f"file '{name}'\n")
    listed.write_text("".join(names))
    return listed


def _concat(listed: Path, out: Path) -> None:
    command = [str(FFMPEG), "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", str(listed)]
    subprocess.run([*command, "-c", "copy", str(out)], check=True)


def _pydub(studio: Studio, plan: Plan, out: Path) -> Work:
    """Return pydub's way: the same clips as samples in memory, joined and encoded."""
    segment = import_module("pydub").AudioSegment
    pieces = []
    first = True
    for event in plan.events:
        clip = _clip_of(event, studio, first)
        first = first and event.kind != "bell"
        samples = studio.clips.pcm(clip) if clip else bytes(2 * event.length)
        pieces.append(segment(samples, sample_width=2, frame_rate=SAMPLE_RATE, channels=1))

    def join() -> None:
        joined = pieces[0]
        for piece in pieces[1:]:
            joined += piece
        joined.export(out, format="opus", parameters=["-b:a", "64k"]).close()

    return join
