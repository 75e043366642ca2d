"""What residents agreed to."""

from __future__ import annotations

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.consents import NewConsent, consents_of, give, withdraw
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI


@pytest.fixture
async def resident_id(database: Database) -> int:
    return (await standing.resident((await standing.place_tree()).community)).resident_id


async def test_a_consent_given_twice_is_one(resident_id: int, database: Database) -> None:
    for _ in range(2):
        await give(resident_id, "sensitive", "2026-11", "read_at_desk", by=CLI)
    assert await consents_of(resident_id) == [NewConsent("sensitive", "2026-11", "read_at_desk")]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'give_consent'") == 1


async def test_a_withdrawn_consent_stays_as_proof_and_may_be_given_again(
    resident_id: int, database: Database
) -> None:
    await give(resident_id, "sensitive", "2026-11", "phone", by=CLI)
    for _ in range(2):
        await withdraw(resident_id, "sensitive", by=CLI)
    assert await consents_of(resident_id) == []
    await give(resident_id, "sensitive", "2026-11", "paper", by=CLI)
    assert await consents_of(resident_id) == [NewConsent("sensitive", "2026-11", "paper")]
    assert await database.value("SELECT count(*) FROM consent WHERE withdrawn_at IS NOT NULL") == 1
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'withdraw_consent'") == 1


async def test_other_words_are_refused(resident_id: int) -> None:
    for said in (
        ("everything", "1", "phone"),
        ("notice", "", "phone"),
        ("notice", "x" * 21, "phone"),
        ("notice", "\0", "phone"),
        ("notice", "1", "telepathy"),
    ):
        with pytest.raises(Refusal, match="invalid_consent"):
            await give(resident_id, *said, by=CLI)


async def test_nobody_agrees_to_nothing(resident_id: int) -> None:
    with pytest.raises(Missing):
        await give(424242, "notice", "1", "phone", by=CLI)
