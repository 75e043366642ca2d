"""Pure: where somebody is at home, as the rules see it."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal


def check_home(wanted: frozenset[int], home: frozenset[int]) -> None:
    """`wanted` are ids of places whose residents may enrol, none: anybody; `home` her community, street, district.

    Raises Refusal('wrong_place').
    """
    if wanted and not wanted & home:
        raise Refusal("wrong_place")
