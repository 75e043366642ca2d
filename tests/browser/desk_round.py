"""The pages of the desk, for the round through every page."""

from __future__ import annotations

PERSON, ACCOUNT = "/desk/people/{resident_id:int}", "/desk/staff/{staff_id:int}"
AGAIN = ("numbers", "home", "document", "blank-card", "return")


def desk_stops(resident_id: int, enrolment_id: int, staff_id: int) -> list[tuple[str, str, str]]:
    """(route, who, address) of every page; the person lives in the street of the desk."""
    hers = f"/desk/people/{resident_id}"
    return [
        ("/desk/people", "desk", "/desk/people"),
        ("/desk/people", "officer", "/desk/people?words=nothing-like-it&gone=1"),
        ("/desk/people/search", "desk", "/desk/people/search"),
        ("/desk/people/new", "desk", "/desk/people/new"),
        (PERSON, "officer", hers),
        (PERSON, "desk", f"{hers}?new=1"),
        *((f"{PERSON}/{one}", "desk", f"{hers}/{one}") for one in AGAIN),
        (f"{PERSON}/edit", "desk", f"{hers}/edit"),
        (f"{PERSON}/card", "desk", f"{hers}/card"),
        (f"{PERSON}/leaving", "desk", f"{hers}/leaving"),
        (f"{PERSON}/enrolments", "desk", f"{hers}/enrolments"),
        (
            f"{PERSON}/enrolments/{{enrolment_id:int}}/withdrawal",
            "desk",
            f"{hers}/enrolments/{enrolment_id}/withdrawal",
        ),
        ("/desk/staff", "officer", "/desk/staff"),
        ("/desk/staff/new", "district", "/desk/staff/new"),
        (ACCOUNT, "officer", f"/desk/staff/{staff_id}"),
        (f"{ACCOUNT}/phone", "officer", f"/desk/staff/{staff_id}/phone"),
        (f"{ACCOUNT}/password", "officer", f"/desk/staff/{staff_id}/password"),
        ("/desk/notices", "desk", "/desk/notices?show=all"),
        ("/desk/notices/calls", "officer", "/desk/notices/calls"),
        ("/desk/trail", "district", "/desk/trail"),
    ]
