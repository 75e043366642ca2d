"""Pages of the desk: people, their cards, staff accounts, what was sent, what was changed."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.desk import (
    card,
    details,
    enrolments,
    export_people,
    export_records,
    leaving,
    notices,
    people,
    person,
    registration,
    staff,
    staff_account,
    trail,
)
from elderlearn.web.desk.sentences import SENTENCES
from elderlearn.web.shell.guards import guard_office

router = Router(
    path="/desk",
    guards=[guard_office],
    opt={"refusals": SENTENCES},
    route_handlers=[
        people.list_people,
        people.search_again,
        people.search_people,
        registration.ask_person,
        registration.take_person,
        person.show_person,
        person.ask_numbers,
        person.show_numbers,
        details.ask_details,
        details.take_details,
        details.take_home,
        details.take_document,
        details.ask_again,
        enrolments.choose_run,
        enrolments.enrol_her,
        enrolments.ask_withdrawal,
        enrolments.withdraw_her,
        card.show_card,
        card.replace_card,
        card.ask_blank_card,
        card.take_blank_card,
        leaving.ask_leaving,
        leaving.take_leaving,
        leaving.ask_return,
        leaving.take_return,
        staff.list_staff,
        staff.ask_staff,
        staff.take_staff,
        staff_account.show_account,
        staff_account.new_password_for,
        staff_account.take_phone,
        staff_account.end_account,
        staff_account.restart_account,
        staff_account.ask_again,
        notices.list_notices,
        notices.show_calls,
        notices.show_calls_with_numbers,
        notices.settle_notice,
        trail.show_trail,
        export_people.export_people,
        export_people.export_staff,
        export_records.export_notices,
        export_records.export_trail,
    ],
)
