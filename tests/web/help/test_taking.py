"""One's own help goes along: in a copy to read, in a backup, and away with everything."""

import io
import json
import zipfile

import pytest
from django.test import Client

from tests.web.conftest import seat_in, unlock
from thaw.exchange.export import entry_of
from thaw.units import InputError
from thaw.web.help.models import OwnHelp, ShownHelp
from thaw.web.house import House
from thaw.web.take.imports import row_of
from thaw.web.take.tables import rows_of, tables_of_a_person


def exported(client: Client) -> dict[str, bytes]:
    answer = client.post("/me/take/export")
    assert answer.status_code == 200
    packed = answer.getvalue()
    with zipfile.ZipFile(io.BytesIO(packed)) as copy:
        return {name: copy.read(name) for name in copy.namelist()}


def test_a_copy_to_read_has_it_and_not_the_copy_in_clear(
    locked: Client, form: dict[str, str]
) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    shown = {"part": "person", "read": "yes"}
    assert locked.post("/help/mine/locked", shown).status_code == 303
    files = exported(locked)
    (record,) = json.loads(files["help.json"])
    assert record["body"]["name"] == form["name"]
    assert sum(form["name"].encode() in content for content in files.values()) == 1
    row = row_of(entry_of("help", record, OwnHelp.SEALED))
    assert form["reason"].encode() in row.fields["body"]


@pytest.mark.parametrize("body", [{}, {"name": "x" * 81}, {"number": "call her"}, []])
def test_a_copy_with_what_could_not_be_shown_is_refused(
    seated: Client, form: dict[str, str], body: object
) -> None:
    assert seated.post("/help/mine/edit", form).status_code == 303
    (record,) = json.loads(exported(seated)["help.json"])
    wrong = {**record["body"], **body} if isinstance(body, dict) and body else body
    with pytest.raises(InputError):
        row_of(entry_of("help", {**record, "body": wrong}, OwnHelp.SEALED))


def test_a_backup_takes_both_and_erasing_takes_both_away(
    locked: Client, house: House, form: dict[str, str]
) -> None:
    unlock(locked)
    assert locked.post("/help/mine/edit", form).status_code == 303
    shown = {"part": ["person", "plan"], "read": "yes"}
    assert locked.post("/help/mine/locked", shown).status_code == 303
    person_id = seat_in(house, locked).person_id
    for model in (OwnHelp, ShownHelp):
        assert model in tables_of_a_person()
        assert rows_of(model, person_id).count() == 1
    assert locked.post("/me/erase", {"words": "erase everything"}).status_code == 200
    for model in (OwnHelp, ShownHelp):
        assert not model.objects.exists()
    for path in house.data.rglob("*"):
        assert not path.is_file() or form["name"].encode() not in path.read_bytes()
