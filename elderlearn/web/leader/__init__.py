"""Pages of leaders: today's sessions, checking people in."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.leader.activities import ask_what, ask_when, open_today
from elderlearn.web.leader.arrivals import ask_poster, confirm, print_poster, show_arrivals
from elderlearn.web.leader.call_off import ask_call_off, ask_hold, call_off, hold
from elderlearn.web.leader.change import ask_change
from elderlearn.web.leader.conflicts import CONFLICTS
from elderlearn.web.leader.devices import (
    allow_her_device,
    ask_end_device,
    end_her_device,
    end_her_sign_in,
    list_devices,
)
from elderlearn.web.leader.export_run import export_run
from elderlearn.web.leader.hand_over import end_help, offer_help, show_helpers
from elderlearn.web.leader.join_requests import say_no, show_request, take_in
from elderlearn.web.leader.move import ask_move, check_move, move_session
from elderlearn.web.leader.pack import send_pack
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.leader.runs import list_runs, show_run
from elderlearn.web.leader.scan import choose_session, show_scanner
from elderlearn.web.leader.scans import take_scans
from elderlearn.web.leader.session import show_session
from elderlearn.web.leader.sheets import ask_names, show_sheet, take_names
from elderlearn.web.leader.societies import add_member, ask_leave, end_member, show_society
from elderlearn.web.leader.ticks import tick_person
from elderlearn.web.leader.today import show_today
from elderlearn.web.leader.told import show_numbers, show_told
from elderlearn.web.leader.typed import type_number
from elderlearn.web.leader.undo import ask_undo, choose_undo, undo
from elderlearn.web.leader.venue import show_screen
from elderlearn.web.leader.walk_ins import ask_walk_in, take_walk_in
from elderlearn.web.shell.guards import guard_leader

router = Router(
    path="/lead",
    guards=[guard_leader],
    opt={"refusals": REFUSALS},
    route_handlers=[
        *(show_today, show_session, type_number, tick_person, take_scans),
        *(choose_session, show_scanner, send_pack),
        *(ask_what, ask_when, open_today),
        *(show_screen, show_arrivals, confirm, print_poster, ask_poster),
        *(list_runs, show_run, export_run, show_society, add_member, ask_leave, end_member),
        *(show_request, take_in, say_no),
        *CONFLICTS,
        *(ask_change, ask_call_off, call_off, ask_hold, hold),
        *(ask_move, check_move, move_session, show_told, show_numbers),
        *(show_helpers, offer_help, end_help),
        *(list_devices, ask_end_device, end_her_device, allow_her_device, end_her_sign_in),
        *(choose_undo, ask_undo, undo, ask_walk_in, take_walk_in, show_sheet, ask_names, take_names),
    ],
)
