"""The envelope: token, body, problem. Walks every call, so that a new one cannot be left open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import elderlearn
from elderlearn import api
from elderlearn.api import places as places_call
from elderlearn.api.problems import KNOWN
from elderlearn.ground.actor import SYSTEM
from elderlearn.people.roles import may
from elderlearn.people.staff import end_staff
from elderlearn.people.tokens import end_token
from tests.api.world import World, problem

NEVER = "900000000000000000"  # an id nobody has


def calls() -> list[tuple[str, str, str | None]]:
    """(method, path with an id nobody has, action) of everything mounted under the prefix."""
    found = []
    for route in api.router.routes:
        for handler in route.route_handlers:
            path = re.sub(r"{\w+:str}", NEVER, route.path).removeprefix("/api/v1")
            spec = handler.opt.get("call")
            found += [(m, path, spec.action if spec else None) for m in handler.http_methods if m != "OPTIONS"]
    return sorted(found, key=str)


def test_the_router_holds_exactly_the_calls_of_the_contract() -> None:
    named = {f"{method} {path.replace(NEVER, '{id}')}" for method, path, _ in calls()}
    assert named == {
        "GET /places",
        "PUT /population",
        "POST /residents",
        "POST /organisations",
        "POST /courses",
        "POST /runs",
        "GET /runs",
        "GET /runs/{id}",
        "PATCH /sessions/{id}",
        "POST /enrolments",
        "POST /enrolments/{id}/withdrawal",
        "GET /sessions/{id}/roster",
        "POST /scans",
        "POST /sessions/{id}/attendances",
        "POST /attendances/{id}/void",
        "GET /participation",
        "GET /participation/sensitivity",
        "GET /openapi.json",
    }


async def test_without_a_token_nothing_opens_but_the_document(world: World) -> None:
    for method, path, action in calls():
        answer = await world.call(method, path, by=None)
        if action is None:
            assert (path, answer.status_code) == ("/openapi.json", 200)
        else:
            problem(answer, 401, "no_token")
            assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_wrong_token_is_no_token(world: World) -> None:
    cases: list[Any] = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer el_nonsense",
        "Basic abc",
        "Bearer " + "x" * 5000,
        "Bearer el_\xe9",
        "el_x",
    ]
    for header in cases:
        answer = await world.client.get("/api/v1/places", headers={"Authorization": header.encode("latin-1")})
        problem(answer, 401, "no_token")


async def test_a_token_ends_with_its_account_or_alone(world: World) -> None:
    await end_staff(world.staff["officer"], by=SYSTEM)
    problem(await world.get("/places", by="officer"), 401, "no_token")
    await end_token(world.tokens["desk"], by=SYSTEM)
    problem(await world.get("/places", by="desk"), 401, "no_token")
    answer = await world.get("/places", by="leader")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


async def test_a_sign_in_cookie_opens_nothing_here(world: World) -> None:
    answer = await world.client.get("/api/v1/places", headers={"Cookie": f"el={world.tokens['district']}"})
    problem(answer, 401, "no_token")


async def test_a_role_makes_exactly_the_calls_it_may(world: World) -> None:
    cases: list[Any] = ["district", "officer", "desk", "leader", "auditor"]
    for role in cases:
        for method, path, action in calls():
            if action is None:
                continue
            answer = await world.call(method, path, {} if method != "GET" else None, by=role)
            if may(role, action):
                assert answer.status_code in (200, 400, 404), (method, path, answer.text)
            else:
                problem(answer, 403, "not_allowed")


async def test_an_auditor_reads_and_changes_nothing(world: World) -> None:
    for method, path, action in calls():
        if action is not None:
            answer = await world.call(method, path, {} if method != "GET" else None, by="auditor")
            assert (answer.status_code == 403) == (method != "GET"), (method, path)


async def test_ids_nobody_gave_are_nothing_here(world: World) -> None:
    for id in (NEVER, "0", "-1", "abc", "1%00", "%F0%9F%98%80", "1.5", "9" * 40, "9223372036854775808", "①"):
        for path in (f"/runs/{id}", f"/sessions/{id}/roster"):
            problem(await world.get(path), 404, "not_found")
        problem(await world.post(f"/enrolments/{id}/withdrawal"), 404, "not_found")
        problem(await world.post(f"/attendances/{id}/void", {"reason": "x"}), 404, "not_found")
        body = {"resident_ids": [NEVER], "source": "paper"}
        problem(await world.post(f"/sessions/{id}/attendances", body), 404, "not_found")
        body = {"state": "called_off", "reason": "x"}
        problem(await world.call("PATCH", f"/sessions/{id}", body), 404, "not_found")


async def test_unknown_addresses_and_methods_are_problems_too(world: World) -> None:
    problem(await world.get("/nothing"), 404, "not_found")
    problem(await world.get("/nothing", by=None), 404, "not_found")
    problem(await world.get("/runs/1/2/3"), 404, "not_found")
    answer = await world.call("DELETE", "/places")
    problem(answer, 405, "wrong_method")
    assert "GET" in answer.headers["allow"]


HOSTILE = {
    "nothing": b"",
    "no JSON": b"name=x",
    "half": b'{"name": "x"',
    "a list": b"[]",
    "a number": b"12",
    "null": b"null",
    "wrong UTF-8": b'{"name": "\xff\xfe", "place_code": "outside"}',
    "lone surrogate": b'{"name": "\\ud800", "place_code": "outside"}',
    "NUL": b'{"name": "a\\u0000b", "place_code": "outside"}',
    "line break": b'{"name": "a\\nb", "place_code": "outside"}',
    "only spaces": b'{"name": "   ", "place_code": "outside"}',
    "huge number": b'{"name": ' + b"9" * 10_000 + b', "place_code": "outside"}',
    "deep": b'{"name": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "two bodies": b'{"name":"x","place_code":"outside"}{"name":"x"}',
    "a mark": b'\xef\xbb\xbf{"name":"x","place_code":"outside"}',
    "impossible day": b'{"name":"x","place_code":"outside","born_on":"1950-02-30"}',
    "long name": b'{"name":"' + "王".encode() * 61 + b'","place_code":"outside"}',
    "type": b'{"name":"x","place_code":"outside","document":{"type":"library card","number":"1"}}',
}


async def test_hostile_bytes_are_a_bad_body_and_write_nothing(world: World, database: Any) -> None:
    headers = {"Content-Type": "application/json"}
    for kind, content in HOSTILE.items():
        answer = await world.call("POST", "/residents", content=content, headers=headers)
        said = problem(answer, 400, "bad_body")
        assert said["errors"] and all(one["reason"] for one in said["errors"]), kind
        assert await database.value("SELECT count(*) FROM resident") == 0, kind


async def test_a_body_is_json_and_not_too_large(world: World) -> None:
    form = await world.call("POST", "/residents", content=b"name=x", headers={"Content-Type": "text/plain"})
    problem(form, 415, "not_json")
    large = b'{"name": "' + b"x" * 2_100_000 + b'"}'
    answer = await world.call("POST", "/residents", content=large, headers={"Content-Type": "application/json"})
    problem(answer, 413, "too_large")
    plain = {"name": "王芳", "place_code": "outside"}
    typed = {"Content-Type": "application/json; charset=utf-8"}
    answer = await world.call("POST", "/residents", content=json.dumps(plain).encode(), headers=typed)
    assert answer.status_code == 201


async def test_a_bad_field_is_named_by_its_path(world: World) -> None:
    cases: list[Any] = [
        ({"sessions": [{"starts_at": "2025-03-01T09:00:00+08:00"}]}, "sessions[0].ends_at"),
        ({"sessions": [{"starts_at": "2025-03-01T09:00:00", "ends_at": "x"}]}, "sessions[0].starts_at"),
        (
            {"sessions": [{"starts_at": "0001-01-01T00:00:00+14:00", "ends_at": "2025-03-01T09:00:00Z"}]},
            "sessions[0].starts_at",
        ),
        ({"sessions": [{"starts_at": 1740790800, "ends_at": "2025-03-01T09:00:00Z"}]}, "sessions[0].starts_at"),
        ({"sessions": []}, "sessions"),
        ({"sessions": "x"}, "sessions"),
        ({"course_id": 12}, "course_id"),
        ({"course_id": "twelve"}, "course_id"),
        ({"seats": "5"}, "seats"),
        ({"seats": 2**63}, "seats"),
        ({"seats": -1}, "seats"),
        ({"rules": {"min_age": 1.5}}, "rules.min_age"),
        ({"rules": {"places": ["330113001000", None]}}, "rules.places[1]"),
        ({"kind": "dance"}, "kind"),
        ({"term_id": "9" * 25}, "term_id"),
    ]
    for body, path in cases:
        good = {
            "course_id": "1",
            "sessions": [{"starts_at": "2025-03-01T09:00:00+08:00", "ends_at": "2025-03-01T11:00:00+08:00"}],
        }
        said = problem(await world.post("/runs", good | body), 400, "bad_body")
        assert [one["path"] for one in said["errors"]] == [path]


async def test_a_bad_query_is_named_too(world: World) -> None:
    said = problem(await world.get("/places?level=planet"), 400, "bad_query")
    assert said["errors"][0]["path"] == "level"
    said = problem(await world.get("/runs?open=perhaps"), 400, "bad_query")
    assert said["errors"][0]["path"] == "open"


async def test_our_own_mistakes_show_and_log_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("330102194503041234 secret")

    monkeypatch.setattr(places_call, "list_places", broken)
    answer = await world.get("/places")
    problem(answer, 500, "internal")
    assert "secret" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text and "/api/v1/places" in caplog.text


async def test_a_database_that_is_away_for_a_moment_asks_to_try_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise asyncpg.TooManyConnectionsError("full")

    monkeypatch.setattr(places_call, "list_places", away)
    answer = await world.get("/places")
    problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "2"


async def test_a_value_the_database_cannot_take_is_our_mistake_not_a_busy_moment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(*_: object) -> None:
        raise asyncpg.DataError("invalid input for query argument $1")

    monkeypatch.setattr(places_call, "list_places", wrong)
    problem(await world.get("/places"), 500, "internal")


CALLED = (
    "places/population.py places/labels.py people/register.py people/residents.py people/documents.py "
    "people/names.py people/homes.py catalogue/organise.py catalogue/courses.py catalogue/new_run.py "
    "catalogue/runs.py catalogue/schedule.py catalogue/sessions.py catalogue/wording.py catalogue/window.py "
    "enrolment/rules.py enrolment/age.py enrolment/home.py enrolment/learning.py enrolment/safety.py "
    "enrolment/turns.py "
    "checkin/void.py checkin/change_session.py checkin/reason.py"
).split()
NOT_REACHED = {"invalid_sex", "invalid_state", "invalid_minutes", "unknown_leader"}  # the bodies cannot say so


def test_every_refusal_of_a_verb_behind_this_door_has_its_own_sentence() -> None:
    rooms = Path(elderlearn.__file__).parent
    found = {
        code for name in CALLED for code in re.findall(r'Refusal\(\s*"(\w+)"', (rooms / name).read_text("utf-8"))
    }
    assert len(found) > 25
    assert found - NOT_REACHED <= KNOWN.keys()
    assert all(said.endswith(".") and len(said) < 120 for _, _, said in KNOWN.values())
