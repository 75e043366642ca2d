"""My family: whose courses somebody looks after, and who looks after hers."""

from __future__ import annotations

from elderlearn.web.resident.family import elder, for_whom, mine, new

HANDLERS = [
    mine.show_family,
    mine.agree,
    mine.end_here,
    new.ask_who,
    new.take_who,
    new.ask_agreement,
    new.take_agreement,
    elder.show_elder,
    elder.ask_withdrawal,
    elder.withdraw_hers,
    elder.accept_hers,
    elder.decline_hers,
    for_whom.ask_for_whom,
    for_whom.enrol_them,
]
