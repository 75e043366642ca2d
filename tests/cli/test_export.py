"""`elderlearn export …`: full numbers leave the house only for the district, and nobody else reads the file."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests import people_standing as standing
from tests.conftest import Database

ROOT = Path(__file__).parents[2]


async def run(*words: str | Path) -> tuple[int | None, str]:
    """Exit code, and what was said."""
    told = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "elderlearn", "export", *words,
        cwd=ROOT, env=dict(os.environ), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await told.communicate()
    return told.returncode, out.decode()


async def test_the_file_is_for_one_pair_of_eyes_and_only_whole_files_are_left(
    database: Database, tmp_path: Path
) -> None:
    places = await standing.place_tree()
    await standing.resident(places.community, document=standing.id_number())
    district, officer = await standing.district_officer(places), await standing.officer(places.street)
    file = tmp_path / "people.csv"
    code, said = await run("residents", file, "--by", officer.name, "--reason", "curious")
    assert (code, list(tmp_path.iterdir())) == (1, []) and "is no account of a district" in said
    left = tmp_path / ".people.csv.part"
    left.write_text("half of an export that was killed" * 100)
    left.chmod(0o644)
    code, said = await run("residents", file, "--by", district.name, "--reason", "another server")
    assert code == 0 and "1 rows in" in said, said
    assert file.stat().st_mode & 0o777 == 0o600 and list(tmp_path.iterdir()) == [file]
    assert "killed" not in file.read_text("utf-8-sig")
    assert standing.id_number() in file.read_text("utf-8-sig")
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'hand_over'") == 1
