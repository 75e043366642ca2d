from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from elderlearn.ground.errors import Refusal
from elderlearn.places import population
from elderlearn.places.elders import elders_of
from elderlearn.places.import_places import import_places
from elderlearn.places.population import put_population
from elderlearn.places.queries import list_places, place_by_code
from tests.people.processes import PROCESSES, in_processes
from tests.places.linping import BY, official_rows
from tests.places.racing import put_from_both_ends

STREET = "330113001000"


@pytest.fixture
async def linping(database: Any) -> Any:
    await import_places(official_rows(), valid_from=date(2025, 1, 1), by=BY)
    return database


async def put(
    lines: list[tuple[str, int]], *, year: int = 2025, basis: str = "resident", source: str = "census"
) -> int:
    return await put_population(year=year, basis=basis, source=source, lines=lines, by=BY)


async def test_a_new_figure_replaces_the_preferred_one_and_history_stays(linping: Any) -> None:
    assert await put([(STREET, 100)]) == 1
    assert await put([(STREET, 120)], source="police") == 1
    found = await linping.fetch("SELECT elders, source, is_preferred FROM elder_population ORDER BY id")
    assert [tuple(one) for one in found] == [(100, "census", False), (120, "police", True)]
    street = await place_by_code(STREET)
    assert (await elders_of([street.id], 2025, "resident"))[street.id].elders == 120
    assert '"was": 100' in await linping.value("SELECT detail FROM trail ORDER BY id DESC LIMIT 1")


async def test_the_same_again_changes_nothing(linping: Any) -> None:
    await put([(STREET, 100)])
    before = await linping.value("SELECT count(*) FROM trail")
    assert await put([(STREET, 100)]) == 1
    assert await linping.value("SELECT count(*) FROM elder_population") == 1
    assert await linping.value("SELECT count(*) FROM trail") == before


async def test_years_and_bases_are_kept_apart(linping: Any) -> None:
    await put([(STREET, 100)], year=2024)
    await put([(STREET, 70)], year=2025, basis="registered")
    street = (await place_by_code(STREET)).id
    assert (await elders_of([street], 2026, "resident"))[street].year == 2024
    assert (await elders_of([street], 2026, "registered"))[street].elders == 70
    assert await elders_of([street], 2023, "resident") == {}


async def test_all_196_communities_add_up_to_the_district(linping: Any) -> None:
    communities = await list_places("community")
    await put([(one.code, 10) for one in communities[1:]])
    district = await place_by_code("330113000000")
    assert district.id not in await elders_of([district.id], 2025, "resident")
    await put([(communities[0].code, 10)])
    found = (await elders_of([district.id], 2025, "resident"))[district.id]
    assert (found.elders, found.year, found.source, found.is_sum) == (1960, 2025, "census", True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": [("330199000000", 1)]}, "unknown_place"),
        ({"lines": [("\x00", 1)]}, "unknown_place"),
        ({"lines": [(STREET, -1)]}, "invalid_elders"),
        ({"lines": [(STREET, 2**40)]}, "invalid_elders"),
        ({"lines": [(STREET, 1), (STREET, 2)]}, "place_twice"),
        ({"lines": [(STREET, 1)], "year": 1989}, "invalid_year"),
        ({"lines": [(STREET, 1)], "year": 2101}, "invalid_year"),
        ({"lines": [(STREET, 1)], "basis": "hukou"}, "invalid_basis"),
        ({"lines": [(STREET, 1)], "source": " "}, "invalid_source"),
        ({"lines": [(STREET, 1)], "source": "a\x00"}, "invalid_source"),
    ],
)
async def test_a_bad_figure_is_refused_and_no_other_is_kept(linping: Any, change: Any, code: str) -> None:
    change["lines"] = [("330113002000", 5), *change["lines"]]
    with pytest.raises(Refusal) as told:
        await put(**change)
    assert told.value.code == code
    assert await linping.value("SELECT count(*) FROM elder_population") == 0


PREFERRED = "SELECT count(*), count(*) FILTER (WHERE is_preferred) FROM elder_population GROUP BY place"


async def test_many_at_once_leave_one_preferred_figure_for_each_place(linping: Any) -> None:
    assert await put_from_both_ends(24) == [8] * 24
    assert [tuple(one) for one in await linping.fetch(PREFERRED)] == [(24, 1)] * 8


async def test_so_do_several_processes(linping: Any) -> None:
    assert await in_processes(put_from_both_ends, linping.url, 8) == [8] * 8 * PROCESSES
    assert {one[1] for one in await linping.fetch(PREFERRED)} == {1}


async def test_without_the_lock_some_of_them_fail(linping: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = population.rows

    async def without_lock(statement: str, *values: Any) -> Any:
        return await real(statement.replace("FOR NO KEY UPDATE", ""), *values)

    monkeypatch.setattr(population, "rows", without_lock)
    assert await put_from_both_ends(24) != [8] * 24
