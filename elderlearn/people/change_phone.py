"""A new telephone number: whoever shows that she holds it may have it."""

from __future__ import annotations

from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import encrypt
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.sign_in.codes import check_code, spend


async def change_own_phone(resident_id: int, typed_phone: str, code: str, *, by: Actor) -> None:
    """From now on codes and messages go there. The trail says that it changed, never the numbers.

    Raises Missing, Refusal('wrong_code', 'code_expired', 'invalid_phone').
    """
    proof = await check_code(typed_phone, code, "resident")
    number = phone.normal(typed_phone)
    if number is None:
        raise RuntimeError("a code was sent to this number")
    async with unit_of_work():
        await spend(proof)
        district = await value(
            """UPDATE resident SET phone_cipher = $2, phone_hash = $3 WHERE id = $1 AND state IN ('active', 'left')
            RETURNING district""",
            resident_id,
            encrypt(number),
            proof.phone_hash,
        )
        if district is None:
            raise Missing
        await note("change_phone", by=by, subject="resident", subject_id=resident_id, district=district)
