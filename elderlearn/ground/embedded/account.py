"""Which user of this computer the servers run as: PostgreSQL refuses to be root."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from elderlearn.ground.servers import ServersFailed

NAME = "elderlearn"


@dataclass(frozen=True)
class Account:
    """A user of this computer; `is_other` when it is not the one we are."""

    name: str
    uid: int
    gid: int
    is_other: bool

    def own(self, path: Path) -> None:
        """Hand `path` over to this user; does nothing when it is us."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Ourselves; as root an unprivileged user, for the same data folder always the same one.

    A data folder of a plain user stays his when root comes by. Otherwise root makes the system user
    `elderlearn` (no shell, no home), or takes `nobody` where users cannot be made.
    """
    if os.geteuid() != 0:
        return _known(os.geteuid(), is_other=False)
    for path in (data / "pg", data):
        if path.exists() and path.stat().st_uid != 0:
            return _known(path.stat().st_uid, is_other=True)
    with contextlib.suppress(KeyError):
        return _known(pwd.getpwnam(NAME).pw_uid, is_other=True)
    _make_user()
    for name in (NAME, "nobody"):
        with contextlib.suppress(KeyError):
            return _known(pwd.getpwnam(name).pw_uid, is_other=True)
    raise ServersFailed("PostgreSQL may not run as root, and there is no other user on this computer.")


def _known(uid: int, *, is_other: bool) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise ServersFailed(
            f"User id {uid} has no name on this computer (/etc/passwd), and PostgreSQL asks for one."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, is_other)


def _make_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd:
        subprocess.run(
            [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
             "--shell", "/usr/sbin/nologin", NAME],
            check=False,
            capture_output=True,
        )  # fmt: skip
