"""Whose share somebody may use, as SQL; told by the same facts as the rounds."""

from __future__ import annotations

from elderlearn.enrolment.shares import Left
from elderlearn.ground.sql import rows

# Seated in a run of this organisation that has begun, ever. Expects `r` course_run and `who.id`.
HAS_BEEN_THERE = """EXISTS (SELECT FROM enrolment was JOIN course_run o ON o.id = was.run
    WHERE was.resident = who.id AND was.state = 'seated' AND o.organisation = r.organisation AND o.id <> r.id
        AND o.first_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date)"""
# Expects `r`, `who` resident, and the channel she asks through in place of {channel}.
FITS = f"""array_remove(ARRAY[
    CASE WHEN who.place = (SELECT place FROM organisation WHERE id = r.organisation) THEN 'own_village' END,
    CASE WHEN NOT {HAS_BEEN_THERE} THEN 'newcomers' END,
    CASE WHEN {{channel}} IN ('window', 'phone', 'paper') THEN 'desk' END], NULL)"""
FITS_IN_LINE = FITS.format(channel="w.channel")
# Expects `w` enrolment, `r`, `who`: a seat is left in one of her shares.
HAS_SHARE_LEFT = f"""EXISTS (SELECT FROM seat_share s WHERE s.run = w.run AND NOT s.has_fallen_back
    AND s.taken < s.seats AND s.audience = ANY({FITS_IN_LINE}))"""


async def left_of(run_id: int) -> list[Left]:
    """The shares of a held run that have not fallen back, with their free seats."""
    found = await rows(
        """SELECT id, audience, seats - taken AS free FROM seat_share
        WHERE run = $1 AND NOT has_fallen_back ORDER BY id""",
        run_id,
    )
    return [Left(**one) for one in found]
