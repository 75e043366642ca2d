"""Words about requests to join a society, the same for leaders and the office."""

from __future__ import annotations

from elderlearn.locale import N_

# She reads these: kind, and what she can do instead.
DECLINE = {
    "full": N_("We are full just now. Please ask again in a few weeks."),
    "visit": N_("Please come to a meeting first, so that we get to know each other."),
    "far": N_("We are only for people who live close by. Please look for a society near you."),
}
ANSWERED = {
    "accepted": N_("She is a member now, and is told."),
    "declined": N_("She is told that it does not work now."),
    "cancelled": N_("She has taken it back meanwhile. Nothing was changed."),
    "gone": N_("This was answered or taken back already. Nothing was changed."),
}
