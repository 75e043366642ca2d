"""Pages where learning is planned: organisations, venues, teachers, courses, runs and their sessions."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.planning import (
    calendar,
    course_forms,
    courses,
    export_line,
    export_offer,
    export_run,
    export_where,
    filling,
    front,
    join_requests,
    line,
    members,
    new_run,
    organisation_forms,
    organisations,
    requests,
    run_forms,
    runs,
    sessions,
    sign_in_sheet,
    teachers,
    venues,
    who_may_enrol,
)
from elderlearn.web.planning.sentences import SENTENCES
from elderlearn.web.shell.guards import guard_office

CATALOGUE = [
    organisations.list_organisations,
    organisations.show_organisation,
    organisation_forms.new_organisation,
    organisation_forms.add_organisation_here,
    organisation_forms.edit_organisation,
    organisation_forms.change_organisation_here,
    organisation_forms.ask_organisation_ending,
    organisation_forms.end_organisation_here,
    members.list_members,
    members.search_again,
    members.search_member,
    members.join_here,
    members.leave_here,
    join_requests.answer_here,
    courses.list_courses,
    courses.show_course,
    course_forms.new_course,
    course_forms.add_course_here,
    course_forms.edit_course,
    course_forms.change_course_here,
    course_forms.release_course_here,
    course_forms.ask_course_ending,
    course_forms.end_course_here,
]
RUNS = [
    runs.list_runs,
    runs.show_run,
    filling.show_filling,
    runs.change_seats_here,
    runs.add_leader_here,
    runs.end_leader_here,
    new_run.new_run,
    new_run.plan_run_here,
    run_forms.edit_run,
    run_forms.change_run_here,
    run_forms.new_session,
    run_forms.add_session_here,
    who_may_enrol.ask_who_may,
    who_may_enrol.set_who_may,
    *(line.show_line, line.set_line_here, line.accept_for_her, line.decline_for_her, line.move_to_head),
    *(requests.list_requests, requests.explain),
    sessions.edit_session,
    sessions.change_session_here,
    sessions.ask_calling_off,
    sessions.call_off_here,
    sign_in_sheet.show_sheet,
]
WHERE_AND_WHEN = [
    *(venues.list_venues, venues.show_venue, venues.new_venue, venues.add_venue_here, venues.edit_venue),
    *(venues.change_venue_here, venues.ask_venue_ending, venues.end_venue_here),
    *(teachers.list_teachers, teachers.show_teacher, teachers.new_teacher, teachers.add_teacher_here),
    *(teachers.edit_teacher, teachers.change_teacher_here, teachers.ask_teacher_ending),
    teachers.end_teacher_here,
    *(calendar.list_terms, calendar.new_term, calendar.add_term_here, calendar.edit_term),
    *(calendar.change_term_here, calendar.list_holidays, calendar.add_holidays_here),
    calendar.drop_holiday_here,
]
FILES = [
    *(export_offer.export_organisations, export_offer.export_courses, export_offer.export_runs),
    export_line.export_line,
    *(export_run.export_sessions, export_run.export_people, export_run.export_sheet),
    *(export_where.export_venues, export_where.export_teachers, export_where.export_terms),
    *(export_where.export_holidays, export_where.export_members),
]

router = Router(
    path="/planning",
    guards=[guard_office],
    opt={"refusals": SENTENCES},
    route_handlers=[front.show_planning, *CATALOGUE, *RUNS, *WHERE_AND_WHEN, *FILES],
)
