"""`elderlearn import places` as somebody at the keyboard sees it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from elderlearn.cli.import_ import REASONS, shown
from tests.places.linping import BESIDE, OFFICIAL

ROOT = Path(__file__).parents[2]


async def run(*words: str | Path) -> tuple[int | None, str, str]:
    """Exit code, stdout, stderr."""
    pipe = asyncio.subprocess.PIPE
    told = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "elderlearn", "import", "places", *words,
        cwd=ROOT, env=dict(os.environ), stdout=pipe, stderr=pipe,
    )  # fmt: skip
    out, err = await told.communicate()
    return told.returncode, out.decode(), err.decode()


async def test_the_official_list_comes_in_once(database: Any) -> None:
    assert (await run(OFFICIAL, "--dry-run"))[1] == "Would be added 205, renamed 0, unchanged 0.\n"
    assert await database.value("SELECT count(*) FROM place") == 0
    assert await run(OFFICIAL) == (0, "Places added 205, renamed 0, unchanged 0.\n", "")
    assert (await run(OFFICIAL))[1] == "Places added 0, renamed 0, unchanged 205.\n"


async def test_every_bad_row_is_told_and_nothing_is_written(database: Any, tmp_path: Path) -> None:
    file = tmp_path / "a list.csv"
    file.write_bytes((BESIDE + "330110001003,community,\x1b[31m社区,330110001000\n3301,x,y\n").encode("gb18030"))
    code, out, err = await run(file)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f'line 6, name: "\\x1b[31m社区" {REASONS["hidden_characters"]}',
        f'line 7: "3301,x,y" {REASONS["too_few_fields"]}',
        "Nothing was written; faults: 2.",
    ]
    assert await database.value("SELECT count(*) FROM place") == 0
    assert (await run(file, "--skip-bad"))[:2] == (0, "Places added 4, renamed 0, unchanged 0.\n")


async def test_another_kind_of_file_is_told_in_a_sentence(database: Any, tmp_path: Path) -> None:
    file = tmp_path / "places.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xff\xff")
    code, _, err = await run(file, "--skip-bad")
    assert code == 1 and REASONS["not_text"] in err and "Traceback" not in err


def test_a_long_value_is_shortened() -> None:
    assert len(shown("村" * 1000)) < 70
