"""The open door: what anybody may see, and the way in."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.open import (
    card,
    courses,
    data_use,
    help_scan,
    here,
    home,
    organisations,
    pretend,
    seats,
    sign_in,
    sign_out,
    sign_up,
)
from elderlearn.web.open.sentences import SENTENCES

router = Router(
    path="/",
    route_handlers=[
        home.show_home,
        courses.list_courses,
        courses.show_course,
        seats.show_seats,
        organisations.list_organisations,
        organisations.show_organisation,
        *sign_in.handlers,
        *sign_up.handlers,
        sign_out.end_sign_in,
        data_use.show_data_use,
        help_scan.show_offer,
        help_scan.ask_digits,
        help_scan.take_offer,
        card.show_card,
        card.check_in,
        here.take_code,
        here.show_here,
        here.press,
        pretend.list_pretended,
    ],
    opt={"refusals": SENTENCES},
)
