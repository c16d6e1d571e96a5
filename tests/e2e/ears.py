"""What is really heard in a page: every element's sound on one tape, beside what was planned.

The tape is the level of each hundredth of a second as the loudspeaker would get it, whichever
element it comes from. The plan is the level of a revision's own file, decoded by the same browser.
Both fall into stretches of sound, so that a line that is cut, heard twice or shifted shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

STEP_S = 0.01
_LOUD = 0.004
_GAP_S = 0.25
_SHORT_S = 0.08

_EARS = """
(() => {
  const known = new WeakSet();
  const pieces = [];
  let ears = null;
  let recorder = null;
  const begin = () => {
    ears = new AudioContext({ sampleRate: 48000 });
    const tape = new MediaStreamAudioDestinationNode(ears);
    ears.all = new GainNode(ears);
    ears.all.connect(tape);
    ears.all.connect(ears.destination);
    recorder = new MediaRecorder(tape.stream, { audioBitsPerSecond: 128000 });
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.start(200);
  };
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    if (!ears) begin();
    if (!known.has(this)) {
      known.add(this);
      ears.createMediaElementSource(this).connect(ears.all);
    }
    return play.call(this);
  };
  const levelsOf = async (bytes) => {
    const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    const levels = [];
    for (let at = 0; at < samples.length; at += 480) {
      let peak = 0;
      for (let i = at; i < Math.min(at + 480, samples.length); i += 1)
        peak = Math.max(peak, Math.abs(samples[i]));
      levels.push(peak);
    }
    return levels;
  };
  window.planned = async (url) => levelsOf(await (await fetch(url)).arrayBuffer());
  window.taped = async () => {
    const done = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.stop();
    await done;
    return levelsOf(await new Blob(pieces).arrayBuffer());
  };
})();
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that is heard without a pause, in seconds."""

    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


def listen(page: Page) -> None:
    """Put every sound that the page's later documents make on a tape."""
    page.add_init_script(_EARS)


def heard(page: Page) -> list[Stretch]:
    """Return what was heard since the first press of play; the tape ends with it."""
    return stretches(page.evaluate("window.taped()"))


def planned(page: Page, url: str) -> list[Stretch]:
    """Return what a revision sounds like from end to end."""
    return stretches(page.evaluate("(url) => window.planned(url)", url))


def stretches(levels: Sequence[float]) -> list[Stretch]:
    found: list[list[float]] = []
    for at, level in enumerate(levels):
        if level < _LOUD:
            continue
        start, end = at * STEP_S, (at + 1) * STEP_S
        if found and start - found[-1][1] < _GAP_S:
            found[-1][1] = end
        else:
            found.append([start, end])
    return [Stretch(start, end) for start, end in found if end - start >= _SHORT_S]


def shifts(heard: Sequence[Stretch], planned: Sequence[Stretch]) -> list[float]:
    """Return by how much each stretch came later than planned, from the first one on.

    Args:
        heard: Stretches of the tape; the first and the last of them are whole.
        planned: All stretches of the revision that was heard last.

    Raises:
        AssertionError: Something was cut, left out or heard twice.
    """
    for first in range(len(planned) - len(heard) + 1):
        pairs = list(zip(heard, planned[first:], strict=False))
        if all(abs(one.length - other.length) < 0.1 for one, other in pairs):
            return [one.start - other.start for one, other in pairs]
    raise AssertionError(f"What was heard is not what was planned:\n{heard}\n{planned}")


def json_of(page: Page, url: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask the server as the page would."""
    said: dict[str, Any] = page.evaluate(
        """async ([url, body]) => (await fetch(url, {
          method: "POST", credentials: "same-origin", body: JSON.stringify(body),
          headers: { "Content-Type": "application/json", Accept: "application/json",
            "X-CSRFToken": document.querySelector('meta[name="csrf"]').content },
        })).json()""",
        [url, body],
    )
    return said
