"""``thaw practices``: the shelf as a table and as JSON."""

import json

from tests.cli.conftest import Thaw


def test_the_table_names_every_practice(thaw: Thaw) -> None:
    ended = thaw("practices")
    assert (ended.code, ended.err) == (0, "")
    for name in ("five-things", "thawing", "walking-back-in"):
        assert name in ended.out
    assert "\x1b" not in ended.out


def test_json_has_the_keys_that_were_promised(thaw: Thaw) -> None:
    found = json.loads(thaw("practices", "--json").out)
    names = [each["id"] for each in found]
    assert names == sorted(names)
    assert {"five-things", "thawing", "walking-back-in"} <= set(names)
    for each in found:
        assert list(each) == [
            "id",
            "title",
            "summary",
            "level",
            "minutes",
            "themes",
            "anchors",
            "postures",
        ]
        assert list(each["minutes"]) == ["least", "usual", "most"]
