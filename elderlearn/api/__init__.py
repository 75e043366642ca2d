"""The api door: JSON for other systems under /api/v1, every call of contract section 3.

One file for each noun; the envelope (token, bodies, problems, document) is written once:
`guard` · `bodies` and `words` · `problems` and `errors` · `call` and `openapi` · `reach`.
"""

from __future__ import annotations

from litestar import Router

from elderlearn.api import (
    attendances,
    catalogue,
    courses,
    enrolments,
    organisations,
    participation,
    places,
    population,
    residents,
    runs,
    scans,
    sessions,
)
from elderlearn.api.bodies import LARGEST_BODY
from elderlearn.api.errors import EXCEPTION_HANDLERS, PREFIX, answer_error, problem_under_api
from elderlearn.api.guard import guard
from elderlearn.api.openapi import document_route

__all__ = ["answer_error", "problem_under_api", "router"]

guarded = Router(
    "/",
    guards=[guard],
    response_headers={"Cache-Control": "no-store"},
    route_handlers=[
        places.list_the_places,
        population.put_the_population,
        residents.register_a_resident,
        organisations.add_an_organisation,
        courses.add_a_course,
        runs.add_a_run,
        catalogue.list_runs,
        catalogue.show_run,
        sessions.change_a_session,
        sessions.show_roster,
        enrolments.enrol_a_resident,
        enrolments.withdraw_an_enrolment,
        scans.receive_scans,
        attendances.record_a_sheet,
        attendances.void_an_attendance,
        participation.show_participation,
        participation.show_sensitivity,
    ],
)

router = Router(
    PREFIX,
    route_handlers=[document_route(guarded), guarded],
    exception_handlers=EXCEPTION_HANDLERS,
    request_max_body_size=LARGEST_BODY,
)
