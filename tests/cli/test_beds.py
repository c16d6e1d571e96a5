"""``--bed``: rain, sea or brown noise beneath a sitting, planned and rendered."""

import io
import json
import shutil
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.cli.conftest import Thaw
from tests.cli.texts import BODY, HEAD
from thaw.cli.choosing import Wanted
from thaw.practice.beds import BEDS
from thaw.sound.loudness import integrated_of

CONTAINERS = ("opus", "mp4", "mp3", "wav")
WITH_RAIN = BODY.replace("## Start", "## Start\n\n[bed rain]").replace(
    "## Back {closing}", "[bed off]\n\n## Back {closing}"
)


def bed_of(thaw: Thaw, *arguments: str | Path) -> object:
    ended = thaw("plan", *arguments, "--minutes", "1", "--voice", "none", "--json")
    assert (ended.code, ended.err) == (0, "")
    return json.loads(ended.out)["beds"]


@pytest.fixture
def with_rain(tmp_path: Path) -> Path:
    """A practice that turns rain on, and off before its closing."""
    path = tmp_path / "rain.md"
    path.write_text(HEAD + WITH_RAIN, encoding="utf-8")
    return path


@pytest.mark.parametrize("bed", BEDS)
def test_a_bed_that_is_asked_for_lies_beneath_all_of_it(
    thaw: Thaw, with_rain: Path, bed: str
) -> None:
    assert bed_of(thaw, with_rain, "--bed", bed) == [{"bed": bed, "start": 0, "length": 2_880_000}]


def test_a_practice_has_its_own_unless_off_is_asked_for(thaw: Thaw, with_rain: Path) -> None:
    own = bed_of(thaw, with_rain)
    assert isinstance(own, list)
    assert [(span["bed"], span["start"]) for span in own] == [("rain", 0)]
    assert 0 < own[0]["length"] < 2_880_000
    assert bed_of(thaw, with_rain, "--bed", "off") == []


def test_the_table_names_the_bed(thaw: Thaw) -> None:
    ended = thaw("plan", "five-things", "--minutes", "3", "--voice", "none", "--bed", "sea")
    assert "(sea, beneath)" in ended.out


@pytest.mark.parametrize(
    ("option", "value", "known"), [("--bed", "wind", "rain"), ("--bed-volume", "4", "from 1 to 3")]
)
def test_an_unknown_bed_or_volume_is_a_sentence(
    thaw: Thaw, option: str, value: str, known: str
) -> None:
    ended = thaw("plan", "five-things", "--minutes", "3", "--voice", "none", option, value)
    assert (ended.code, ended.out) == (2, "")
    assert known in ended.err
    assert ended.err.count("\n") == 1


def test_what_is_asked_for_reaches_the_plan() -> None:
    wanted = Wanted("x", 60, 2, None, 115, None, None, (), 0, bed="sea", bed_volume=3)
    assert (wanted.choices("none").bed, wanted.choices("none").bed_volume) == ("sea", 3)


def heard_in(path: Path) -> NDArray[np.float32]:
    """Return the samples a player hears; full scale is 1."""
    with av.open(io.BytesIO(path.read_bytes()), "r") as file:
        frames = [frame.to_ndarray()[0] for frame in file.decode(audio=0)]
    samples = np.concatenate(frames)
    return (samples / (32768 if samples.dtype == np.int16 else 1)).astype(np.float32)


@pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")
def test_every_format_is_exact_and_the_bed_lies_21_lu_below_the_voice(
    thaw: Thaw, tmp_path: Path
) -> None:
    practice = tmp_path / "small.md"
    practice.write_text(HEAD + BODY, encoding="utf-8")
    spoken = ("--minutes", "1", "--voice", "flite-slt")
    plain = tmp_path / "plain.wav"
    assert thaw("render", practice, *spoken, "-o", plain).code == 0
    voice = integrated_of(heard_in(plain))
    for container in CONTAINERS:
        file = tmp_path / f"with.{container}"
        ended = thaw("render", practice, *spoken, "--bed", "rain", "-o", file)
        assert (ended.code, ended.err) == (0, "")
        heard = heard_in(file)
        assert len(heard) == 60 * 48_000
        quiet = heard[20 * 48_000 : 35 * 48_000]  # A rest.
        assert voice - integrated_of(quiet) == pytest.approx(21, abs=1.5)


@pytest.mark.skipif(not shutil.which("flite"), reason="flite is not installed")
@pytest.mark.parametrize("container", CONTAINERS)
def test_the_same_options_give_the_same_bytes(
    thaw: Thaw, tmp_path: Path, with_rain: Path, container: str
) -> None:
    files = [tmp_path / f"{number}.{container}" for number in (1, 2)]
    for file in files:
        options = ("--minutes", "1", "--voice", "flite-slt", "--bed-volume", "3")
        assert thaw("render", with_rain, *options, "-o", file).code == 0
    first, second = (file.read_bytes() for file in files)
    assert first == second
