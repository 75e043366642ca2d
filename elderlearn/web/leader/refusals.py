"""Why something did not work, in words for a leader: what to do next."""

from __future__ import annotations

from elderlearn.locale import N_

REFUSALS = {
    "invalid_name": N_("Please write a name, only letters, no pictures."),
    "invalid_kind": N_("Please choose one of these."),
    "invalid_sessions": N_("These times are not possible. Please look at them again."),
    "unknown_venue": N_("This room is not there any more. Please choose another one."),
    "unknown_teacher": N_("This teacher is not there any more. Please choose another one."),
    "organisation_ended": N_("This organisation has ended. Please choose another one."),
    "course_ended": N_("This course has ended. Please ask the office."),
    "reason_needed": N_("Please choose a reason, or write one."),
    "invalid_born_on": N_("Please write the year of birth with four digits, for example 1953."),
    "invalid_phone": N_("This is no telephone number: 11 digits, or a landline with its area code."),
    "unknown_place": N_("Please choose where she lives."),
    "unknown_card": N_("We do not know this number. Please compare it with the card, digit by digit."),
    "invalid_number": N_("This is no card number. It has 8 digits."),
    "card_not_blank": N_("This card belongs to somebody already. Scan it instead, or take another one."),
    "card_replaced": N_("This is an old card; there is a newer one. Please ask for the new card."),
    "card_blank": N_("There is no name on this card yet. Please write her down as somebody without a card first."),
    "called_off": N_("This session was called off. Nobody can be checked in."),
    "card_was_used": N_("This blank card was scanned for somebody already. Please take another one."),
    "outside_window": N_("This session has not begun yet. Check-in opens one hour before."),
    "elsewhere": N_("She is checked in at another session at this time. Please ask her, and undo one of the two."),
    "unknown_resident": N_("We do not know this number. Please compare it with the card, digit by digit."),
    "missing_glyph": N_("The printer does not know this character: %(characters)s. Please change the name."),
    "invalid_day": N_("Please choose a day between joining and today."),
}
