"""The built front end: from the name a template uses to the hashed file it is served as."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from thaw.units import SettingError


def asset_url(name: str) -> str:
    """Return the address of a built file such as ``app.js``.

    Raises:
        SettingError: ``assets.missing``, where the front end is not built or has no such file.
    """
    return f"{settings.STATIC_URL}dist/{asset_file(name).name}"


def asset_file(name: str) -> Path:
    """Return where a built file such as ``app.js`` lies.

    Raises:
        SettingError: ``assets.missing``, as above.
    """
    folder = Path(settings.STATIC_ROOT) / "dist"
    try:
        return folder / manifest_of(folder)[name]
    except KeyError:
        raise not_built() from None


@lru_cache(maxsize=8)
def manifest_of(folder: Path) -> dict[str, str]:
    """Return the names of the built files, by the names templates use.

    Raises:
        SettingError: ``assets.missing``, where it is not there or cannot be read.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise not_built() from error
    if not isinstance(manifest, dict):
        raise not_built()
    return {str(name): str(file) for name, file in manifest.items()}


def check_built() -> None:
    """Raise ``SettingError`` where the front end is not built."""
    manifest_of(Path(settings.STATIC_ROOT) / "dist")


def not_built() -> SettingError:
    return SettingError(
        "assets.missing",
        "The scripts and styles of the pages are not built yet. Run script/bootstrap, then "
        "start Thaw again.",
    )
