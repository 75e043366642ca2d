"""Planning a run without JavaScript: what is asked, the dates to look at, what is saved."""

from __future__ import annotations

import functools
from datetime import date
from typing import Any

from elderlearn.catalogue.holidays import add_holidays
from elderlearn.catalogue.leader_queries import leaders_of
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.catalogue.teachers import add_teacher
from elderlearn.ground.clock import local
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit, Visitor
from tests.web.planning.world import World

MONDAYS = ["2027-09-06", "2027-09-13", "2027-09-20", "2027-09-27"]


def asked(world: World, **changes: Any) -> dict[str, Any]:
    """Mondays of September 2027, nine o'clock, 30 seats."""
    return {
        "kind": "class",
        "entry": "enrol",
        "weekday": ["0"],
        "term": str(world.term),
        "from_on": "2027-09-06",
        "to_on": "2027-09-27",
        "starts": "09:00",
        "minutes": "90",
        "venue": str(world.venue),
        "teacher": str(world.teacher),
        "leader": [str(world.leader.id)],
        "seats": "30",
        "opens_on": "2027-08-01",
        "opens": "09:00",
        "closes_on": "2027-09-05",
        "closes": "17:00",
        "min_age": "60",
        "place": [world.places.street.code],
        "step": "save",
        **changes,
    }


async def mark_of(browser: Visitor, path: str, form: dict[str, Any]) -> str:
    """What the page that shows the dates sends along."""
    shown = await browser.post(path, {**form, "step": "show"})
    assert shown.status_code == 200
    return shown.text.split('name="shown" value="')[1].split('"')[0]


async def test_the_dates_are_looked_at_then_saved(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    await add_holidays(world.places.district.id, {date(2027, 9, 20): "Moon Festival"}, by=CLI)
    form = asked(world)
    first = await browser.post(path, form)
    assert first.status_code == 200
    assert "Please look at the dates, then save." in first.text
    assert "Moon Festival" in first.text
    ticked = [day for day in MONDAYS if f'value="{day}" checked' in first.text]
    assert ticked == ["2027-09-06", "2027-09-13", "2027-09-27"]
    mark = first.text.split('name="shown" value="')[1].split('"')[0]

    saved = await browser.post(path, {**form, "shown": mark, "on": ["2027-09-06", "2027-09-27"]})
    assert saved.status_code == 303
    run = int(saved.headers["location"].rsplit("/", 1)[1])
    sessions = await sessions_of(run)
    assert [local(one.starts_at).isoformat()[:16] for one in sessions] == ["2027-09-06T09:00", "2027-09-27T09:00"]
    assert {(one.venue, one.teacher) for one in sessions} == {("Room 201", "Zhou Lan")}
    card = await run_card(run)
    assert (card.seats, card.min_age, card.term_id, card.places) == (
        30,
        60,
        world.term,
        (world.places.street.id,),
    )
    assert [one.id for one in await leaders_of(run)] == [world.leader.id]
    assert "Planned: 2 sessions." in (await browser.follow(saved)).text


async def test_dates_that_changed_since_they_were_shown_are_shown_again(
    visit: Visit, world: World, database: Database
) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    mark = await mark_of(browser, path, asked(world))
    answer = await browser.post(path, asked(world, shown=mark, on=MONDAYS, weekday=["1"]))
    assert answer.status_code == 200
    assert 'value="2027-09-07" checked' in answer.text
    assert await database.value("SELECT count(*) FROM course_run") == 1


async def test_a_term_fills_in_its_days(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    shown = await browser.post(path, asked(world, step="show", from_on="", to_on=""))
    assert 'name="from_on" type="date" value="2027-09-06"' in shown.text
    assert 'value="2027-10-25" checked' in shown.text


async def test_looking_at_the_dates_says_what_saving_would_refuse(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    for change, field in (
        ({"seats": "", "closes_on": ""}, "seats"),
        ({"closes_on": "2027-07-31"}, "closes_on"),
        ({"min_age": "80", "max_age": "60"}, "max_age"),
        ({"kind": "party"}, "kind"),
    ):
        shown = await browser.post(path, asked(world, step="show", **change))
        mark = shown.text.split('name="shown" value="')[1].split('"')[0]
        saved = await browser.post(path, asked(world, shown=mark, on=MONDAYS, **change))
        for answer in (shown, saved):
            assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text, change
            assert f'value="{MONDAYS[0]}" checked' in answer.text  # the dates are looked at all the same


async def test_all_mistakes_are_said_together_and_what_was_typed_stays(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    wrong = asked(
        world, kind="party", weekday=[], from_on="soon", starts="25:00", minutes="0", seats="many", opens_on="",
        closes="late", min_age="80", max_age="60",
    )  # fmt: skip
    answer = await browser.post(path, wrong)
    assert answer.status_code == 422
    for field in ("kind", "weekday", "from_on", "starts", "minutes", "seats", "opens_on", "closes", "max_age"):
        assert f'href="#f-{field}"' in answer.text, field
    for typed in ("25:00", "many", "late"):
        assert f'value="{typed}"' in answer.text


async def test_no_day_ticked_is_no_run(visit: Visit, world: World, database: Database) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    mark = await mark_of(browser, path, asked(world))
    answer = await browser.post(path, asked(world, shown=mark))
    assert answer.status_code == 422
    assert "Tick at least one day." in answer.text
    assert await database.value("SELECT count(*) FROM course_run") == 1


async def test_a_stretch_of_years_or_without_such_a_day_is_refused(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    for change, said in (
        ({"to_on": "2037-09-06", "weekday": ["0", "1", "2", "3"]}, "too many sessions"),
        ({"to_on": "2027-09-07", "weekday": ["6"]}, "No day is left"),
        ({"to_on": "2027-09-01"}, "The last day must not be before the first."),
    ):
        answer = await browser.post(path, asked(world, **change))
        assert answer.status_code == 422
        assert said in answer.text


async def test_a_drop_in_lecture_needs_no_seats_and_only_societies_have_members(
    visit: Visit, world: World, database: Database
) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    form = asked(world, kind="lecture", entry="drop_in", seats="", opens_on="", closes_on="", on=MONDAYS[:1])
    saved = await browser.post(path, {**form, "shown": await mark_of(browser, path, form)})
    assert saved.status_code == 303
    refused = await browser.post(path, {**form, "entry": "members"})
    assert refused.status_code == 422
    assert 'href="#f-entry"' in refused.text


async def test_venues_leaders_and_places_of_others_cannot_be_smuggled_in(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    form = asked(world, venue="999", leader=[str(world.officer.id), "x"], place=["1", "x"], on=MONDAYS[:1])
    saved = await browser.post(path, {**form, "shown": await mark_of(browser, path, form)})
    run = int(saved.headers["location"].rsplit("/", 1)[1])
    assert await leaders_of(run) == []
    assert (await run_card(run)).places == ()
    assert (await sessions_of(run))[0].venue is None


async def test_who_taught_at_the_organisation_stands_before_the_others_of_the_district(
    visit: Visit, world: World, database: Database
) -> None:
    """In pinyin order in both; somebody of another district in neither."""
    add, district = functools.partial(add_teacher, engagement="volunteer", by=CLI), world.places.district.id
    for name in ("云芳", "安平"):  # yun fang, an ping
        await add(district_id=district, name=name)
    await add(district_id=(await standing.place_tree("330114", "Elsewhere")).district.id, name="Elsewhere")
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    for address in (path, f"/planning/sessions/{world.sessions[0]}/edit"):
        assert "<optgroup" not in (await browser.get(address)).text  # nobody taught here: nothing to tell apart
    own = await add(district_id=district, name="周兰")
    await database.execute("UPDATE session SET teacher = $1", own)
    for address in (path, f"/planning/sessions/{world.sessions[0]}/edit"):
        shown = (await browser.get(address)).text
        order = ["They taught here", ">周兰", "Others of the district", ">安平", ">云芳"]
        at = [shown.index(one) for one in order]
        assert at == sorted(at), address
        assert "Elsewhere" not in shown and shown.count(">周兰") == 1
