"""Where something failed is said without what was said."""

import pytest

from thaw.web.place import place_of


def test_a_place_names_our_code_and_nothing_that_was_said() -> None:
    with pytest.raises(ValueError, match="private words") as failed:
        int("private words")
    assert place_of(failed.value) == "ValueError"
    assert place_of(None) == "unknown"
