"""What is written down stays true: the record index, links, what each command can do."""

import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from tests.house.tree import DOCS, ROOT, our_files
from thaw.cli.main import cli

# A path that begins with a slash is a page of Thaw, in an example of a text.
LINK = re.compile(r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)")
ADR_NAME = re.compile(r"\d{4}-[a-z0-9-]+\.md")


def records() -> list[Path]:
    """Return every decision record, in order."""
    return sorted(path for path in (DOCS / "adr").glob("*.md") if path.name != "README.md")


def test_every_record_has_a_number_of_its_own() -> None:
    names = [path.name for path in records()]
    assert not [name for name in names if not ADR_NAME.fullmatch(name)]
    assert len({name[:4] for name in names}) == len(names)


def test_every_record_stands_in_the_index_with_its_title() -> None:
    index = (DOCS / "adr" / "README.md").read_text(encoding="utf-8")
    rows = [f"- [{title_of(path)}]({path.name})" for path in records()]
    assert not [row for row in rows if row not in index]
    assert index.count("\n- [") == len(rows)


def test_every_document_stands_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = [page.relative_to(DOCS) for page in DOCS.rglob("*.md") if page.parent.name != "adr"]
    assert not [page for page in pages if len(page.parts) > 1 and f"]({page})" not in index]


def libraries() -> set[str]:
    """Return the name of every library that the two lock files start from."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [
        asked["project"]["dependencies"],
        *asked["project"]["optional-dependencies"].values(),
        *asked["dependency-groups"].values(),
    ]
    python = {re.split(r"[^A-Za-z0-9-]", each)[0] for one in lists for each in one}
    front = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    node = {**front["dependencies"], **front["devDependencies"]}
    return python - {"thaw"} | {name.rpartition("/")[2] for name in node}


def test_every_library_has_its_line_in_a_record() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in records()).lower()
    assert not {name for name in libraries() if name.lower() not in said}


def title_of(record: Path) -> str:
    """Return a record's heading without its marks."""
    return record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").strip()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in our_files(".md")
        if "content" not in page.relative_to(ROOT).parts and "tests" not in page.parts
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken


def commands(group: click.Group, path: str = "thaw") -> list[tuple[str, click.Command]]:
    """Return every command below ``group`` with how it is called."""
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        found.append((f"{path} {name}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{path} {name}")
    return found


@pytest.mark.parametrize(("call", "command"), commands(cli))
def test_every_command_and_option_is_in_the_reference(call: str, command: click.Command) -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    assert f"`{call}" in page
    options = {word for p in command.params if isinstance(p, click.Option) for word in p.opts}
    assert not {option for option in options if f"`{option}" not in page}


@pytest.mark.parametrize("call", [call for call, _ in commands(cli)])
def test_every_command_helps_with_an_example(call: str) -> None:
    command = dict(commands(cli))[call]
    assert command.help
    assert f"  {call}" in command.help


def test_the_changelog_says_what_is_not_released_yet() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
