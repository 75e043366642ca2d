"""A file from sending it in to being written, called off, or killed on its way."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.people import import_residents as residents
from elderlearn.places.queries import place_by_code
from elderlearn.stewardship.imports import carry_out as carrying
from elderlearn.stewardship.imports.carry_out import carry_out_import, waiting_imports
from elderlearn.stewardship.imports.forget_files import KEPT, forget_files
from elderlearn.stewardship.imports.kinds import KINDS
from elderlearn.stewardship.imports.queries import import_run, import_runs
from elderlearn.stewardship.imports.start import cancel_import, confirm_import, start_import
from tests import people_standing as standing
from tests.jobs.processes import until_equal, working
from tests.people_standing import CLI, StandingStaff
from tests.stewardship.imports.lists import residents_csv

ROOT = Path(__file__).parents[3]
STATE = "SELECT state FROM import_run"
PEOPLE = "SELECT count(*) FROM resident"


async def sent(count: int = 3, *, extra: str = "", kind: str = "residents") -> tuple[StandingStaff, int]:
    """A list sent in by an officer of the street, and its run."""
    places = await standing.place_tree()
    officer = await standing.officer(places.street)
    data = residents_csv(count) + extra.encode()
    return officer, await start_import(kind, "C:\\名单.csv", data, by=officer.by())


async def test_a_list_is_checked_shown_confirmed_and_written(database: Any) -> None:
    officer, id = await sent(extra="坏人,1,2,3\n")
    assert await waiting_imports() == [id]
    await carry_out_import(id)
    run = await import_run(id, by=officer.by())
    assert (run.state, run.file_name, run.has_file, run.place_name) == ("checked", "名单.csv", True, "第1街道")
    assert run.found and run.found.counts == {"added": 3, "unchanged": 0} and run.found.faults_count == 3
    assert {one.column for one in run.found.faults} == {"document_number", "phone", "place"}
    assert await database.value(PEOPLE) == 0 and await waiting_imports() == []
    await confirm_import(id, by=officer.by())
    await carry_out_import(id)
    assert (await import_run(id, by=officer.by())).state == "checked" and await database.value(PEOPLE) == 0
    await confirm_import(id, skip_bad=True, by=officer.by())
    await carry_out_import(id)
    run = await import_run(id, by=officer.by())
    assert (run.state, run.has_file, run.found and run.found.is_written) == ("done", False, True)
    assert await database.value(PEOPLE) == 3
    await confirm_import(id, skip_bad=True, by=officer.by())
    await carry_out_import(id)
    assert await database.value(PEOPLE) == 3
    assert [one.id for one in await import_runs(by=officer.by())] == [id]


async def test_the_file_lies_sealed_and_no_longer_than_a_week(database: Any) -> None:
    officer, id = await sent(extra="坏人,1,2,3\n")
    sealed = await database.value("SELECT data FROM import_run")
    assert residents_csv(1)[20:60] not in sealed and len(sealed) > 100
    await carry_out_import(id)
    assert await forget_files() == 0
    assert await forget_files(now() + KEPT + timedelta(seconds=1)) == 1
    run = await import_run(id, by=officer.by())
    assert (run.state, run.has_file) == ("cancelled", False) and run.found and not run.found.faults
    with pytest.raises(Stale):
        await confirm_import(id, by=officer.by())
    assert await forget_files(now() + KEPT + timedelta(seconds=1)) == 0


async def test_who_may_send_what_and_see_it(database: Any) -> None:
    officer, id = await sent()
    places = officer.place
    for kind in ("places", "population"):
        with pytest.raises(Missing):
            await start_import(kind, "a.csv", b"x", by=officer.by())
    for role in ("desk", "leader", "auditor"):
        with pytest.raises(Missing):
            await start_import("residents", "a.csv", b"x", by=(await standing.staff(role, places)).by())
    with pytest.raises(Missing):
        await start_import("residents", "a.csv", b"x", by=CLI)
    with pytest.raises(Refusal, match="unknown_kind"):
        await start_import("horses", "a.csv", b"x", by=officer.by())
    await carry_out_import(id)
    await database.value("UPDATE staff SET role = 'desk' WHERE id = $1", officer.id)
    with pytest.raises(Missing):
        await confirm_import(id, by=officer.by())
    assert await database.value(STATE) == "checked"
    colleague = await standing.officer(places)
    for verb in (import_run, confirm_import, cancel_import):
        with pytest.raises(Missing):
            await verb(id, by=colleague.by())
    assert await import_runs(by=colleague.by()) == []
    district = await standing.staff("district", await place_by_code("330113000000"))
    assert (await import_run(id, by=district.by())).by_name == officer.name
    assert set(KINDS) == {"places", "population", "residents", "courses", "attendances", "enrolments"}


async def test_called_off_before_and_while_it_is_written(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, id = await sent()
    await cancel_import(id, by=officer.by())
    await carry_out_import(id)
    assert await database.fetch("SELECT state, data FROM import_run") == [("cancelled", None)]
    again = await start_import("residents", "b.csv", residents_csv(9), by=officer.by())
    await carry_out_import(again)
    await confirm_import(again, by=officer.by())
    monkeypatch.setattr(residents, "WRITTEN_AT_ONCE", 3)
    real = residents.insert_residents

    async def and_then_called_off(*some: Any, **how: Any) -> Any:
        made = await real(*some, **how)
        # From outside: another connection, as a page would.
        await asyncio.create_task(outside(again, officer))
        return made

    monkeypatch.setattr(residents, "insert_residents", and_then_called_off)
    await carry_out_import(again)
    assert await database.value(STATE + " WHERE id = $1", again) == "cancelled"
    assert await database.value(PEOPLE) == 0


async def outside(id: int, officer: StandingStaff) -> None:
    from elderlearn.ground.unit_of_work import engine

    engine().current_transaction.set(None)
    run = await import_run(id, by=officer.by())
    assert (run.state, run.total) == ("writing", 9)
    await cancel_import(id, by=officer.by())


async def test_called_off_in_the_last_moment_of_the_check(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, id = await sent(extra="\u574f\u4eba,1,2,3\n")
    real = carrying.bring_in

    async def and_then_called_off(*some: Any, **how: Any) -> Any:
        done = await real(*some, **how)
        await cancel_import(id, by=officer.by())
        return done

    monkeypatch.setattr(carrying, "bring_in", and_then_called_off)
    await carry_out_import(id)
    run = await import_run(id, by=officer.by())
    assert (run.state, run.has_file, run.found and run.found.faults_count) == ("cancelled", False, 3)
    with pytest.raises(Stale):
        await confirm_import(id, by=officer.by())


async def test_two_at_once_write_it_once(database: Any) -> None:
    officer, id = await sent(200)
    await asyncio.gather(*(carry_out_import(id) for _ in range(5)))
    await confirm_import(id, by=officer.by())
    await asyncio.gather(*(carry_out_import(id) for _ in range(5)))
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'import_file'") == 1
    assert await database.value(PEOPLE) == 200


async def test_killed_in_the_middle_nothing_is_half_done_and_another_takes_it_up(database: Any) -> None:
    officer, id = await sent(6000)
    await carry_out_import(id)
    await confirm_import(id, by=officer.by())
    words = ("-m", "tests.stewardship.imports.lists", str(id))
    worker = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, env=dict(os.environ))
    await until_equal(database, "SELECT state = 'writing' AND total > 0 AND done > 0 FROM import_run", True)
    assert await waiting_imports() == []
    assert worker.returncode is None
    worker.kill()
    await worker.wait()
    assert await database.value(PEOPLE) == 0 and await database.value(STATE) == "writing"
    await until_equal(database, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", 0)
    assert await waiting_imports() == [id]
    await carry_out_import(id)
    assert await database.value(PEOPLE) == 6000 and await database.value(STATE) == "done"
    assert await database.value("SELECT count(*) FROM card") == 6000


async def test_a_worker_told_to_go_leaves_it_to_the_next_and_counts_no_attempt(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, id = await sent(9)
    await carry_out_import(id)
    await confirm_import(id, by=officer.by())
    real, written = residents.insert_residents, asyncio.Event()

    async def slowly(*some: Any, **how: Any) -> None:
        await real(*some, **how)
        written.set()
        await asyncio.sleep(60)

    with monkeypatch.context() as patched:
        patched.setattr(residents, "insert_residents", slowly)
        worker = asyncio.create_task(carry_out_import(id))
        await written.wait()
        worker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await worker
    assert await database.fetch("SELECT state, attempts FROM import_run") == [("writing", 0)]
    assert await database.value(PEOPLE) == 0
    await until_equal(database, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'", 0)
    await carry_out_import(id)
    assert await database.value(PEOPLE) == 9 and await database.value(STATE) == "done"


async def test_what_kills_three_workers_is_given_up(database: Any) -> None:
    officer, id = await sent()
    await database.connection.execute("UPDATE import_run SET attempts = 3, state = 'writing', is_trial = false")
    await carry_out_import(id)
    run = await import_run(id, by=officer.by())
    assert (run.state, run.has_file, run.found and run.found.stopped_by) == ("failed", False, "given_up")
    assert await database.value(PEOPLE) == 0


async def test_a_mistake_of_ours_ends_as_failed_with_nothing_written(
    database: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    officer, id = await sent()
    await carry_out_import(id)
    await confirm_import(id, by=officer.by())

    async def mistaken(*some: Any, **how: Any) -> None:
        raise KeyError("330125195503080025")

    monkeypatch.setattr(residents, "insert_residents", mistaken)
    await carry_out_import(id)
    assert "KeyError" in caplog.text and "330125" not in caplog.text
    run = await import_run(id, by=officer.by())
    assert (run.state, run.found and run.found.stopped_by) == ("failed", "mistake")
    assert await database.value(PEOPLE) == 0


async def test_a_worker_does_it_by_itself(database: Any, redis_url: str) -> None:
    officer, id = await sent()
    async with working(REDIS_URL=redis_url):
        await until_equal(database, STATE, "checked")
        await confirm_import(id, by=officer.by())
        await until_equal(database, STATE, "done")
    assert await database.value(PEOPLE) == 3
