"""The outbox: what somebody is to be told, written in the same transaction as the fact it tells of."""

from __future__ import annotations

from piccolo.columns import JSONB, BigInt, BigSerial, Bytea, SmallInt, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class Notice(Table, tablename="notice"):
    """One message to one person. `values` fill the wording of `kind`; the address is kept encrypted.

    due -> claimed -> sent, or unknown (the gateway never answered: a human looks), or failed.
    cancelled: whom it was for died or moved away before it went out.
    """

    id = BigSerial(primary_key=True)
    kind = Varchar(length=40, default=None, null=False)
    district = BigInt(default=None, null=True, index=True)
    resident = BigInt(default=None, null=True, index=True)
    staff = BigInt(default=None, null=True)
    about = BigInt(default=None, null=True, help_text="a copy: the resident whose matter it is")
    address_cipher = Bytea(default=None, null=True, help_text="phone; none: nobody can be reached, staff call")
    language = Varchar(length=5, default="zh_CN", null=False)
    values = JSONB(default=None, null=False)
    dedupe_key = Varchar(length=100, default=None, null=True, unique=True)
    created_at = Timestamptz(default=None, null=False)
    state = Varchar(length=12, default="due", null=False)
    claimed_at = Timestamptz(default=None, null=True)
    tries = SmallInt(default=0, null=False)
    next_try_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)
    gateway = Varchar(length=20, default=None, null=True)
    sent_text = Text(default=None, null=True)
    problem = Varchar(length=200, default=None, null=True)

    notice_state = Check("state IN ('due', 'claimed', 'sent', 'unknown', 'failed', 'unreachable', 'cancelled')")


EXTRA_DDL = (
    "CREATE INDEX notice_due ON notice (next_try_at) WHERE state IN ('due', 'claimed')",
    "CREATE INDEX notice_about ON notice (about) WHERE about IS NOT NULL",
)
