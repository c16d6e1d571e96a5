"""The process in which a Piper voice stands ready: lines in, WAV files out.

``python -m thaw.sound.voices.piper_child MODEL DIGEST`` loads the model, writes
``standing.READY`` and answers requests: a JSON object with ``text`` and ``length_scale``. (The
digest tells this file from another under its name to who looks for a process that stands.)
Each line is spoken by a fork, which begins with the noise of a model just loaded; so a line
sounds the same whatever was spoken before. A fork that fails ends the process, which tells
who asked.

Piper is GPL; it is imported here and nowhere else.
"""

import io
import json
import os
import select
import sys
import wave
from collections.abc import Callable
from pathlib import Path

from thaw.sound.voices.standing import LENGTH, READY

SEED = 0
"""Piper's models draw their own noise; from the same seed it is the same noise."""

UNASKED_S = 60.0
"""How long the process stands without being asked."""

Speak = Callable[[str, float], bytes]


def voice_of(model: Path) -> Speak:
    """Load a model and return what speaks a text with it, stretched by a length scale."""
    import onnxruntime
    from piper import PiperConfig, PiperVoice, SynthesisConfig

    onnxruntime.set_seed(SEED)
    settings = onnxruntime.SessionOptions()
    # A fork has only the thread that forked, so the model must need no other.
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(model), sess_options=settings, providers=["CPUExecutionProvider"]
    )
    config = model.with_name(f"{model.name}.json").read_text(encoding="utf-8")
    voice = PiperVoice(session=session, config=PiperConfig.from_dict(json.loads(config)))

    def speak(text: str, length_scale: float) -> bytes:
        made = io.BytesIO()
        with wave.open(made, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(voice.config.sample_rate)
            voice.synthesize_wav(
                text, file, SynthesisConfig(length_scale=length_scale), set_wav_format=False
            )
        return made.getvalue()

    return speak


def serve(speak: Speak, requests: int, answers: int) -> None:
    """Answer requests from one file descriptor on another until there are no more."""
    _write(answers, READY)
    while select.select([requests], [], [], UNASKED_S)[0]:
        head = _read(requests, LENGTH.size)
        if not head:
            return
        request = json.loads(_read(requests, LENGTH.unpack(head)[0]))
        fork = os.fork()
        if not fork:
            answer = speak(request["text"], request["length_scale"])
            _write(answers, LENGTH.pack(len(answer)) + answer)
            os._exit(0)
        if os.waitpid(fork, 0)[1]:
            sys.exit(1)


def _read(source: int, length: int) -> bytes:
    """Return ``length`` bytes, or fewer where the other side has closed."""
    content = b""
    while len(content) < length and (piece := os.read(source, length - len(content))):
        content += piece
    return content


def _write(target: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(target, left) :]


if __name__ == "__main__":
    serve(voice_of(Path(sys.argv[1])), sys.stdin.fileno(), sys.stdout.fileno())
