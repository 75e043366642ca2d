"""What a district chooses for itself."""

from __future__ import annotations

from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work

LONGEST_WAIT = 365  # days


async def change_setting(
    district_id: int,
    *,
    by: Actor,
    title: str | None = None,
    help_phone: str | None = None,
    is_sample: bool | None = None,
    sample_state: str | None = None,
    unclear_days: int | None = None,
) -> None:
    """Change what is given, leave the rest. `sample_state` is none, filling or ready; `unclear_days`, 1 to 365,
    is how long an unclear scan may wait before people are told. Raises Missing, Refusal('invalid_days').
    """
    if unclear_days is not None and not 1 <= unclear_days <= LONGEST_WAIT:
        raise Refusal("invalid_days", least=1, most=LONGEST_WAIT)
    given = {
        "title": title, "help_phone": help_phone, "is_sample": is_sample, "sample_state": sample_state,
        "unclear_days": unclear_days,
    }  # fmt: skip
    async with unit_of_work():
        found = await row(
            """UPDATE district_setting SET title = coalesce($2::text, title),
                help_phone = coalesce($3::text, help_phone), is_sample = coalesce($4::boolean, is_sample),
                sample_state = coalesce($5::text, sample_state),
                unclear_days = coalesce($6::smallint, unclear_days)
            WHERE district = $1 RETURNING id""",
            district_id,
            *given.values(),
        )
        if found is None:
            raise Missing
        detail = {name: value for name, value in given.items() if value is not None}
        await trail.note(
            "change_setting", by=by, subject="district", subject_id=district_id, district=district_id, **detail
        )
