"""On what kind of file system a folder lies."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from thaw.units import SettingError

# Shared memory and locks are those of one machine; over a network SQLite's log is not safe
# (sqlite.org/wal.html, sqlite.org/howtocorrupt.html). Some reach the host of a virtual machine.
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "afpfs", "webdav", "davfs", "ncpfs"}
    | {"ceph", "glusterfs", "lustre", "beegfs", "gpfs", "orangefs", "ocfs2", "gfs2", "juicefs"}
    | {"sshfs", "rclone", "s3fs", "gcsfuse", "gvfsd-fuse", "ceph-fuse", "davfs2"}
    | {"9p", "drvfs", "vboxsf", "prl_fs", "vmhgfs-fuse"}
)
_MOUNTINFO = Path("/proc/self/mountinfo")
_MAC = re.compile(r"^.+ on (/.*) \((\w+)[,)]", re.MULTILINE)
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW.


def check_local(folder: Path) -> None:
    """Refuse a folder that lies on another machine.

    Raises:
        SettingError: ``store.network``.
    """
    kind = file_system_of(folder.resolve())
    if not is_network(kind):
        return
    raise SettingError(
        "store.network",
        f"{folder} lies on another machine ({kind}), where what is written can be lost. Set "
        "THAW_DATA to a folder on a disk of this machine.",
    )


def is_network(kind: str) -> bool:
    """Return whether files of this kind lie on another machine."""
    return kind.removeprefix("fuse.") in _NETWORK


def file_system_of(folder: Path) -> str:
    """Return the kind of file system, such as ``ext4``; empty where it cannot be told."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    if _MOUNTINFO.exists():
        return kind_at(PurePosixPath(folder), linux_mounts(_MOUNTINFO.read_text("utf-8")))
    told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5)
    return kind_at(PurePosixPath(folder), mac_mounts(told.stdout))


def kind_at(folder: PurePosixPath, mounts: Iterator[tuple[str, str]]) -> str:
    """Return the kind of the mount that ``folder`` lies in: the deepest, of equals the last."""
    found = [(len(place), kind) for place, kind in mounts if folder.is_relative_to(place)]
    deepest = max((depth for depth, _ in found), default=0)
    return next((kind for depth, kind in reversed(found) if depth == deepest), "")


def linux_mounts(table: str) -> Iterator[tuple[str, str]]:
    """Yield place and kind of each mount (proc(5), /proc/pid/mountinfo)."""
    for line in table.splitlines():
        before, dash, after = line.partition(" - ")
        if dash:
            place = _OCTAL.sub(lambda code: chr(int(code[1], 8)), before.split(" ")[4])
            yield place, after.split(" ")[0]


def mac_mounts(told: str) -> Iterator[tuple[str, str]]:
    """Yield place and kind of each mount, as ``mount`` tells them on macOS."""
    for found in _MAC.finditer(told):
        yield found[1], found[2]


def _windows_kind(folder: Path) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    is_remote = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE
    return "smb3" if is_remote or folder.anchor.startswith("\\\\") else "ntfs"
