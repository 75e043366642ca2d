"""Pure: places as people write them in lists: a code, or a name with or without what it lies in."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from elderlearn.places.codes import COMMUNITY, is_code
from elderlearn.places.queries import PlaceRow

# How lists shorten the kind of a community: residents' committee, villagers' committee, village committee.
SUFFIXES = (
    "居民委员会",
    "民委员会",
    "居委会",
    "委会",
)
KINDS = ("社区", "村", "街道", "镇", "乡")


class PlaceBook:
    """The places of one or of all districts, found by what somebody wrote."""

    def __init__(self, places: Iterable[PlaceRow]) -> None:
        self.by_id = {one.id: one for one in places}
        self.by_code = {one.code: one for one in self.by_id.values()}
        self._found: dict[tuple[str, str], PlaceRow | str] = {}
        self.by_name: defaultdict[str, list[PlaceRow]] = defaultdict(list)
        for one in self.by_id.values():
            for name in {_plain(one.name), _short(one.name), _bare(one.name)}:
                self.by_name[name].append(one)

    def find(self, text: str, *, within: str = "") -> PlaceRow | str:
        """The place, or why not: unknown_place, place_ambiguous. `within` names the street it lies in."""
        if (text, within) not in self._found:
            self._found[text, within] = self._find(text, within)
        return self._found[text, within]

    def _find(self, text: str, within: str) -> PlaceRow | str:
        code = unicodedata.normalize("NFKC", text).replace(" ", "")
        if is_code(code):
            return self.by_code.get(code) or "unknown_place"
        name = _plain(text)
        around = {one.id for one in self._named(_plain(within))} if within else None
        found = self._named(name, around) or self._after_what_it_lies_in(name, around)
        if not found:
            return "unknown_place"
        return found[0] if len(found) == 1 else "place_ambiguous"

    def _named(self, name: str, around: set[int] | None = None) -> list[PlaceRow]:
        """By the whole name first, then without what lists leave out."""
        for way in (name, _short(name)):
            there = [one for one in self.by_name.get(way, []) if around is None or around & _above(one)]
            exact = [one for one in there if _plain(one.name) == way]
            if exact or there:
                return exact or there
        return []

    def _after_what_it_lies_in(self, name: str, around: set[int] | None) -> list[PlaceRow]:
        """District and street written before the name, in one word."""
        for above in self.by_id.values():
            start = _plain(above.name)
            if above.level == COMMUNITY or not name.startswith(start) or len(name) == len(start):
                continue
            if around is not None and not around & (_above(above) | {above.id}):
                continue
            rest = name[len(start) :]
            below = self._named(rest, {above.id}) or self._after_what_it_lies_in(rest, {above.id})
            if below:
                return below
        return []


def _above(place: PlaceRow) -> set[int | None]:
    return {place.id, place.parent_id, place.district_id}


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _short(name: str) -> str:
    """Without the committee."""
    text = _plain(name)
    for suffix in SUFFIXES:
        if text.endswith(suffix) and len(text) > len(suffix):
            text = text.removesuffix(suffix)
            break
    return text


def _bare(name: str) -> str:
    """Without the kind too."""
    text = _short(name)
    for kind in KINDS:
        if text.endswith(kind) and len(text) > len(kind) + 1:
            return text.removesuffix(kind)
    return text
