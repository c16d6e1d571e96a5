"""A disk that takes no writing: everything is read, nothing is touched, and a page can say so."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash.steps import begin, left_by, steps, take
from tests.crash.test_full_disk import OWN_MOUNTS, may_mount
from tests.house.tree import ROOT
from thaw.web.folder import open_folder

READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1"'
LOOK = """
import json, os, sys
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "thaw.web.settings"
import django
django.setup()
from tests.crash.steps import SEAT, begin, id_of, text_of, take, Step
from thaw.units import ThawError
from thaw.web import sealed
from thaw.web.folder import open_folder
from thaw.web.write.models import Note
from thaw.cli.folders import data_folder
os.environ["THAW_DATA"] = sys.argv[1]
folder = open_folder(data_folder())
seen = {"notice": folder.notice, "rows": len(list(sealed.rows_of(Note, SEAT, trashed=None)))}
try:
    take(Step("create", 999))
except ThawError as error:
    seen["refusal"] = [error.code, error.status]
folder.look_after()
folder.close()
print(json.dumps(seen))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are of Linux")
@pytest.mark.usefixtures("own_database")
def test_a_disk_that_takes_no_writing_is_read_whole(thaw_data: Path) -> None:
    if not may_mount():
        pytest.skip("no process may have mounts of its own here; test_folder opens one to read")
    with closing(open_folder(thaw_data)):
        begin()
        for step in steps(20):
            take(step)
    before = {path.name: path.read_bytes() for path in thaw_data.iterdir()}
    command = [*OWN_MOUNTS, "sh", "-c", READ_ONLY, "sh", str(thaw_data), sys.executable, LOOK]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert "only be read" in seen["notice"]
    assert seen["rows"] == len(left_by(steps(20)))
    assert seen["refusal"] == ["store.read_only", 507]
    assert {path.name: path.read_bytes() for path in thaw_data.iterdir()} == before
