"""The venue and the teacher one chooses for sessions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from elderlearn.catalogue.activities import teachers_at
from elderlearn.catalogue.venue_queries import TeacherRow, teachers, venues
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.sheet import Field, Group
from elderlearn.web.shell.page import AnyRequest

MOST = 2_000  # of either, in one district


async def venue_options(request: AnyRequest) -> list[tuple[str, str]]:
    """Venues of her place that have not ended."""
    return [
        (str(one.id), f"{one.name} · {one.place_name}") for one in await venues(reach.home(request), limit=MOST)
    ]


async def teacher_groups(organisation_id: int, district_id: int) -> list[Group]:
    """Teachers who have not ended by name: those who taught at the organisation stand before all others."""
    own = {id for id, _name in await teachers_at(organisation_id)}
    everybody = await teachers(district_id, limit=MOST)
    groups = [
        (_("They taught here"), [_option(one) for one in everybody if one.id in own]),
        (_("Others of the district"), [_option(one) for one in everybody if one.id not in own]),
    ]
    return [group for group in groups if group[1]]


def flat(groups: Sequence[Group]) -> list[tuple[str, str]]:
    """All that can be chosen."""
    return list(chain.from_iterable(options for _label, options in groups))


async def where_fields(request: AnyRequest, organisation_id: int, district_id: int) -> list[Field]:
    """Venue and teacher."""
    none, groups = _("Not chosen"), await teacher_groups(organisation_id, district_id)
    return [
        Field("venue", _("Venue"), "select", options=await venue_options(request), first=none, optional=True),
        Field("teacher", _("Teacher"), "select", options=flat(groups), groups=groups, first=none, optional=True),
    ]


def _option(one: TeacherRow) -> tuple[str, str]:
    """With what tells her from another of the same name: what was written down, else where she taught last."""
    mark = one.known_by or one.teaches_at
    return (str(one.id), f"{one.name} · {mark}" if mark else one.name)
