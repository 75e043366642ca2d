"""Pages of street offices and the district: who takes part regularly."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.office.aims import AIMS
from elderlearn.web.office.conflicts import CONFLICTS
from elderlearn.web.office.elders_history import ELDERS
from elderlearn.web.office.export_months import export_months
from elderlearn.web.office.export_organisers import export_organiser, export_organisers
from elderlearn.web.office.export_people import export_people
from elderlearn.web.office.export_report import export_participation
from elderlearn.web.office.home import show_home
from elderlearn.web.office.import_run import cancel_here, confirm_here, export_faults, show_import
from elderlearn.web.office.imports import ask_file, give_template, list_imports, take_file
from elderlearn.web.office.makeup import show_makeup
from elderlearn.web.office.needed import show_needed
from elderlearn.web.office.organisers import list_organisers, show_organiser
from elderlearn.web.office.padding import PADDING
from elderlearn.web.office.participation import show_participation
from elderlearn.web.office.people import list_people
from elderlearn.web.office.person import show_person
from elderlearn.web.office.population import ask_population, take_population
from elderlearn.web.office.reach_out import REACH_OUT
from elderlearn.web.office.rules import RULES
from elderlearn.web.office.unclear_days import UNCLEAR_DAYS
from elderlearn.web.office.unit_places import UNIT_PLACES
from elderlearn.web.office.units import UNITS
from elderlearn.web.shell.guards import guard_office

router = Router(
    path="/office",
    guards=[guard_office],
    route_handlers=[
        show_home,
        show_participation,
        show_makeup,
        *(show_needed, *REACH_OUT),
        export_participation,
        export_months,
        list_organisers,
        show_organiser,
        export_organisers,
        export_organiser,
        list_people,
        export_people,
        show_person,
        *CONFLICTS,
        *UNCLEAR_DAYS,
        *RULES,
        *AIMS,
        *PADDING,
        *UNITS,
        *UNIT_PLACES,
        *(list_imports, ask_file, take_file, give_template),
        *(show_import, confirm_here, cancel_here, export_faults),
        *(ask_population, take_population),
        *ELDERS,
    ],
)
