"""Somebody is enrolled at the window or on the phone with a few keys."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.enrolment.queries import standing_of
from elderlearn.ground.clock import now
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.web.conftest import Visit
from tests.web.desk.conftest import Counter


async def test_the_channel_is_chosen_once_and_the_first_course_found_waits_for_the_enter_key(
    visit: Visit, counter: Counter
) -> None:
    desk = await visit(staff=counter.desk)
    courses = [await a_course(counter.places.community, title=title, name=title) for title in ("太极拳", "书法")]
    later = now() + timedelta(days=8)
    tai_chi = (await open_run(courses[0])).run_id
    writing = (await open_run(courses[1], sessions=weeks(2, start=later))).run_id
    here = f"{counter.hers}/enrolments"
    assert "autofocus" in (await desk.get(here)).text.split('id="f-words"')[1].split(">")[0]
    await desk.get(here, params={"channel": "phone"})
    found = (await desk.get(here, params={"words": "tjq"})).text
    assert "太极拳" in found and "书法" not in found
    assert found.count("autofocus") == 1 and 'class="small" autofocus' in found
    assert 'name="channel" value="phone"' in found
    await desk.post(here, {"run": str(tai_chi), "channel": "phone"})
    await desk.post(here, {"run": str(writing), "channel": "paper"})  # not to be chosen here: the one remembered
    for run in (tai_chi, writing):
        seat = await standing_of(run, counter.ping.resident_id)
        assert seat and seat.channel == "phone"
