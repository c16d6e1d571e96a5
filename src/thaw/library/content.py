"""Where the texts lie: ``content/``, in a checkout and in an installed package alike."""

from pathlib import Path

from thaw.units import SettingError


def content_folder() -> Path:
    """Return the folder that holds ``practices/``, ``words/`` and the rest of what is said.

    A checkout has it beside ``src/``; the wheel carries a copy inside the package.

    Raises:
        SettingError: ``content.missing``, where neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    return find_content([package.parents[1] / "content", package / "content"])


def find_content(candidates: list[Path]) -> Path:
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
