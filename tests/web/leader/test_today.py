"""What a leader sees first, and who else comes in there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from elderlearn.ground import clock
from elderlearn.ground.clock import SHANGHAI
from elderlearn.web.leader import today as page_of_today
from tests import people_standing as standing
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening


async def test_what_is_on_now_stands_out_with_its_counter_and_one_button(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.leader)).get("/lead")).text
    assert "On now" in page and "0 of 1 here" in page
    assert page.count('class="button main"') == 1
    assert f'href="/lead/sessions/{evening.on_now}"' in page


async def test_past_and_coming_sessions_are_a_press_away(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.leader)).get("/lead")).text
    days = page[page.index("In the next days") :]
    assert days.index(f"/lead/sessions/{evening.coming}") < days.index(f"/lead/sessions/{evening.gone}")


async def test_a_leader_without_sessions_reads_what_will_be_here(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.other_leader)).get("/lead")).text
    assert "Nothing is planned for today" in page
    assert "Tai chi" not in page


async def test_what_began_before_midnight_is_still_on_after_it(
    visit: Visit, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = await _starts_at(evening)
    midnight = datetime.combine(clock.date_of(facts) + timedelta(days=1), datetime.min.time(), SHANGHAI)
    monkeypatch.setattr(page_of_today, "now", lambda: facts + timedelta(hours=1))
    monkeypatch.setattr(page_of_today, "today", lambda: midnight.date())
    page = (await (await visit(staff=evening.leader)).get("/lead")).text
    assert page.count('class="button main"') == 1


async def test_strangers_sign_in_first_and_others_find_nothing(visit: Visit, evening: Evening) -> None:
    places = evening.places
    for path in ("/lead", f"/lead/sessions/{evening.on_now}"):
        answer = await (await visit()).get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next={path}"
        assert (await (await visit(resident=evening.wang.resident_id)).get(path)).status_code == 404
        for make in (standing.officer, standing.desk, standing.auditor):
            assert (await (await visit(staff=await make(places.street))).get(path)).status_code == 404, make
        district = await standing.district_officer(places)
        assert (await (await visit(staff=district)).get(path)).status_code == 404


async def _starts_at(evening: Evening) -> datetime:
    from elderlearn.catalogue.session_queries import session_card

    return (await session_card(evening.on_now)).starts_at
