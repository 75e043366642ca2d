"""Reports of a street or community read its own rows only; the share of ticks and paper has its index."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:30:00:000081"
VERSION = "1.38.0"
DESCRIPTION = "indexes of reports"

STATEMENTS = (
    "CREATE INDEX tally_place ON tally (period, place)",
    """CREATE INDEX tally_regular ON tally (period, place, regular_since) INCLUDE (born_on)
    WHERE residence = 'inside' AND regular_since IS NOT NULL""",
    """CREATE INDEX attendance_by_hand ON attendance (organisation, on_date)
    WHERE source IN ('tick', 'paper')""",
    "CREATE INDEX enrolled_period_place ON enrolled_period (period, place)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
