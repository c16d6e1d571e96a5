"""Texts of the practice language make the plans that stand beside them."""

from pathlib import Path

import pytest

from tests.practice.recorded import TEXTS, asked_in, come_of, sittings_of


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_an_example_comes_to_what_stands_beside_it(text: Path) -> None:
    for sitting in sittings_of(text):
        assert {**asked_in(sitting), **come_of(text, sitting)} == sitting
