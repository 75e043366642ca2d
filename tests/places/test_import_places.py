from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import asyncpg
import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.places import import_places as module
from elderlearn.places.import_place_list import LAYOUT, import_place_list
from elderlearn.places.import_places import import_places
from elderlearn.places.queries import (
    district_setting,
    ids_within,
    is_sample_ready,
    list_places,
    place_by_code,
    place_by_id,
)
from tests.people.processes import PROCESSES, in_processes
from tests.places.linping import BESIDE, BY, OFFICIAL, official_rows
from tests.places.racing import import_all

ON = date(2025, 1, 1)


async def import_file(data: bytes, **how: Any) -> Outcome:
    return await import_place_list(read_sheet(data, LAYOUT), by=BY, **how)


async def test_the_official_list_gives_the_tree_of_linping(database: Any) -> None:
    done = await import_places(official_rows(), valid_from=ON, by=BY)
    assert (done.added, done.changed, done.unchanged) == (205, 0, 0)
    linping = await place_by_code("330113000000")
    assert linping.district_id == linping.id and linping.parent_id is None
    assert len(await list_places("town_street", linping.id)) == 8
    assert len(await list_places("community", linping.id)) == 196
    assert len(await ids_within(linping.id)) == 205
    street = await place_by_code("330113001000")
    below = await list_places("community", street.id)
    assert {one.parent_id for one in below} == {street.id}
    assert {one.district_id for one in below} == {linping.id}
    assert await place_by_id(street.id) == street


async def test_twice_changes_nothing(database: Any) -> None:
    await import_places(official_rows(), valid_from=ON, by=BY)
    before = await database.fetch("SELECT * FROM place ORDER BY id")
    again = await import_places(official_rows()[::-1], valid_from=date(2026, 1, 1), by=BY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 205)
    assert await database.fetch("SELECT * FROM place ORDER BY id") == before
    assert await database.value("SELECT count(*) FROM trail") == 205


async def test_a_second_district_stands_beside_the_first(database: Any) -> None:
    await import_places(official_rows(), valid_from=ON, by=BY)
    done = await import_file(BESIDE.encode("gb18030"))
    assert done.counts["added"] == 4 and not done.faults
    districts = await list_places("district")
    assert [one.name for one in districts] == ["余杭区", "临平区"]
    assert len(await ids_within(districts[0].id)) == 4
    assert len(await list_places()) == 209


async def test_a_renamed_place_keeps_its_id_and_leaves_a_trail(database: Any) -> None:
    await import_places(official_rows(), valid_from=ON, by=BY)
    old = await place_by_code("330113001000")
    rows = [one | {"name": "新名街道"} if one["code"] == old.code else one for one in official_rows()]
    done = await import_places(rows, valid_from=ON, by=BY)
    assert (done.added, done.changed, done.unchanged) == (0, 1, 204)
    assert (await place_by_code("330113001000")).id == old.id
    row = (await database.fetch("SELECT * FROM trail WHERE action = 'rename_place'"))[0]
    assert (
        row["subject_id"] == old.id and '"was": "临平街道"' in row["detail"] and row["district"] == old.district_id
    )


async def test_one_bad_row_and_nothing_is_written(database: Any) -> None:
    rows = official_rows()
    rows[100]["name"] = "村\x00"
    rows[3]["parent_code"] = "330114000000"
    with pytest.raises(Refusal) as told:
        await import_places(rows, valid_from=ON, by=BY)
    bad = told.value.values["rows"]
    assert (bad[0].line, bad[0].column, bad[0].value) == (5, "parent_code", "330114000000")
    assert any((one.line, one.column, one.reason) == (102, "name", "hidden_characters") for one in bad)
    assert await database.value("SELECT count(*) FROM place") == 0


async def test_bad_rows_can_be_skipped_with_all_below_them(database: Any) -> None:
    rows = official_rows()
    rows[1]["name"] = ""
    done = await import_places(rows, valid_from=ON, by=BY, skip_bad=True)
    below = sum(one["parent_code"] == "330113001000" for one in rows)
    assert done.added == 204 - below
    assert len(done.bad) == 1 + below


async def test_a_dry_run_counts_and_writes_nothing(database: Any) -> None:
    done = await import_places(official_rows(), valid_from=ON, by=BY, dry_run=True)
    assert done.added == 205
    assert await database.value("SELECT count(*) FROM place") == 0


async def test_faults_of_the_file_and_of_its_rows_come_together_in_order(database: Any) -> None:
    data = BESIDE.encode() + b"1,2\n,community,x,330110001000\n"
    done = await import_file(data)
    assert not done.is_written
    assert [(one.line, one.reason) for one in done.faults] == [(6, "too_few_fields"), (7, "empty")]
    assert await database.value("SELECT count(*) FROM place") == 0


async def test_ten_imports_at_once_add_each_place_once(database: Any) -> None:
    imports = [import_places(official_rows(), valid_from=ON, by=BY) for _ in range(10)]
    done = await asyncio.gather(*imports)
    assert sorted(one.added for one in done) == [0] * 9 + [205]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'add_place'") == 205


async def test_several_processes_at_once_add_each_place_once(database: Any) -> None:
    assert sorted(await in_processes(import_all, database.url)) == [0] * (PROCESSES - 1) + [205]
    assert await database.value("SELECT count(*) FROM place") == 205


async def test_without_the_lock_at_least_one_of_them_fails(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = module.rows

    async def without_lock(statement: str, *values: Any) -> Any:
        return await real(statement.replace("pg_advisory_xact_lock(hashtext('import_places'))", "1"), *values)

    monkeypatch.setattr(module, "rows", without_lock)
    imports = [import_places(official_rows(), valid_from=ON, by=BY) for _ in range(10)]
    done = await asyncio.gather(*imports, return_exceptions=True)
    assert any(isinstance(one, asyncpg.UniqueViolationError) for one in done)


async def test_every_district_can_choose_its_settings(database: Any) -> None:
    await import_places(official_rows(), valid_from=ON, by=BY)
    linping = await place_by_code("330113000000")
    setting = await district_setting(linping.id)
    assert (setting.title, setting.is_sample, setting.sample_state) == ("临平区", False, "none")
    assert await is_sample_ready()
    with pytest.raises(Missing):
        await district_setting((await place_by_code("330113001000")).id)


@pytest.mark.parametrize("code", ["", "330113", "330199000000", "\x00"])
async def test_an_unknown_code_is_missing(database: Any, code: str) -> None:
    with pytest.raises(Missing):
        await place_by_code(code)


async def test_the_list_in_the_package_is_the_official_one(database: Any) -> None:
    done = await import_file(OFFICIAL.read_bytes())
    assert done.counts["added"] == 205 and not done.faults


async def test_level_and_code_above_follow_from_the_code_and_another_district_is_not_yours(database: Any) -> None:
    await import_places(official_rows(), valid_from=ON, by=BY)
    linping = await place_by_code("330113000000")
    data = "区划代码,名称,级别\n330113001999,新社区,社区\n330113001998,新村,\n330110001999,别区,\n".encode()
    done = await import_file(data, within=linping, skip_bad=True)
    assert done.counts == {"added": 2, "changed": 0, "unchanged": 0}
    assert [(one.line, one.reason, one.also) for one in done.faults] == [(4, "not_your_place", "临平区")]
