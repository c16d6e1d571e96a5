"""flite: a small engine in Debian's main archive, with a permissive licence.

Its command takes a line from a file and writes a WAV file. Where the system has them, both
are files in memory, so that a full disk does not silence it and no words reach the disk.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from thaw.sound.voices.engine import run
from thaw.sound.voices.port import Speech
from thaw.sound.voices.utterance import ascii_only
from thaw.sound.voices.wav import speech_of
from thaw.units import OutsideError

WORDS_A_MINUTE = 213.0
"""Pace of slt on practice lines at duration_stretch 1; the pace falls as the stretch grows
(measured from 1.2 to 2.0, within 1 %; docs/explanation/voices.md)."""


def is_installed(program: str = "flite") -> bool:
    """Return whether the flite command is on the path."""
    return shutil.which(program) is not None


@dataclass(frozen=True, slots=True)
class Flite:
    """A voice of flite; ``slt`` is the clearest that Debian ships."""

    speaker: str = "slt"
    fallback: str | None = None
    program: str = "flite"

    @property
    def name(self) -> str:
        """``flite-slt`` and the like."""
        return f"flite-{self.speaker}"

    @property
    def title(self) -> str:
        """What a page calls it."""
        return "Plain voice (flite)"

    @property
    def settings(self) -> str:
        """The measured pace shapes the stretch, so it is part of the sound."""
        return f"flite {self.speaker} {WORDS_A_MINUTE:g}"

    def speak(self, text: str, *, pace: int) -> Speech:
        """Return ``text`` spoken at about ``pace`` words a minute; see the port."""
        stretch = f"duration_stretch={WORDS_A_MINUTE / pace:.4f}"
        command = [self.program, "-voice", self.speaker, "--setf", stretch]
        if not is_installed(self.program):
            raise OutsideError(
                "voice.missing",
                "The voice flite is not installed. Install it (Debian: apt install flite), "
                "or choose another voice.",
                {"voice": self.name},
            )
        with _file(ascii_only(text).encode()) as given, _file() as made:
            run(
                [*command, "-f", _path(given), "-o", _path(made)],
                voice=self.name,
                keep=(given, made),
            )
            wav = _content(made)
        return speech_of(wav, voice=self.name)


@contextmanager
def _file(content: bytes = b"") -> Iterator[int]:
    """Open a nameless file holding ``content``: in memory where the system has such files."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("line", 0)
    else:  # pragma: no cover
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    try:
        os.write(descriptor, content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def _path(descriptor: int) -> str:
    return f"/dev/fd/{descriptor}"


def _content(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    return os.pread(descriptor, size, 0)
