"""What the desk reads when a verb says no: what is wrong, and what to do."""

from __future__ import annotations

from elderlearn.locale import N_

SENTENCES = {
    "invalid_name": N_("Please write the name in letters or characters only."),
    "invalid_document": N_("This number is not right. Please look at the document again."),
    "born_on_mismatch": N_("The birth date is not the one in the document. Please look at both again."),
    "invalid_born_on": N_("Please look at the year again."),
    "invalid_sex": N_("Please choose one of these."),
    "invalid_phone": N_("Please look at the telephone number again: 11 digits, or a landline with its area code."),
    "unknown_place": N_("Please choose the home community again."),
    "document_on_file": N_("Somebody is registered with this document already. Search for the number."),
    "has_document": N_("Another document is on file already."),
    "card_not_blank": N_("This card belongs to somebody already. Please take another one."),
    "none_is_blank": N_("Every card of this sheet has a name by now. Please make a new sheet."),
    "invalid_count": N_("Please write how many cards: %(least)s to %(most)s."),
    "card_was_used": N_("This card was scanned before its person had a name. Please take another one."),
    "reason_needed": N_("Please write why; it stays in the record of changes."),
    "reason_required": N_("Please write why; it stays in the record of changes."),
    "invalid_date": N_("Please look at the day again: the paper is here today, and good until a later day."),
    "invalid_day": N_("Please look at the day again: not before the birth, and not to come."),
    "is_out_already": N_("This person has died, as it is written here. Undo that first, if it is wrong."),
    "is_not_out": N_("This person is on the register."),
    "name_taken": N_("There is an account with this name. Please choose another name."),
    "weak_password": N_("Please choose a password of at least 10 characters."),
    "missing_glyph": N_(
        "The printer's font does not know a character of this name. The card is shown without picture."
    ),
    "two_documents": N_("Both have a document of their own: these are two people."),
    "is_out": N_("The row that stays is off the register. Please undo that first, then put the two together."),
    "same_row": N_("These are the same row of the register."),
    "other_district": N_("One of them is on the register of another district."),
    "undone_already": N_("That was undone already."),
    "too_late": N_("The 30 days in which it could be undone are over."),
    "merged_further": N_("She was put together with somebody else since. Undo that first."),
    # enrolling
    "not_open": N_("Enrolment opens %(opens_at)s."),
    "closed": N_("Enrolment has ended."),
    "too_young": N_("This course is for people of %(min_age)s and over."),
    "too_old": N_("This course is for people up to %(max_age)s."),
    "wrong_place": N_("This course is for people from other places."),
    "limit_reached": N_("One may take %(limit)s courses a term, and she has them. Give one back first."),
    "overlap": N_("She already has a course at the same time. Give that one back first."),
    "removed_by_staff": N_("The staff took her off this course. Please ask its leader."),
    "not_offered": N_("Seats of this course are not given out here."),
    "unknown_person": N_("This person is not on the register any more."),
    "try_again": N_("That did not work just now. Please send the same form once more."),
    "not_your_round": N_("Others may enrol now. Her turn begins %(opens_at)s: she may come or ring again then."),
    "no_round_left": N_("What is left of the enrolment is for others. Please look for another course with her."),
    "not_first_time": N_("This course is for people who never had a seat there. Please look for another one."),
    "prerequisite_missing": N_("She has to complete “%(course)s” first. Please enrol her there."),
    "signature_needed": N_(
        "From %(from_age)s years on a relative signs first. Let them sign, then put the paper on file on her page."
    ),
    "contact_needed": N_("Ask her whom to ring in an emergency and write it down on her page, then enrol her."),
    "health_notice_needed": N_(
        "Read her the health notice on her page and ask whether she agrees, then enrol her."
    ),
    "same_person": N_("These are the same person. Please write who the other one is."),
    "one_is_in": N_("One of the two has asked before. Give that back first, or enrol the other alone."),
    "line_over": N_("All seats are taken, and nobody waits in line any more. Please look for another course."),
}
WRONG_PLACE_OF_ACCOUNT = N_(
    "An account of the district belongs to the whole district. Please choose the district."
)
NO_SEX = N_("This course has different ages for women and men, and hers or his is not written down. Add it first.")
NO_BIRTH_DATE = N_("This course has a minimum age, and the birth date is not written down. Add it first.")
