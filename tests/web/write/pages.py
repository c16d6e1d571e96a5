"""What tests read of the journal's pages, and what they send."""

import html
import json
import re
from typing import Any
from uuid import UUID

from django.test import Client

from tests.web.write.notes import DAY


def words_in(answer: Any) -> str:
    """Return what stands in the main part of a page, as one reads it."""
    body = b"".join(answer) if answer.streaming else answer.content
    found = re.search(r"<main.*</main>", body.decode(), re.DOTALL)
    assert found
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def field_in(page: Any, name: str) -> str:
    """Return what stands in a field of a page."""
    text = page.content.decode()
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    found = found or re.search(rf'<input[^>]* name="{name}" value="([^"]*)"', text)
    found = found or re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', text)
    assert found, name
    return html.unescape(found[1])


def address_in(page: Any) -> str:
    """Return where the note's form goes."""
    found = re.search(r'action="(/write/notes/[0-9a-f-]+)" enctype', page.content.decode())
    assert found
    return found[1]


def id_in(address: str) -> UUID:
    return UUID(address.split("/")[3])


def put(seated: Client, note: UUID, **shape: object) -> Any:
    """Save a note as the island does."""
    body = {"version": 0, "text": "", "kind": "note", "day": DAY.isoformat(), "tags": []} | shape
    return seated.put(f"/write/notes/{note}", json.dumps(body), "application/json")
