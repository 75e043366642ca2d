"""Call lists and invitations: for the street's own officer alone, for a purpose, kept in the trail."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.notices.wording import worded
from elderlearn.participation.call_list import call_list
from elderlearn.participation.invite import Invitations, invite, would_invite
from elderlearn.participation.own_officer import is_own_officer
from elderlearn.people.roles import ROLES
from elderlearn.places.queries import PlaceRow
from tests import people_standing as standing
from tests.participation.nearly import MOBILE, Nearly, make_nearly

WHERE = ("district", "street", "other_street", "community", "next_community")


@pytest.fixture
async def nearly(database: Any) -> Nearly:
    return await make_nearly()


async def test_only_an_officer_of_the_street_or_community_itself(nearly: Nearly) -> None:
    places: dict[str, PlaceRow] = {name: getattr(nearly.places, name) for name in WHERE}
    counted, may = await nearly.counted(), set()
    for role in ROLES:
        for name, place in places.items():
            if role == "district" and name != "district":
                continue  # there are none
            who = await standing.staff(role, place)
            for asked in ("street", "community"):
                if is_own_officer(who.viewer, places[asked]):
                    may.add((role, name, asked))
                    assert await call_list(places[asked], counted, purpose="a lecture", by=who.by())
                    continue
                with pytest.raises(Missing):
                    await call_list(places[asked], counted, purpose="a lecture", by=who.by())
                with pytest.raises(Missing):
                    await invite(places[asked], counted, by=who.by())
    own = {("officer", "street", "street"), ("officer", "street", "community")}
    assert may == own | {("officer", "community", "community")}
    assert await value("SELECT count(*) FROM notice WHERE kind = 'invitation'") == 0


async def test_an_account_that_was_ended_opens_nothing(nearly: Nearly) -> None:
    officer = await standing.officer(nearly.places.street)
    await rows("UPDATE staff SET ended_at = now() WHERE id = $1", officer.id)
    with pytest.raises(Missing):
        await call_list(nearly.places.street, await nearly.counted(), purpose="a lecture", by=officer.by())


async def test_the_list_has_names_and_telephones_and_the_trail_has_everybody(nearly: Nearly) -> None:
    officer = await standing.officer(nearly.places.street)
    listed = await call_list(nearly.places.street, await nearly.counted(), purpose="a lecture", by=officer.by())
    assert {(one.name, one.phone) for one in listed if one.near.resident_id in (nearly.ming, nearly.bare)} == {
        ("明华", MOBILE), ("无号", None),
    }  # fmt: skip
    assert nearly.far not in {one.near.resident_id for one in listed}
    assert MOBILE not in repr(listed) and "明华" not in repr(listed)
    kept = await rows("SELECT subject_id, detail::text AS said FROM trail WHERE action = 'see_numbers'")
    assert {one["subject_id"] for one in kept} == {one.near.resident_id for one in listed}
    assert all("a lecture" in one["said"] and MOBILE not in one["said"] for one in kept)
    looks = "SELECT count(*) FROM trail WHERE action = 'see_phone_list' AND actor_id = $1"
    assert await value(looks, officer.id) == 1
    with pytest.raises(Refusal, match="reason_needed"):
        await call_list(nearly.places.street, await nearly.counted(), purpose=" \0 ", by=officer.by())
    assert await value(looks, officer.id) == 1


async def test_whoever_moved_on_is_no_longer_this_officers_to_ring(nearly: Nearly) -> None:
    """She counts here by another basis, but lives in the other street."""
    officer = await standing.officer(nearly.places.street)
    await rows("UPDATE resident SET place = $2 WHERE id = $1", nearly.ming, nearly.places.other_community.id)
    counted = await nearly.counted()
    listed = await call_list(nearly.places.street, counted, purpose="a lecture", by=officer.by())
    assert nearly.ming not in {one.near.resident_id for one in listed}
    assert (await invite(nearly.places.street, counted, by=officer.by())).invited == 1


async def test_who_can_be_reached_is_invited_to_what_is_near(nearly: Nearly) -> None:
    officer, counted = await standing.officer(nearly.places.street), await nearly.counted()
    expected = Invitations(invited=2, no_phone=2, not_agreed=1)
    assert await would_invite(nearly.places.street, counted) == expected
    assert await invite(nearly.places.street, counted, by=officer.by()) == expected
    sent = await rows("SELECT resident, kind, values::text AS said FROM notice WHERE kind = 'invitation'")
    assert {one["resident"] for one in sent} == {nearly.ming, nearly.next_door}
    assert all("Good sleep" in one["said"] and "星桥讲堂" in one["said"] for one in sent)
    assert await value("SELECT detail->>'invited' FROM trail WHERE action = 'invite_people'") == "2"


async def test_nobody_is_invited_twice_in_thirty_days(nearly: Nearly) -> None:
    officer, counted = await standing.officer(nearly.places.street), await nearly.counted()
    street = nearly.places.street
    done = await asyncio.gather(*(invite(street, counted, by=officer.by()) for _ in range(4)))
    assert sorted(one.invited for one in done) == [0, 0, 0, 2]
    assert await value("SELECT count(*) FROM notice WHERE kind = 'invitation'") == 2
    await rows("UPDATE notice SET created_at = created_at - $1::interval", timedelta(days=31))
    assert (await invite(street, counted, by=officer.by())).invited == 2


async def test_with_nothing_planned_nobody_is_invited(nearly: Nearly) -> None:
    officer, counted = await standing.officer(nearly.places.street), await nearly.counted()
    await rows("UPDATE session SET state = 'called_off' WHERE starts_at > now()")
    done = await invite(nearly.places.street, counted, by=officer.by())
    assert done == Invitations(0, no_phone=2, not_agreed=1, nothing_near=2)


def test_an_invitation_says_what_when_and_where() -> None:
    said = worded(
        "invitation", {"title": "睡眠讲座", "when": "2026-12-01T09:00:00+08:00", "where": "文化礼堂"}, "zh_CN"
    )
    assert "睡眠讲座" in said and "12月1日 星期二 上午9:00" in said and "文化礼堂" in said
