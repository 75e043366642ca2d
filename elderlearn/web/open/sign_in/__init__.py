"""Ways in: phone and code, card and birth date, name and password."""

from __future__ import annotations

from elderlearn.web.open.sign_in import card, phone, staff

handlers = [
    phone.ask_phone,
    phone.send_code,
    phone.start_again,
    phone.take_code,
    phone.start_over,
    phone.take_person,
    card.ask_card,
    card.take_card,
    staff.ask_password,
    staff.take_password,
]
