"""Captions say what is spoken and when; the transcript reads as plain text."""

import pytest

from tests.practice.words import WORDS, practice_of
from thaw.practice.captions import transcript, webvtt
from thaw.practice.compose import compose
from thaw.practice.pace import length_at
from thaw.practice.plan import Choices, Plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    practice = practice_of(
        "## A\n\n[bell low]\n\nIt is *soft* <b>or</b> hard & *so on*.\n\n[rest 12]\n\n"
        "And on.\n\n[rest 4]\n\n"
        "## B\n\nPerhaps --> both.\n\n[rest 1..60]\n"
    )
    return compose(practice, Choices(60), words=WORDS, lengths=length_at)


def test_captions_are_webvtt_with_emphasis_and_nothing_else_obeyed(plan: Plan) -> None:
    lines = webvtt(plan).split("\n")

    assert lines[:6] == [
        "WEBVTT",
        "",
        "1",
        "00:00:08.000 --> 00:00:11.660",
        "It is <i>soft</i> &lt;b&gt;or&lt;/b&gt; hard &amp; <i>so on</i>.",
        "",
    ]
    assert "Perhaps --&gt; both." in lines


def test_the_transcript_names_sections_bells_and_long_rests(plan: Plan) -> None:
    assert transcript(plan).startswith(
        "A test\n\nA\n\n 0:00 (bell)\n 0:08 It is soft <b>or</b> hard & so on.\n"
        "      (quiet, 12 seconds)\n 0:24 And on.\n\nB\n\n 0:29 Perhaps --> both.\n"
    )
