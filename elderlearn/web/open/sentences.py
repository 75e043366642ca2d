"""Why a sign-in did not work, in words that say what to do next."""

from __future__ import annotations

from elderlearn.locale import N_

SENTENCES = {
    "invalid_phone": N_("That is not a mobile number. It has 11 digits and begins with 1."),
    "too_soon": N_("A code was sent a moment ago. If it does not come, ask again in %(seconds)s seconds."),
    "too_many_codes": N_("We sent several codes to this number. Use the last one, wait an hour, or ring us."),
    "wrong_code": N_("These are not the digits we sent. You may try %(left)s more times."),
    "code_expired": N_("This code no longer works. Please ask for a new one."),
    "unknown_card": N_("We do not know this number. Please compare it with your card, digit by digit."),
    "card_replaced": N_("This card was replaced by a newer one. Please use the new card, or ring us."),
    "card_locked": N_(
        "That was wrong too often. To protect you, this card does not sign in until tomorrow. Ring us."
    ),
    "no_birth_date": N_("We do not have your birth date yet. Please sign in by phone, or ring us."),
    "wrong_birth_date": N_("This birth date does not belong to the card. You may try %(left)s more times."),
    "offer_over": N_("These digits do not work, or no longer. Please ask the leader to show new ones."),
    "invalid_name": N_("Please write a name, only letters, no pictures."),
    "wrong_password": N_(
        "Name and password do not belong together. After ten wrong tries we wait %(minutes)s minutes."
    ),
}
