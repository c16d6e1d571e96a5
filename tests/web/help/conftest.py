"""One's own help as a form sends it."""

import pytest

FORM = {
    "version": "0",
    "country": "gb",
    "name": "Mira of the third floor",
    "number": "+49 (30) 1234-56",
    "line": "I feel nothing and need company",
    "signs": "the curtains stay closed",
    "reason": "the old dog",
}


@pytest.fixture
def form() -> dict[str, str]:
    """Return a person, a line, a part of a plan and a country."""
    return dict(FORM)
