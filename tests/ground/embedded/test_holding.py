"""First in starts, last out stops, and a killed process of any kind loses nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import redis

from elderlearn.ground.embedded import held, reset
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.embedded.process import is_running
from elderlearn.ground.servers import ServersFailed
from tests.ground.embedded.holders import Holder, kill, postgres_pid, valkey_pid, wait_for_end

pytestmark = pytest.mark.kill


def write(database: str, queue: str) -> None:
    """Something committed in both, before the killing."""
    ask(database, "CREATE TABLE IF NOT EXISTS kept (n int)")
    ask(database, "INSERT INTO kept SELECT 1 FROM generate_series(1, 1000)")
    with redis.Redis.from_url(queue) as line:
        line.rpush("kept", *range(1000))


def assert_kept(database: str, queue: str) -> None:
    assert ask(database, "SELECT count(*) FROM kept") == [1000]
    with redis.Redis.from_url(queue) as line:
        assert line.llen("kept") == 1000


def test_the_first_starts_them_and_only_the_last_stops_them(folder: Path) -> None:
    holders = [Holder(folder) for _ in range(3)]  # all at once: one of them starts, two wait and join
    addresses = {holder.wait_until_up() for holder in holders}
    assert len(addresses) == 1
    pids = (postgres_pid(folder), "postgres"), (valkey_pid(folder), "valkey-server")
    for holder in holders[:2]:
        holder.let_go()
        assert all(is_running(*pid) for pid in pids)
    holders[2].let_go()
    assert not any(is_running(*pid) for pid in pids)


def test_a_killed_holder_counts_no_more(folder: Path) -> None:
    killed, other = Holder(folder), Holder(folder)
    database, queue = killed.wait_until_up()
    other.wait_until_up()
    write(database, queue)
    killed.kill()
    pid = postgres_pid(folder)
    other.let_go()
    assert not is_running(pid, "postgres")
    with held(folder) as servers:
        assert_kept(servers.database_url("owner"), servers.redis_url)


def test_servers_orphaned_by_a_kill_are_taken_over_and_stopped(folder: Path) -> None:
    holder = Holder(folder)
    write(*holder.wait_until_up())
    pid = postgres_pid(folder)
    holder.kill()
    assert is_running(pid, "postgres")
    with held(folder) as servers:
        assert postgres_pid(folder) == pid
        assert_kept(servers.database_url("owner"), servers.redis_url)
    assert not is_running(pid, "postgres")


def test_killing_everything_loses_nothing_that_was_committed(folder: Path) -> None:
    holder = Holder(folder)
    write(*holder.wait_until_up())
    for pid in (postgres_pid(folder), valkey_pid(folder), holder.process.pid):
        kill(pid)
    holder.process.wait()
    with held(folder) as servers:  # at once: the old backends may still hold shared memory
        assert_kept(servers.database_url("owner"), servers.redis_url)


def test_a_watchman_brings_back_what_was_killed(folder: Path) -> None:
    with held(folder) as servers:
        write(servers.database_url("owner"), servers.redis_url)
        for pid, program in ((postgres_pid(folder), "postgres"), (valkey_pid(folder), "valkey-server")):
            kill(pid)
            wait_for_end(pid, program)
            assert not servers.are_alive()
            servers.revive()
            assert servers.are_alive()
        assert_kept(servers.database_url("owner"), servers.redis_url)


def test_a_lock_file_with_a_strangers_number_does_not_keep_us_out(folder: Path) -> None:
    with held(folder):
        lines = (folder / "pg" / "postmaster.pid").read_text().split("\n")
    (folder / "pg" / "postmaster.pid").write_text("\n".join([str(os.getppid()), *lines[1:]]))
    (folder / "valkey" / "valkey.pid").write_text(str(os.getppid()))
    with held(folder) as servers:
        assert servers.are_alive()


def test_an_interrupted_initdb_is_begun_again(folder: Path) -> None:
    half_done = folder / "pg.new"
    half_done.mkdir(parents=True)
    (half_done / "PG_VERSION").write_text("18\n")
    (folder / ".elderlearn").write_text("")
    with held(folder, queue=False) as servers:
        assert ask(servers.database_url(), "SELECT 1") == [1]


def test_ctrl_c_and_networks_cannot_reach_the_servers(folder: Path) -> None:
    with held(folder) as servers:
        for pid in (postgres_pid(folder), valkey_pid(folder)):
            assert os.getsid(pid) != os.getsid(0)
        assert ask(servers.database_url(), "SHOW listen_addresses") == [""]
        sockets = Path((folder / "sockets").read_text().strip())
        assert sockets.stat().st_mode & 0o777 == 0o700
        with redis.Redis.from_url(servers.redis_url) as line:
            assert line.config_get("port")["port"] == "0"
    assert not sockets.exists()


def test_another_temp_folder_finds_the_same_servers(folder: Path, tmp_path: Path) -> None:
    here = Holder(folder)
    there = Holder(folder, env={**os.environ, "TMPDIR": str(tmp_path)})
    assert here.wait_until_up() == there.wait_until_up()
    here.let_go()
    there.let_go()


def test_somebody_elses_folder_is_neither_used_nor_removed(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(ServersFailed, match="not empty"), held(folder):
        pass
    with pytest.raises(ServersFailed, match="nothing was removed"):
        reset(folder)
    assert (folder / "thesis.txt").exists()
    (folder / "thesis.txt").unlink()


def test_reset_refuses_while_somebody_works_and_removes_everything_afterwards(folder: Path) -> None:
    holder = Holder(folder)
    write(*holder.wait_until_up())
    with pytest.raises(ServersFailed, match="in use"):
        reset(folder)
    holder.kill()  # its servers still run; reset stops them first
    pid = postgres_pid(folder)
    reset(folder)
    assert not is_running(pid, "postgres")
    assert not (folder / "pg").exists()
    with held(folder, queue=False) as servers:
        assert ask(servers.database_url(), "SELECT to_regclass('kept') IS NULL") == [True]
