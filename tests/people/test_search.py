"""One search field at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.people.documents import Document
from elderlearn.people.search import BY_NAME, conditions, find_people
from elderlearn.people.search_words import Sought, read_words
from elderlearn.stewardship.change_details import Details, change_details
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import Places, id_number


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


def test_what_was_typed_is_understood() -> None:
    number = id_number()
    assert read_words("") == Sought()
    assert read_words("  王 ").name == "王"
    assert read_words("１３８００００１２３４").phone == "13800001234"
    assert read_words(number.lower()).documents[0] == Document("id_card", number, date(1955, 3, 8), "female")
    assert read_words("王1").name == "王1"
    assert [one.type for one in read_words("E12345678").documents] == [
        "hk_macao_taiwan_permit",
        "passport",
        "foreign_permanent_residence",
    ]
    assert read_words("12345674").card in ("12345674", None)
    code = "A" * 32
    assert read_words(f"HTTPS://X.CN/C/{code}") == Sought(card=code)
    assert read_words("\0" * 9 + "x" * 5000).name == "x" * 291


async def search(words: str, viewer: standing.StandingStaff, **more: object) -> tuple[list[str], str | None]:
    found = await find_people(
        words,
        place_id=viewer.place.id,
        district_id=viewer.place.district_id,
        **more,  # type: ignore[arg-type]
    )
    return [one.name for one in found.people], found.elsewhere


async def test_name_phone_document_and_card_find_people_of_the_street(places: Places) -> None:
    desk = await standing.desk(places.street)
    ping = await standing.resident(
        places.community, name="王小萍", phone="13800001111", document=id_number(), born_on=None
    )
    await standing.resident(places.next_community, name="王大明", phone="13800001111", born_on=date(1940, 1, 1))
    assert ping.card_code
    found = await find_people(ping.card_code, place_id=places.street.id, district_id=places.district.id)
    number = found.people[0].number
    for words, names in {
        "王": ["王大明", "王小萍"],
        "王小": ["王小萍"],
        "小萍": [],
        "138 0000 1111": ["王大明", "王小萍"],
        id_number(): ["王小萍"],
        f"http://elsewhere.example/c/{ping.card_code}": ["王小萍"],
        number or "": ["王小萍"],
        "": ["王大明", "王小萍"],
        "%": [],
    }.items():
        assert await search(words, desk) == (names, None), words
    assert await search("", desk, order="born") == (["王大明", "王小萍"], None)
    assert await search("", desk, order="new", limit=1, offset=1) == (["王小萍"], None)


async def test_of_another_street_only_an_exact_card_or_document_says_a_masked_name(places: Places) -> None:
    desk, district = await standing.desk(places.other_street), await standing.district_officer(places)
    ping = await standing.resident(
        places.community, name="王小萍", phone="13800001111", document=id_number(), born_on=None
    )
    assert await search("王小萍", desk) == ([], None)
    assert await search("13800001111", desk) == ([], None)
    assert await search(id_number(), desk) == ([], "王**")
    assert await search(ping.card_code or "", desk) == ([], "王**")
    assert await search("王小萍", district) == (["王小萍"], None)


async def test_who_lives_in_no_street_is_found_by_name_but_not_listed(places: Places, database: Database) -> None:
    desk = await standing.desk(places.street)
    far = await standing.resident(places.community, name="远方人")
    await database.execute(
        "UPDATE resident SET residence = 'outside', place = NULL WHERE id = $1", far.resident_id
    )
    assert await search("远方", desk) == (["远方人"], None)
    assert await search("", desk) == ([], None)


async def test_who_died_stands_last_or_is_counted(places: Places, database: Database) -> None:
    desk = await standing.desk(places.street)
    gone = await standing.resident(places.community, name="陈安", document=id_number(), born_on=None)
    await standing.resident(places.community, name="陈方")
    await database.execute("UPDATE resident SET state = 'died' WHERE id = $1", gone.resident_id)
    for words, names in {"陈": ["陈方", "陈安"], "ca": ["陈安"], id_number(): ["陈安"], "": ["陈方"]}.items():
        assert await search(words, desk) == (names, None), words
    assert await search("", desk, with_gone=True) == (["陈方", "陈安"], None)
    browsing = await find_people("", place_id=places.street.id, district_id=places.district.id)
    assert (browsing.how_many, browsing.gone) == (1, 1)


async def test_names_are_found_as_they_are_spelled_and_stand_in_that_order(places: Places) -> None:
    desk = await standing.desk(places.street)
    for name in ("王秀英", "王晓燕", "王艳", "单文", "曾小英", "安以恒", "王秀", "Wang Xi"):
        await standing.resident(places.community, name=name)
    for words, names in {
        "wxy": ["王晓燕", "王秀英"],
        "WangXiu": ["王秀", "王秀英"],
        "wang xiu ying": ["王秀英"],
        "wangx": ["Wang Xi", "王晓燕", "王秀", "王秀英"],
        "shan": ["单文"],
        "zxy": ["曾小英"],
        "dan": [],
        "w_y": [],
        "": ["安以恒", "单文", "Wang Xi", "王晓燕", "王秀", "王秀英", "王艳", "曾小英"],
    }.items():
        assert await search(words, desk) == (names, None), words


async def test_a_changed_name_is_found_by_its_new_spelling(places: Places) -> None:
    desk = await standing.desk(places.street)
    made = await standing.resident(places.community, name="王秀英")
    await change_details(made.resident_id, Details(name="李梅"), by=desk.by("desk"))
    assert await search("lm", desk) == (["李梅"], None)
    assert await search("wxy", desk) == ([], None)


MANY = """INSERT INTO resident (district, name, name_pinyin, born_precision, residence, place,
        registered_residence, verified, state, registered_at)
    SELECT $1, '王秀英' || n, concat_ws(' ', s[1 + n % 400], s[1 + n / 7 % 400], s[1 + n / 11 % 400]), 'day',
        'inside', $2, 'unknown', 'desk', 'active', now()
    FROM generate_series(1, 30000) AS n,
        (SELECT array_agg(md5(i::text)) AS s FROM generate_series(1, 400) AS i) AS x"""


async def test_an_index_answers_the_desk_among_many_thousands(places: Places, database: Database) -> None:
    await database.execute(MANY, places.district.id, places.community.id)
    await database.execute("ANALYZE resident")
    for words, index in {
        "wangxiu": "resident_spelled",
        "wxy": "resident_initials",
        "李小": "resident_name",
        "13800001111": "resident_phone_hash",
        "": "resident_in_order",
    }.items():
        where, asked = await conditions(read_words(words), places.district.id, places.district.id)
        plan = await database.fetch(
            f"EXPLAIN SELECT r.id FROM resident r {where} ORDER BY {BY_NAME} LIMIT 20", *asked
        )
        told = "\n".join(str(one[0]) for one in plan)
        assert index in told and "Seq Scan on resident" not in told, told
