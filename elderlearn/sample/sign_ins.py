"""One person of each audience whom a visitor of the demo can be."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.keys import secret
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import current_code
from elderlearn.people.staff import add_staff
from elderlearn.sample.fair import carer_of_sample
from elderlearn.sample.words import named, words

ROLES = ("leader", "officer", "desk", "district", "auditor")
STREET = "330113002000"
DISTRICT = "330113000000"
TODAY_BEFORE, TODAY_AFTER = timedelta(minutes=30), timedelta(hours=3)


@dataclass(frozen=True)
class DemoSignIn:
    """Who, by what means, with what."""

    audience: str
    name: str
    means: str


def password_of(role: str) -> str:
    """Made from this installation's own key: no demo shares its passwords with another."""
    digest = hmac.digest(secret("demo"), role.encode(), hashlib.sha256)
    return base64.b32encode(digest)[:12].decode().lower()


async def add_sign_ins(*, by: Actor) -> None:
    """Staff of one street, and a drop-in hour that is on right now, led by the sample's leader."""
    known = {one["name"] for one in await rows("SELECT name FROM staff")}
    for role in ROLES:
        if words()["sign_ins"][role] in known:
            continue
        place = DISTRICT if role in ("district", "auditor") else STREET
        await add_staff(words()["sign_ins"][role], role, place, password=password_of(role), by=by)


async def add_hour_now(moment: datetime, *, by: Actor) -> None:
    """Something to scan at: on from half an hour ago for three hours, led by the sample's leader."""
    hall = await value(
        """SELECT o.id FROM organisation o JOIN place p ON p.id = o.place
        WHERE p.code = $1 AND o.kind = 'base' ORDER BY o.id LIMIT 1""",
        STREET,
    )
    leader = await value("SELECT id FROM staff WHERE name = $1", words()["sign_ins"]["leader"])
    course = await add_course(organisation_id=hall, title=named("today"), by=by, release=True)
    hour = Times(moment - TODAY_BEFORE, moment + TODAY_AFTER)
    run = NewRun(course_id=course, kind="activity", entry="drop_in", sessions=(hour,), leaders=(leader,))
    await add_run(run, by=by)


async def lead_the_street() -> None:
    """The sample's leader leads every run of her street."""
    async with unit_of_work():
        await rows(
            """INSERT INTO run_leader (run, staff) SELECT r.id, s.id FROM course_run r
            JOIN organisation o ON o.id = r.organisation JOIN place p ON p.id = o.place
            CROSS JOIN staff s WHERE p.code = $1 AND s.name = $2 ON CONFLICT DO NOTHING""",
            STREET,
            words()["sign_ins"]["leader"],
        )


async def demo_sign_ins() -> list[DemoSignIn]:
    """What the demo prints: a resident with a seat in a class to come, a carer, one member of staff per role."""
    found = await row(
        """SELECT r.id, r.phone_cipher, r.born_on FROM resident r JOIN enrolment e ON e.resident = r.id
        JOIN course_run c ON c.id = e.run JOIN organisation o ON o.id = c.organisation
        JOIN place p ON p.id = o.place
        WHERE e.state = 'seated' AND c.ends_at > now() AND p.code = $1 AND r.phone_cipher IS NOT NULL
            AND (SELECT count(*) FROM resident other WHERE other.phone_hash = r.phone_hash) = 1
        ORDER BY c.first_on DESC, r.id LIMIT 1""",
        STREET,
    )
    listed = []
    if found is not None:
        card = await current_code(found["id"])
        phone = decrypt(found["phone_cipher"])
        listed.append(DemoSignIn("resident", phone, "/sign-in (the code is on /pretend)"))
        if card is not None:
            listed.append(DemoSignIn("resident", card.number, f"/sign-in/card, born {found['born_on']}"))
    carer = await carer_of_sample()
    if carer is not None:
        listed.append(DemoSignIn("carer", decrypt(carer), "/sign-in (the code is on /pretend), then “My family”"))
    listed += [DemoSignIn(role, words()["sign_ins"][role], password_of(role)) for role in ROLES]
    return listed
