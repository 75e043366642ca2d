"""The trail in words, the same at every door: what was done, by whom, through which door."""

from __future__ import annotations

from elderlearn.ground.trail_queries import Change
from elderlearn.locale import N_, _

# Every action a verb notes stands here; a test compares the two.
ACTIONS = {
    # people and cards
    "register_resident": N_("Put on the register"),
    "sign_up": N_("Signed up on her own phone"),
    "change_phone": N_("Telephone changed"),
    "forget_document": N_("ID number deleted, at her wish"),
    "name_card": N_("Name written down for a blank card"),
    "change_resident": N_("Details changed"),
    "move_home": N_("Home changed"),
    "add_document": N_("Document added"),
    "rule.propose": N_("Another rule proposed"),
    "rule.withdraw": N_("Proposed rule taken back"),
    "rule.approve": N_("Rule approved"),
    "rule.in_force": N_("Figures counted by the new rule"),
    "close_pattern": N_("Unusual pattern looked at"),
    "merge": N_("Put together with another row of the register"),
    "unmerge": N_("Taken apart into two people again"),
    "not_same": N_("Said to be somebody else than a namesake"),
    "take_out": N_("Taken off the register"),
    "bring_back": N_("Brought back to the register"),
    "scan_blank_card": N_("Blank card used for the first time"),
    "issue_card": N_("New card made"),
    "end_card": N_("Card stopped"),
    "issue_blank_card": N_("Blank card made"),
    "make_blank_batch": N_("A sheet of blank cards made"),
    "print_blank_batch": N_("A sheet of blank cards printed"),
    "lock_card": N_("Card locked for signing in after too many tries"),
    "unlock_card": N_("Card opened for signing in again"),
    "see_numbers": N_("Looked at the full numbers"),
    "see_phone_list": N_("Looked at a list of people to call"),
    "invite_people": N_("Invited people who need a few days more"),
    "give_consent": N_("Consent written down"),
    "withdraw_consent": N_("Consent withdrawn"),
    "ask_to_care": N_("Asked whether she may help with courses"),
    "ask_partner": N_("Asked whether two enrol as one"),
    "agree_together": N_("Agreed to enrol as one of two"),
    "confirm_care": N_("Agreed that a carer enrols for her"),
    "end_care": N_("A carer no longer enrols for her"),
    # signing in
    "sign_in": N_("Signed in"),
    "sign_out": N_("Signed out"),
    "sign_out_everywhere": N_("Signed out everywhere"),
    "lend_scanning": N_("Somebody may help with scanning"),
    "end_lending": N_("The help with scanning ended"),
    "end_device": N_("A phone may scan no more"),
    "allow_device": N_("A phone may scan again"),
    # staff
    "add_staff": N_("Account added"),
    "set_password": N_("New password set"),
    "change_staff_phone": N_("Telephone of the account changed"),
    "end_staff": N_("Account ended"),
    "restart_staff": N_("Account opened again"),
    "lock_staff": N_("Account locked after too many tries"),
    "add_token": N_("Access for another system added"),
    "end_token": N_("Access of another system ended"),
    # offering
    "add_organisation": N_("Organisation added"),
    "join": N_("Joined as a member"),
    "leave": N_("Left as a member"),
    "ask_to_join": N_("Asked to join"),
    "cancel_join_request": N_("Took back that she wanted to join"),
    "decline_join_request": N_("Was told that it does not work now"),
    "add_course": N_("Course added"),
    "release_course": N_("Course released"),
    "add_term": N_("Term added"),
    "add_run": N_("Course run planned"),
    "make_leader": N_("Leader named"),
    "end_leader": N_("No longer leader"),
    "change_organisation": N_("Organisation changed"),
    "end_organisation": N_("Organisation ended"),
    "change_course": N_("Course changed"),
    "end_course": N_("Course ended"),
    "add_venue": N_("Venue added"),
    "change_venue": N_("Venue changed"),
    "end_venue": N_("Venue ended"),
    "add_teacher": N_("Teacher added"),
    "change_teacher": N_("Teacher changed"),
    "end_teacher": N_("Teacher ended"),
    "change_term": N_("Term changed"),
    "add_holidays": N_("Holidays written down"),
    "drop_holiday": N_("Holiday taken off the list"),
    "change_run": N_("Enrolment or ages changed"),
    "set_rounds": N_("Who may enrol when changed"),
    "set_rules": N_("What the course asks for changed"),
    "put_paper": N_("Paper put on file"),
    "end_paper": N_("Paper taken off the file"),
    "see_contact": N_("Looked at the number of the emergency contact"),
    "put_contact": N_("Emergency contact written down"),
    "add_session": N_("Session added"),
    "session.change": N_("Session changed"),
    "change_seats": N_("Number of seats changed"),
    "set_shares": N_("Reserved seats changed"),
    "set_line": N_("Waiting line changed"),
    "fall_back": N_("Reserved seats given to everybody"),
    "run.close": N_("Closed after the last session"),
    # learning
    "enrol": N_("Enrolment asked for"),
    "promote": N_("Got a seat from the waiting line"),
    "offer": N_("A seat was offered"),
    "accept_offer": N_("Took the seat offered"),
    "decline_offer": N_("Did not want the seat offered"),
    "lapse_offer": N_("Did not answer the offer in time"),
    "forget_line": N_("Waiting line of a year ago forgotten"),
    "void_line": N_("The waiting line ended"),
    "take_out_of_turn": N_("Moved to the head of the line"),
    "withdraw": N_("Left the course"),
    "remove": N_("Taken off the course"),
    "attendance.void": N_("Attendance taken back"),
    "attendance.record_again": N_("Attendance written down again"),
    "scan.resolve": N_("Unclear scan decided"),
    "scan.undo_resolution": N_("Decision about an unclear scan taken back"),
    # lists brought in
    "start_import": N_("List sent in to be checked"),
    "confirm_import": N_("List released to be brought in"),
    "cancel_import": N_("List not brought in after all"),
    "import_file": N_("List brought in"),
    "import_resident": N_("Put on the register by a list"),
    "import_attendances": N_("Attendances brought in by a list"),
    "import_enrolments": N_("Enrolments brought in by a list"),
    # the rest
    "export": N_("Took a list along as a file"),
    "hand_over": N_("Wrote everything to a file, with full numbers"),
    "settle_notice": N_("Decided about a message"),
    "add_place": N_("Place added"),
    "rename_place": N_("Place renamed"),
    "put_population": N_("Number of elders entered"),
    "unit.add": N_("Reporting unit added"),
    "unit.change": N_("Reporting unit changed"),
    "unit.assign": N_("Community came to a reporting unit"),
    "unit.end_place": N_("Community leaves a reporting unit"),
    "unit.void_place": N_("Community of a reporting unit taken back"),
    "unit.end": N_("Reporting unit ends"),
    "settle_alarm": N_("Said that figures of elders are right"),
    "prefer_again": N_("Earlier number of elders made valid again"),
    "change_setting": N_("Setting changed"),
    "target.set": N_("Target set"),
    "rule.add": N_("Counting rule added"),
    "sums.recount": N_("All sums counted again"),
    "sample.seed": N_("Sample data made"),
}
DOORS = {
    "open": N_("before signing in"),
    "resident": N_("on the own phone"),
    "leader": N_("on the leader's pages"),
    "office": N_("in the office"),
    "api": N_("from another system"),
    "cli": N_("on the server"),
    "job": N_("by itself"),
}
ACTORS = {"resident": N_("A resident"), "system": N_("The system")}


def what_changed(change: Change) -> str:
    """The action in words."""
    return _(ACTIONS.get(change.action, change.action))


def who_changed(change: Change) -> str:
    """The sign-in name of whoever works here; residents are not named."""
    return change.who or _(ACTORS.get(change.actor_kind, N_("Staff")))


def which_door(change: Change) -> str:
    """Where it was done, in words."""
    return _(DOORS.get(change.door, change.door))
