"""Everything on the pages of planning can be changed and ended, and says who did it."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.catalogue.course_queries import course
from elderlearn.catalogue.leader_queries import leaders_of
from elderlearn.catalogue.organisation_queries import organisation
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.session_queries import session_card, sessions_of
from elderlearn.catalogue.venue_queries import teacher, venue
from elderlearn.ground.clock import local, today
from elderlearn.web.planning.moments import typed_clock, typed_day
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.planning.world import World


async def test_an_organisation_with_a_course_from_nothing_to_released(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    wrong = await browser.post("/planning/organisations/new", {"name": "", "kind": "club", "place": "1"})
    assert wrong.status_code == 422
    assert all(f'href="#f-{field}"' in wrong.text for field in ("name", "kind", "place"))
    form = {"name": "Harbour School", "kind": "community_school", "place": world.places.street.code}
    added = await browser.post("/planning/organisations/new", form)
    assert added.status_code == 303
    shown = await browser.follow(added)
    assert "Harbour School" in shown.text
    assert world.officer.name in shown.text
    path = added.headers["location"]
    drafted = await browser.post(f"{path}/courses/new", {"title": "Knots", "subject": "Hands"})
    course_path = drafted.headers["location"]
    assert "Draft" in (await browser.follow(drafted)).text
    released = await browser.post(f"{course_path}/release")
    assert "Knots is released" in (await browser.follow(released)).text
    assert (await course(int(course_path.rsplit("/", 1)[1]))).state == "released"


async def test_a_place_outside_hers_cannot_be_chosen(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    form = {"name": "Far School", "kind": "community_school", "place": world.places.other_street.code}
    assert (await browser.post("/planning/organisations/new", form)).status_code == 422


async def test_ending_says_what_must_be_done_before(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    path = f"/planning/organisations/{world.academy}"
    refused = await browser.post(f"{path}/ending", {"on": today().isoformat()})
    assert refused.status_code == 422
    assert "Call off the sessions still to come" in refused.text
    assert (await browser.post(f"/planning/courses/{world.course}/ending")).status_code == 422
    for session in world.sessions:
        off = {"state": "called_off", "reason": "no room"}
        assert (await browser.post(f"/planning/sessions/{session}/calling-off", off)).status_code == 303
    ended = await browser.post(f"{path}/ending", {"on": today().isoformat()})
    assert ended.status_code == 303
    assert (await organisation(world.academy)).ended_on == today()
    assert "Organisation ended" in (await browser.follow(ended)).text


async def test_seats_change_but_never_below_those_taken(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/runs/{world.run}"
    assert (await browser.post(f"{path}/seats", {"seats": "40"})).status_code == 303
    assert (await run_card(world.run)).seats == 40
    for wrong in ("0", "", "x"):
        refused = await browser.post(f"{path}/seats", {"seats": wrong})
        assert refused.status_code == 422
        assert 'href="#f-seats"' in refused.text
    assert "Number of seats changed" in (await browser.get(path)).text


async def test_enrolment_and_ages_change(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/runs/{world.run}/edit"
    form = {"opens_on": "2027-01-01", "opens": "8.30", "closes_on": "2027-02-01", "closes": "17:00",
            "min_age": "６０", "max_age": ""}  # fmt: skip
    assert (await browser.post(path, form)).status_code == 303
    card = await run_card(world.run)
    assert card.opens_at is not None
    assert local(card.opens_at).isoformat()[:16] == "2027-01-01T08:30"
    assert card.min_age == 60
    refused = await browser.post(path, {**form, "closes_on": "2026-01-01", "max_age": "50"})
    assert refused.status_code == 422
    assert 'href="#f-closes_on"' in refused.text
    assert 'href="#f-max_age"' in refused.text


async def test_one_session_moves_is_called_off_and_held_after_all(
    visit: Visit, world: World, database: Database
) -> None:
    browser, session = await visit(staff=world.officer), world.sessions[0]
    path = f"/planning/sessions/{session}"
    one = await session_card(session)
    form = {
        "on": typed_day(one.starts_at + timedelta(days=1)),
        "starts": typed_clock(one.starts_at),
        "ends": typed_clock(one.ends_at),
        "venue": str(world.venue),
        "teacher": str(world.teacher),
    }
    assert (await browser.post(f"{path}/edit", form)).status_code == 422
    assert (await browser.post(f"{path}/edit", {**form, "reason": "painters"})).status_code == 303
    moved = await session_card(session)
    assert (moved.on_date - one.on_date, moved.venue, moved.teacher) == (
        timedelta(days=1),
        "Room 201",
        "Zhou Lan",
    )
    assert await database.value("SELECT count(*) FROM notice WHERE resident = $1", world.wang) >= 1
    off = {"state": "called_off", "reason": "typhoon"}
    for _ in range(2):
        assert (await browser.post(f"{path}/calling-off", off)).status_code == 303
    assert (await session_card(session)).state == "called_off"
    assert (await browser.post(f"{path}/calling-off", {"state": "planned", "reason": " "})).status_code == 422
    back = {"state": "planned", "reason": "the sun is out"}
    shown = await browser.follow(await browser.post(f"{path}/calling-off", back))
    assert (await session_card(session)).state == "planned"
    assert "the sun is out" in shown.text


async def test_one_more_session(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/runs/{world.run}/sessions/new"
    form = {"on": "2027-05-03", "starts": "19:00", "ends": "20:30", "venue": str(world.venue)}
    assert (await browser.post(path, form)).status_code == 303
    assert len(await sessions_of(world.run)) == 3
    again = await browser.post(path, form)
    assert again.status_code == 422
    assert 'href="#f-starts"' in again.text
    for wrong, field in (({"ends": "18:00"}, "ends"), ({"on": "3 May"}, "on"), ({"starts": ""}, "starts")):
        refused = await browser.post(path, {**form, **wrong})
        assert refused.status_code == 422
        assert f'href="#f-{field}"' in refused.text


async def test_leaders_come_and_go_and_must_work_near(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/runs/{world.run}"
    assert world.leader.name in (await browser.get(f"{path}?leader={world.leader.name}")).text
    assert (await browser.post(f"{path}/leaders", {"staff": str(world.leader.id)})).status_code == 303
    assert [one.id for one in await leaders_of(world.run)] == [world.leader.id]
    far = await standing.leader(world.places.other_community)
    for wrong in (str(far.id), str(world.officer.id), "x", ""):
        assert (await browser.post(f"{path}/leaders", {"staff": wrong})).status_code == 404
    assert (await browser.post(f"{path}/leaders/{world.leader.id}/removal")).status_code == 303
    assert await leaders_of(world.run) == []


async def test_members_join_by_name_or_card_and_leave(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/organisations/{world.choir}/members"
    near = await standing.resident(world.places.next_community, name="Zhao Min")
    far = await standing.resident(world.places.other_community, name="Zhao Far")
    found = (await browser.get(f"{path}?words=Zhao")).text
    assert "Zhao Min" in found
    assert "Zhao Far" not in found
    assert (await browser.post(path, {"resident": str(near.resident_id)})).status_code == 303
    assert (await browser.post(path, {"resident": str(far.resident_id)})).status_code == 404
    assert (await browser.post(path, {"resident": "x"})).status_code == 404
    assert "Z**" in (await browser.post(f"{path}/search", {"words": far.card_code})).text
    assert (await browser.post(path, {"card": far.card_code})).status_code == 303
    await browser.get(path)  # says once who joined
    shown = (await browser.get(path)).text
    assert "Zhao Min" in shown
    assert "Zhao Far" not in shown
    assert "Z**" in shown
    assert (await browser.post(f"{path}/{near.resident_id}/leaving")).status_code == 303
    assert (await organisation(world.choir)).members == 2


async def test_the_roster_masks_people_from_elsewhere_and_the_paper_sheet_names_them(
    visit: Visit, world: World, database: Database
) -> None:
    from elderlearn.enrolment.enrol import enrol
    from tests.people_standing import CLI

    far = await standing.neighbour(world.places)
    await enrol(world.run, far.resident_id, "self", by=CLI)
    browser = await visit(staff=world.officer)
    roster = (await browser.get(f"/planning/runs/{world.run}")).text
    assert "王秀英" in roster
    assert "李建国" not in roster
    assert "李**" in roster
    assert "李建国" in (await browser.get(f"/planning/runs/{world.run}/sheet")).text
    auditor = await visit(staff=await standing.auditor(world.places.street))
    assert "李建国" not in (await auditor.get(f"/planning/runs/{world.run}/sheet")).text


async def test_venues_and_teachers_are_added_changed_and_ended(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    room = {"name": "Hall", "address": "", "capacity": "８０", "place": world.places.street.code}
    hall = (await browser.post("/planning/venues/new", room)).headers["location"]
    await browser.post(f"{hall}/edit", {**room, "name": "Great Hall"})
    assert (await browser.post(f"{hall}/ending", {"on": today().isoformat()})).status_code == 303
    one = await venue(int(hall.rsplit("/", 1)[1]))
    assert (one.name, one.capacity, one.ended_on) == ("Great Hall", 80, today())
    await browser.get(hall)  # says once that it ended
    assert "Great Hall" not in (await browser.get("/planning/venues")).text
    assert "Great Hall" in (await browser.get("/planning/venues?ended=yes")).text
    ping = (await browser.post("/planning/teachers/new", {"name": "Ping", "engagement": "volunteer"})).headers
    await browser.post(f"{ping['location']}/edit", {"name": "Ping", "engagement": "part_time"})
    assert (await browser.post(f"{ping['location']}/ending", {"on": "2026-01-01"})).status_code == 303
    two = await teacher(int(ping["location"].rsplit("/", 1)[1]))
    assert (two.engagement, str(two.ended_on)) == ("part_time", "2026-01-01")
    for path, form in (
        ("/planning/venues/new", {"name": "", "capacity": "0", "place": ""}),
        ("/planning/teachers/new", {"name": "", "engagement": "x"}),
    ):
        wrong = await browser.post(path, form)
        assert wrong.status_code == 422
        assert wrong.text.count('href="#f-') == len(form)
    picture = await browser.post("/planning/teachers/new", {"name": "<b>😀", "engagement": "volunteer"})
    assert picture.status_code == 422 and "in letters or characters only" in picture.text


async def test_the_district_sets_terms_and_pastes_holidays(visit: Visit, world: World) -> None:
    browser = await visit(staff=await standing.district_officer(world.places))
    form = {"name": "Spring", "starts_on": "2027-02-22", "ends_on": "2027-06-30", "limit": "2"}
    assert (await browser.post("/planning/terms/new", form)).status_code == 303
    wrong = await browser.post("/planning/terms/new", {**form, "ends_on": "2027-01-01", "name": " "})
    assert wrong.status_code == 422
    assert "Spring" in (await browser.get("/planning/terms")).text
    changed = await browser.post(f"/planning/terms/{world.term}/edit", {**form, "name": "Autumn again"})
    assert "Autumn again" in (await browser.follow(changed)).text
    pasted = "2027-10-01 2027-10-03 National Day\nnot a day"
    refused = await browser.post("/planning/holidays", {"days": pasted, "year": "2027"})
    assert refused.status_code == 422
    assert "Line 2 cannot be read" in refused.text
    assert "not a day" in refused.text
    added = await browser.post("/planning/holidays", {"days": pasted.splitlines()[0]})
    assert added.headers["location"] == "/planning/holidays?year=2027"
    shown = (await browser.follow(added)).text
    assert "3 days were written down." in shown
    assert shown.count("National Day") == 3
    assert (await browser.post("/planning/holidays/2027-10-01/removal")).status_code == 303
    for gone in ("2027-10-01", "tomorrow"):
        assert (await browser.post(f"/planning/holidays/{gone}/removal")).status_code == 404


async def test_lists_keep_what_was_asked_in_the_address(visit: Visit, world: World, database: Database) -> None:
    await database.execute(
        """INSERT INTO organisation (district, place, kind, name)
        SELECT $1, $2, 'base', 'Base ' || lpad(n::text, 3, '0') FROM generate_series(1, 60) AS n""",
        world.places.district.id,
        world.places.street.id,
    )
    browser = await visit(staff=world.officer)
    second = (await browser.get("/planning/organisations?words=Base&order=name&page=2")).text
    assert "Base 026" in second
    assert "Base 020" not in second
    assert "words=Base&amp;order=name&amp;page=3" in second
    assert 'name="order" value="name"' in second  # another search keeps it
    for odd in (
        "page=0",
        "page=-1",
        "page=9999999999",
        "page=x",
        "order=1;drop",
        "kind=club",
        "place=1",
        "words=%00",
    ):
        assert (await browser.get(f"/planning/organisations?{odd}")).status_code == 200, odd
