"""Ways in: phone and code, card and birth date, name and password."""

from __future__ import annotations

from elderlearn.web.open.sign_in import card, phone, staff

handlers = [
    phone.ask_phone,
    phone.send_code,
    phone.ask_digits,
    phone.take_code,
    phone.ask_who,
    phone.take_person,
    card.ask_card,
    card.take_card,
    staff.ask_password,
    staff.take_password,
]
