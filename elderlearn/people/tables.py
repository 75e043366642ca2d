"""Residents, staff, what residents agreed to, their cards, and who is signed in."""

from __future__ import annotations

from piccolo.columns import (
    BigInt,
    BigSerial,
    Bytea,
    Char,
    Date,
    ForeignKey,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from elderlearn.places.tables import Place

RESIDENCE = "('inside', 'outside', 'unknown')"


class Resident(Table, tablename="resident"):
    """A person, once. Documents are unique, phones never are (parents share a child's phone).

    `district` is the district whose register holds the person: that of `place`, or of the desk for
    people from outside. `born_precision` year means only the year is known; `born_on` is then 31 December.
    A row without a name belongs to a blank card that was scanned before anybody wrote the name down.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    name = Varchar(length=60, default=None, null=True)
    name_pinyin = Varchar(length=400, default=None, null=True, help_text="wang xiu ying; see ground/pinyin.py")
    born_on = Date(default=None, null=True)
    born_precision = Varchar(length=4, default="day", null=False)
    sex = Varchar(length=6, default=None, null=True)
    phone_cipher = Bytea(default=None, null=True)
    phone_hash = Bytea(default=None, null=True, index=True)
    document_type = Varchar(length=30, default=None, null=True)
    document_cipher = Bytea(default=None, null=True)
    document_hash = Bytea(default=None, null=True, unique=True)
    residence = Varchar(length=7, default="unknown", null=False)
    place = ForeignKey(references=Place, default=None, null=True, index=True)
    registered_residence = Varchar(length=7, default="unknown", null=False)
    registered_place = ForeignKey(references=Place, default=None, null=True)
    verified = Varchar(length=6, default="self", null=False)
    state = Varchar(length=8, default="active", null=False)
    state_on = Date(default=None, null=True, help_text="the day she died or moved away")
    merged_into: ForeignKey[Resident] = ForeignKey(
        references="self", default=None, null=True, help_text="who she is"
    )
    language = Varchar(length=5, default=None, null=True)
    text_size = SmallInt(default=None, null=True)
    registered_at = Timestamptz(default=None, null=False)

    resident_sex = Check("sex IN ('female', 'male')")
    resident_born_precision = Check("born_precision IN ('day', 'year')")
    resident_residence = Check(f"residence IN {RESIDENCE} AND (residence = 'inside') = (place IS NOT NULL)")
    resident_registered = Check(
        f"registered_residence IN {RESIDENCE} "
        "AND (registered_residence = 'inside') = (registered_place IS NOT NULL)"
    )
    resident_verified = Check("verified IN ('self', 'desk', 'import')")
    resident_state = Check("state IN ('active', 'left', 'died', 'merged')")
    resident_merged_into = Check("(state = 'merged') = (merged_into IS NOT NULL)")
    resident_document = Check("(document_hash IS NULL) = (document_type IS NULL)")


class Consent(Table, tablename="consent"):
    """What a resident agreed to, in which wording, and how she was asked."""

    id = BigSerial(primary_key=True)
    resident = ForeignKey(references=Resident, default=None, null=False, index=True)
    purpose = Varchar(length=20, default=None, null=False, help_text="notice, sensitive, health")
    version = Varchar(length=20, default=None, null=False)
    how = Varchar(length=12, default=None, null=False, help_text="phone, read_at_desk, paper, import")
    given_at = Timestamptz(default=None, null=False)
    by_staff = BigInt(default=None, null=True)
    withdrawn_at = Timestamptz(default=None, null=True)


class ResidentPaper(Table, tablename="resident_paper"):
    """A paper that lies at the desk: nothing of its words is kept, only that it is there, and how long it is
    good."""

    id = BigSerial(primary_key=True)
    resident = ForeignKey(references=Resident, default=None, null=False, index=True)
    kind = Varchar(length=20, default=None, null=False)
    on_file_since = Date(default=None, null=False)
    until = Date(default=None, null=True)
    ended_on = Date(default=None, null=True, help_text="taken back, or written down by mistake")

    resident_paper_kind = Check("kind IN ('relative_signature')")


class EmergencyContact(Table, tablename="emergency_contact"):
    """Whom to ring when something happens to her in class."""

    id = BigSerial(primary_key=True)
    resident = ForeignKey(references=Resident, default=None, null=False, unique=True)
    name = Varchar(length=60, default=None, null=False)
    phone_cipher = Bytea(default=None, null=False)
    changed_at = Timestamptz(default=None, null=False)


class CarerLink(Table, tablename="carer_link"):
    """One resident looks after the courses of another. At most one open row for a pair; ended ones stay as proof.

    Whoever merges two persons one day carries the open rows over, and ends those that would tie her to herself.
    """

    id = BigSerial(primary_key=True)
    elder = ForeignKey(references=Resident, default=None, null=False, index=True)
    carer = ForeignKey(references=Resident, default=None, null=False, index=True)
    state = Varchar(length=6, default=None, null=False)
    how = Varchar(length=10, default=None, null=True, help_text="how the elder agreed")
    asked_at = Timestamptz(default=None, null=False)
    since = Timestamptz(default=None, null=True)
    ended_at = Timestamptz(default=None, null=True)
    ended_by = Varchar(length=5, default=None, null=True)

    carer_link_state = Check("state IN ('asked', 'active', 'ended') AND (state <> 'active' OR how IS NOT NULL)")
    carer_link_how = Check("how IN ('phone_code', 'card', 'own_phone', 'desk')")
    carer_link_ended_by = Check("ended_by IN ('elder', 'carer', 'desk', 'gone')")
    carer_link_two = Check("elder <> carer")


class CareCode(Table, tablename="care_code"):
    """Six digits sent to an elder, for one carer: ten minutes, a few tries, once.

    Without `elder` nobody of that name has this phone: then nothing was sent, and no digits are right.
    """

    id = BigSerial(primary_key=True)
    carer = ForeignKey(references=Resident, default=None, null=False, index=True)
    elder = ForeignKey(references=Resident, default=None, null=True)
    phone_hash = Bytea(default=None, null=False, index=True)
    code_hash = Bytea(default=None, null=False)
    sent_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    tries = SmallInt(default=0, null=False)
    used_at = Timestamptz(default=None, null=True)


class BlankBatch(Table, tablename="blank_batch"):
    """Blank cards made at once, to be printed together; `place` is whose pile they lie on."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    place = ForeignKey(references=Place, default=None, null=False, index=True)
    made_at = Timestamptz(default=None, null=False)
    by_staff = BigInt(default=None, null=True)


class Card(Table, tablename="card"):
    """A printed card. The code itself is derived from `key_id` and `secret_id` (see codes.py).

    A `second` card opens like the active one: somebody was two rows of the register and had a card of each.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    key_id = SmallInt(default=None, null=False)
    secret_id = Bytea(default=None, null=False, unique=True, help_text="80 random bits")
    card_key = Char(length=16, default=None, null=False, index=True, help_text="first 16 hex of SHA-256(code)")
    number = Char(length=8, default=None, null=False, unique=True)
    resident = ForeignKey(references=Resident, default=None, null=True, index=True)
    batch = ForeignKey(references=BlankBatch, default=None, null=True, index=True)
    state = Varchar(length=8, default=None, null=False)
    made_at = Timestamptz(default=None, null=False)
    tied_at = Timestamptz(default=None, null=True)
    ended_at = Timestamptz(default=None, null=True)
    failed_tries = SmallInt(default=0, null=False)
    locked_until = Timestamptz(default=None, null=True)

    card_state = Check("state IN ('blank', 'active', 'second', 'replaced')")


class Staff(Table, tablename="staff"):
    """Somebody who works here: an officer, a desk, a leader, an auditor. `name` is the sign-in name."""

    id = BigSerial(primary_key=True)
    name = Varchar(length=60, default=None, null=False, unique=True)
    name_pinyin = Varchar(length=400, default="", null=False)
    role = Varchar(length=8, default=None, null=False)
    place = ForeignKey(references=Place, default=None, null=False)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    phone_cipher = Bytea(default=None, null=True)
    phone_hash = Bytea(default=None, null=True, index=True)
    password_hash = Varchar(length=200, default=None, null=True)
    failed_tries = SmallInt(default=0, null=False)
    locked_until = Timestamptz(default=None, null=True)
    language = Varchar(length=5, default=None, null=True)
    text_size = SmallInt(default=None, null=True)
    added_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)

    staff_role = Check("role IN ('district', 'officer', 'desk', 'leader', 'auditor')")


class SignIn(Table, tablename="sign_in"):
    """One phone or browser signed in. Only the hash of its token is kept."""

    id = BigSerial(primary_key=True)
    token_hash = Bytea(default=None, null=False, unique=True)
    resident = ForeignKey(references=Resident, default=None, null=True, index=True)
    staff = ForeignKey(references=Staff, default=None, null=True, index=True)
    created_at = Timestamptz(default=None, null=False)
    seen_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)

    sign_in_one = Check("(resident IS NULL) <> (staff IS NULL)")


class SignInCode(Table, tablename="sign_in_code"):
    """Six digits sent to a phone: ten minutes, a few tries, once."""

    id = BigSerial(primary_key=True)
    audience = Varchar(length=8, default=None, null=False)
    phone_hash = Bytea(default=None, null=False, index=True)
    code_hash = Bytea(default=None, null=False)
    sent_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    tries = SmallInt(default=0, null=False)
    used_at = Timestamptz(default=None, null=True)

    sign_in_code_audience = Check("audience IN ('resident', 'leader')")


class ApiToken(Table, tablename="api_token"):
    """A bearer token of another system, acting as one member of staff. Only its hash is kept."""

    id = BigSerial(primary_key=True)
    staff = ForeignKey(references=Staff, default=None, null=False, index=True)
    token_hash = Bytea(default=None, null=False, unique=True)
    created_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)
    ended_at = Timestamptz(default=None, null=True)


# The expressions are those of ground/pinyin.py, word for word.
EXTRA_DDL = (
    "CREATE INDEX resident_merged ON resident (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE UNIQUE INDEX card_active ON card (resident) WHERE state = 'active'",
    "CREATE UNIQUE INDEX carer_link_open ON carer_link (elder, carer) WHERE state <> 'ended'",
    "CREATE INDEX resident_name ON resident (name text_pattern_ops)",
    "CREATE INDEX resident_spelled ON resident (replace(name_pinyin, ' ', '') text_pattern_ops)",
    r"""CREATE INDEX resident_initials ON resident
    (regexp_replace(name_pinyin, '(\S)\S*\s*', '\1', 'g') text_pattern_ops)""",
    """CREATE INDEX resident_in_order ON resident (district, name_pinyin COLLATE "C", name COLLATE "C", id)
    WHERE name IS NOT NULL""",
)
