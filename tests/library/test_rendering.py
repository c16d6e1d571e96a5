"""Every practice is listened to: spoken by a voice, rendered, decoded and measured.

Length, rate of speech, loudness and silences are those of the sound that a player decodes, not
of the plan it was made from.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import clips_folder
from thaw.library.content import content_folder
from thaw.library.shelf import Shelf
from thaw.practice.compose import compose
from thaw.practice.need import lines_needed
from thaw.practice.pace import count_words
from thaw.practice.parts import Practice
from thaw.practice.plan import Choices, Plan
from thaw.sound.cache import ClipCache
from thaw.sound.loudness import integrated_of, true_peak_of
from thaw.sound.stream import assemble
from thaw.sound.voices.flite import Flite, is_installed
from thaw.sound.voicing import VoicedClips, voice_lines
from thaw.units import SAMPLE_RATE

pytestmark = [
    pytest.mark.skipif(not is_installed(), reason="flite is not installed"),
    pytest.mark.timeout(600),
]

SHELF = Shelf(content_folder())
PRACTICES = {practice.id: practice for practice in SHELF.practices()}
VOICE, PACE = Flite(), 115
LOOK = SAMPLE_RATE // 50
QUIET_DB = -60.0
OWN_QUIET_S = 1.5
"""The quiet that lines have of their own, at the end of one and the beginning of the next."""

LONGEST_QUIET_S = 90.0
"""What lint allows (R08); a level may ask for less."""

WORDS_A_MINUTE = (20, 95)
"""What lint allows (R17), rests counted in."""

LOUDNESS, PEAK_DB = -19, -1
"""In LUFS and dBTP, as each clip is made."""


@dataclass(frozen=True)
class Heard:
    """What was decoded of a sitting, in mono.

    Attributes:
        rate: Words a minute while someone speaks.
        words: Words a minute of the whole sitting.
        quiet_s: The longest silence.
    """

    plan: Plan
    samples: NDArray[np.float32]

    @property
    def rate(self) -> float:
        spoken = sum(event.length for event in self.plan.lines())
        return self._count() * 60 * SAMPLE_RATE / spoken

    @property
    def words(self) -> float:
        return self._count() * 60 * SAMPLE_RATE / len(self.samples)

    @property
    def quiet_s(self) -> float:
        whole = self.samples[: len(self.samples) // LOOK * LOOK].reshape(-1, LOOK)
        loud = np.flatnonzero(np.abs(whole).max(axis=1) > 10 ** (QUIET_DB / 20))
        edges = np.concatenate([[-1], loud, [len(whole)]])
        return float(np.diff(edges).max() - 1) * LOOK / SAMPLE_RATE

    def _count(self) -> int:
        return sum(count_words(event.text) for event in self.plan.lines())


class Studio:
    """A voice whose clips are shared by all lengths of all practices."""

    def __init__(self, folder: Path, pace: int = PACE) -> None:
        self._cache, self._pace = ClipCache(folder), pace
        self.clips = VoicedClips(self._cache, VOICE, pace)

    def plan(self, practice: Practice, minutes: int) -> Plan:
        choices = Choices(minutes * 60, level=2, voice=VOICE.name, pace=self._pace)
        words = SHELF.words
        while texts := lines_needed(practice, choices, words=words, known=self.clips.known):
            voice_lines(
                texts,
                voice=VOICE,
                pace=self._pace,
                cache=self._cache,
                progress=lambda _done, _total: None,
                stop=lambda: False,
            )
        return compose(practice, choices, words=words, lengths=self.clips.length)

    def heard(self, plan: Plan) -> Heard:
        stream = assemble(plan, self.clips, "opus")
        file = io.BytesIO(b"".join(stream.chunks(0, stream.size)))
        return Heard(plan, np.concatenate(list(_pieces(file))))


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio(clips_folder())


def _pieces(file: IO[bytes]) -> Iterator[NDArray[np.float32]]:
    with av.open(file, "r") as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        for frame in (*container.decode(audio=0), None):
            for piece in resampler.resample(frame):
                yield np.ravel(cast("NDArray[np.float32]", piece.to_ndarray()))


def lengths_of(practice: Practice) -> dict[str, int]:
    minutes = practice.minutes
    return {"least": minutes.least, "usual": minutes.usual, "most": minutes.most}


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_practice_lasts_as_long_as_asked_and_is_well_heard(
    practice: Practice, studio: Studio
) -> None:
    for name, minutes in lengths_of(practice).items():
        sitting = studio.heard(studio.plan(practice, minutes))
        assert_it_is_in_time(sitting, minutes)
        if name == "usual":
            assert_it_is_well_heard(sitting, PACE)


@pytest.mark.deep
@pytest.mark.parametrize("pace", [100, 130])
@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_a_slow_and_a_quick_voice_are_well_heard(
    practice: Practice, pace: int, tmp_path: Path
) -> None:
    studio = Studio(tmp_path, pace)
    for minutes in lengths_of(practice).values():
        sitting = studio.heard(studio.plan(practice, minutes))
        assert_it_is_in_time(sitting, minutes)
        assert_it_is_well_heard(sitting, pace)


def assert_it_is_in_time(sitting: Heard, minutes: int) -> None:
    assert len(sitting.samples) == minutes * 60 * SAMPLE_RATE
    longest = min(sitting.plan.origin.rest_cap, LONGEST_QUIET_S)
    assert sitting.quiet_s <= longest + OWN_QUIET_S
    fewest, most = WORDS_A_MINUTE
    assert fewest <= sitting.words <= most


def assert_it_is_well_heard(sitting: Heard, pace: int) -> None:
    assert 0.8 * pace <= sitting.rate <= 1.2 * pace
    assert integrated_of(sitting.samples) == pytest.approx(LOUDNESS, abs=1)
    assert true_peak_of(sitting.samples) <= PEAK_DB
