"""Pure: what is wrong with a cell and what helps, in one sentence. `also` is a limit, a heading, a line."""

from __future__ import annotations

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.locale import N_, _

WHOLE_FILE = {
    "empty_file": N_("The file is empty. Please save the sheet again and send that file."),
    "too_big": N_("The file is larger than %(also)s MB. Please send it in parts."),
    "not_a_spreadsheet": N_(
        "This is no spreadsheet, whatever its name says. Please save the list as XLSX or CSV."
    ),
    "not_text": N_("This text cannot be read. Please save it as XLSX, or as CSV in UTF-8."),
    "old_workbook": N_("This is a workbook of the old kind (XLS). Please open it and save it as XLSX."),
    "password": N_("The file has a password. Please open it, take the password off and save it again."),
    "broken_workbook": N_("The file is damaged. Please open it in your spreadsheet program and save it again."),
    "zip_bomb": N_("The file unpacks to more than any list could be, so it is not opened."),
    "too_heavy": N_(
        "The file takes too long to open. Please copy the list alone into a new workbook, or save it as CSV."
    ),
    "too_wide": N_(
        "A cell stands far away from the table. Please delete what is around the table and save again."
    ),
    "too_many_sheets": N_("The file has more than 50 sheets. Please keep only the one with the list."),
    "too_many_rows": N_("There are more than %(also)s rows. Please send the list in parts."),
    "no_rows": N_("There is no row below the headings. Please fill them in."),
    "no_header": N_("No row with headings was found. Needed are: %(also)s."),
    "missing_column": N_("This column is missing. Please add one with the heading %(also)s."),
    "column_twice": N_("This heading stands twice. Please delete one of the columns or rename it."),
}
ROWS = {
    "broken_quotes": N_("A quotation mark is not closed. Please save the list as XLSX."),
    "too_few_fields": N_("There are fewer fields than headings. Please look for a missing comma."),
    "too_many_fields": N_("There are more fields than headings. Please put text with commas in quotation marks."),
    "merged_cells": N_("Cells are merged here. Please split them and fill in each."),
    "sample_row": N_("This is the sample row of the template. Please delete it."),
    "nobody_named": N_("Nobody is named. Please add a registration number, a document or the birth date."),
}
CELLS = {
    "empty": N_("This may not be empty. Please fill it in."),
    "too_long": N_("This is longer than %(also)s characters. Please shorten it."),
    "hidden_characters": N_("There are characters in it that nobody can see. Please type it again."),
    "written_as_number": N_(
        "It was kept as a number and lost digits. Please format the column as text, type again."
    ),
    "not_a_number": N_("This is no whole number. Please write digits only."),
    "out_of_range": N_("Please write a number from %(also)s."),
    "not_a_day": N_("There is no such day. Please write it like 2025-09-01."),
    "not_a_time": N_("This is no time of day. Please write it like 9:00."),
    "unknown_word": N_("This word is not known here. Please write one of: %(also)s."),
    "row_twice": N_("Line %(also)s says the same. Please delete one of the two."),
}
PLACES = {
    "unknown_place": N_("There is no such place. Please write its full name or its code of 12 digits."),
    "place_ambiguous": N_("Several places are called so. Please add the street, or write the code of 12 digits."),
    "not_your_place": N_("This is not in %(also)s. Please leave the row to those whose place it is."),
    "not_a_code": N_("This is no code of 12 digits. Please look at it again."),
    "code_twice": N_("This code stands further up already. Please delete one of the rows."),
    "unknown_level": N_("Please write district, street or community."),
    "level_does_not_fit": N_(
        "The level does not fit the zeros at the end of the code. Please correct one of the two."
    ),
    "parent_does_not_fit": N_("This is not the code one level up. Please correct it, or leave it empty."),
    "unknown_parent": N_("The place above is neither on file nor in this list. Please add it."),
}
PEOPLE = {
    "invalid_name": N_("This is no name. Please type it again without signs."),
    "invalid_document": N_("This number is not right. Please compare it with the document."),
    "old_id_number": N_("This is an old ID number of 15 digits. Please write the new one of 18."),
    "born_on_mismatch": N_("The ID number says another birth date. Please correct one of the two."),
    "invalid_born_on": N_("This cannot be a birth date. Please write it like 1955-03-08."),
    "invalid_sex": N_("Please write female or male."),
    "invalid_phone": N_("This is no telephone number. It has 11 digits, or an area code before it."),
    "person_twice": N_(
        "This is the person of line %(also)s. Please delete the row, or add what tells the two apart."
    ),
    "unknown_person": N_("Nobody on the register is meant by this. Please bring in the residents first."),
    "person_ambiguous": N_(
        "Several people are called so. Please add a registration number, a document or the phone."
    ),
    "unknown_card": N_("There is no such registration number. Please compare it with the card."),
    "card_replaced": N_("That card was replaced. Please write the number of the new one."),
    "card_blank": N_("Nobody's name is on this card yet. Please have it named at the desk first."),
    "in_future": N_("This day is still to come. Only what was can be brought in."),
}
COURSES = {
    "unknown_organisation": N_(
        "There is no such organisation. Write its name as it is here, or add place and kind."
    ),
    "organisation_ambiguous": N_("Several organisations are called so. Please add the place."),
    "seats_required": N_("Who enrols needs seats, and when enrolment opens and closes. Please fill in all three."),
    "invalid_window": N_("Enrolment ends before it opens. Please correct one of the two."),
    "invalid_sessions": N_("No session comes of this. Please look at days, weekday and times; at most 400."),
    "differs_within_run": N_("Line %(also)s says otherwise of the same run. Write the same, or name another run."),
    "session_twice": N_("Line %(also)s is the same session. Please delete one, or name another run."),
    "unknown_venue": N_("There is no such room here. Write its name as it is on file, or add the room first."),
    "venue_ambiguous": N_("Several rooms are called so. Please give one of them another name first."),
    "venue_taken": N_("The room is taken then: %(also)s. Please choose another room or another time."),
    "unknown_teacher": N_("There is no such teacher. Write the name as it is on file, or add the teacher first."),
    "teacher_ambiguous": N_("Several teachers are called so. Please add in brackets what tells this one apart."),
    "teacher_taken": N_("The teacher is busy then: %(also)s. Please choose another teacher or another time."),
    "unknown_leader": N_("No leader of this place signs in with that name. Please add the account first."),
    "unknown_term": N_("There is no such term. Write its name as it is on file, or add the term first."),
    "term_ambiguous": N_("Several terms are called so. Please give one of them another name first."),
    "not_a_run": N_("Please write when the run first meets, like 2025-09-08 09:00."),
    "unknown_run": N_("No run of this course first meets then. Please compare, or bring in the courses first."),
    "minutes_differ": N_("That session is worth %(also)s minutes. Please write that, or leave the run empty."),
    "course_ended": N_("This course has ended. Please add it anew."),
}
REMARKS = {
    "differs": N_("On file it says otherwise. What is on file stays."),
    "not_active": N_("On file this person is: %(also)s."),
    "was_voided": N_("This was taken back before, and stays so."),
}
REASONS = {**WHOLE_FILE, **ROWS, **CELLS, **PLACES, **PEOPLE, **COURSES, **REMARKS}
OTHERWISE = N_("This cannot be read. Please look at it again.")


def reason(fault: Fault) -> str:
    """What is wrong, and the cure."""
    said = _(REASONS.get(fault.reason, OTHERWISE))
    return said % {"also": fault.also} if "%(" in said else said


def where(fault: Fault) -> str:
    """The cell as the spreadsheet program names it, else the line; of the whole file nothing."""
    if fault.line == 0:
        return _("whole file")
    return fault.cell or _("line %(line)s", line=fault.line)
