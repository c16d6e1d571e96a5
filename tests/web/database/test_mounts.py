"""Folders on another machine are told from those on this one."""

from pathlib import Path, PurePosixPath

import pytest

from thaw.units import SettingError
from thaw.web.database import mounts
from thaw.web.database.mounts import is_network, kind_at, linux_mounts, mac_mounts

LINUX = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 21 0:42 / /mnt/share\\040one rw,nosuid shared:5 master:2 - nfs4 server:/export rw,vers=4.2
37 21 0:43 / /mnt/far rw - fuse.sshfs me@there: rw
38 21 0:44 / /mnt/covered rw - nfs server:/a rw
39 38 0:45 / /mnt/covered rw - tmpfs tmpfs rw
not a mount
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by me)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home-of/me", "ext4"),
        ("/mnt/share one/thaw", "nfs4"),
        ("/mnt/share one", "nfs4"),
        ("/mnt/share onenote", "ext4"),
        ("/mnt/far/a/b", "fuse.sshfs"),
        ("/mnt/covered", "tmpfs"),
    ],
)
def test_linux_tells_what_a_folder_lies_on(folder: str, kind: str) -> None:
    assert kind_at(PurePosixPath(folder), linux_mounts(LINUX)) == kind


@pytest.mark.parametrize(
    ("folder", "kind"), [("/Users-of/me", "apfs"), ("/Volumes/share/thaw", "smbfs")]
)
def test_a_mac_tells_what_a_folder_lies_on(folder: str, kind: str) -> None:
    assert kind_at(PurePosixPath(folder), mac_mounts(MAC)) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p"])
def test_a_folder_on_another_machine_is_known(kind: str) -> None:
    assert is_network(kind)


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "xfs", "apfs", "tmpfs", "zfs", "overlay", ""])
def test_a_folder_on_this_machine_is_known(kind: str) -> None:
    assert not is_network(kind)


def test_a_folder_on_another_machine_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"1 1 0:1 / / rw - ext4 x rw\n2 1 0:2 / {tmp_path} rw - nfs4 far:/ rw\n")
    monkeypatch.setattr(mounts, "_MOUNTINFO", table)
    with pytest.raises(SettingError, match="another machine") as refusal:
        mounts.check_local(tmp_path / "thaw")
    assert refusal.value.code == "store.network"
    mounts.check_local(tmp_path.parent)
