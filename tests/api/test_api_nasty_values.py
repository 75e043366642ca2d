"""Every field of every body with values nobody should send; and the same sent by many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.api.world import World, id_card

NASTY: tuple[Any, ...] = (
    None, "", " ", "\x00", "\u202e", "\U0001f600" * 30, "x" * 70_000, "'; DROP TABLE place; --", "-1", "0", "NaN",
    -1, 0, 2**31, 2**63, 10**400, 1.5, 1e308, True, [], {}, [[]], [None], {"a": {}}, "9" * 18,
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2025-02-30", "٣٣٠١١٣٠٠٠٠٠٠",
)  # fmt: skip


async def test_no_value_in_any_field_breaks_anything(world: World) -> None:
    made = await world.given(
        "/organisations", {"kind": "society", "name": "书法社", "place_code": world.streets[0]}
    )
    course = await world.given("/courses", {**made, "title": "书法"})
    session = {"starts_at": "2025-03-03T09:00:00+08:00", "ends_at": "2025-03-03T10:30:00+08:00"}
    window = {"seats": 9, "opens_at": "2025-01-01T00:00:00+08:00", "closes_at": "2099-01-01T00:00:00+08:00"}
    rules = {"min_age": 50, "max_age": 90, "places": [world.streets[0]]}
    run = {**course, **window, "kind": "class", "rules": rules, "term_id": "1", "sessions": [session]}
    held = await world.given("/runs", {**course, **window, "sessions": [session]})
    person = {"name": "王芳", "place_code": world.streets[0], "born_on": "1950-01-01", "phone": "13800138000"}
    person |= {"sex": "female", "document": {"type": "id_card", "number": id_card("19500101")}}
    resident_id = (await world.given("/residents", person))["resident_id"]
    path = f"/sessions/{held['session_ids'][0]}"
    sheet = await world.given(f"{path}/attendances", {"resident_ids": [resident_id]})
    attendance_id = sheet["recorded"][0]["attendance_id"]
    line = {"code": world.streets[0], "elders": 1}
    bodies: list[tuple[str, str, dict[str, Any]]] = [
        ("PUT", "/population", {"year": 2025, "basis": "resident", "source": "sample", "lines": [line]}),
        ("POST", "/residents", {**person, "registered_place_code": "outside"}),
        ("POST", "/organisations", {"kind": "society", "name": "x", "place_code": world.streets[0]}),
        ("POST", "/courses", {**made, "title": "x", "subject": "y"}),
        ("POST", "/runs", run),
        ("PATCH", path, {"state": "planned", **session, "venue_id": "1", "teacher_id": "1", "reason": "x"}),
        ("POST", "/enrolments", {"run_id": held["run_id"], "resident_id": resident_id, "channel": "window"}),
        ("POST", f"{path}/attendances", {"resident_ids": [resident_id], "source": "paper"}),
        ("POST", f"/attendances/{attendance_id}/void", {"reason": "x"}),
        ("POST", "/scans", {"device": "x", "sent_at": session["starts_at"], "scans": [{"scan_id": "a"}]}),
    ]
    for method, address, body in bodies:
        for changed in spoiled(body):
            answer = await world.call(method, address, changed)
            assert answer.status_code in (200, 201, 400, 404, 422), (
                method,
                address,
                str(changed)[:300],
                answer.text,
            )
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"
    assert len((await world.get("/places")).json()) == 2 + 9 + 197


async def test_no_query_breaks_anything(world: World) -> None:
    asked = {
        "/places": ("level", "within"),
        "/runs": ("place", "kind", "open", "limit", "offset"),
        "/participation": ("period", "level", "place"),
        "/participation/sensitivity": ("period", "place"),
    }
    for path, names in asked.items():
        for name in names:
            for value in NASTY:
                answer = await world.get(path, params={name: str(value)[:2000]})
                assert answer.status_code in (200, 400, 404, 422), (path, name, value, answer.text)
        answer = await world.client.get(
            f"/api/v1{path}?{names[0]}=%ff%fe&{names[0]}=x&&=&%", headers=bearer(world)
        )
        assert answer.status_code in (400, 404, 422)


async def test_one_document_sent_by_many_at_once_is_one_person(world: World, database: Any) -> None:
    body = {"name": "王芳", "place_code": world.streets[0]}
    body |= {"document": {"type": "id_card", "number": id_card("19500101")}}
    answers = await asyncio.gather(*(world.post("/residents", body) for _ in range(12)))
    assert sorted(one.status_code for one in answers) == [200] * 11 + [201]
    assert len({(one.json()["resident_id"], one.json()["card_code"]) for one in answers}) == 1
    assert await database.value("SELECT count(*) FROM resident") == 1


def spoiled(body: Any) -> Iterator[Any]:
    """The body with one value replaced, for every field and every nasty value."""
    for path in places_in(body):
        for value in NASTY:
            changed = deepcopy(body)
            inner = changed
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = value
            yield changed


def places_in(body: Any) -> Iterator[tuple[Any, ...]]:
    inside = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in inside:
        yield (name,)
        yield from ((name, *further) for further in places_in(value))


def bearer(world: World) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.tokens['district']}"}
