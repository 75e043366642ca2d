"""Who may do what, where."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from elderlearn.people.roles import MAY, READ, ROLES, covers, may, may_appoint, may_there

DISTRICT, STREET, OTHER_STREET, COMMUNITY = 1, 2, 3, 4


@dataclass(frozen=True)
class Somewhere:
    id: int
    parent_id: int | None
    district_id: int


@dataclass(frozen=True)
class Somebody:
    role: str | None
    place_id: int | None


WHERE = {
    DISTRICT: Somewhere(DISTRICT, None, DISTRICT),
    STREET: Somewhere(STREET, DISTRICT, DISTRICT),
    OTHER_STREET: Somewhere(OTHER_STREET, DISTRICT, DISTRICT),
    COMMUNITY: Somewhere(COMMUNITY, STREET, DISTRICT),
}


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        ("put_population", {"district"}),
        ("add_staff", {"district", "officer"}),
        ("add_organisation", {"district", "officer"}),
        ("release_course", {"district", "officer"}),
        ("add_run", {"district", "officer", "leader"}),
        ("change_organisation", {"district", "officer"}),
        ("change_course", {"district", "officer"}),
        ("change_run", {"district", "officer"}),
        ("change_venue", {"district", "officer"}),
        ("change_teacher", {"district", "officer"}),
        ("change_calendar", {"district"}),
        ("change_rule", {"district"}),
        ("close_pattern", {"district"}),
        ("change_units", {"district"}),
        ("change_resident", {"district", "officer", "desk"}),
        ("take_out", {"district", "officer", "desk"}),
        ("merge_people", {"district", "officer", "desk"}),
        ("read_notices", {"district", "officer", "desk", "auditor"}),
        ("register_resident", {"district", "officer", "desk", "leader"}),
        ("enrol_other", {"district", "officer", "desk", "leader"}),
        ("scan", {"district", "officer", "leader"}),
        ("type_sheet", {"district", "officer", "leader"}),
        ("void", {"district", "officer", "leader"}),
        ("resolve_scan", {"district", "officer", "leader"}),
        ("read_unclear", {"district", "officer", "leader", "auditor"}),
        ("change_session", {"district", "officer", "leader"}),
        ("call_people", {"district", "officer", "leader"}),
        ("hand_over", {"district", "officer", "leader"}),
        ("end_device", {"district", "officer"}),
        ("add_member", {"district", "officer", "leader"}),
        ("print_cards", {"district", "officer", "desk"}),
        ("read_reports", {"district", "officer", "auditor"}),
        ("see_numbers", {"district", "officer"}),
        ("reach_out", {"officer"}),
        ("read_trail", {"district", "auditor"}),
        ("read_lists", {"district", "officer", "auditor"}),
        ("no_such_action", set()),
    ],
)
def test_each_action_belongs_to_exactly_these_roles(action: str, roles: set[str]) -> None:
    assert {role for role in ROLES if may(role, action)} == roles


def test_an_auditor_reads_and_changes_nothing() -> None:
    assert MAY["auditor"] == READ
    assert all(action.startswith("read_") for action in READ)


def test_residents_strangers_and_unknown_roles_may_nothing() -> None:
    for role in (None, "", "resident", "carer", "admin"):
        assert not any(may(role, action) for actions in MAY.values() for action in actions)


@pytest.mark.parametrize(
    ("own", "reached"),
    [
        (DISTRICT, {DISTRICT, STREET, OTHER_STREET, COMMUNITY}),
        (STREET, {STREET, COMMUNITY}),
        (OTHER_STREET, {OTHER_STREET}),
        (COMMUNITY, {COMMUNITY}),
        (None, set()),
        (99, set()),
    ],
)
def test_a_place_covers_itself_and_what_lies_below(own: int | None, reached: set[int]) -> None:
    assert {id for id, place in WHERE.items() if covers(own, place)} == reached


def test_role_and_place_are_needed_together() -> None:
    officer = Somebody("officer", STREET)
    assert may_there(officer, "add_run", WHERE[COMMUNITY])
    assert not may_there(officer, "add_run", WHERE[OTHER_STREET])
    assert not may_there(Somebody("auditor", DISTRICT), "add_run", WHERE[COMMUNITY])
    assert not may_there(Somebody(None, COMMUNITY), "read_reports", WHERE[COMMUNITY])


def test_an_officer_appoints_desks_and_leaders_of_her_place_and_the_district_everybody() -> None:
    officer, district = Somebody("officer", STREET), Somebody("district", DISTRICT)
    assert {role for role in ROLES if may_appoint(district, role, WHERE[STREET])} == set(ROLES)
    assert {role for role in ROLES if may_appoint(officer, role, WHERE[COMMUNITY])} == {"desk", "leader"}
    assert not any(may_appoint(officer, role, WHERE[OTHER_STREET]) for role in ROLES)
    for other in ("desk", "leader", "auditor", None):
        assert not any(may_appoint(Somebody(other, DISTRICT), role, WHERE[COMMUNITY]) for role in ROLES)
