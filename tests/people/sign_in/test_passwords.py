"""Staff sign in with name and password."""

from __future__ import annotations

import asyncio
import time

import pytest

from elderlearn.ground.errors import Refusal
from elderlearn.people import passwords
from elderlearn.people.sign_in import passwords as verb
from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.people.sign_in.who import who
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import PASSWORD, Places, StandingStaff


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
async def officer(places: Places) -> StandingStaff:
    return await standing.staff("officer", places.street, password=PASSWORD)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 without its weight, for tests that try often."""
    monkeypatch.setattr(passwords, "_verify", lambda stored, text: text == PASSWORD)


async def refused(name: str, password: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await sign_in_by_password(name, password)
    return refusal.value


async def test_name_and_password_together_open(officer: StandingStaff, database: Database) -> None:
    seen = await who(await sign_in_by_password(f" {officer.name} ", PASSWORD))
    assert seen is not None and (seen.kind, seen.id, seen.role) == ("staff", officer.id, "officer")
    assert (await database.value("SELECT password_hash FROM staff")).startswith("$argon2id$")


async def test_wrong_unknown_and_unset_answer_alike(officer: StandingStaff, places: Places, quick: None) -> None:
    bare = await standing.officer(places.street)
    said = [
        await refused(name, password)
        for name, password in [
            (officer.name, PASSWORD + "x"),
            (officer.name, ""),
            ("nobody", PASSWORD),
            (bare.name, ""),
            ("\0", PASSWORD),
            (officer.name, PASSWORD + "\ud800"),
            (officer.name, PASSWORD * 50),
        ]
    ]
    assert {(one.code, str(one.values)) for one in said} == {("wrong_password", "{'minutes': 15}")}


async def test_an_unknown_name_costs_the_same_time(officer: StandingStaff) -> None:
    await refused("nobody", PASSWORD)  # the first makes nobody's hash
    known, unknown = [], []
    for _ in range(2):
        known.append(await _seconds(officer.name))
        unknown.append(await _seconds("nobody"))
    assert min(unknown) > 0.3 * min(known)


async def test_ten_failures_close_the_account_for_a_quarter_of_an_hour(
    officer: StandingStaff, database: Database, quick: None
) -> None:
    for _ in range(10):
        await refused(officer.name, "wrong")
    assert (await refused(officer.name, PASSWORD)).code == "wrong_password"
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'lock_staff'") == 1
    minutes = await database.value("SELECT extract(epoch FROM locked_until - now()) / 60 FROM staff")
    assert 14 < minutes <= 15
    await database.execute("UPDATE staff SET locked_until = now() - interval '1 second'")
    assert await sign_in_by_password(officer.name, PASSWORD)
    assert await database.value("SELECT failed_tries FROM staff") == 0


async def test_guessing_in_parallel_gets_no_more_than_ten_tries(
    officer: StandingStaff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _judged(officer, monkeypatch) == 10


async def test_without_the_guard_there_would_be_more(
    officer: StandingStaff, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the race above does notice when the guard is gone."""
    guarded = verb.row

    async def unguarded(statement: str, *values: object) -> object:
        return await guarded(
            statement.replace(
                "AND (locked_until IS NULL OR locked_until <= $2)", "AND $2::timestamptz IS NOT NULL"
            ),
            *values,
        )

    monkeypatch.setattr(verb, "row", unguarded)
    assert await _judged(officer, monkeypatch) > 10


async def test_each_sign_in_has_a_token_of_its_own_and_only_its_hash_is_kept(
    officer: StandingStaff, database: Database, quick: None
) -> None:
    one, two = [await sign_in_by_password(officer.name, PASSWORD) for _ in range(2)]
    assert one != two and await who(one) and await who(two)
    kept = str([tuple(each) for each in await database.fetch("SELECT s.*, t.* FROM sign_in s, trail t")])
    assert one not in kept and two not in kept


async def _seconds(name: str) -> float:
    before = time.perf_counter()
    await refused(name, "wrong wrong wrong")
    return time.perf_counter() - before


async def _judged(officer: StandingStaff, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of thirty guesses at once were compared with the real hash."""
    compared: list[str] = []

    async def compare(password: str, stored: str | None) -> bool:
        compared.extend([stored] if stored else [])
        return False

    monkeypatch.setattr(verb, "password_matches", compare)
    await asyncio.gather(*(sign_in_by_password(officer.name, "x") for _ in range(30)), return_exceptions=True)
    return len(compared)
