"""All tables of the product in one Piccolo app, with the migrations of the top-level folder."""

from __future__ import annotations

from piccolo.conf.apps import AppConfig, table_finder

from elderlearn.ground.files import migrations_folder

ROOMS = (
    "ground",
    "places",
    "notices",
    "people",
    "catalogue",
    "enrolment",
    "checkin",
    "participation",
    "stewardship",
)

APP_CONFIG = AppConfig(
    app_name="elderlearn",
    migrations_folder_path=str(migrations_folder()),
    table_classes=table_finder([f"elderlearn.{room}.tables" for room in ROOMS]),
    migration_dependencies=[],
)
