"""elderlearn staff add and token add, as somebody types them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.people.staff import staff_by_name
from elderlearn.people.tokens import who_by_token
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import PASSWORD, Places

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


def typed(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """A real process with the database of this test."""
    return subprocess.run(
        [sys.executable, "-m", "elderlearn", *words],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
    )


def add(
    name: str, *more: str, role: str = "officer", place: str = "330113001000", given: str = ""
) -> tuple[int, str]:
    done = typed("staff", "add", name, "--role", role, "--place", place, *more, given=given)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


async def test_an_account_is_added_and_the_same_name_again_is_refused(places: Places, database: Database) -> None:
    assert add("张主任") == (0, "")
    found = await staff_by_name("张主任")
    assert (found.role, found.place_id) == ("officer", places.street.id)
    assert await database.value("SELECT password_hash FROM staff") is None
    code, said = add("张主任", role="desk")
    assert code == 1 and "There is an account named 张主任 already" in said
    assert (await staff_by_name("张主任")).role == "officer"
    assert await database.value("SELECT door FROM trail WHERE action = 'add_staff'") == "cli"


async def test_a_password_comes_from_the_first_line_of_the_input(places: Places) -> None:
    assert add("张主任", "--password-stdin", given=f"{PASSWORD}\nmore\n")[0] == 0
    assert await sign_in_by_password("张主任", PASSWORD)


async def test_what_does_not_fit_is_one_clear_sentence(places: Places, database: Database) -> None:
    for words, more in [
        (add("张", "--password-stdin", given="short\n"), "at least 10 characters"),
        (add("张", "--password-stdin"), "at least 10 characters"),
        (add("张", place="330113999000"), "no place with this code"),
        (add("张", role="district"), "whole district"),
        (add("张", "--phone", "123", role="leader"), "no telephone number"),
        (add("123"), "1 to 60 characters"),
    ]:
        assert words[0] == 1 and more in words[1] and "\n" not in words[1]
    assert add("张", role="king")[0] == 2
    assert await database.value("SELECT count(*) FROM staff") == 0


async def test_a_token_stands_alone_on_the_output(places: Places) -> None:
    officer = await standing.officer(places.street)
    done = typed("token", "add", "--staff", officer.name)
    assert done.returncode == 0 and done.stdout.count("\n") == 1
    seen = await who_by_token(done.stdout.strip())
    assert seen == officer.viewer
    assert done.stdout.strip() not in done.stderr


async def test_nobody_gets_no_token(places: Places) -> None:
    done = typed("token", "add", "--staff", "nobody")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no account named nobody" in done.stderr
