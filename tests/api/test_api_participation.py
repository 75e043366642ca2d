"""GET /participation and its strip of thresholds: from nothing to the figures, all through this door."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from elderlearn.ground.clock import today
from tests.api.world import World, id_card, problem

DAYS = ("2025-03-03", "2025-03-10", "2025-03-17", "2025-03-24")
FIGURES = ("visits", "learners", "regulars", "enrolled")


def session(day: str) -> dict[str, str]:
    """Four class hours of 45 minutes: as much as one day counts."""
    return {"starts_at": f"{day}T09:00:00+08:00", "ends_at": f"{day}T12:00:00+08:00"}


class Year:
    """A class of last year in the first street: four mornings, kept late from paper and from scans."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def open(self) -> Year:
        place = {"kind": "elder_academy", "name": "学堂", "place_code": self.world.streets[0]}
        made = await self.world.given("/organisations", place, by="officer")
        made = await self.world.given("/courses", {**made, "title": "太极"}, by="officer")
        window = {"opens_at": "2025-01-01T00:00:00+08:00", "closes_at": "2099-01-01T00:00:00+08:00", "seats": 20}
        made = await self.world.given("/runs", {**made, **window, "sessions": [session(day) for day in DAYS]})
        self.run_id, self.session_ids = made["run_id"], made["session_ids"]
        self.lines = [{"code": code, "elders": 1000} for code in self.world.streets]
        self.lines.append({"code": self.world.district, "elders": 9000})
        population = {"year": 2024, "basis": "resident", "source": "sample", "lines": self.lines}
        assert (await self.world.call("PUT", "/population", population)).status_code == 200
        return self

    async def person(self, number: int, place_code: str, born: str | None = "19500101") -> dict[str, Any]:
        document = {"type": "id_card", "number": id_card(born, number)} if born else None
        return await self.world.given(
            "/residents", {"name": "王芳", "document": document, "place_code": place_code}
        )

    async def came(self, person: dict[str, Any], days: int) -> list[str]:
        """Typed in from paper; the ids of the attendances."""
        found = []
        for session_id in self.session_ids[:days]:
            sheet = {"resident_ids": [person["resident_id"]], "source": "paper"}
            told = await self.world.given(f"/sessions/{session_id}/attendances", sheet, by="officer")
            found += [one["attendance_id"] for one in told["recorded"]]
        return found

    async def report(self, query: str = "", **options: Any) -> dict[str, Any]:
        answer = await self.world.get(f"/participation?period=2025{query}", **options)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
async def year(world: World) -> Year:
    return await Year(world).open()


def figures(line: dict[str, Any]) -> tuple[int, ...]:
    return tuple(line[name] for name in FIGURES)


async def test_the_whole_way_from_an_empty_register_to_the_rate_of_a_street(year: Year) -> None:
    world, street = year.world, year.world.streets[0]
    home, other = world.communities[street][0], world.communities[street][1]
    regular = await year.person(1, home)
    asked = {"run_id": year.run_id, "resident_id": regular["resident_id"], "channel": "paper"}
    assert (await world.given("/enrolments", asked))["state"] == "seated"
    scans = [
        {
            "scan_id": str(uuid4()),
            "session_id": id,
            "code": regular["card_code"],
            "scanned_at": f"{day}T09:05:00+08:00",
        }
        for id, day in zip(year.session_ids, DAYS, strict=True)
    ]
    for expected in ("recorded", "same_scan"):
        told = await world.given("/scans", {"scans": scans}, by="officer")
        assert [one["verdict"] for one in told["verdicts"]] == [expected] * 4
    attendance_ids = await year.came(await year.person(2, other), 3)
    await year.came(await year.person(3, street), 1)
    await year.came(await year.person(4, world.streets[1]), 1)
    await year.came(await year.person(5, "outside"), 1)
    await year.came(await year.person(6, home, born="19900101"), 1)
    await year.came(await year.person(7, home, born=None), 1)

    found = await year.report("&level=town_street")
    assert (found["period"], found["basis"], found["published"]) == ("2025", "resident", False)
    assert found["rule"]["version"] == 1 and found["rule"]["parameters"]["elder_age"] == 60
    assert found["as_of"].endswith("+08:00")
    lines = {one["code"]: one for one in found["lines"]}
    assert list(lines) == world.streets
    assert figures(lines[street]) == (8, 3, 1, 1)
    assert (lines[street]["elders"], lines[street]["elders_year"], lines[street]["rate"]) == (1000, 2024, 0.1)
    assert figures(lines[world.streets[1]]) == (1, 1, 0, 0)
    assert found["apart"] == {"outside": 1, "under_age": 1, "age_unknown": 1, "place_unknown": 0}
    total = found["total"]
    assert (total["code"], figures(total), total["elders"]) == (world.district, (9, 4, 1, 1), 9000)

    inside = await year.report(f"&level=community&place={street}", by="officer")
    assert figures(inside["total"]) == (8, 3, 1, 1)
    shown = {(one["code"], one["name"]): figures(one) for one in inside["lines"] if one["visits"]}
    assert shown.pop((street, "not yet assigned")) == (1, 1, 0, 0)
    assert {code: numbers for (code, _), numbers in shown.items()} == {home: (4, 1, 1, 1), other: (3, 1, 0, 0)}
    assert [sum(column) for column in zip(*map(figures, inside["lines"]), strict=True)] == [8, 3, 1, 1]
    assert all(one["elders"] is None and one["rate"] is None for one in inside["lines"])

    voided = await world.post(f"/attendances/{attendance_ids[0]}/void", {"reason": "错"}, by="officer")
    assert voided.status_code == 200
    assert figures((await year.report())["total"]) == (8, 4, 1, 1)
    off = {"state": "called_off", "reason": "台风"}
    assert (await world.call("PATCH", f"/sessions/{year.session_ids[3]}", off)).status_code == 200
    assert figures((await year.report())["total"]) == (7, 4, 0, 1)


async def test_the_strip_counts_each_threshold_on_its_own(year: Year) -> None:
    home = year.world.communities[year.world.streets[0]][0]
    await year.came(await year.person(1, home), 4)
    await year.came(await year.person(2, home), 1)
    path = f"/participation/sensitivity?period=2025&place={year.world.streets[0]}"
    found = (await year.world.get(path, by="auditor")).json()
    assert (found["period"], found["place"], found["elders"]) == ("2025", year.world.streets[0], 1000)
    assert [(one["at_least"], one["regulars"], one["rate"]) for one in found["days"]] == [
        (1, 2, 0.2), (4, 1, 0.1), (8, 0, 0.0), (12, 0, 0.0), (24, 0, 0.0),
    ]  # fmt: skip
    assert [(one["at_least"], one["regulars"]) for one in found["hours"]] == [(8, 1), (16, 1), (32, 0), (64, 0)]


async def test_left_out_parameters_mean_this_year_streets_and_the_tokens_own_place(world: World) -> None:
    found = (await world.get("/participation")).json()
    assert (found["period"], found["total"]["code"]) == (str(today().year), world.district)
    assert [one["code"] for one in found["lines"]] == world.streets
    assert (found["total"]["elders"], found["total"]["rate"]) == (None, None)
    found = (await world.get("/participation?period=&level=&place=", by="officer")).json()
    assert (found["total"]["code"], [one["code"] for one in found["lines"]]) == (
        world.streets[0],
        [world.streets[0]],
    )
    found = (await world.get("/participation/sensitivity", by="officer")).json()
    assert (found["place"], found["elders"]) == (world.streets[0], None)


async def test_reports_are_for_those_who_look_after_the_place(year: Year) -> None:
    world = year.world
    for path in ("/participation", "/participation/sensitivity"):
        for place in (world.streets[1], world.district, world.foreign_street, "999999999999", "x"):
            problem(await world.get(f"{path}?place={place}", by="officer"), 404, "not_found")
        problem(await world.get(f"{path}?place={world.streets[0]}", by="stranger"), 404, "not_found")
        inside = await world.get(f"{path}?place={world.communities[world.streets[0]][0]}", by="officer")
        assert inside.status_code == 200
        for caller in ("desk", "leader"):
            problem(await world.get(path, by=caller), 403, "not_allowed")


async def test_a_period_that_is_none_is_refused(world: World) -> None:
    cases: list[Any] = ["25", "2025-13", "next", "9999", "2025-00", "%00"]
    for period in cases:
        for path in ("/participation", "/participation/sensitivity"):
            problem(await world.get(f"{path}?period={period}"), 422, "invalid_period")
