"""Long lists of invented residents, and a process that brings one in until it is killed."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from tests.people_standing import id_number

HEAD = "姓名,身份证号,手机,社区\n"


def residents_csv(count: int, *, place: str = "330113001001") -> bytes:
    """`count` sample people, each with a document of her own."""
    return (HEAD + "".join(_lines(count, place))).encode("utf-8-sig")


def _lines(count: int, place: str) -> Iterator[str]:
    for number in range(count):
        born_on = date(1940, 1, 1) + timedelta(days=number % 7000)
        name = f"示{chr(0x4E00 + number % 20_000)}{chr(0x4E00 + number // 20_000)}"
        yield f"{name},{id_number(born_on, 2 + number // 7000)},138{number:08},{place}\n"


async def _carry_out(id: int) -> None:
    """What a worker does, in a process of its own."""
    from elderlearn.ground.connection import open_pool
    from elderlearn.stewardship.imports.carry_out import carry_out_import

    async with open_pool():
        await carry_out_import(id)


if __name__ == "__main__":
    asyncio.run(_carry_out(int(sys.argv[1])))
