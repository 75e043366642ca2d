"""The data folder and the socket folder: who holds them, and how they are told apart from others."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from elderlearn.ground.servers import ServersFailed

if TYPE_CHECKING:
    from elderlearn.ground.embedded.account import Account

MARKER = ".elderlearn"
MARK = "data folder of elderlearn 1\n"
MAY_COME_FIRST = {"keys", MARKER}  # made by commands that need no server
LONGEST_SOCKET = "/.s.PGSQL.5432.lock"
NOT_YOURS = "The data folder {} belongs to another user; run as that user or name another with --data."
SOCKET_LIMIT = 100  # 108 on Linux, 104 on macOS, with a zero at the end


def claim(data: Path) -> None:
    """Make the data folder ours, closed to others. Refuses a folder that holds somebody else's files."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker = data / MARKER
        if marker.exists():
            return
        strange = {path.name for path in data.iterdir()} - MAY_COME_FIRST
        if not strange:
            marker.write_text(MARK)
            belong_to_folder(marker)
    except PermissionError:
        raise ServersFailed(NOT_YOURS.format(data)) from None
    if strange:
        raise ServersFailed(f"{data} is not empty and not a data folder of elderlearn; name another with --data.")


def is_ours(data: Path) -> bool:
    """False when there is nothing yet. Raises ServersFailed when the folder is somebody else's."""
    if not data.exists() or not any(data.iterdir()):
        return False
    if not (data / MARKER).is_file():
        raise ServersFailed(f"{data} is not a data folder of elderlearn; nothing was removed.")
    return True


def wipe(data: Path) -> None:
    """Remove all that `is_ours`; only inside the gate, with the servers stopped."""
    for path in data.iterdir():
        if path.name in ("gate", "holders", MARKER):
            continue  # others may be waiting at the gate: the lock must stay the same file
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def gate(data: Path) -> Iterator[None]:
    """Starting, stopping and wiping happen in here, one process at a time."""
    with _opened(data / "gate") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def holding(data: Path) -> Iterator[TextIO]:
    """Be counted as a user of the servers; the kernel forgets us when we die, however we die."""
    with _opened(data / "holders") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield file


def is_last(holder: TextIO) -> bool:
    """True when nobody else holds the servers. Ask inside the gate only."""
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def socket_folder(data: Path, account: Account) -> Path:
    """A short private folder for the sockets: a data path may be too long for one. Ask inside the gate.

    It is written down in the data folder, so that processes with another TMPDIR find the same one.
    """
    record = data / "sockets"
    if record.exists():
        folder = Path(record.read_text().strip())
        if _is_private(folder, account):
            return folder
    folder = _made(data, account)
    record.write_text(f"{folder}\n")
    belong_to_folder(record)
    return folder


def _made(data: Path, account: Account) -> Path:
    digest = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    name = f"elderlearn-{account.uid}-{digest}"
    base = Path("/tmp") if account.is_other else Path(tempfile.gettempdir())  # noqa: S108 - made 0700 below
    if len(f"{base}/{name}{LONGEST_SOCKET}") + 10 > SOCKET_LIMIT:
        base = Path("/tmp")  # noqa: S108
    folder = base / name
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if _is_private(folder, account):
            return folder
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=base))  # the name was taken by somebody else
    account.own(folder)
    return folder


def _is_private(folder: Path, account: Account) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return (
        folder.is_dir() and not folder.is_symlink() and found.st_uid == account.uid and not found.st_mode & 0o077
    )


def _opened(path: Path) -> TextIO:
    try:
        file = path.open("a")
    except PermissionError:
        raise ServersFailed(f"{path} belongs to another user; run as that user or name another --data.") from None
    belong_to_folder(path)
    return file


def belong_to_folder(path: Path) -> None:
    """What root makes in a plain user's data folder must not lock that user out afterwards."""
    owner = path.parent.stat()
    if os.geteuid() == 0 and owner.st_uid != path.stat().st_uid:
        os.chown(path, owner.st_uid, owner.st_gid)
