"""Every page of planning with its address in a world, for the round through all pages in a browser."""

from __future__ import annotations

from tests.web.planning.world import World


def planning_stops(world: World) -> list[tuple[str, str, str]]:
    """Route, who looks, address."""
    ids = {
        "organisation_id": world.choir,
        "course_id": world.course,
        "run_id": world.run,
        "session_id": world.sessions[0],
        "venue_id": world.venue,
        "teacher_id": world.teacher,
        "term_id": world.term,
        "resident_id": world.wang,
    }
    stops = [(route, "officer", _address(route, ids)) for route in OF_AN_OFFICER]
    stops += [(route, "district", _address(route, ids)) for route in OF_THE_DISTRICT]
    return [*stops, *((route, "desk", _address(route, ids)) for route in OF_AN_OFFICER[:3])]


ORGANISATION, COURSE = "/planning/organisations/{organisation_id:int}", "/planning/courses/{course_id:int}"
RUN, SESSION = "/planning/runs/{run_id:int}", "/planning/sessions/{session_id:int}"
VENUE, TEACHER = "/planning/venues/{venue_id:int}", "/planning/teachers/{teacher_id:int}"
OF_AN_OFFICER = (
    "/planning", "/planning/runs", RUN, f"{RUN}/sheet", f"{RUN}/filling", f"{RUN}/edit", f"{RUN}/who-may-enrol",
    f"{RUN}/sessions/new", f"{RUN}/line", f"{RUN}/requests", f"{RUN}/requests/{{resident_id:int}}",
    f"{SESSION}/edit", f"{SESSION}/calling-off",
    "/planning/courses", COURSE, f"{COURSE}/edit", f"{COURSE}/ending", f"{COURSE}/runs/new",
    "/planning/organisations", "/planning/organisations/new", ORGANISATION, f"{ORGANISATION}/edit",
    f"{ORGANISATION}/ending", f"{ORGANISATION}/courses/new",
    f"{ORGANISATION}/members", f"{ORGANISATION}/members/search",
    "/planning/venues", "/planning/venues/new", VENUE, f"{VENUE}/edit", f"{VENUE}/ending",
    "/planning/teachers", "/planning/teachers/new", TEACHER, f"{TEACHER}/edit", f"{TEACHER}/ending",
    "/planning/terms", "/planning/holidays",
)  # fmt: skip
OF_THE_DISTRICT = ("/planning/terms/new", "/planning/terms/{term_id:int}/edit", "/planning/holidays", RUN)


def _address(route: str, ids: dict[str, int]) -> str:
    for name, id in ids.items():
        route = route.replace(f"{{{name}:int}}", str(id))
    return route
