"""Pure: who may do what; `covers` is the other half, where. Closed by default: what is not listed nobody may."""

from __future__ import annotations

from typing import Protocol

ROLES = ("district", "officer", "desk", "leader", "auditor")

# reach_out: to ring and invite those who need a few days more; the street's own officer alone.
# read_lists: to take a list of people along as a file, which the desk does not.
READ = {
    "read_reports", "read_catalogue", "read_roster", "read_residents", "read_notices", "read_trail", "read_lists",
    "read_unclear",
}  # fmt: skip
AT_THE_DESK = {
    "register_resident", "change_resident", "take_out", "name_card", "issue_card", "print_cards", "enrol_other",
    "withdraw_other", "merge_people",
}  # fmt: skip
AT_THE_DOOR = {"scan", "tick", "type_sheet", "void", "change_session", "call_people", "hand_over", "resolve_scan"}
OFFERING = {"add_organisation", "add_course", "release_course", "add_run", "make_leader", "add_member"}
LISTS = {"import_residents", "import_courses", "import_attendances"}
PLANNING = {"change_organisation", "change_course", "change_run", "change_venue", "change_teacher"}

MAY: dict[str, frozenset[str]] = {
    "district": frozenset(
        READ
        | AT_THE_DESK
        | AT_THE_DOOR
        | OFFERING
        | PLANNING
        | LISTS
        | {
            "put_population",
            "import_places",
            "add_staff",
            "see_numbers",
            "change_calendar",
            "change_rule",
            "close_pattern",
            "change_units",
            "end_device",
        }
    ),
    "officer": frozenset(
        READ - {"read_trail"}
        | AT_THE_DESK
        | AT_THE_DOOR
        | OFFERING
        | PLANNING
        | LISTS
        | {"see_numbers", "add_staff", "end_device", "reach_out"}
    ),
    "desk": frozenset(AT_THE_DESK | {"read_catalogue", "read_roster", "read_residents", "read_notices"}),
    "leader": frozenset(
        AT_THE_DOOR
        | {"read_catalogue", "read_roster", "register_resident", "name_card", "enrol_other", "withdraw_other"}
        | {"add_run", "add_member", "read_unclear"}
    ),
    "auditor": frozenset(READ),
}
APPOINTS = {"district": frozenset(ROLES), "officer": frozenset({"desk", "leader"})}


class Somewhere(Protocol):
    """A place with the places above it: `places.queries.PlaceRow`."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def district_id(self) -> int: ...


class Signed(Protocol):
    """What is asked of somebody signed in: `people.sign_in.who.SignedIn`."""

    @property
    def role(self) -> str | None: ...
    @property
    def place_id(self) -> int | None: ...


def may(role: str | None, action: str) -> bool:
    """True when the role allows the action somewhere. Residents and strangers have no role."""
    return role is not None and action in MAY.get(role, frozenset())


def covers(place_id: int | None, place: Somewhere) -> bool:
    """True when `place` is the given place or lies below it."""
    return place_id is not None and place_id in (place.id, place.parent_id, place.district_id)


def may_there(viewer: Signed, action: str, place: Somewhere) -> bool:
    """Role and place together. A leader's own runs are asked for beside this, by the catalogue."""
    return may(viewer.role, action) and covers(viewer.place_id, place)


def may_appoint(viewer: Signed, role: str, place: Somewhere) -> bool:
    """Accounts are given, and taken back, by the district, and by an officer to the desks and leaders of hers."""
    return may_there(viewer, "add_staff", place) and role in APPOINTS.get(viewer.role or "", frozenset())
