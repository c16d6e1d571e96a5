"""The process in which Piper speaks one line: text in, a WAV file out.

``python -m thaw.sound.voices.piper_child MODEL LENGTH_SCALE`` reads UTF-8 text from standard
input and writes the WAV to standard output. Piper is GPL; it is imported here and nowhere
else.
"""

import io
import sys
import wave
from pathlib import Path

SEED = 0
"""Piper's models draw their own noise; the same seed gives the same line the same sound."""


def speak(text: str, model: Path, length_scale: float) -> bytes:
    """Return ``text`` as WAV bytes, stretched by ``length_scale``."""
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig

    onnxruntime.set_seed(SEED)
    voice = PiperVoice.load(model)
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(voice.config.sample_rate)
        voice.synthesize_wav(
            text, file, SynthesisConfig(length_scale=length_scale), set_wav_format=False
        )
    return made.getvalue()


if __name__ == "__main__":
    given = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(speak(given, Path(sys.argv[1]), float(sys.argv[2])))
