"""Piper: the most natural voices that run without a network; an optional extra.

A voice is two files in the data folder, ``voices/NAME.onnx`` and ``voices/NAME.onnx.json``.
Piper itself comes with ``thaw[piper]``. Voices differ in how fast they speak, so each is
measured once, when it first speaks (docs/explanation/voices.md).
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from thaw.sound.voices import standing
from thaw.sound.voices.engine import broken
from thaw.sound.voices.port import Speech
from thaw.sound.voices.utterance import plain
from thaw.sound.voices.wav import speech_of
from thaw.units import OutsideError

HOW_TO_GET = (
    "Install it with: script/bootstrap --no-dev --extra piper, or: pip install 'thaw[piper]'."
)

_MEASURED_ON = (
    "You might let the eyes rest on one thing that does not move. Nothing has to change, "
    "and nothing has to be felt. There is time, and you can stop whenever you like."
)
_WORDS = len(_MEASURED_ON.split())
_SLOWLY = 2.0
_SCALES = (0.5, 4.0)  # Beyond these Piper's speech falls apart.


@cache  # A wheel that is added is found at the next start.
def is_installed() -> bool:
    """Return whether Piper itself is there."""
    return find_spec("piper") is not None


def no_piper() -> OutsideError:
    """Return the error of a machine without Piper: how to get it."""
    return OutsideError("voice.no_piper", f"Piper is not installed. {HOW_TO_GET}")


@dataclass(frozen=True, slots=True)
class Piper:
    """A Piper voice whose model is the file ``model``; its configuration lies beside it."""

    model: Path
    fallback: str | None = None
    python: str = sys.executable

    @property
    def name(self) -> str:
        """``piper-`` and the name of the file."""
        return f"piper-{self.model.stem}"

    @property
    def title(self) -> str:
        """What a page calls it: the speaker's own name, where the file has the usual form."""
        parts = self.model.stem.split("-")
        speaker = parts[1] if len(parts) > 2 else self.model.stem
        return f"{speaker.replace('_', ' ').title()} (Piper)"

    @property
    def settings(self) -> str:
        """What the voice's two files hold."""
        return f"piper {_digest(self.model)} {_digest(self._config)}"

    def speak(self, text: str, *, pace: int) -> Speech:
        """Return ``text`` spoken at about ``pace`` words a minute; see the port."""
        least, most = _SCALES
        scale = _words_a_minute(self, _digest(self.model)) / pace
        return self._spoken(plain(text), min(max(scale, least), most))

    def _spoken(self, text: str, scale: float) -> Speech:
        if not is_installed():
            raise no_piper()
        child = [self.python, "-P", "-m", "thaw.sound.voices.piper_child", str(self.model)]
        request = json.dumps({"text": text, "length_scale": round(scale, 4)}).encode()
        wav = standing.ask([*child, _digest(self.model)], request, voice=self.name)
        return speech_of(wav, voice=self.name)

    @property
    def _config(self) -> Path:
        return config_of(self.model)


def config_of(model: Path) -> Path:
    """Return where a model's configuration lies."""
    return model.with_name(f"{model.name}.json")


@lru_cache(maxsize=32)
def _words_a_minute(voice: Piper, digest: str) -> float:
    """Return words a minute times length scale, from a text of known words spoken slowly.

    The two are not quite inverse: Piper rounds the length of every phoneme up, which weighs
    more in fast speech. So it is measured near the pace of guidance.
    """
    del digest  # A part of the address only: another file is another voice.
    speech = voice._spoken(_MEASURED_ON, _SLOWLY)  # noqa: SLF001  # The measuring is its own.
    return _WORDS * 60 * _SLOWLY / (len(speech.samples) / speech.rate)


def _digest(path: Path) -> str:
    try:
        known = path.stat()
        return _digest_of(path, known.st_size, known.st_mtime_ns)
    except OSError as error:
        raise broken(f"piper-{path.name.partition('.')[0]}") from error


@lru_cache(maxsize=64)
def _digest_of(path: Path, size: int, changed: int) -> str:
    """Return a digest of a file, read again only when it changed."""
    del size, changed
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
