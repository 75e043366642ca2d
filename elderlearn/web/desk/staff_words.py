"""Roles as people say them, and what each may do, in one sentence."""

from __future__ import annotations

from typing import Any

from elderlearn.locale import N_, _

ROLES_SAID = {
    "district": N_("District"),
    "officer": N_("Street officer"),
    "desk": N_("Desk"),
    "leader": N_("Leader"),
    "auditor": N_("Auditor"),
}
MAY_DO = {
    "district": N_("reads and changes everything in the district, and gives every account"),
    "officer": N_(
        "plans courses, reads reports and looks after people of one place, and gives accounts to desks and leaders"
    ),
    "desk": N_("registers people, prints cards and enrols, for one place"),
    "leader": N_("takes attendance at the courses and societies she leads"),
    "auditor": N_("reads reports and records, and changes nothing"),
}


def roles_said() -> dict[str, Any]:
    """For the templates: `role_said` and `may_do`."""
    return {
        "role_said": {one: _(said) for one, said in ROLES_SAID.items()},
        "may_do": {one: _(said) for one, said in MAY_DO.items()},
    }
