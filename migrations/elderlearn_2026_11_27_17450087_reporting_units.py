"""Reporting units made of communities, with days; figures of elders that do not fit and are right all the same."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:45:00:000087"
VERSION = "1.38.0"
DESCRIPTION = "reporting units, settled alarms"

PLACE = "REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null"
UNIT = "REFERENCES reporting_unit (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null"
STATEMENTS = (
    f"""CREATE TABLE reporting_unit (id BIGSERIAL PRIMARY KEY NOT NULL, district BIGINT NOT NULL {PLACE},
    code VARCHAR(20) NOT NULL DEFAULT null, name VARCHAR(100) NOT NULL DEFAULT null,
    kind VARCHAR(20) NOT NULL DEFAULT null, ends_on DATE DEFAULT null)""",
    "ALTER TABLE reporting_unit ADD CONSTRAINT reporting_unit_code UNIQUE (district, code)",
    """ALTER TABLE reporting_unit ADD CONSTRAINT reporting_unit_kind CHECK
    (kind IN ('development_zone', 'new_town', 'other'))""",
    f"""CREATE TABLE reporting_unit_place (id BIGSERIAL PRIMARY KEY NOT NULL, unit BIGINT NOT NULL {UNIT},
    place BIGINT NOT NULL {PLACE}, starts_on DATE NOT NULL DEFAULT null, ends_on DATE DEFAULT null,
    voided_at TIMESTAMPTZ DEFAULT null)""",
    """ALTER TABLE reporting_unit_place ADD CONSTRAINT reporting_unit_place_days CHECK
    (ends_on IS NULL OR ends_on >= starts_on)""",
    "CREATE INDEX reporting_unit_place_unit ON reporting_unit_place USING btree (unit)",
    """ALTER TABLE reporting_unit_place ADD CONSTRAINT reporting_unit_place_once EXCLUDE USING gist
    (int8range(place, place, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&)
    WHERE (voided_at IS NULL)""",
    f"""CREATE TABLE settled_alarm (id BIGSERIAL PRIMARY KEY NOT NULL, district BIGINT NOT NULL {PLACE},
    alarm VARCHAR(64) NOT NULL DEFAULT null, note VARCHAR(200) NOT NULL DEFAULT '',
    by_staff BIGINT DEFAULT null, at TIMESTAMPTZ NOT NULL DEFAULT null)""",
    "ALTER TABLE settled_alarm ADD CONSTRAINT settled_alarm_once UNIQUE (district, alarm)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
