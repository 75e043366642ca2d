"""Who looks after whose courses, the digits that prove it, and copies of notices."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T15:10:00:000061"
VERSION = "1.38.0"
DESCRIPTION = "carers"

RESIDENT = "REFERENCES resident (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null"
STATEMENTS = (
    f"""CREATE TABLE carer_link (id BIGSERIAL PRIMARY KEY NOT NULL, elder BIGINT NOT NULL {RESIDENT},
    carer BIGINT NOT NULL {RESIDENT}, state VARCHAR(6) NOT NULL DEFAULT null, how VARCHAR(10) DEFAULT null,
    asked_at TIMESTAMPTZ NOT NULL DEFAULT null, since TIMESTAMPTZ DEFAULT null,
    ended_at TIMESTAMPTZ DEFAULT null, ended_by VARCHAR(5) DEFAULT null,
    CONSTRAINT carer_link_state
        CHECK (state IN ('asked', 'active', 'ended') AND (state <> 'active' OR how IS NOT NULL)),
    CONSTRAINT carer_link_how CHECK (how IN ('phone_code', 'card', 'own_phone', 'desk')),
    CONSTRAINT carer_link_ended_by CHECK (ended_by IN ('elder', 'carer', 'desk', 'gone')),
    CONSTRAINT carer_link_two CHECK (elder <> carer))""",
    "CREATE INDEX carer_link_elder ON carer_link USING btree (elder)",
    "CREATE INDEX carer_link_carer ON carer_link USING btree (carer)",
    "CREATE UNIQUE INDEX carer_link_open ON carer_link (elder, carer) WHERE state <> 'ended'",
    f"""CREATE TABLE care_code (id BIGSERIAL PRIMARY KEY NOT NULL, carer BIGINT NOT NULL {RESIDENT},
    elder BIGINT {RESIDENT}, phone_hash BYTEA NOT NULL DEFAULT null, code_hash BYTEA NOT NULL DEFAULT null,
    sent_at TIMESTAMPTZ NOT NULL DEFAULT null, expires_at TIMESTAMPTZ NOT NULL DEFAULT null,
    tries SMALLINT NOT NULL DEFAULT 0, used_at TIMESTAMPTZ DEFAULT null)""",
    "CREATE INDEX care_code_carer ON care_code USING btree (carer)",
    "CREATE INDEX care_code_phone_hash ON care_code USING btree (phone_hash)",
    "ALTER TABLE notice ADD COLUMN about BIGINT DEFAULT null",
    "CREATE INDEX notice_about ON notice (about) WHERE about IS NOT NULL",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
