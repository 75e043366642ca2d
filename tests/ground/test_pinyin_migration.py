"""Names written down before pinyin was kept are spelled by its migration."""

from __future__ import annotations

import importlib.util
from types import ModuleType

from elderlearn.ground.files import migrations_folder
from elderlearn.ground.unit_of_work import unit_of_work
from tests import people_standing as standing
from tests.conftest import Database


def migration(file: str) -> ModuleType:
    found = importlib.util.spec_from_file_location("pinyin_of_names", migrations_folder() / file)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


async def test_names_of_before_are_spelled(database: Database) -> None:
    places = await standing.place_tree()
    for name in ("单秀英", "王晓燕", "王晓燕"):
        await standing.resident(places.community, name=name)
    await database.execute("UPDATE resident SET name_pinyin = NULL")
    module = migration("elderlearn_2026_11_26_14050071_pinyin.py")
    module.AT_ONCE = 1  # several statements
    async with unit_of_work():
        for table, column, spell in module.FILLED:
            await module._fill(table, column, spell)
    found = await database.fetch("SELECT name_pinyin FROM resident WHERE name IS NOT NULL ORDER BY 1")
    assert [one[0] for one in found] == ["shan xiu ying", "wang xiao yan", "wang xiao yan"]


async def test_accounts_of_before_are_spelled_too(database: Database) -> None:
    places = await standing.place_tree()
    for name in ("单秀英", "office-3"):
        await standing.staff("leader", places.community, name=name)
    await database.execute("UPDATE staff SET name_pinyin = ''")
    async with unit_of_work():
        await migration("elderlearn_2026_11_27_01000031_spelled_staff.py")._fill()
    found = await database.fetch("SELECT name_pinyin FROM staff ORDER BY 1")
    assert [one[0] for one in found] == ["office 3", "shan xiu ying"]
