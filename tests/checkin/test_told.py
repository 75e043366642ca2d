"""Who was told of a change, and the list of those to be called."""

from __future__ import annotations

import pytest

from elderlearn.catalogue.members import join
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.told import phone_list, told_about
from elderlearn.checkin.would_be_told import would_be_told
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.notices.queries import unsettled
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.end_care import end_care
from elderlearn.people.notice_list import NOT_REACHED, notices_of
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.conftest import Database
from tests.people_standing import CLI, Places, StandingStaff

MOBILE, LANDLINE = "13800138000", "057186221234"


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def a_society(places: Places) -> tuple[StandingStaff, int]:
    """A society of three: with a mobile, with a landline, without any telephone."""
    leader = await standing.leader(places.street)
    course = await a_course(places.community, kind="society")
    run = await open_run(course, entry="members", seats=None, sessions=weeks(1), leaders=(leader.id,))
    found = await row("SELECT organisation FROM course WHERE id = $1", course)
    assert found is not None
    for name, phone in (("安一", MOBILE), ("白二", LANDLINE), ("陈三", None)):
        person = await standing.resident(places.community, name=name, phone=phone)
        await join(found["organisation"], person.resident_id, by=CLI)
    return leader, run.session_ids[0]


async def test_nobody_was_told_anything_yet(places: Places) -> None:
    leader, session = await a_society(places)
    assert await told_about(session, by=leader.by("leader")) is None
    assert await phone_list(session, by=leader.by("leader")) == []
    assert not await rows("SELECT id FROM trail WHERE action = 'see_phone_list'")


async def test_who_reads_no_messages_is_on_the_list_without_the_number(places: Places) -> None:
    leader, session = await a_society(places)
    by = leader.by("leader")
    await change_session(session, state="called_off", reason="typhoon", by=by)
    told = await told_about(session, by=by)
    assert told is not None and (told.kind, told.by_message) == ("session_called_off", 1)
    assert [(one.name, one.why, one.number) for one in told.to_call] == [
        ("白二", "landline", None),
        ("陈三", "no_phone", None),
    ]


async def test_a_message_that_was_not_sent_needs_a_call(places: Places) -> None:
    leader, session = await a_society(places)
    await change_session(session, state="called_off", reason="typhoon", by=leader.by("leader"))
    await rows("UPDATE notice SET state = 'failed' WHERE state = 'due'")
    told = await told_about(session, by=leader.by("leader"))
    assert told is not None and [one.why for one in told.to_call] == ["not_sent", "landline", "no_phone"]


async def test_the_numbers_are_shown_with_a_trail_that_holds_none(places: Places) -> None:
    leader, session = await a_society(places)
    by = leader.by("leader")
    await change_session(session, state="called_off", reason="typhoon", by=by)
    listed = await phone_list(session, by=by)
    assert [one.number for one in listed] == [LANDLINE, None]
    assert LANDLINE not in repr(listed)
    looked = await row("SELECT actor_id, subject_id, detail::text FROM trail WHERE action = 'see_phone_list'")
    assert looked is not None and (looked["actor_id"], looked["subject_id"]) == (leader.id, session)
    assert "session_called_off" in looked["detail"] and LANDLINE not in looked["detail"]
    assert str(listed[0].resident_id) in looked["detail"]


async def test_only_the_last_change_is_shown_and_everybody_is_told_of_each(places: Places) -> None:
    leader, session = await a_society(places)
    by = leader.by("leader")
    for state in ("called_off", "planned", "called_off", "planned"):
        await change_session(session, state=state, reason="typhoon", by=by)
    told = await told_about(session, by=by)
    assert told is not None and (told.kind, told.by_message, len(told.to_call)) == ("session_restored", 1, 2)
    counted = await rows("SELECT count(*) FROM notice WHERE resident IS NOT NULL")
    assert counted[0][0] == 4 * 3


async def test_another_leader_and_the_desk_see_nothing(places: Places) -> None:
    leader, session = await a_society(places)
    await change_session(session, state="called_off", reason="typhoon", by=leader.by("leader"))
    for staff in (await standing.leader(places.street), await standing.desk(places.street)):
        for question in (told_about, phone_list):
            with pytest.raises(Missing):
                await question(session, by=staff.by("leader"))
    assert await phone_list(session, by=(await standing.officer(places.street)).by())


async def test_whose_carer_has_a_telephone_needs_no_call(places: Places) -> None:
    leader, session = await a_society(places)
    by = leader.by("leader")
    chen = await row("SELECT id FROM resident WHERE name = '陈三'")
    carer = await standing.resident(places.other_community, name="陈小", phone="13700137000")
    assert chen is not None
    link = await confirm_at_desk(chen["id"], carer.resident_id, by=CLI)
    assert (await would_be_told(session, by=by)).to_call == 1
    await change_session(session, state="called_off", reason="typhoon", by=by)
    told = await told_about(session, by=by)
    assert told is not None and (told.by_message, [one.name for one in told.to_call]) == (2, ["白二"])
    district = places.district.id
    listed = await notices_of(district, district, states=NOT_REACHED)
    assert chen["id"] not in {one.resident_id for one in listed}
    assert [one.resident_id for one in await notices_of(district, district, states=("by_carer",))] == [chen["id"]]
    assert chen["id"] not in {one.resident_id for one in await unsettled([district])}
    await rows("UPDATE notice SET state = 'failed' WHERE about = $1", chen["id"])  # the carer's number was wrong
    assert [one.name for one in await phone_list(session, by=by)] == ["白二", "陈三"]
    assert chen["id"] in {one.resident_id for one in await notices_of(district, district, states=NOT_REACHED)}
    await end_care(link, by=CLI)
    assert (await would_be_told(session, by=by)).to_call == 2
