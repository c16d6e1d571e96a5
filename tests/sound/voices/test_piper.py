"""Piper, the real package, with a tiny voice that is built here."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.engines import engine
from tests.fakes.piper_voice import RATE, build
from thaw.sound.clips import make_clip
from thaw.sound.loudness import integrated
from thaw.sound.voices import piper, standing
from thaw.sound.voices.piper import Piper
from thaw.sound.voices.port import Speech
from thaw.units import InputError, OutsideError

LINE = "Perhaps warm, perhaps empty. Perhaps nothing at all."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("voices"))


def seconds(speech: Speech) -> float:
    return len(speech.samples) / speech.rate


def test_it_speaks_and_the_same_line_sounds_the_same(model: Path) -> None:
    once, again = (Piper(model).speak(LINE, pace=115) for _ in range(2))
    assert once.rate == RATE
    assert np.array_equal(once.samples, again.samples)
    assert integrated(make_clip(once, "key")[0].energies) == pytest.approx(-19, abs=0.5)


def test_a_line_sounds_the_same_whatever_was_spoken_before(model: Path) -> None:
    first = Piper(model).speak(LINE, pace=115)
    Piper(model).speak("Something else in between.", pace=130)
    assert np.array_equal(first.samples, Piper(model).speak(LINE, pace=115).samples)
    standing.end_all()
    assert np.array_equal(first.samples, Piper(model).speak(LINE, pace=115).samples)


def test_every_voice_is_brought_to_the_pace_asked_for(model: Path) -> None:
    text = piper._MEASURED_ON
    for pace in (100, 130):
        minutes = seconds(Piper(model).speak(text, pace=pace)) / 60
        assert len(text.split()) / minutes == pytest.approx(pace, rel=0.03)


def test_phonemes_in_a_line_are_not_obeyed(model: Path) -> None:
    marked = Piper(model).speak("Look [[aaaaaaaaaaaaaaa]] around.", pace=115)
    plainly = Piper(model).speak("Look aaaaaaaaaaaaaaa around.", pace=115)
    assert np.array_equal(marked.samples, plainly.samples)


def test_a_line_without_words_is_refused(model: Path) -> None:
    with pytest.raises(InputError):
        Piper(model).speak("...", pace=115)


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "voice.crashed"), (b"not a model", "voice.crashed")]
)
def test_a_broken_model_gives_a_sentence(
    model: Path, tmp_path: Path, content: bytes, code: str
) -> None:
    broken = Path(shutil.copytree(model.parent, tmp_path / "voices")) / model.name
    broken.write_bytes(content)
    with pytest.raises(OutsideError) as caught:
        Piper(broken).speak(LINE, pace=115)
    assert caught.value.code == code


def test_a_voice_that_gives_silence_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        Piper(build(tmp_path, loud=0.0)).speak(LINE, pace=115)
    assert caught.value.code == "voice.silent"


def test_a_voice_whose_file_is_gone_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        Piper(tmp_path / "gone.onnx").speak(LINE, pace=115)
    assert caught.value.code == "voice.broken"


def test_an_engine_that_crashes_gives_a_sentence(model: Path, tmp_path: Path) -> None:
    with pytest.raises(OutsideError) as caught:
        Piper(model, python=engine(tmp_path, "crashes")).speak(LINE, pace=115)
    assert caught.value.code == "voice.crashed"


def test_without_the_extra_it_says_how_to_get_it(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper, "is_installed", lambda: False)
    with pytest.raises(OutsideError, match="--extra piper") as caught:
        Piper(model).speak("Another line.", pace=101)
    assert caught.value.code == "voice.no_piper"


def test_another_model_under_the_same_name_is_another_voice(tmp_path: Path) -> None:
    voice = Piper(build(tmp_path))
    before = voice.settings
    build(tmp_path, loud=0.4)
    assert voice.settings != before


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("en_US-kristin-medium", "Kristin (Piper)"),
        ("en_GB-jenny_dioco-medium", "Jenny Dioco (Piper)"),
        ("mine", "Mine (Piper)"),
    ],
)
def test_a_page_calls_it_by_the_speakers_name(stem: str, title: str) -> None:
    assert Piper(Path(f"{stem}.onnx")).title == title
