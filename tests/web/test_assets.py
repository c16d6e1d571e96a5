"""The built front end, and what is said without it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from thaw.units import SettingError
from thaw.web.assets import asset_url, check_built, manifest_of


def test_an_asset_is_found_by_its_plain_name() -> None:
    assert asset_url("app.css") == "/static/dist/app-AB12CD34.css"


@pytest.mark.parametrize("manifest", [None, "not json", "[]"])
def test_without_a_built_front_end_there_is_a_sentence(
    tmp_path: Path, settings: Settings, manifest: str | None
) -> None:
    dist = tmp_path / "unbuilt" / "dist"
    dist.mkdir(parents=True)
    if manifest is not None:
        (dist / "manifest.json").write_text(manifest)
    settings.STATIC_ROOT = dist.parent
    with pytest.raises(SettingError, match="script/bootstrap"):
        check_built()


def test_a_file_that_is_not_built_is_a_sentence() -> None:
    with pytest.raises(SettingError, match="script/bootstrap"):
        asset_url("no-such.js")


def test_pages_without_a_front_end_say_what_to_do(
    seated: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path
    answer = seated.get("/library")
    assert answer.status_code == 500
    assert answer.content.decode().count("script/bootstrap") == 1
    missing = seated.get("/no-such-page")
    assert missing.status_code == 404
    assert missing.content.decode().startswith("There is no page here.")
    assert "script/bootstrap" in missing.content.decode()


def test_the_manifest_is_read_once(built: Path) -> None:
    first = manifest_of(built / "dist")
    (built / "dist" / "manifest.json").unlink()
    assert manifest_of(built / "dist") is first
