"""Two who ask as one: seats for both, places side by side, or nothing for either."""

from __future__ import annotations

import pytest

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.enrol_together import enrol_together
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.errors import Refusal
from tests import people_standing as standing_people
from tests.catalogue.runs_standing import a_run, people
from tests.conftest import Database
from tests.people_standing import CLI


async def test_one_free_seat_is_not_for_two_but_for_the_next_alone(database: Database) -> None:
    places = await standing_people.place_tree()
    run, (first, wife, husband, single) = await a_run(places, seats=2), await people(places.community, 4)
    await enrol(run, first, "self", by=CLI)
    pair = await enrol_together(run, wife, husband, "window", by=CLI)
    assert [(one.state, one.position) for one in pair] == [("waiting", 1), ("waiting", 2)]
    assert (await enrol(run, single, "self", by=CLI)).state == "seated"
    again = await enrol_together(run, husband, wife, "window", by=CLI)
    assert [(one.enrolment_id, one.is_new) for one in again] == [(one.enrolment_id, False) for one in pair[::-1]]


async def test_when_one_leaves_the_other_stands_alone_and_is_told(database: Database) -> None:
    places = await standing_people.place_tree()
    run, (first, wife, husband) = await a_run(places, seats=2), await people(places.community, 3)
    await enrol(run, first, "self", by=CLI)
    pair = await enrol_together(run, wife, husband, "window", by=CLI)
    await withdraw(pair[1].enrolment_id, by=CLI)
    assert (await standing(pair[0].enrolment_id)).state == "seated"  # the one free seat is hers now
    told = await database.fetch("SELECT kind FROM notice WHERE resident = $1 ORDER BY id", wife)
    assert [one["kind"] for one in told] == ["waiting", "left_alone", "promoted"]
    assert await database.value("SELECT count(*) FROM enrolment WHERE together IS NOT NULL") == 0


async def test_what_keeps_one_out_keeps_both_out_and_is_remembered_for_both(database: Database) -> None:
    places = await standing_people.place_tree()
    run, (wife, husband) = await a_run(places, min_age=60), await people(places.community, 2)
    await database.execute("UPDATE resident SET born_on = '2000-01-01' WHERE id = $1", husband)
    with pytest.raises(Refusal) as refused:
        await enrol_together(run, wife, husband, "window", by=CLI)
    assert (refused.value.code, refused.value.values["resident_id"]) == ("too_young", husband)
    assert await database.value("SELECT count(*) FROM enrolment") == 0
    kept = await database.fetch("SELECT resident, reason FROM enrolment_decision ORDER BY resident")
    assert [tuple(one) for one in kept] == [(wife, "too_young"), (husband, "too_young")]


async def test_nobody_is_a_couple_alone_or_with_somebody_who_is_in(database: Database) -> None:
    places = await standing_people.place_tree()
    run, (wife, husband) = await a_run(places), await people(places.community, 2)
    for other, code in ((wife, "same_person"), (husband, "one_is_in")):
        await enrol(run, husband, "self", by=CLI)
        with pytest.raises(Refusal) as refused:
            await enrol_together(run, wife, other, "window", by=CLI)
        assert refused.value.code == code
