"""`elderlearn import …` as somebody at the keyboard sees it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from elderlearn.cli._import_reasons import REASONS, shown
from tests.places.linping import BESIDE, OFFICIAL

ROOT = Path(__file__).parents[2]


async def run(*words: str | Path) -> tuple[int | None, str, str]:
    """Exit code, stdout, stderr."""
    pipe = asyncio.subprocess.PIPE
    told = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "elderlearn", "import", *words,
        cwd=ROOT, env=dict(os.environ), stdout=pipe, stderr=pipe,
    )  # fmt: skip
    out, err = await told.communicate()
    return told.returncode, out.decode(), err.decode()


async def test_the_official_list_comes_in_once(database: Any) -> None:
    tried = await run("places", OFFICIAL, "--dry-run")
    assert tried[1] == "Rows 205, nothing written; would be: added 205, changed 0, unchanged 0; left out 0.\n"
    assert await database.value("SELECT count(*) FROM place") == 0
    done = "Rows 205: added 205, changed 0, unchanged 0; left out 0.\n"
    assert await run("places", OFFICIAL) == (0, done, "")
    assert (await run("places", OFFICIAL))[1] == "Rows 205: added 0, changed 0, unchanged 205; left out 0.\n"


async def test_every_bad_row_is_told_and_nothing_is_written(database: Any, tmp_path: Path) -> None:
    file = tmp_path / "a list.csv"
    file.write_bytes((BESIDE + "330110001003,community,\x1b[31m社区,330110001000\n3301,x,y\n").encode("gb18030"))
    code, out, err = await run("places", file)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f'line 6, name: "\\x1b[31m社区" {REASONS["hidden_characters"]}',
        f'line 7: "3301,x,y" {REASONS["too_few_fields"]}',
        "Nothing was written; faults: 2.",
    ]
    assert await database.value("SELECT count(*) FROM place") == 0
    done = "Rows 6: added 4, changed 0, unchanged 0; left out 2.\n"
    assert (await run("places", file, "--skip-bad"))[:2] == (0, done)


async def test_another_kind_of_file_is_told_in_a_sentence(database: Any, tmp_path: Path) -> None:
    file = tmp_path / "places.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xff\xff")
    code, _, err = await run("places", file, "--skip-bad")
    assert code == 1 and REASONS["broken_workbook"] in err and "Traceback" not in err


async def test_a_year_comes_in_by_five_files_and_the_sums_are_exact(database: Any, tmp_path: Path) -> None:
    assert (await run("places", OFFICIAL))[0] == 0
    for kind, text in FIVE.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, "utf-8-sig")
        first, second = await run(kind, file), await run(kind, file)
        assert (first[0], second[0]) == (0, 0), (kind, first, second)
        assert first[1] == EXPECTED[kind][0] and second[1] == EXPECTED[kind][1], (kind, first, second)
    assert await database.value("SELECT sum(visits) FROM tally") == 3
    checked = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "elderlearn", "recount", "--check", cwd=ROOT, env=dict(os.environ)
    )
    assert await checked.wait() == 0


async def test_a_template_is_written_and_its_sample_row_is_told(database: Any, tmp_path: Path) -> None:
    file = tmp_path / "template.xlsx"
    assert (await run("residents", "--template", file))[0] == 0
    code, _, err = await run("residents", file)
    assert code == 1 and REASONS["sample_row"] in err


def test_control_characters_never_reach_the_terminal() -> None:
    assert shown("\x1b[31m") == '"\\x1b[31m" '


FIVE = {
    "population": "镇街,年份,口径,60岁及以上人口,数据来源\n临平街道,2025,常住,12345,年报\n"
    "塘栖镇,2025年,常住人口,9876,年报\n",
    "residents": "居民名单（示例数据）\n姓名,身份证号,出生日期,性别,手机,所属镇街,所属社区\n"
    "王秀英,330125195503080025,,女,１３８００００００００,临平街道,西大街社区\n"
    "李建国,,1950年11月2日,男,,临平街道,星火社区\n",
    "courses": "办学单位,所在地,机构类型,课程名称,参加方式,开课日期,结课日期,星期,上课时间,下课时间\n"
    "临平街道老年学堂,临平街道,老年学堂,书法入门,随到随学,2026-03-02,2026-03-30,周一,9:00,10:30\n",
    "attendances": "日期,办学单位,证件号码,姓名,出生日期,分钟,来源,课程,形式\n"
    "2026-03-02,临平街道老年学堂,330125195503080025,,,90,纸质,书法入门,课程\n"
    "2026/3/3,临平街道老年学堂,,李建国,1950-11-02,60,,,\n"
    "2026/3/3,临平街道老年学堂,330125195503080025,,,60,,,\n",
}
EXPECTED = {
    "population": (
        "Rows 2: added 2, changed 0, unchanged 0; left out 0.\n",
        "Rows 2: added 0, changed 0, unchanged 2; left out 0.\n",
    ),
    "residents": ("Rows 2: added 2, unchanged 0; left out 0.\n", "Rows 2: added 0, unchanged 2; left out 0.\n"),
    "courses": (
        "Rows 1: organisations 1, courses 1, runs 1, sessions 5, unchanged 0; left out 0.\n",
        "Rows 1: organisations 0, courses 0, runs 0, sessions 0, unchanged 1; left out 0.\n",
    ),
    "attendances": (
        "Rows 3: sessions 1, added 3, unchanged 0; left out 0.\n",
        "Rows 3: sessions 0, added 0, unchanged 3; left out 0.\n",
    ),
}
