"""What a ratio means, and that rounds are measured in turns."""

from __future__ import annotations

from elderlearn.bench.measured import Measured, in_turns


def test_a_ratio_of_one_is_the_limit_for_rates_and_for_times() -> None:
    assert Measured("scan_online", "scans/s", 500.0, 1000.0).ratio == 0.5
    assert Measured("report_district", "ms", 40.0, 10.0).ratio == 0.25


async def test_product_and_floor_take_turns_and_the_first_round_does_not_count() -> None:
    turns: list[str] = []

    async def one(name: str) -> float:
        turns.append(name)
        return 1000.0 if len(turns) <= 2 else float(len(turns))

    value, floor = await in_turns(lambda: one("product"), lambda: one("floor"), rounds=3)
    assert turns == ["product", "floor"] * 4
    assert (value, floor) == (5.0, 6.0)
