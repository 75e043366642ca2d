"""POST /residents."""

from __future__ import annotations

from typing import Any

from tests.api.world import World, id_card, problem

BORN, NUMBER = "19450304", id_card("19450304")
WRONG = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")


def body(world: World, **changes: Any) -> dict[str, Any]:
    first = world.communities[world.streets[0]][0]
    return {"name": "王芳", "document": {"type": "id_card", "number": NUMBER}, "place_code": first} | changes


async def test_a_new_person_gets_an_id_and_a_card(world: World, database: Any) -> None:
    answer = await world.post("/residents", body(world))
    assert answer.status_code == 201
    assert set(answer.json()) == {"resident_id", "card_code"}
    assert isinstance(answer.json()["resident_id"], str) and answer.json()["card_code"].isalnum()
    row = (await database.fetch("SELECT born_on::text, sex, verified FROM resident"))[0]
    assert tuple(row) == ("1945-03-04", "female", "desk")


async def test_the_same_document_again_changes_nothing_and_names_what_differs(world: World, database: Any) -> None:
    first = await world.given("/residents", body(world))
    before = await database.fetch("SELECT * FROM resident")
    full_width = NUMBER.lower().translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789x"})
    other = world.communities[world.streets[1]][0]
    again = body(world, name="王方", place_code=other, document={"type": "id_card", "number": full_width})
    answer = await world.post("/residents", again)
    assert answer.status_code == 200
    assert answer.json() == first | {"differs": ["name", "place_code"]}
    same = await world.post("/residents", body(world))
    assert same.status_code == 200 and same.json() == first | {"differs": []}
    assert await database.fetch("SELECT * FROM resident") == before


async def test_another_street_registers_too_but_sees_no_card_of_somebody_on_file(world: World) -> None:
    first = await world.given("/residents", body(world), by="officer")
    for role in ("other_officer", "other_leader"):
        answer = await world.post("/residents", body(world), by=role)
        assert answer.status_code == 200
        assert answer.json() == {"resident_id": first["resident_id"], "card_code": None, "differs": []}
    there = await world.post("/residents", body(world, place_code=world.foreign_community), by="stranger")
    assert there.json() == {"resident_id": first["resident_id"], "card_code": None, "differs": ["place_code"]}
    for role in ("desk", "leader", "district"):
        assert (await world.post("/residents", body(world), by=role)).json()["card_code"] == first["card_code"]
    elsewhere = body(world, document={"type": "id_card", "number": id_card("19500101", 7)})
    assert (await world.post("/residents", elsewhere, by="other_leader")).status_code == 201


async def test_a_home_is_a_community_or_street_of_this_district_or_outside(world: World, database: Any) -> None:
    for at, code in enumerate([world.streets[2], world.foreign_community, "outside"]):
        number = id_card("19501231", 20 + at)
        home = body(world, place_code=code, document={"type": "id_card", "number": number})
        answer = await world.post("/residents", home)
        if code == world.foreign_community:
            problem(answer, 422, "unknown_place")
        else:
            assert answer.status_code == 201
    homes = await database.fetch(
        "SELECT r.residence, p.code FROM resident r LEFT JOIN place p ON p.id = r.place ORDER BY r.id"
    )
    assert [tuple(one) for one in homes] == [("inside", world.streets[2]), ("outside", None)]


async def test_what_cannot_be_is_refused_in_words_and_writes_nothing(world: World, database: Any) -> None:
    cases: list[Any] = [
        (
            {"document": {"type": "id_card", "number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}},
            "invalid_document",
        ),
        ({"document": {"type": "id_card", "number": "330110194502300012"}}, "invalid_document"),
        ({"document": {"type": "passport", "number": "E"}}, "invalid_document"),
        ({"place_code": "999999999999"}, "unknown_place"),
        ({"place_code": "330113000000"}, "unknown_place"),
        ({"place_code": "x' OR 1=1"}, "unknown_place"),
        ({"registered_place_code": "999999999999"}, "unknown_place"),
        ({"born_on": "1945-03-05"}, "born_on_mismatch"),
        ({"document": None, "born_on": "2999-01-01"}, "invalid_born_on"),
        ({"phone": "12345"}, "invalid_phone"),
        ({"name": "!!!"}, "invalid_name"),
    ]
    for changes, code in cases:
        said = problem(await world.post("/residents", body(world, **changes)), 422, code)
        assert NUMBER not in str(said)
        assert await database.value("SELECT count(*) FROM resident") == 0
        assert await database.value("SELECT count(*) FROM card") == 0


async def test_four_people_may_share_one_phone(world: World) -> None:
    ids = set()
    for name in ("王芳", "王强", "李梅", "李刚"):
        plain = body(world, name=name, phone="138 0013 8000", document=None, born_on="1950-01-01")
        ids.add((await world.given("/residents", plain))["resident_id"])
    assert len(ids) == 4
