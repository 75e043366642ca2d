"""The residents' door: her next class, her learning, her code, her seats, her details."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.resident import (
    before_class,
    code,
    consents,
    details,
    enrolments,
    family,
    home,
    learning,
    move,
    offers,
    phone,
    societies,
    together,
)
from elderlearn.web.resident.sentences import SENTENCES
from elderlearn.web.shell.guards import guard_resident

router = Router(
    path="/",
    guards=[guard_resident],
    opt={"refusals": SENTENCES},
    route_handlers=[
        home.show_home,
        learning.list_learning,
        code.show_code,
        enrolments.show_seats_again,
        enrolments.enrol_here,
        enrolments.ask_withdrawal,
        enrolments.withdraw_here,
        offers.show_offer,
        offers.accept_here,
        offers.decline_here,
        societies.ask_here,
        societies.take_back_here,
        societies.ask_leaving,
        societies.leave_here,
        details.show_details,
        details.end_all_sign_ins,
        phone.ask_number,
        phone.send_code,
        phone.ask_digits,
        phone.take_code,
        move.ask_home,
        move.take_home,
        before_class.ask_before_class,
        before_class.take_before_class,
        consents.list_consents,
        consents.give_here,
        consents.withdraw_here,
        together.ask_partner_here,
        together.take_partner,
        together.ask_digits,
        together.take_digits,
        *family.HANDLERS,
    ],
)
