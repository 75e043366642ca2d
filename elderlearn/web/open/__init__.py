"""The open door: what anybody may see, and the way in."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.open import card, courses, home, pretend, sign_in, sign_out
from elderlearn.web.open.sentences import SENTENCES

router = Router(
    path="/",
    route_handlers=[
        home.show_home,
        courses.list_courses,
        courses.show_course,
        *sign_in.handlers,
        sign_out.end_sign_in,
        card.show_card,
        card.check_in,
        pretend.list_pretended,
    ],
    opt={"refusals": SENTENCES},
)
