"""What a leader sees of scans that could not be counted by themselves, and what her buttons do."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.resolve_count import count_it
from elderlearn.ground.clock import now
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.checkin.hall import attendances
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening

LIST = "/lead/conflicts"


async def flag(evening: Evening, who: Registered | str, **changes: object) -> str:
    """Five hours after the class three days ago; the id of the scan."""
    scan_id = str(uuid4())
    sent = {
        "scan_id": scan_id,
        "session_id": evening.gone,
        "code": who if isinstance(who, str) else who.card_code,
        "scanned_at": now() - timedelta(days=3, hours=-5),
    }
    [verdict] = await receive([read_item(sent | changes)], by=evening.leader.by("leader"))
    assert verdict.verdict in ("flagged", "refused")
    return scan_id


async def test_today_says_how_many_wait_and_leads_to_the_list(visit: Visit, evening: Evening) -> None:
    her = await visit(staff=evening.leader)
    assert LIST not in (await her.get("/lead")).text
    await flag(evening, evening.wang)
    page = (await her.get("/lead")).text
    assert "1 scan could not be counted" in page and LIST in page
    assert f"{LIST}?session={evening.gone}" in (await her.get(f"/lead/sessions/{evening.gone}")).text
    assert LIST not in (await her.get(f"/lead/sessions/{evening.on_now}")).text
    listed = (await her.get(LIST)).text
    assert "王秀英" in listed and "Outside the hours" in listed


async def test_a_stranger_is_masked_and_a_filter_stands_in_the_address(visit: Visit, evening: Evening) -> None:
    await flag(evening, evening.li)
    her = await visit(staff=evening.leader)
    listed = (await her.get(LIST)).text
    assert "李建国" not in listed and "李**" in listed
    assert "李**" in (await her.get(f"{LIST}?reason=outside_window&session={evening.gone}")).text
    for none in ("reason=elsewhere", "age=old", f"session={evening.on_now}", "show=unread", "page=9"):
        assert "李**" not in (await her.get(f"{LIST}?{none}")).text, none


async def test_a_long_list_has_pages_and_keeps_its_filter(visit: Visit, evening: Evening) -> None:
    for _ in range(21):
        await flag(evening, evening.wang)
    her = await visit(staff=evening.leader)
    first = (await her.get(f"{LIST}?reason=outside_window")).text
    assert "Next page" in first and "reason=outside_window&amp;page=2" in first
    second = (await her.get(f"{LIST}?reason=outside_window&page=2")).text
    assert "Previous page" in second and second.count("王秀英") == 1


async def test_counting_says_before_what_changes_and_is_taken_back(visit: Visit, evening: Evening) -> None:
    scan = await flag(evening, evening.wang)
    her = await visit(staff=evening.leader)
    page = (await her.get(f"{LIST}/{scan}")).text
    assert "0 → 1" in page
    assert await attendances() == [], "looking changes nothing"
    answer = await her.send(f"{LIST}/{scan}/count")
    assert "Decided: Counted" in answer.text and "Nothing to look at" in answer.text
    assert await attendances() == [(evening.gone, evening.wang.resident_id)]
    assert "Decided: Counted" in (await her.send(f"{LIST}/{scan}/count")).text, "a second tap is the same"
    assert "You decided so" in (await her.get(f"{LIST}/{scan}")).text
    assert "choose a reason" in (await her.send(f"{LIST}/{scan}/undo")).text
    page = (await her.send(f"{LIST}/{scan}/undo", {"reason": "mistake"})).text
    assert "Taken back" in page and "Count it" in page
    assert await attendances() == []


async def test_who_comes_second_is_told_what_was_decided(visit: Visit, evening: Evening) -> None:
    scan = await flag(evening, evening.wang)
    her = await visit(staff=evening.leader)
    officer = await standing.officer(evening.places.street)
    await count_it(UUID(scan), by=officer.by())
    page = (await her.send(f"{LIST}/{scan}/drop", {"reason": "tried"})).text
    assert f"{officer.name} decided before you" in page and "Counted" in page
    assert len(await attendances()) == 1


async def test_another_person_by_the_list_and_by_the_number_on_her_card(visit: Visit, evening: Evening) -> None:
    scan, other = await flag(evening, evening.li), await flag(evening, "no code of ours", name="王阿姨")
    her = await visit(staff=evening.leader)
    page = (await her.get(f"{LIST}/{scan}/person?q=wxy")).text
    assert f"who={evening.wang.resident_id}" in page
    page = (await her.get(f"{LIST}/{scan}/person?who={evening.wang.resident_id}")).text
    assert "Yes, count her" in page
    await her.send(f"{LIST}/{scan}/person", {"resident_id": evening.wang.resident_id})
    page = (await her.get(f"{LIST}/{other}")).text
    assert "王阿姨" in page and "Not readable" in page and "Count it" not in page
    assert "Yes, count her" not in (await her.get(f"{LIST}/{other}/person?who={evening.li.resident_id}")).text
    unseen = await her.post(f"{LIST}/{other}/person", {"resident_id": evening.li.resident_id})
    assert unseen.status_code == 404, "nobody is named by an id alone"
    assert "no card number" in (await her.send(f"{LIST}/{other}/number", {"number": "1234"})).text
    page = (await her.send(f"{LIST}/{other}/number", {"number": await evening.number(evening.li)})).text
    assert "李**" in page and "Yes, count her" in page
    await her.send(f"{LIST}/{other}/person", {"resident_id": evening.li.resident_id})
    assert {who for _, who in await attendances()} == {evening.wang.resident_id, evening.li.resident_id}


async def test_another_leader_and_everybody_else_find_nothing(visit: Visit, evening: Evening) -> None:
    scan = await flag(evening, evening.wang)
    other = await visit(staff=evening.other_leader)
    assert "王" not in (await other.get(LIST)).text
    for path in (f"{LIST}/{scan}", f"{LIST}/{scan}/person", f"{LIST}/{uuid4()}", f"{LIST}/x"):
        assert (await other.get(path)).status_code == 404, path
    for verb in ("count", "session", "person", "number", "drop", "undo"):
        answer = await other.post(f"{LIST}/{scan}/{verb}", {"other": "x", "session_id": evening.gone})
        assert answer.status_code == 404, verb
    assert await attendances() == []


async def test_any_reason_a_room_may_add_is_listed_with_words(
    visit: Visit, evening: Evening, database: Database
) -> None:
    await database.execute(
        """INSERT INTO scan (id, session, code_hash, received_at, door, resident, verdict, reason)
        VALUES ($1, $2, '', now(), 'resident', $3, 'flagged', 'of_tomorrow')""",
        uuid4(),
        evening.gone,
        evening.wang.resident_id,
    )
    assert "Unclear" in (await (await visit(staff=evening.leader)).get(LIST)).text
