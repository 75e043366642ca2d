"""What is typed about a person, read field by field; all complaints together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from elderlearn.ground import phone
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.people.documents import DOCUMENT_TYPES, Document, read_document
from elderlearn.people.names import person_name
from elderlearn.people.residents import EARLIEST_BIRTH
from elderlearn.web.desk.sentences import SENTENCES
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.refusals import sentence

T = TypeVar("T")

SEXES = {"female": N_("Woman"), "male": N_("Man")}
TYPES = {
    "id_card": N_("Identity card"),
    "hk_macao_taiwan_permit": N_("Permit of Hong Kong, Macao or Taiwan"),
    "passport": N_("Passport"),
    "foreign_permanent_residence": N_("Permanent residence permit"),
}
# The field of the form that a refusal of the rooms is about.
FIELDS = {
    "invalid_name": "name",
    "invalid_document": "document",
    "document_on_file": "document",
    "has_document": "document",
    "born_on_mismatch": "born",
    "invalid_born_on": "born",
    "invalid_sex": "sex",
    "invalid_phone": "phone",
    "unknown_place": "home",
    "card_not_blank": "card",
    "card_was_used": "card",
    "reason_needed": "reason",
    "invalid_day": "on",
    "name_taken": "name",
}


def read_name(form: Form) -> str:
    """As typed."""
    name = form.text("name", limit=60, need=_("Please write her name."))
    if name:
        _try(form, lambda: person_name(name))
    return name


def read_born(form: Form) -> tuple[date | None, int | None]:
    """The birth date, or only its year when four digits were typed."""
    typed = unicodedata.normalize("NFKC", form.text("born", limit=20))
    if len(typed) == 4 and typed.isdecimal():
        year = int(typed)
        if not EARLIEST_BIRTH.year <= year <= today().year:
            form.complain("born", _(SENTENCES["invalid_born_on"]))
        return None, year
    on = form.day("born", example="19550308")
    if on and not EARLIEST_BIRTH <= on <= today():
        form.complain("born", _(SENTENCES["invalid_born_on"]))
    return on, None


def read_document_field(form: Form, *, need: str | None = None) -> Document | None:
    """The document, checked; none when the field is empty."""
    type = form.choice("document_type", DOCUMENT_TYPES) or "id_card"
    number = form.text("document", limit=60, need=need)
    return _try(form, lambda: read_document(type, number)) if number else None


def read_phone(form: Form) -> str | None:
    """As typed; none when the field is empty."""
    typed = form.text("phone", limit=30)
    if typed and phone.normal(typed) is None:
        form.complain("phone", _(SENTENCES["invalid_phone"]))
    return typed or None


def complain(form: Form, refusal: Refusal, otherwise: str = "name") -> None:
    """Put the sentence of a refusal where it belongs."""
    form.complain(FIELDS.get(refusal.code, otherwise), sentence(refusal, SENTENCES))


def born_said(born_on: date | None, precision: str) -> str:
    """How a birth date stands in the field."""
    if born_on is None:
        return ""
    return str(born_on.year) if precision == "year" else born_on.isoformat()


def words() -> dict[str, Any]:
    """Options of the fields, said now."""
    return {
        "sexes": [(one, _(said)) for one, said in SEXES.items()],
        "types": [(one, _(said)) for one, said in TYPES.items()],
    }


def _try(form: Form, check: Callable[[], T]) -> T | None:
    try:
        return check()
    except Refusal as refusal:
        complain(form, refusal)
        return None
