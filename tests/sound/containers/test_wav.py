"""WAV: what was recorded, where the plan says."""

import io
import wave

import numpy as np

from tests.fakes.clips import ToneClips
from tests.sound.plans import Step, clip_of, plan_of
from thaw.sound.stream import assemble

SITTING: list[Step] = ["bell low", 50, "Hello *there*", 1, "You", 7, "What a day", 300]


def test_it_holds_the_clips_sample_by_sample() -> None:
    clips = ToneClips()
    plan = plan_of(SITTING, clips)
    stream = assemble(plan, clips, "wav")
    with wave.open(io.BytesIO(stream.read(0, stream.size))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 48_000)
        assert file.getnframes() == plan.total
        heard = np.frombuffer(file.readframes(plan.total), "<i2")
    for event in plan.events:
        stretch = heard[event.start : event.end]
        if event.kind == "rest":
            assert not stretch.any()
        else:
            clip = clip_of(event, clips)
            assert np.array_equal(stretch, np.frombuffer(clips.pcm(clip), "<i2"))
