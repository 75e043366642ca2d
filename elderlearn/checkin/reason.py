"""Pure: the reason somebody gives for a correction."""

from __future__ import annotations

import unicodedata

from elderlearn.ground.errors import Refusal

LONGEST = 200  # characters; the width of the columns


def needed_reason(typed: str) -> str:
    """Without control characters, 1 to 200 characters. Raises Refusal('reason_needed')."""
    shown = "".join(" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in typed)
    reason = " ".join(shown.split())[:LONGEST].strip()
    if not reason:
        raise Refusal("reason_needed", field="reason")
    return reason
