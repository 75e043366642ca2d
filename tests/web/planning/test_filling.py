"""How a run fills while people enrol: in sums, by itself, and not for ever."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.set_rounds import set_rounds
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.filling import Part, filling
from elderlearn.ground.clock import now
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, open_run, people
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.planning.world import World


async def test_seats_and_line_are_summed_by_channel_and_round(database: Database) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.community))).run_id
    early = Round("returning", "returning", now() - DAY, now() - timedelta(hours=1))
    main = Round("everyone", "everyone", now() - timedelta(hours=1), now() + 5 * DAY)
    await set_rounds(run, (early, main), by=CLI)
    for one, channel in zip(await people(places.community, 4), ("self", "paper", "self", "window"), strict=True):
        await enrol(run, one, channel, by=CLI)
    found = await filling(run)
    assert (found.seats, found.taken, found.waiting, found.refused) == (2, 2, 2, 0)
    assert found.channels == [Part("paper", 1, 0), Part("self", 1, 1), Part("window", 0, 1)]
    assert found.rounds == [Part("returning", 0, 0), Part("everyone", 2, 2)]


async def test_the_block_looks_again_by_itself_and_ends_after_ten_minutes(visit: Visit, world: World) -> None:
    officer = await visit(staff=world.officer)
    here = f"/planning/runs/{world.run}"
    whole = (await officer.get(here)).text
    assert f'hx-get="{here}/filling?turn=1"' in whole and "How it fills" in whole
    [another] = await people(world.places.community, 1)
    await enrol(world.run, another, "phone", by=CLI)
    block = (await officer.get(f"{here}/filling", params={"turn": "1"}, htmx=True)).text
    assert block.lstrip().startswith('<section id="filling"') and "turn=2" in block
    assert "All seats are taken" in block and "On the phone" in block and "王" not in block
    last = (await officer.get(f"{here}/filling", params={"turn": "120"}, htmx=True)).text
    assert "hx-get" not in last and f'href="{here}/filling"' in last  # a page left open keeps nobody signed in
    plain = (await officer.get(f"{here}/filling")).text
    assert "<h1>" in plain and "How it fills" in plain
    for turn in ("x", "-1", "9" * 30):
        assert (await officer.get(f"{here}/filling", params={"turn": turn})).status_code == 200


async def test_when_enrolment_has_ended_nothing_is_asked_again_and_who_just_come_fill_nothing(
    visit: Visit, world: World, database: Database
) -> None:
    officer = await visit(staff=world.officer)
    await database.execute("UPDATE course_run SET closes_at = now() - interval '1 minute'")
    assert "hx-get" not in (await officer.get(f"/planning/runs/{world.run}")).text
    dropping = (await open_run(world.course, entry="drop_in", seats=None, opens_at=None, closes_at=None)).run_id
    assert "How it fills" not in (await officer.get(f"/planning/runs/{dropping}")).text
    assert (await officer.get(f"/planning/runs/{dropping}/filling")).status_code == 404
    assert (await (await visit()).get(f"/planning/runs/{world.run}/filling")).status_code == 303
