"""Leaders hear of unclear scans that have waited too long: once a week, by day."""

from __future__ import annotations

from elderlearn.checkin.old_unclear import leaders_to_remind
from elderlearn.ground.clock import local, now
from elderlearn.ground.languages import DEFAULT
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import Message, tell_many

BY_DAY = range(9, 20)  # hours in Shanghai


async def remind_of_unclear() -> int:
    """How many notices are new; asked as often as one likes, nobody gets two in one week."""
    today = local(now())
    if today.hour not in BY_DAY:
        return 0
    year, week, _ = today.isocalendar()
    async with unit_of_work():
        return await tell_many(
            [
                Message(
                    "scans_unclear",
                    {"how_many": one.how_many, "when": one.since},
                    staff_id=one.staff_id,
                    district=one.district_id,
                    address_cipher=one.phone_cipher,
                    language=one.language or DEFAULT,
                    dedupe_key=f"unclear:{one.staff_id}:{year}-{week}",
                )
                for one in await leaders_to_remind()
            ]
        )
