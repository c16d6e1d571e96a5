"""Where the texts lie, and how they are read: ``content/``, our own and trusted.

What a stranger wrote goes through ``thaw.practice.read`` instead.
"""

from pathlib import Path

import yaml

from thaw.practice.frontmatter import LOADER
from thaw.units import SettingError


def content_folder() -> Path:
    """Return the folder that holds ``practices/``, ``words/`` and the rest of what is said.

    The wheel carries a copy inside the package; a checkout has it beside ``src/``.

    Raises:
        SettingError: ``content.missing``, where neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    return find_content(package / "content", package.parents[1] / "content")


def find_content(*candidates: Path) -> Path:
    """Return the first of ``candidates`` that holds practices.

    Raises:
        SettingError: ``content.missing``, where none does.
    """
    for folder in candidates:
        if (folder / "practices").is_dir():
            return folder
    raise SettingError(
        "content.missing",
        "The folder with the practices is missing. Install Thaw again, or clone it anew.",
    )


def unreadable(path: Path, why: str) -> SettingError:
    """Return the error for a content file that cannot be used, with what to do."""
    name = f"{path.parent.name}/{path.name}"
    return SettingError(
        "content.unreadable",
        f"{name} cannot be used: {why}. Mend the file, or install Thaw again.",
        {"file": name},
    )


def read_content(path: Path) -> str:
    """Return the text of a content file.

    Raises:
        SettingError: ``content.unreadable``.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise unreadable(path, error.strerror or "it cannot be read") from error
    except UnicodeDecodeError as error:
        raise unreadable(path, "it is not UTF-8 text") from error


def read_table(path: Path) -> dict[str, object]:
    """Return a content file in YAML whose top is a table of names.

    Raises:
        SettingError: ``content.unreadable``.
    """
    try:
        table = yaml.load(read_content(path), Loader=LOADER)  # noqa: S506 - a safe one.
    except yaml.YAMLError as error:
        raise unreadable(path, "it is not valid YAML") from error
    if not isinstance(table, dict) or not all(isinstance(name, str) for name in table):
        raise unreadable(path, "it is not a table of names")
    return table
