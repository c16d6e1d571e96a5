"""A power cut while the journal's pages keep notes: what was answered is there, whole."""

import sys
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.conftest import DEEP
from tests.crash.reading import notes_in
from tests.crash.steps import Found
from tests.crash.test_power_cut import OFTEN, STEPS, Tally, memory, tally
from tests.crash.tracing import Ack, traced
from tests.house.tree import ROOT
from thaw.web.write.body import body_of

__all__ = ["memory"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux")

CUTS = 10_000 if DEEP else 300


def read(file: Path) -> tuple[dict[UUID, Found], tuple[str, int] | None]:
    """Return every note of a database, as the page wrote it."""
    notes, instance = notes_in(file)
    texts = {id_: body_of(found.text.encode()).text for id_, found in notes.items()}
    return {id_: replace(found, text=texts[id_]) for id_, found in notes.items()}, instance


def test_no_power_cut_loses_what_the_journal_acknowledged(
    thaw_data: Path, tmp_path: Path, memory: Path
) -> None:
    command = [sys.executable, "-m", "tests.crash.journal", str(thaw_data), str(STEPS), OFTEN]
    events = traced(command, thaw_data, tmp_path / "strace", ROOT)
    assert sum(isinstance(event, Ack) for event in events) == STEPS
    assert tally(events, CUTS, memory, read) == Tally(cuts=CUTS)
