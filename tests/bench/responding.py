"""A tap during a sitting: how soon the answer's plan is there, and how soon its sound begins."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.bench.figure import Figure, percentile
from tests.bench.serving import Server, headers_of, let_in, server
from tests.bench.studio import PACE, QUARTER, Studio
from thaw.practice.answers import ANSWERED
from thaw.practice.listening import lines_of_answers
from thaw.practice.plan import Choices
from thaw.web.ids import new_id

BYTES = 64 * 1024
STEADY = tuple(kind for kind in ANSWERED if kind not in ("bored", "too-much"))
"""Responses that leave a sitting as long as it was."""

TAPS = 60
EVERY_S = 12


@dataclass
class Taken:
    """Milliseconds for each tap: the reply with all that the page shows, and the first bytes."""

    reply_ms: list[float] = field(default_factory=list)
    bytes_ms: list[float] = field(default_factory=list)


def measure(studio: Studio) -> Iterator[Figure]:
    choices = Choices(QUARTER, voice=studio.voice.name, pace=PACE)
    _ = studio.quarter
    practice = studio.shelf.practice("thawing")
    answers, words = studio.shelf.answers, studio.shelf.words
    studio.voice_lines(lines_of_answers(practice, choices, answers, words))
    with server(studio.data) as found:
        studio.tell(f"Tapping {TAPS} times.")
        taken = _tap(found, studio)
    yield Figure(
        "next bytes after a response, p99",
        percentile(taken.bytes_ms, 99),
        "ms",
        50.0,
        f"the first {BYTES // 1024} KiB from the switch on of a revision that nobody asked for "
        f"before, by the audio route of a real server; median "
        f"{percentile(taken.bytes_ms, 50):.1f} ms; {len(taken.bytes_ms)} taps",
    )
    yield Figure(
        "reply to a response, median",
        percentile(taken.reply_ms, 50),
        "ms",
        how="the whole request: plan, drawing and cues as JSON, and the row of the log flushed "
        f"to the disk; p99 {percentile(taken.reply_ms, 99):.0f} ms",
    )


def _tap(found: Server, studio: Studio) -> Taken:
    """Tap in sittings of a quarter of an hour, all through, and take every answer."""
    headers, taken = headers_of(let_in(found)), Taken()
    line = http.client.HTTPConnection("localhost", found.port, timeout=30)
    with closing(line):
        path, at_s, revision = _begin(line, headers, studio, 0), 5.0, 1
        for number in range(TAPS):
            if at_s > QUARTER * 0.85:
                path, at_s, revision = _begin(line, headers, studio, number), 5.0, 1
            kind = STEADY[number % len(STEADY)]
            said = {"tap": str(new_id()), "kind": kind, "at_s": at_s, "revision": revision}
            begun = time.perf_counter()
            told = _post(line, f"{path}/respond", headers, said)
            taken.reply_ms.append((time.perf_counter() - begun) * 1000)
            if told["changes"]:
                revision = told["revision"]
                taken.bytes_ms.append(_first_bytes_ms(line, headers, told))
                _post(line, f"{path}/took", headers, {"revision": revision, "at_s": at_s})
            at_s += EVERY_S
    return taken


def _begin(
    line: http.client.HTTPConnection, headers: Mapping[str, str], studio: Studio, seed: int
) -> str:
    """Begin a sitting and hear its beginning; where lines of its seed are not voiced yet, wait."""
    fields = {"minutes": 15, "seconds": 0, "voice": studio.voice.name, "pace": PACE, "seed": seed}
    form = urlencode({**fields, "chosen": 1, "read": "someone-first"})
    told = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    while True:
        line.request("POST", "/library/thawing/sit", form, told)
        answer = line.getresponse()
        answer.read()
        if answer.status == 303:
            path = str(answer.headers["Location"])
            _heard(line, headers, f"{path.replace('/sit/', '/audio/')}/1.mp4", 0)
            return path
        assert answer.status == 202, answer.status
        time.sleep(0.5)


def _first_bytes_ms(
    line: http.client.HTTPConnection, headers: Mapping[str, str], told: Mapping[str, Any]
) -> float:
    """Return how long the sound takes to come, from where it is another one."""
    start = int(told["switch_s"] / told["total_s"] * 2_000_000)  # 15 minutes have more than that.
    begun = time.perf_counter()
    _heard(line, headers, told["sources"][0]["src"], start)
    return (time.perf_counter() - begun) * 1000


def _heard(
    line: http.client.HTTPConnection, headers: Mapping[str, str], source: str, start: int
) -> None:
    line.request("GET", source, headers={**headers, "Range": f"bytes={start}-{start + BYTES - 1}"})
    answer = line.getresponse()
    assert (answer.status, len(answer.read())) == (206, BYTES), answer.status


def _post(
    line: http.client.HTTPConnection,
    path: str,
    headers: Mapping[str, str],
    said: Mapping[str, object],
) -> dict[str, Any]:
    line.request("POST", path, json.dumps(said), {**headers, "Content-Type": "application/json"})
    answer = line.getresponse()
    told: dict[str, Any] = json.loads(answer.read())
    assert answer.status == 200, told
    return told
