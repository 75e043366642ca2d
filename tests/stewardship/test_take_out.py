"""Somebody died or moved away; and it was a mistake."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elderlearn.catalogue.members import join
from elderlearn.checkin.recount import differences
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import seats_of, standing
from elderlearn.enrolment.recount import differences as enrolment_differences
from elderlearn.ground.clock import now, today
from elderlearn.ground.crypto import encrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.send import send_due
from elderlearn.notices.write import tell
from elderlearn.people.cards import current_code, issue_blank, placeholder_for
from elderlearn.people.sign_in.start import start_for_resident
from elderlearn.people.sign_in.who import who
from elderlearn.stewardship.bring_back import bring_back
from elderlearn.stewardship.take_out import take_out
from tests.catalogue.runs_standing import DAY, HOUR, a_course, an_organisation, open_run, people, weeks
from tests.checkin.hall import Hall, a_hall
from tests.conftest import Database
from tests.people_standing import CLI


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall()


async def two_runs(hall: Hall) -> list[int]:
    """One seat each, at different hours."""
    course = await a_course(hall.places.community, title="书法", name="社区书院")
    found = []
    for no in (0, 1):
        added = await open_run(course, seats=1, sessions=weeks(2, start=now() + 7 * DAY + 4 * no * HOUR))
        found.append(added.run_id)
    return found


async def test_seats_and_places_in_line_go_to_the_next_and_only_they_are_told(
    hall: Hall, database: Database
) -> None:
    anna = hall.anna.resident_id
    seated, waited = await two_runs(hall)
    first, second, third = await people(hall.places.community, 3)
    mine = [await enrol(seated, anna, "self", by=CLI)]
    theirs = [await enrol(seated, first, "self", by=CLI), await enrol(seated, second, "self", by=CLI)]
    await enrol(waited, third, "self", by=CLI)
    mine.append(await enrol(waited, anna, "self", by=CLI))
    before = await database.value("SELECT max(id) FROM notice")
    assert await take_out(anna, "died", today() - timedelta(days=3), by=CLI) == 2
    assert [(await standing(one.enrolment_id)).state for one in mine] == ["withdrawn", "withdrawn"]
    assert [(await standing(one.enrolment_id)).state for one in theirs] == ["seated", "waiting"]
    told = await database.fetch("SELECT kind, resident FROM notice WHERE id > $1", before)
    assert [tuple(one) for one in told] == [("promoted", first)]
    assert [((await seats_of(run)).seats_taken, (await seats_of(run)).waiting) for run in (seated, waited)] == [
        (1, 1),
        (1, 0),
    ]
    assert await enrolment_differences() == []
    assert await database.value("SELECT state_on FROM resident WHERE id = $1", anna) == today() - timedelta(days=3)


async def test_card_sign_ins_and_memberships_end_and_the_sums_stay(hall: Hall, database: Database) -> None:
    anna = hall.anna.resident_id
    await hall.scan(hall.anna)
    society = await an_organisation(hall.places.community, kind="society", name="诗社")
    await join(society, anna, by=CLI)
    async with unit_of_work():
        token = await start_for_resident(anna, way="code")
    await take_out(anna, "left", today(), by=CLI)
    assert await current_code(anna) is None
    assert await who(token) is None
    assert await database.value("SELECT left_on FROM organisation_member WHERE resident = $1", anna) == today()
    assert await database.value("SELECT visits FROM tally WHERE resident = $1", anna) == 1
    assert (await hall.scan(hall.anna, hall.session_ids[1])).reason == "card_replaced"
    assert not await differences()


async def test_nobody_writes_to_the_dead(hall: Hall, database: Database) -> None:
    (other,) = await people(hall.places.community, 1)
    async with unit_of_work():
        for resident in (hall.anna.resident_id, other):
            for address in (encrypt("13800001111"), None):
                await tell(
                    kind="withdrawn", values={"title": "书法"}, resident_id=resident, address_cipher=address
                )
    await take_out(hall.anna.resident_id, "died", today(), by=CLI)
    found = await database.fetch("SELECT resident, state FROM notice WHERE kind = 'withdrawn' ORDER BY id")
    states = [one["state"] for one in found]
    assert states == ["cancelled", "cancelled", "due", "unreachable"]
    assert await send_due() == 1
    assert await database.value("SELECT count(*) FROM notice WHERE state = 'cancelled'") == 2


async def test_twice_is_once_and_who_moved_away_may_die_but_not_the_other_way(
    hall: Hall, database: Database
) -> None:
    anna = hall.anna.resident_id
    for state in ("left", "left", "died", "died"):
        await take_out(anna, state, today(), by=CLI)  # type: ignore[arg-type]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'take_out'") == 2
    with pytest.raises(Refusal, match="is_out_already"):
        await take_out(anna, "left", today(), by=CLI)


# Two days: the suite may go past midnight between collecting and running.
@pytest.mark.parametrize("on", [today() + timedelta(days=2), date(1955, 3, 7), date(1899, 1, 1)])
async def test_a_day_that_cannot_be_changes_nothing(hall: Hall, database: Database, on: date) -> None:
    [seated, _] = await two_runs(hall)
    mine = await enrol(seated, hall.anna.resident_id, "self", by=CLI)
    with pytest.raises(Refusal, match="invalid_day"):
        await take_out(hall.anna.resident_id, "died", on, by=CLI)
    assert (await standing(mine.enrolment_id)).state == "seated"
    assert await database.value("SELECT state FROM resident WHERE id = $1", hall.anna.resident_id) == "active"


async def test_nobody_and_a_card_without_a_name_are_missing(hall: Hall) -> None:
    blank = (await issue_blank(1, hall.places.district.id, by=CLI))[0]
    async with unit_of_work():
        nameless = (await placeholder_for([blank.card_id]))[blank.card_id]
    for id in (0, 2**62, nameless):
        with pytest.raises(Missing):
            await take_out(id, "died", today(), by=CLI)


async def test_brought_back_her_card_opens_again_and_her_seats_stay_with_the_others(
    hall: Hall, database: Database
) -> None:
    anna = hall.anna.resident_id
    [seated, _] = await two_runs(hall)
    mine = await enrol(seated, anna, "self", by=CLI)
    await take_out(anna, "died", today(), by=CLI)
    with pytest.raises(Refusal, match="reason_needed"):
        await bring_back(anna, " \0 ", by=CLI)
    await bring_back(anna, "wrong person", by=CLI)
    card = await current_code(anna)
    assert card is not None
    assert card.code == hall.anna.card_code
    assert (await standing(mine.enrolment_id)).state == "withdrawn"
    assert (await enrol(seated, anna, "window", by=CLI)).state == "seated"
    with pytest.raises(Refusal, match="is_not_out"):
        await bring_back(anna, "again", by=CLI)
    with pytest.raises(Missing):
        await bring_back(0, "again", by=CLI)
    detail = await database.value("SELECT detail->>'reason' FROM trail WHERE action = 'bring_back'")
    assert detail == "wrong person"


async def test_a_course_she_finished_stays_hers(hall: Hall, database: Database) -> None:
    anna = hall.anna.resident_id
    finished, coming = await two_runs(hall)
    mine = [await enrol(run, anna, "self", by=CLI) for run in (finished, coming)]
    await database.execute(
        """WITH s AS (UPDATE session SET starts_at = starts_at - interval '90 days',
            ends_at = ends_at - interval '90 days', on_date = on_date - 90 WHERE run = $1)
        UPDATE course_run SET ends_at = ends_at - interval '90 days', first_on = first_on - 90,
            last_on = last_on - 90 WHERE id = $1""",
        finished,
    )
    assert await take_out(anna, "left", today(), by=CLI) == 1
    assert [(await standing(one.enrolment_id)).state for one in mine] == ["seated", "withdrawn"]
