"""Two rows of the register are one person: put together, taken apart, and nothing counted twice."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.members import join
from elderlearn.checkin import hold_scans
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.recount import differences
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.recount import differences as enrolment_differences
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.cards import current_code
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.find_carer import find_carer
from elderlearn.people.find_named import Named, people_named
from elderlearn.people.queries import person
from elderlearn.people.sign_in.cards import prove_by_card
from elderlearn.stewardship import merge as merging
from elderlearn.stewardship.add_document import add_document
from elderlearn.stewardship.bring_back import bring_back
from elderlearn.stewardship.candidates import pairs_to_look_at
from elderlearn.stewardship.invariants import broken_invariants
from elderlearn.stewardship.merge import merge
from elderlearn.stewardship.not_same import not_same
from elderlearn.stewardship.take_fields import take_fields
from elderlearn.stewardship.take_out import take_out
from elderlearn.stewardship.unmerge import unmerge
from elderlearn.stewardship.would_merge import merges_of, would_merge
from tests import people_standing
from tests.catalogue.runs_standing import DAY, a_course, an_organisation, open_run, people, weeks
from tests.checkin.hall import Hall, a_hall
from tests.conftest import Database
from tests.jobs.processes import until_equal
from tests.people_standing import CLI


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall()


async def two_rows(hall: Hall) -> tuple[int, int]:
    """Anna with her document, and Anna as she was written down at the door of another hall."""
    first = await people_standing.resident(
        hall.places.community, name="周玉兰", phone="13800138001", document=people_standing.id_number(serial=9)
    )
    second = await people_standing.resident(hall.places.community, name="周玉兰", phone="13800138001")
    return first.resident_id, second.resident_id


async def test_what_both_did_is_hers_once_and_both_cards_open(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    one, other = hall.session_ids
    await record_sheet(one, [kept, gone], by=CLI)
    await record_sheet(other, [gone], by=CLI)
    done = await merge(gone, kept, reason="her daughter says so", by=CLI)
    assert (done.kept, done.attendances, done.doubles) == (kept, 1, 1), "the row with a document stays"
    assert await _days(database, kept) == 2 and await _days(database, gone) == 0
    assert (await person(gone)).state == "merged"
    codes = await database.fetch("SELECT state FROM card WHERE resident = $1 ORDER BY id", kept)
    assert [row["state"] for row in codes] == ["active", "second"]
    await _all_agrees()


async def test_a_scan_of_the_second_card_is_hers(hall: Hall, database: Database) -> None:
    first = await people_standing.resident(hall.places.community, name="周玉兰")
    second = await people_standing.resident(hall.places.community, name="周玉兰")
    await merge(first.resident_id, second.resident_id, reason="one person", by=CLI)
    assert (await hall.scan(second)).verdict == "recorded"
    assert (await hall.scan(first)).verdict == "already_present"
    assert await _days(database, first.resident_id) == 1


async def test_the_second_card_opens_whatever_the_first_one_does(hall: Hall, database: Database) -> None:
    born_on = date(1950, 5, 4)
    first = await people_standing.resident(hall.places.community, name="周玉兰", born_on=born_on)
    second = await people_standing.resident(hall.places.community, name="周玉兰", born_on=born_on)
    number = await database.value("SELECT number FROM card WHERE resident = $1", second.resident_id)
    await merge(first.resident_id, second.resident_id, reason="one person", by=CLI)
    hers = first.resident_id
    assert (await prove_by_card(number, born_on)).resident_id == hers
    with pytest.raises(Refusal, match="wrong_birth_date"):
        await prove_by_card(number, date(1950, 5, 5))
    assert await find_carer(number, hall.places.district.id, beside=hall.anna.resident_id) == hers
    named = Named(card=number)
    assert await people_named([named], hall.places.district.id) == {named: hers}


async def test_an_undo_gives_each_what_was_theirs_and_what_the_card_brought_since(
    hall: Hall, database: Database
) -> None:
    first = await people_standing.resident(hall.places.community, name="周玉兰")
    second = await people_standing.resident(hall.places.other_community, name="周玉兰")
    one, other = hall.session_ids
    await record_sheet(one, [first.resident_id, second.resident_id], by=CLI)
    before = await _everything(database)
    done = await merge(first.resident_id, second.resident_id, reason="one", fields=("home",), by=CLI)
    assert (await person(first.resident_id)).place_id == hall.places.other_community.id
    undone = await unmerge(done.merge_id, reason="two sisters-in-law", by=CLI)
    assert undone.since == 0
    assert await _everything(database) == before
    again = await merge(first.resident_id, second.resident_id, reason="one", by=CLI)
    assert (await hall.scan(second, other)).verdict == "recorded"
    assert (await unmerge(again.merge_id, reason="no", by=CLI)).since == 1
    assert (await _days(database, first.resident_id), await _days(database, second.resident_id)) == (1, 2)
    await _all_agrees()


async def test_what_a_leader_took_back_since_stays_taken_back(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    await record_sheet(hall.session_ids[0], [kept, gone], by=CLI)
    done = await merge(kept, gone, reason="one", by=CLI)
    mine = await database.value("SELECT id FROM attendance WHERE resident = $1 AND voided_at IS NULL", kept)
    await void(mine, reason="was not there", by=CLI)
    await unmerge(done.merge_id, reason="two", by=CLI)
    assert (await _days(database, kept), await _days(database, gone)) == (0, 0)
    await _all_agrees()


@pytest.mark.parametrize("is_guarded", [True, False])
async def test_a_scan_that_waits_for_a_merge_is_hers_who_stays(
    hall: Hall, database: Database, monkeypatch: pytest.MonkeyPatch, is_guarded: bool
) -> None:
    kept, gone = await two_rows(hall)
    code = (await current_code(gone)).code  # type: ignore[union-attr]  # she has a card
    at_the_end, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(*args: Any) -> Any:
        at_the_end.set()
        await go_on.wait()
        return await take_fields(*args)

    monkeypatch.setattr(merging, "take_fields", slowly)
    if not is_guarded:
        monkeypatch.setattr(hold_scans, "HOLD", hold_scans.HOLD.replace("AND r.state <> 'merged'", ""))
    merged = asyncio.create_task(merge(kept, gone, reason="one", by=CLI))
    await at_the_end.wait()
    scanned = asyncio.create_task(hall.scan(code))
    await until_equal(database, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", True)
    go_on.set()
    await merged
    assert (await scanned).verdict == "recorded"
    lost = await database.value("SELECT count(*) FROM attendance WHERE resident = $1", gone)
    assert lost == (0 if is_guarded else 1)


async def test_of_two_seats_the_second_goes_to_the_next_in_line(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    course = await a_course(hall.places.community, title="书法", name="社区书院")
    run = await open_run(course, seats=2, sessions=weeks(3, start=now() + 7 * DAY))
    full = await open_run(course, seats=1, sessions=weeks(3, start=now() + 9 * DAY))
    (next_one,) = await people(hall.places.community, 1)
    for who in (kept, gone, next_one):
        await enrol(run.run_id, who, "self", by=CLI)
    waits = await enrol(full.run_id, next_one, "self", by=CLI)
    behind = await enrol(full.run_id, kept, "self", by=CLI)
    assert (waits.state, behind.state) == ("seated", "waiting")
    only_hers = await enrol(
        (await open_run(course, seats=1, sessions=weeks(2, start=now() + 11 * DAY))).run_id, gone, "self", by=CLI
    )
    done = await merge(kept, gone, reason="one", by=CLI)
    assert (done.enrolments, done.ended) == (1, 1)
    seated = await database.fetch("SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated'", run.run_id)
    assert {row["resident"] for row in seated} == {kept, next_one}
    assert await database.value("SELECT resident FROM enrolment WHERE id = $1", only_hers.enrolment_id) == kept
    assert (await standing(behind.enrolment_id)).state == "waiting"
    taken = await database.fetch("SELECT seats, seats_taken, waiting FROM course_run WHERE id = $1", run.run_id)
    assert tuple(taken[0].values()) == (2, 2, 0)
    undone = await unmerge(done.merge_id, reason="two", by=CLI)
    assert undone.seats_lost == 1
    assert await database.value("SELECT resident FROM enrolment WHERE id = $1", only_hers.enrolment_id) == gone
    await _all_agrees()


async def test_a_seat_of_the_row_that_goes_is_better_than_a_place_in_line(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    course = await a_course(hall.places.community, title="书法", name="社区书院")
    run = await open_run(course, seats=1, sessions=weeks(3, start=now() + 7 * DAY))
    await enrol(run.run_id, gone, "self", by=CLI)
    hers = await enrol(run.run_id, kept, "self", by=CLI)
    done = await merge(kept, gone, reason="one", by=CLI)
    assert (await standing(hers.enrolment_id)).state == "seated"
    counted = await database.fetch("SELECT seats_taken, waiting FROM course_run WHERE id = $1", run.run_id)
    assert tuple(counted[0].values()) == (1, 0)
    await unmerge(done.merge_id, reason="two", by=CLI)
    assert (
        await database.value("SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated'", run.run_id)
        == gone
    )
    await _all_agrees()


async def test_of_two_places_in_line_the_earlier_one_is_hers(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    course = await a_course(hall.places.community, title="书法", name="社区书院")
    run = await open_run(course, seats=1, sessions=weeks(3, start=now() + 7 * DAY))
    seated, between = await people(hall.places.community, 2)
    line = [(await enrol(run.run_id, who, "self", by=CLI)).enrolment_id for who in (seated, gone, between, kept)]
    done = await merge(kept, gone, reason="one", by=CLI)
    hers, others = await standing(line[3]), await standing(line[2])
    assert (hers.state, hers.position, others.position) == ("waiting", 1, 2)
    await unmerge(done.merge_id, reason="two", by=CLI)
    assert (await standing(line[1])).position == 1
    await _all_agrees()


async def test_a_finished_course_both_sat_in_is_both_of_theirs_again(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    course = await a_course(hall.places.community, title="书法", name="社区书院")
    run = (await open_run(course, seats=2, sessions=weeks(3, start=now() + 7 * DAY))).run_id
    for who in (kept, gone):
        await enrol(run, who, "self", by=CLI)
    await database.execute(
        """UPDATE session SET starts_at = starts_at - interval '60 days', ends_at = ends_at - interval '60 days',
            on_date = on_date - 60 WHERE run = $1""",
        run,
    )
    await database.execute("UPDATE course_run SET ends_at = ends_at - interval '60 days' WHERE id = $1", run)
    met = await database.fetch("SELECT id FROM session WHERE run = $1", run)
    for one in met:
        await record_sheet(one["id"], [kept, gone], by=CLI)
    assert await close_run(run)
    tables = {"enrolment": "run, resident, state", "run_completion": "run, resident"}
    before = [await database.fetch(f"SELECT {said} FROM {one} ORDER BY resident") for one, said in tables.items()]
    assert [len(one) for one in before] == [2, 2]
    done = await merge(kept, gone, reason="one", by=CLI)
    undone = await unmerge(done.merge_id, reason="two", by=CLI)
    assert undone.seats_lost == 0
    assert before == [
        await database.fetch(f"SELECT {said} FROM {one} ORDER BY resident") for one, said in tables.items()
    ]
    assert await database.value("SELECT seats_taken FROM course_run WHERE id = $1", run) == 2
    await _all_agrees()


async def test_a_society_has_her_once(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    society = await an_organisation(hall.places.community, kind="society", name="夕阳红合唱团")
    for who in (kept, gone):
        await join(society, who, by=CLI)
    done = await merge(kept, gone, reason="one", by=CLI)
    members = "SELECT resident FROM organisation_member WHERE left_on IS NULL ORDER BY 1"
    assert [row["resident"] for row in await database.fetch(members)] == [kept]
    await unmerge(done.merge_id, reason="two", by=CLI)
    assert {row["resident"] for row in await database.fetch(members)} == {kept, gone}


async def test_what_is_refused_leaves_everything_as_it_was(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    other = await people_standing.resident(
        hall.places.community, name="周玉兰", document=people_standing.id_number(serial=11)
    )
    before = await _everything(database)
    with pytest.raises(Refusal, match="two_documents"):
        await merge(kept, other.resident_id, reason="one", by=CLI)
    with pytest.raises(Refusal, match="reason_needed"):
        await merge(kept, gone, reason=" ", by=CLI)
    with pytest.raises(Refusal, match="same_row"):
        await merge(kept, kept, reason="one", by=CLI)
    assert await _everything(database) == before
    done = await merge(kept, gone, reason="one", by=CLI)
    with pytest.raises(Missing):
        await merge(kept, gone, reason="one", by=CLI)
    await unmerge(done.merge_id, reason="two", by=CLI)
    with pytest.raises(Refusal, match="undone_already"):
        await unmerge(done.merge_id, reason="two", by=CLI)
    late = await merge(kept, gone, reason="one", by=CLI)
    await database.execute("UPDATE merge SET undo_until = $1 WHERE id = $2", now() - timedelta(1), late.merge_id)
    with pytest.raises(Refusal, match="too_late"):
        await unmerge(late.merge_id, reason="two", by=CLI)


async def test_who_is_out_gets_no_open_card_and_no_carer_by_a_merge(hall: Hall, database: Database) -> None:
    kept, gone = await two_rows(hall)
    await confirm_at_desk(gone, hall.anna.resident_id, by=CLI)
    await take_out(kept, "left", today(), by=CLI)
    with pytest.raises(Refusal, match="is_out"):
        await merge(kept, gone, reason="one", by=CLI)
    await bring_back(kept, "she lives here again", by=CLI)
    await take_out(gone, "left", today(), by=CLI)
    await merge(kept, gone, reason="one", by=CLI)
    assert (await person(kept)).state == "active"
    assert await broken_invariants() == []


async def test_the_same_document_brought_later_merges_by_itself_and_only_by_staff(hall: Hall) -> None:
    number = people_standing.id_number(serial=9)
    known = await people_standing.resident(hall.places.community, name="周玉兰", document=number)
    later = await people_standing.resident(hall.places.community, name="周玉兰", born_on=None)
    other = await people_standing.resident(hall.places.community, name="吴建国", born_on=None)
    desk = (await people_standing.desk(hall.places.community)).by("office")
    herself = Actor("resident", later.resident_id, "resident")
    for who, by in ((later, herself), (other, desk)):
        with pytest.raises(Refusal, match="document_on_file"):
            await add_document(who.resident_id, "id_card", number, by=by)
    assert await add_document(later.resident_id, "id_card", number, by=desk) == known.resident_id
    [done] = await merges_of(hall.places.district.id, hall.places.community.id)
    assert (done.kept, done.how) == (known.resident_id, "document")


async def test_what_speaks_against_one_person_is_said_before(hall: Hall) -> None:
    kept, gone = await two_rows(hall)
    (beside,) = await hall.run(hall.starts[hall.session_ids[0]])
    await record_sheet(hall.session_ids[0], [kept], by=CLI)
    await record_sheet(beside, [gone], by=CLI)
    await record_sheet(hall.session_ids[1], [kept, gone], by=CLI)
    seen = await would_merge(kept, gone)
    assert (seen.together, seen.apart) == (1, 1)
    assert seen.signs["name"] == seen.signs["phone"] == "for"
    assert seen.signs["document"] == "open"


async def test_the_queue_shows_whom_a_human_must_look_at(hall: Hall) -> None:
    kept, gone = await two_rows(hall)
    place, district = hall.places.community.id, hall.places.district.id
    [pair] = (await pairs_to_look_at(district, place)).pairs
    assert ({pair.one, pair.other}, pair.weight) == ({kept, gone}, 0)
    assert not (await pairs_to_look_at(district, hall.places.other_community.id)).pairs, "another street's people"
    assert await not_same(gone, kept, by=CLI)
    assert not await not_same(kept, gone, by=CLI)
    assert (await pairs_to_look_at(district, district)).how_many == 0


async def _days(database: Database, resident_id: int) -> int:
    return int(
        await database.value("SELECT coalesce(sum(visits), 0) FROM attended_day WHERE resident = $1", resident_id)
    )


async def _everything(database: Database) -> list[str]:
    """All that is remembered of people and what they did; not who changed it when."""
    tables = {
        "resident": "*", "card": "*", "enrolment": "*", "organisation_member": "*", "carer_link": "*",
        "attendance": "id, session, resident, on_date, minutes, source, attended_at, voided_at IS NULL",
        "attended_day": "resident, on_date, kind, visits, minutes",
        "tally": "period, resident, place, visits, days, minutes, regular_since",
        "course_run": "id, seats_taken, waiting",
    }  # fmt: skip
    return [
        f"{table} {sorted(map(str, await database.fetch(f'SELECT {columns} FROM {table}')))}"
        for table, columns in tables.items()
    ]


async def _all_agrees() -> None:
    assert not await differences()
    assert await enrolment_differences() == []
