"""A rule is proposed, looked at, approved by somebody, counted beside the old one, and then holds."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:30:00:010000"
VERSION = "1.38.0"
DESCRIPTION = "versions of the rule: proposed, approved, counted"

STATEMENTS = (
    "ALTER TABLE regular_rule ALTER COLUMN approved_at DROP NOT NULL",
    "ALTER TABLE regular_rule ADD COLUMN state VARCHAR(9) NOT NULL DEFAULT 'in_force'",
    "ALTER TABLE regular_rule ADD COLUMN proposed_by BIGINT DEFAULT null",
    "ALTER TABLE regular_rule ADD COLUMN proposed_at TIMESTAMPTZ DEFAULT null",
    "ALTER TABLE regular_rule ADD COLUMN decision VARCHAR(200) NOT NULL DEFAULT ''",
    "ALTER TABLE regular_rule ADD COLUMN preview JSONB DEFAULT null",
    "ALTER TABLE regular_rule ADD COLUMN labels VARCHAR[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE regular_rule ADD COLUMN cursor BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE regular_rule ADD COLUMN done INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE regular_rule ADD COLUMN total INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE regular_rule ADD COLUMN ended_at TIMESTAMPTZ DEFAULT null",
    """ALTER TABLE regular_rule ADD CONSTRAINT regular_rule_state CHECK
    (state IN ('proposed', 'looked_at', 'approved', 'in_force', 'withdrawn'))""",
    """ALTER TABLE regular_rule ADD CONSTRAINT regular_rule_approved CHECK
    (state NOT IN ('approved', 'in_force') OR approved_at IS NOT NULL)""",
    "CREATE INDEX regular_rule_at_work ON regular_rule (id) WHERE state IN ('proposed', 'approved')",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
