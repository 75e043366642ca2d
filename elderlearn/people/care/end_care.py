"""Either side ends it, or the desk; it also ends by itself when one of them dies or moves away."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note, note_many
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import Message, tell_many
from elderlearn.people.care.queries import tie
from elderlearn.people.care.rules import Tie, side_of
from elderlearn.people.names import masked_name

# Whoever does not end it is told; the desk has one of them in front of it and tells the other two nothing twice.
TOLD = {"elder": ("carer",), "carer": ("elder",), "desk": ("elder", "carer")}


async def end_care(link_id: int, *, by: Actor) -> None:
    """From now on the carer may do nothing for her; what was enrolled stays. Twice is the same.

    Residents only end their own. Raises Missing.
    """
    found = await tie(link_id)
    side = side_of(by.id or 0, found) if by.kind == "resident" else "desk"
    if side is None:
        raise Missing
    async with unit_of_work():
        was = await row(
            """UPDATE carer_link l SET state = 'ended', ended_at = $2, ended_by = $3 FROM carer_link old
            WHERE l.id = $1 AND old.id = l.id AND l.state <> 'ended' RETURNING old.state""",
            link_id,
            now(),
            side,
        )
        if was is not None:
            await _follow_up(found, side, was["state"] == "active", by)


async def end_all_care(resident_id: int, *, district: int, by: Actor) -> int:
    """All ties of somebody who died or moved away, on both sides; how many. Nobody is told.

    Inside the open unit of work that holds her.
    """
    ended = await rows(
        """UPDATE carer_link SET state = 'ended', ended_at = $2, ended_by = 'gone'
        WHERE (elder = $1 OR carer = $1) AND state <> 'ended' RETURNING id, elder, carer""",
        resident_id,
        now(),
    )
    await note_many(
        "end_care", by=by, subject="carer_link", district=district,
        changes=[(one["id"], {"elder": one["elder"], "carer": one["carer"], "side": "gone"}) for one in ended],
    )  # fmt: skip
    return len(ended)


async def _follow_up(ended: Tie, side: str, was_active: bool, by: Actor) -> None:
    people = await rows(
        """SELECT id, name, district, phone_cipher, language, state FROM resident
        WHERE id = ANY($1::bigint[])""",
        [ended.elder_id, ended.carer_id],
    )
    by_id = {one["id"]: one for one in people}
    elder, carer = by_id[ended.elder_id], by_id[ended.carer_id]
    await note(
        "end_care", by=by, subject="carer_link", subject_id=ended.id, district=elder["district"],
        elder=elder["id"], carer=carer["id"], side=side,
    )  # fmt: skip
    others = {"elder": (elder, carer), "carer": (carer, elder)}
    told = [others[one] for one in TOLD[side] if was_active]
    await tell_many(
        [
            Message(
                kind="care_ended" if one is elder else "care_ended_for",
                values={"carer" if one is elder else "elder": masked_name(other["name"])},
                resident_id=one["id"],
                district=one["district"],
                address_cipher=one["phone_cipher"],
                language=one["language"] or "zh_CN",
            )
            for one, other in told
            if one["phone_cipher"] is not None and one["state"] == "active"
        ]
    )
