"""What the ground remembers: the trail."""

from __future__ import annotations

from piccolo.columns import JSONB, BigInt, BigSerial, Timestamptz, Varchar
from piccolo.table import Table


class Trail(Table, tablename="trail"):
    """One change of one fact: who, when, through which door. Rows are only ever added."""

    id = BigSerial(primary_key=True)
    at = Timestamptz(default=None, null=False, index=True)
    actor_kind = Varchar(length=10, default=None, null=False)
    actor_id = BigInt(default=None, null=True)
    door = Varchar(length=10, default=None, null=False)
    action = Varchar(length=60, default=None, null=False)
    subject = Varchar(length=40, default=None, null=False)
    subject_id = BigInt(default=None, null=True)
    district = BigInt(default=None, null=True)
    detail = JSONB(default=None, null=True)


EXTRA_DDL = (
    "CREATE INDEX trail_subject_at ON trail (subject, subject_id, at)",
    """CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$""",
    """CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()""",
)
