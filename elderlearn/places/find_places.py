"""Pure: places as people write them in lists: a code, or a name with or without what it lies in."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from elderlearn.places.codes import COMMUNITY, DISTRICT, TOWN_STREET, is_code
from elderlearn.places.queries import PlaceRow

# How lists shorten the kind of a community: residents' committee, villagers' committee, community, village.
SUFFIXES = (
    "\u5c45\u6c11\u59d4\u5458\u4f1a", "\u6751\u6c11\u59d4\u5458\u4f1a", "\u5c45\u59d4\u4f1a",
    "\u6751\u59d4\u4f1a", "\u59d4\u5458\u4f1a",
)  # fmt: skip
KINDS = ("\u793e\u533a", "\u6751", "\u8857\u9053", "\u9547", "\u4e61")


class PlaceBook:
    """The places of one or of all districts, found by what somebody wrote."""

    def __init__(self, places: Iterable[PlaceRow]) -> None:
        self.by_id = {one.id: one for one in places}
        self.by_code = {one.code: one for one in self.by_id.values()}
        self.by_name: defaultdict[str, list[PlaceRow]] = defaultdict(list)
        for one in self.by_id.values():
            for name in {_plain(one.name), _short(one.name), _bare(one.name)}:
                self.by_name[name].append(one)

    def find(self, text: str, *, within: str = "") -> PlaceRow | str:
        """The place, or why not: unknown_place, place_ambiguous. `within` names the street it lies in."""
        code = unicodedata.normalize("NFKC", text).replace(" ", "")
        if is_code(code):
            return self.by_code.get(code) or "unknown_place"
        found = self._named(_plain(text)) or self._after_a_street(_plain(text))
        if within:
            around = {one.id for one in self._named(_plain(within))}
            found = [one for one in found if around & {one.id, one.parent_id, one.district_id}]
        if not found:
            return "unknown_place"
        return found[0] if len(found) == 1 else "place_ambiguous"

    def _named(self, name: str) -> list[PlaceRow]:
        """By the whole name first, then without what lists leave out."""
        for way in (name, _short(name)):
            exact = [one for one in self.by_name.get(way, []) if _plain(one.name) == way]
            if exact:
                return exact
        return self.by_name.get(name) or self.by_name.get(_short(name)) or []

    def _after_a_street(self, name: str) -> list[PlaceRow]:
        """District and street written before the name, in one word."""
        for above in self.by_id.values():
            if above.level == COMMUNITY:
                continue
            start = _plain(above.name)
            if name.startswith(start) and len(name) > len(start):
                rest = name[len(start) :]
                below = [one for one in self._named(rest) if above.id in (one.parent_id, one.district_id)]
                if not below and above.level == DISTRICT:
                    below = self._in_a_street(rest, above)
                if below:
                    return below
        return []

    def _in_a_street(self, name: str, district: PlaceRow) -> list[PlaceRow]:
        for street in self.by_id.values():
            start = _plain(street.name)
            if street.level == TOWN_STREET and street.parent_id == district.id and name.startswith(start):
                return [one for one in self._named(name[len(start) :]) if one.parent_id == street.id]
        return []


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
