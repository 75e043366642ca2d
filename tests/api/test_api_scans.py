"""POST /scans, the roster, sheets and voids."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from elderlearn.ground.clock import now
from tests.api.world import World, id_card, problem


class Hall:
    """A drop-in lecture of the leader's, going on now, and three people with cards."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def open(self, **changes: Any) -> Hall:
        place = {"kind": "society", "name": "书法社", "place_code": self.world.streets[0]}
        made = await self.world.given("/organisations", place)
        made = await self.world.given("/courses", {**made, "title": "书法"})
        start = now() - timedelta(minutes=30)
        session = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(minutes=90)).isoformat()}
        run = {**made, "kind": "lecture", "entry": "drop_in", "sessions": [session]} | changes
        made = await self.world.given("/runs", run, by="leader")
        self.run_id, self.session_id = made["run_id"], made["session_ids"][0]
        self.people = [
            await self.world.given("/residents", {"name": name, "document": document, "place_code": home})
            for name, document, home in (
                ("王芳", {"type": "id_card", "number": id_card("19450101", 1)}, self.home(0)),
                ("李强", {"type": "id_card", "number": id_card("19460101", 2)}, self.home(1)),
                ("赵敏", {"type": "id_card", "number": id_card("19470101", 3)}, "outside"),
            )
        ]
        return self

    def home(self, street: int) -> str:
        return self.world.communities[self.world.streets[street]][0]

    def scan(self, person: int = 0, **changes: Any) -> dict[str, Any]:
        code = f"HTTPS://X.EXAMPLE/C/{self.people[person]['card_code']}"
        plain = {"scan_id": str(uuid4()), "session_id": self.session_id, "code": code}
        return plain | {"scanned_at": now().isoformat()} | changes

    async def send(self, *items: Any, by: str = "leader", **envelope: Any) -> list[dict[str, Any]]:
        answer = await self.world.post("/scans", {"scans": list(items)} | envelope, by=by)
        assert answer.status_code == 200, answer.text
        return answer.json()["verdicts"]


def nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.fixture
async def hall(world: World) -> Hall:
    return await Hall(world).open()


async def test_scans_get_verdicts_in_the_order_sent_and_the_same_again(hall: Hall, database: Any) -> None:
    batch = [hall.scan(1), hall.scan(0), hall.scan(1)]
    first = await hall.send(*batch, device="phone 7", sent_at=now().isoformat())
    assert [one["scan_id"] for one in first] == [one["scan_id"] for one in batch]
    assert [one["verdict"] for one in first] == ["recorded", "recorded", "already_present"]
    assert [one["name"] for one in first] == ["李**", "王**", "李**"]
    assert "reason" not in first[0]
    again = await hall.send(*batch)
    assert [one["verdict"] for one in again] == ["same_scan", "same_scan", "already_present"]
    assert await database.value("SELECT count(*) FROM attendance") == 2
    assert await database.value("SELECT sum(visits) FROM attended_day") == 2


async def test_every_hostile_item_gets_its_own_verdict_and_spoils_nobody(hall: Hall, database: Any) -> None:
    good = hall.scan(0)
    hostile: list[tuple[Any, str, str]] = [
        (None, "refused", "unreadable"),
        (7, "refused", "unreadable"),
        ("text", "refused", "unreadable"),
        ([[[[]]]], "refused", "unreadable"),
        (nested(300), "refused", "unreadable"),
        (hall.scan(code=nested(300)), "refused", "unreadable"),
        ({}, "refused", "unreadable"),
        (hall.scan(scan_id=None), "refused", "unreadable"),
        (hall.scan(scan_id={"a": 1}), "refused", "unreadable"),
        (hall.scan(scan_id=""), "refused", "unreadable"),
        (hall.scan(scan_id="x" * 100_000), "refused", "unreadable"),
        (hall.scan(code=None), "refused", "unreadable"),
        (hall.scan(code="x" * 100_000), "refused", "unreadable"),
        (hall.scan(code="\x00"), "refused", "unreadable"),
        (hall.scan(code=["C"]), "refused", "unreadable"),
        (hall.scan(code="https://elsewhere.example/other"), "refused", "unreadable"),
        (hall.scan(scanned_at=None), "refused", "bad_time"),
        (hall.scan(scanned_at="2025-01-01T09:00:00"), "refused", "bad_time"),
        (hall.scan(scanned_at=1e300), "refused", "bad_time"),
        (hall.scan(scanned_at="0001-01-01T00:00:00+14:00"), "refused", "bad_time"),
        (hall.scan(scanned_at="9999-12-31T23:59:59-14:00"), "refused", "bad_time"),
        (hall.scan(session_id=None), "refused", "unknown_session"),
        (hall.scan(session_id="nonsense"), "refused", "unknown_session"),
        (hall.scan(session_id="9" * 30), "refused", "unknown_session"),
        (hall.scan(session_id=-1), "refused", "unknown_session"),
        (hall.scan(session_id=10**40), "refused", "unknown_session"),
        (hall.scan(1, device_seq="x", method=[1], name={"a": "b"}), "recorded", ""),
        (hall.scan(2, device_seq=10**40, name="\x00" * 5000, more={"a": [1]}), "recorded", ""),
    ]
    verdicts = await hall.send(*(item for item, _, _ in hostile), good)
    told = [(one["verdict"], one.get("reason", "")) for one in verdicts]
    assert told == [(verdict, reason) for _, verdict, reason in hostile] + [("recorded", "")]
    assert await database.value("SELECT count(*) FROM attendance") == 3


async def test_wrong_bytes_in_one_item_leave_the_others_alone(hall: Hall) -> None:
    good, bad = hall.scan(0), hall.scan(1, name="NAME")
    bytes_of = json.dumps({"scans": [bad, good, hall.scan(2, code="CODE"), hall.scan(2, session_id="N")]}).encode()
    bytes_of = bytes_of.replace(b"NAME", b"\xff\xfe").replace(b'"CODE"', b'"\\ud800"')
    bytes_of = bytes_of.replace(b'"N"', b"9" * 9000)
    headers = {"Content-Type": "application/json"}
    answer = await hall.world.call("POST", "/scans", by="leader", content=bytes_of, headers=headers)
    assert answer.status_code == 200
    told = [one["verdict"] for one in answer.json()["verdicts"]]
    assert told == ["recorded", "recorded", "refused", "refused"]


async def test_a_scan_id_that_is_no_text_comes_back_harmless(hall: Hall) -> None:
    for shown in ("\ud800", "\x00", "王", "not-a-uuid"):
        item = json.dumps({"scans": [hall.scan(0, scan_id=shown)]}).encode()
        headers = {"Content-Type": "application/json"}
        answer = await hall.world.call("POST", "/scans", by="leader", content=item, headers=headers)
        told = answer.json()["verdicts"][0]
        assert told["verdict"] in ("recorded", "already_present")
        assert told["scan_id"] == ("?" if shown == "\ud800" else shown)


async def test_only_a_broken_envelope_is_a_bad_body(world: World) -> None:
    cases: list[Any] = [
        ([], ""),
        ({}, "scans"),
        ({"scans": {}}, "scans"),
        ({"scans": None}, "scans"),
        ({"scans": []}, "scans"),
        ({"scans": [{}] * 501}, "scans"),
        ({"scans": [{}], "sent_at": "yesterday"}, "sent_at"),
        ({"scans": [{}], "sent_at": "2025-01-01T09:00:00"}, "sent_at"),
        ({"scans": [{}], "device": 7}, "device"),
        ({"scans": [{}], "device": "x" * 61}, "device"),
    ]
    for body, path in cases:
        said = problem(await world.post("/scans", body), 400, "bad_body")
        assert said["errors"][0]["path"] == path


async def test_five_hundred_scans_are_one_batch(hall: Hall) -> None:
    verdicts = await hall.send(*(hall.scan(0) for _ in range(500)))
    assert [one["verdict"] for one in verdicts] == ["recorded"] + ["already_present"] * 499


async def test_a_session_of_others_is_not_yours_and_names_nobody(hall: Hall) -> None:
    for caller in ("other_leader", "other_officer", "stranger"):
        told = (await hall.send(hall.scan(0), by=caller))[0]
        assert (told["verdict"], told["reason"]) == ("refused", "not_yours")
        assert "name" not in told
    assert (await hall.send(hall.scan(0), by="officer"))[0]["verdict"] == "recorded"


async def test_forged_replaced_and_reused_codes_have_their_reasons(hall: Hall, database: Any) -> None:
    code = hall.people[0]["card_code"]
    forged = code[:-1] + ("A" if code[-1] != "A" else "B")
    first = hall.scan(0)
    verdicts = await hall.send(hall.scan(0, code=forged), first, hall.scan(1) | {"scan_id": first["scan_id"]})
    assert [one.get("reason") for one in verdicts] == ["bad_signature", None, "scan_id_reused"]
    await database.execute(
        "UPDATE card SET state = 'replaced' WHERE resident = $1", int(hall.people[1]["resident_id"])
    )
    replaced = (await hall.send(hall.scan(1)))[0]
    assert (replaced["verdict"], replaced["reason"]) == ("flagged", "card_replaced")
    early = hall.scan(2, scanned_at=(now() - timedelta(hours=5)).isoformat())
    assert (await hall.send(early))[0]["reason"] == "outside_window"


async def test_a_database_that_is_away_keeps_nothing_and_asks_for_the_same_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, database: Any
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise asyncpg.InterfaceError("connection is closed")

    monkeypatch.setattr("elderlearn.checkin.receive.gather", away)
    batch = [hall.scan(0), {"scan_id": "odd"}, 5]
    told = await hall.send(*batch)
    assert [(one["scan_id"], one["verdict"]) for one in told] == [
        (batch[0]["scan_id"], "retry"), ("odd", "retry"), ("", "retry"),
    ]  # fmt: skip
    monkeypatch.undo()
    assert await database.value("SELECT count(*) FROM scan") == 0
    assert (await hall.send(batch[0]))[0]["verdict"] == "recorded"


async def test_the_roster_shows_who_is_expected_and_who_came_masked(world: World) -> None:
    window = {"opens_at": "2020-01-01T00:00:00Z", "closes_at": "2099-01-01T00:00:00Z", "seats": 5}
    hall = await Hall(world).open(entry="enrol", kind="class", **window)
    for person in hall.people[:2]:
        asked = {"run_id": hall.run_id, "resident_id": person["resident_id"], "channel": "window"}
        await world.given("/enrolments", asked, by="leader")
    told = await hall.send(hall.scan(0), hall.scan(2))
    assert [one.get("reason") for one in told] == [None, "walk_in"]
    roster = (await world.get(f"/sessions/{hall.session_id}/roster", by="leader")).json()
    by_id = {one["resident_id"]: one for one in roster}
    shown = [by_id[one["resident_id"]] for one in hall.people]
    assert [(one["name_masked"], one["state"], one["attended"]) for one in shown] == [
        ("王**", "seated", True), ("李**", "seated", False), ("赵**", "walk_in", True),
    ]  # fmt: skip
    key = hashlib.sha256(hall.people[0]["card_code"].encode()).hexdigest()[:16]
    assert shown[0]["card_key"] == key
    for caller in ("other_leader", "other_officer", "stranger"):
        problem(await world.get(f"/sessions/{hall.session_id}/roster", by=caller), 404, "not_found")
    assert (await world.get(f"/sessions/{hall.session_id}/roster", by="auditor")).status_code == 200


async def test_a_sheet_sorts_everybody_and_twice_records_nobody_twice(hall: Hall, database: Any) -> None:
    first, second = hall.people[0]["resident_id"], hall.people[1]["resident_id"]
    await hall.send(hall.scan(0))
    path = f"/sessions/{hall.session_id}/attendances"
    sheet = {"resident_ids": [first, second, "999999", second], "source": "paper"}
    answer = await hall.world.post(path, sheet, by="leader")
    assert answer.status_code == 200
    told = answer.json()
    assert [one["resident_id"] for one in told["recorded"]] == [second]
    assert told["already_present"] == [first]
    assert told["refused"] == [{"resident_id": "999999", "reason": "unknown_resident"}]
    again = (await hall.world.post(path, sheet, by="leader")).json()
    assert (again["recorded"], sorted(again["already_present"])) == ([], sorted([first, second]))
    assert await database.value("SELECT count(*) FROM attendance") == 2
    for caller in ("other_leader", "other_officer", "stranger"):
        problem(await hall.world.post(path, sheet, by=caller), 404, "not_found")
    for bad, where in (
        ({"resident_ids": []}, "resident_ids"),
        ({"resident_ids": [first, "x"]}, "resident_ids[1]"),
        ({"resident_ids": [first], "source": "hearsay"}, "source"),
    ):
        said = problem(await hall.world.post(path, bad, by="leader"), 400, "bad_body")
        assert said["errors"][0]["path"] == where


async def test_a_void_counts_nothing_twice_the_same_and_may_be_recorded_anew(hall: Hall, database: Any) -> None:
    attendance_id = (await hall.send(hall.scan(0)))[0]["attendance_id"]
    path = f"/attendances/{attendance_id}/void"
    for caller in ("other_leader", "other_officer", "stranger"):
        problem(await hall.world.post(path, {"reason": "错"}, by=caller), 404, "not_found")
    answers = [await hall.world.post(path, {"reason": reason}, by="leader") for reason in ("扫错了", "又一次")]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["reason"] == "扫错了"
    assert await database.value("SELECT coalesce(sum(visits), 0) FROM tally") == 0
    for bad in ({}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 201}, {"reason": 5}):
        problem(await hall.world.post(path, bad, by="leader"), 400, "bad_body")
    anew = (await hall.send(hall.scan(0)))[0]
    assert (anew["verdict"], anew["attendance_id"]) == ("recorded", attendance_id)
