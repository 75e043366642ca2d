"""Signing up on one's own phone, in three screens: who, where, the code."""

from __future__ import annotations

from elderlearn.web.open.sign_up import code, home, person

handlers = [
    person.ask_person,
    person.take_person,
    home.ask_home,
    home.take_home,
    home.find_homes,
    code.ask_code_sent,
    code.take_code,
    code.show_desk,
]
