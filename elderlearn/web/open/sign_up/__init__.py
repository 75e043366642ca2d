"""Signing up on one's own phone, in three screens: who, where, the code."""

from __future__ import annotations

from elderlearn.web.open.sign_up import code, home, person

handlers = [
    person.ask_person,
    person.take_person,
    home.start_again,
    home.take_home,
    home.find_homes,
    code.start_over,
    code.take_code,
]
