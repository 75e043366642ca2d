"""Papers on file and the emergency contact: kept short, never in the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.emergency_contact import contact_of, put_contact
from elderlearn.people.papers import end_paper, papers_of, put_paper
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI


async def test_a_paper_is_there_until_it_is_taken_back(database: Database) -> None:
    places = await standing.place_tree()
    ping, li = [(await standing.resident(places.community)).resident_id for _ in range(2)]
    until = today() + timedelta(days=365)
    paper = await put_paper(ping, "relative_signature", on_file_since=today(), until=until, by=CLI)
    assert [(one.id, one.until) for one in await papers_of(ping)] == [(paper, until)]
    with pytest.raises(Missing):
        await end_paper(li, paper, by=CLI)
    for _ in range(2):
        await end_paper(ping, paper, by=CLI)
    assert await papers_of(ping) == []
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'end_paper'") == 1


async def test_days_and_kinds_that_cannot_be(database: Database) -> None:
    places = await standing.place_tree()
    ping = (await standing.resident(places.community)).resident_id
    tomorrow, yesterday = today() + timedelta(days=1), today() - timedelta(days=1)
    for kind, since, until, code in (
        ("poem", today(), None, "invalid_paper"),
        ("relative_signature", tomorrow, None, "invalid_date"),
        ("relative_signature", today(), yesterday, "invalid_date"),
    ):
        with pytest.raises(Refusal, match=code):
            await put_paper(ping, kind, on_file_since=since, until=until, by=CLI)
    with pytest.raises(Missing):
        await put_paper(999_999, "relative_signature", on_file_since=today(), until=None, by=CLI)


async def test_the_contacts_number_is_never_readable(database: Database) -> None:
    places = await standing.place_tree()
    ping = (await standing.resident(places.community)).resident_id
    assert await contact_of(ping) is None
    await put_contact(ping, " 王小明 ", "138 0013 8000", by=CLI)
    await put_contact(ping, "王小红", "139-0013-9000", by=CLI)
    contact = await contact_of(ping)
    assert contact and (contact.name, contact.phone) == ("王小红", "139****9000")
    assert "9000" not in repr(contact)
    kept = str(await database.fetch("SELECT * FROM emergency_contact")) + str(
        await database.fetch("SELECT * FROM trail")
    )
    assert "13900139000" not in kept and "小红" not in str(await database.fetch("SELECT detail FROM trail"))
    for name, number, code in (("", "13800138000", "invalid_name"), ("王", "12", "invalid_phone")):
        with pytest.raises(Refusal, match=code):
            await put_contact(ping, name, number, by=CLI)
