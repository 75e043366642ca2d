"""Pure: what a reporting unit may be called."""

from __future__ import annotations

import re
import unicodedata

from elderlearn.ground.errors import Refusal

KINDS = ("development_zone", "new_town", "other")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
LONGEST_NAME = 100
NONE = "none"  # stands for "in no unit" in addresses


def check_unit(code: str, name: str, kind: str) -> tuple[str, str]:
    """Code and name as they are kept. Raises Refusal('invalid_code'), ('invalid_name'), ('invalid_kind')."""
    code = unicodedata.normalize("NFKC", code).strip()
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not CODE.fullmatch(code) or code.lower() == NONE:
        raise Refusal("invalid_code", unit_code=code[:20])
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Refusal("invalid_name")
    if kind not in KINDS:
        raise Refusal("invalid_kind", kind=kind[:20])
    return code, name
