"""The door: who is let in, what is closed, what is locked."""

import pytest
from django.test import Client

from tests.web.conftest import PASSPHRASE


@pytest.mark.parametrize("path", ["/", "/library", "/library/five-things", "/unlock", "/cover"])
def test_without_a_session_every_page_is_closed(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 401
    assert "Open Thaw with the command <code>thaw</code>." in answer.content.decode()


def test_who_was_let_in_sees_the_pages(seated: Client) -> None:
    assert seated.get("/").status_code == 200
    assert seated.get("/library").status_code == 200


def test_a_locked_session_sees_the_lock_page(locked: Client) -> None:
    answer = locked.get("/library")
    assert answer.status_code == 423
    assert answer["Clear-Site-Data"] == '"cache"'
    opened = locked.post("/unlock", {"passphrase": PASSPHRASE, "next": "/library"})
    assert (opened.status_code, opened["Location"]) == (303, "/library")
    assert locked.get("/library").status_code == 200
