"""What the command line says of each fault: where, what, and the cure."""

from __future__ import annotations

from elderlearn.ground.spreadsheets.faults import Fault

# {also} is a limit, the words that may stand there, a heading, or the line of the first one.
REASONS = {
    "empty_file": "the file is empty; save the sheet again and send that file",
    "too_big": "the file is larger than {also} MB; send it in parts",
    "not_a_spreadsheet": "this is no spreadsheet, whatever its name says; save the list as .xlsx or .csv",
    "not_text": "this text is in no encoding known here (UTF-8, UTF-16, GB18030); save it as .xlsx or CSV UTF-8",
    "old_workbook": "this is an .xls file of the old kind; open it and save it as .xlsx",
    "password": "the file has a password; open it, take the password off, save it again",
    "broken_workbook": "the file is damaged; open it in your spreadsheet program and save it again",
    "zip_bomb": "the file unpacks to more than any list could be; it is not opened",
    "too_heavy": "the file takes more memory or time to open than a list could; copy the list alone into a new "
    "workbook, or save it as CSV",
    "too_wide": "a cell stands far away from the table; delete the empty rows and columns around it, save again",
    "too_many_sheets": "the file has more than 50 sheets; keep only the one to be read",
    "too_many_rows": "there are more than {also} rows; send the list in parts",
    "no_rows": "there is no row below the headings; fill them in",
    "no_header": "no row with headings was found; these are needed: {also}",
    "missing_column": "this column is missing; add one with the heading {also}",
    "column_twice": "this heading stands twice; delete one of the columns or rename it",
    "broken_quotes": "a quotation mark is not closed, or something follows it; save the list as .xlsx",
    "too_few_fields": "the row has fewer fields than there are headings; look for a missing separator",
    "too_many_fields": "the row has more fields than there are headings; put text with commas in quotation marks",
    "merged_cells": "cells are merged across columns; split them and fill in each",
    "sample_row": "this is the sample row of the template; delete it",
    "empty": "is empty; fill it in",
    "too_long": "is longer than {also} characters; shorten it",
    "hidden_characters": "holds characters nobody can see or print; type it again",
    "written_as_number": "was written as a number and has lost digits; format the column as text, type it again",
    "not_a_number": "is no whole number; type digits only",
    "out_of_range": "must be between {also}",
    "not_a_day": "is no day that exists; write it like 2025-09-01",
    "not_a_time": "is no time of day; write it like 9:00",
    "unknown_word": "is not known here; write one of: {also}",
    "unknown_place": "is no place on file; write its full name or its code of 12 digits",
    "place_ambiguous": "is the name of several places; add the street or write the code of 12 digits",
    "not_your_place": "does not lie in {also}; leave the row to those whose place it is",
    "not_a_code": "is not a code of twelve digits",
    "code_twice": "stands in the file already, further up; delete one of the rows",
    "unknown_level": "must be district, town_street or community",
    "level_does_not_fit": "does not fit the zeros at the end of the code",
    "parent_does_not_fit": "is not the code one level up (empty for a district)",
    "unknown_parent": "is neither on file nor a good row of this file",
    "row_twice": "says the same as line {also}; delete one of them",
    "invalid_name": "is no name; type it again without signs",
    "invalid_document": "is no valid number; compare it with the document",
    "old_id_number": "is an ID number of 15 digits, not valid since 2013; write the new one of 18",
    "born_on_mismatch": "is not the birth date in the ID number; correct one of the two",
    "invalid_born_on": "cannot be a birth date; write it like 1955-03-08",
    "invalid_sex": "must be female or male",
    "invalid_phone": "is no telephone number; 11 digits, or area code and number",
    "person_twice": "is the same person as in line {also}; delete the row, or add what tells the two apart",
    "unknown_organisation": "is no organisation on file; write its name as it is there, or give place and kind",
    "organisation_ambiguous": "is the name of several organisations; add the place",
    "seats_required": "is needed for a run to enrol in: seats, and when enrolment opens and closes",
    "invalid_window": "must be later than the opening of enrolment",
    "invalid_sessions": "gives no sessions: look at days, weekday and times, at most 400",
    "differs_within_run": "is not what line {also} says of the same run; write the same, or name another run",
    "session_twice": "is a session of the same run as in line {also}; delete it, or name another run",
    "course_ended": "is a course that has ended; bring it back first",
    "unknown_venue": "is no room on file here; write its name as it is there, or add the room first",
    "venue_ambiguous": "is the name of several rooms; give one of them another name first",
    "venue_taken": "is taken at that time: {also}; choose another room or another time",
    "unknown_teacher": "is no teacher on file; write the name as it is there, or add the teacher first",
    "teacher_ambiguous": "is the name of several teachers; add in brackets what tells this one apart",
    "teacher_taken": "teaches something else at that time: {also}; choose another teacher or another time",
    "unknown_leader": "is no leader's account for this place; write the sign-in name, or add the account first",
    "unknown_term": "is no term on file; write its name as it is there, or add the term first",
    "term_ambiguous": "is the name of several terms; give one of them another name first",
    "not_a_run": "does not say when the run first meets; write it like 2025-09-08 09:00",
    "unknown_run": "is when no run of that course first meets; compare it, or bring in the courses first",
    "minutes_differ": "is not what that session is worth: {also}; write that, or leave the run empty",
    "no_enrolment": "is a run nobody enrols in; leave the row out",
    "run_full": "has no seat left; raise its seats first, or write the state waiting",
    "nobody_named": "names nobody: add a registration number, a document, or the birth date",
    "unknown_person": "is nobody on the register; bring in the residents first",
    "person_ambiguous": "is the name of several people; add a registration number, a document, or the phone",
    "unknown_card": "is no registration number on file; compare it with the card",
    "card_replaced": "is the number of a card that was replaced; write the new one",
    "card_blank": "is the number of a card nobody's name is on yet; name it first",
    "in_future": "lies ahead; only what was is brought in",
}
REMARKS = {
    "differs": "is not what is on file; what is on file stays",
    "not_active": "is on file as: {also}",
    "was_voided": "was taken back before, and stays so",
}


def sentence(fault: Fault) -> str:
    """Where it is, what stands there, why that will not do and what helps."""
    said = (REASONS | REMARKS)[fault.reason].format(also=fault.also)
    return f"{_where(fault)}{shown(fault.value)}{said}"


def _where(fault: Fault) -> str:
    if fault.line == 0:
        return ""
    column = fault.heading or fault.column
    words = [f"line {fault.line}"]
    if column:
        words.append(column + (f" ({fault.cell})" if fault.cell else ""))
    elif fault.cell:
        words.append(fault.cell)
    return ", ".join(words) + ": "


def shown(value: str) -> str:
    """Quoted, '' for nothing; control characters never reach the terminal."""
    if not value:
        return ""
    return '"' + "".join(one if one.isprintable() else ascii(one)[1:-1] for one in value) + '" '
