"""What lies at the desk for one person: signature, contact, health notice."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rules import set_rules
from elderlearn.ground.clock import today
from elderlearn.people.consents import consents_of
from elderlearn.people.papers import papers_of
from tests.catalogue.runs_standing import a_run
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.desk.conftest import Counter


async def test_a_signature_is_put_on_file_and_taken_off(visit: Visit, counter: Counter) -> None:
    desk, path = await visit(staff=counter.desk), f"{counter.hers}/on-file"
    assert f'href="{path}"' in (await desk.get(counter.hers)).text
    tomorrow = (today() + timedelta(days=1)).isoformat()
    for wrong, field in (
        ({"on_file_since": "", "until": ""}, "on_file_since"),
        ({"on_file_since": tomorrow}, "on_file_since"),
        ({"on_file_since": today().isoformat(), "until": "2020-01-01"}, "until"),
    ):
        answer = await desk.sent_back(f"{counter.hers}/papers", wrong)
        assert f'href="#f-{field}"' in answer.text, wrong
    saved = await desk.send(f"{counter.hers}/papers", {"on_file_since": today().isoformat(), "until": tomorrow})
    assert "The paper is on file." in saved.text and "Paper put on file" in (await desk.get(counter.hers)).text
    paper = (await papers_of(counter.ping.resident_id))[0]
    ended = await desk.send(f"{counter.hers}/papers/{paper.id}/end")
    assert "off the file" in ended.text and await papers_of(counter.ping.resident_id) == []
    assert (await desk.get(f"{counter.hers}/papers")).headers["location"] == path


async def test_contact_and_health_notice_are_written_down_for_her(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    empty = await desk.sent_back(f"{counter.hers}/contact", {})
    assert 'href="#f-name"' in empty.text and 'href="#f-phone"' in empty.text
    assert await desk.sent_back(f"{counter.hers}/contact", {"name": "王", "phone": "1"})
    page = await desk.send(f"{counter.hers}/contact", {"name": "王小明", "phone": "0571-86220001"})
    assert "王小明" in page.text and "057186220001" not in page.text
    assert await desk.sent_back(f"{counter.hers}/contact/number", {"reason": " "})
    asked = await desk.post(f"{counter.hers}/contact/number", {"reason": "she fell in class"})
    assert "0571-8622 0001" in (await desk.follow(asked)).text
    assert "8622 0001" not in (await desk.get(f"{counter.hers}/on-file")).text
    assert "she fell in class" in (await desk.get(counter.hers)).text
    assert await desk.sent_back(f"{counter.hers}/health-notice", {})
    agreed = await desk.send(f"{counter.hers}/health-notice", {"agrees": "yes"})
    assert "She agrees" in agreed.text
    assert ("health", "read_at_desk") in {(c.purpose, c.how) for c in await consents_of(counter.ping.resident_id)}


async def test_who_is_refused_for_want_of_a_paper_is_led_to_where_it_is_put_on_file(
    visit: Visit, counter: Counter
) -> None:
    desk, run = await visit(staff=counter.desk), await a_run(counter.places)
    await set_rules(run, RunRules(signature_from=50), by=CLI)
    refused = await desk.sent_back(f"{counter.hers}/enrolments", {"run": str(run)})
    assert "a relative signs first" in refused.text
    assert f'href="{counter.hers}/on-file"' in refused.text
    page = await desk.send(f"{counter.hers}/papers", {"on_file_since": today().isoformat()})
    assert f'href="{counter.hers}/enrolments"' in page.text
    assert (await desk.post(f"{counter.hers}/enrolments", {"run": str(run)})).status_code == 303


async def test_another_streets_person_is_as_good_as_none(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    auditor = await visit(staff=counter.auditor)
    hers = f"/desk/people/{counter.li.resident_id}"
    for path in ("papers", "contact", "contact/number", "health-notice", "papers/1/end"):
        assert (await desk.post(f"{hers}/{path}", {})).status_code == 404
        assert (await auditor.post(f"{counter.hers}/{path}", {})).status_code == 404
    assert (await desk.get(f"{hers}/on-file")).status_code == 404
