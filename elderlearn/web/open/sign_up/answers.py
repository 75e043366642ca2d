"""What somebody types about herself, checked screen by screen; all complaints of a screen together."""

from __future__ import annotations

from datetime import date

from elderlearn.ground import phone
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _, spoken
from elderlearn.people.consents import NOTICE_VERSION, NewConsent
from elderlearn.people.documents import read_document
from elderlearn.people.names import person_name
from elderlearn.people.residents import EARLIEST_BIRTH, NewResident
from elderlearn.web.open.sentences import SENTENCES
from elderlearn.web.shell.forms import EXAMPLE_OF_BIRTH, Form
from elderlearn.web.shell.homes import is_home

WHO = ("name", "born_on", "phone")
WHERE = ("words", "home", "document", "sensitive", "notice")


def check_person(form: Form) -> None:
    """The first screen: name, birth date, mobile number."""
    name = form.text("name", limit=60, need=_("Please write your name."))
    if name and not _is_name(name):
        form.complain(
            "name", _("Please write your name with letters or Chinese characters only, as on your ID card.")
        )
    _birth_date(form)
    typed = form.text(
        "phone",
        limit=30,
        need=_("Please type your mobile number. Without one, the desk signs you up: it takes two minutes."),
    )
    number = phone.normal(typed)
    if number is None or not phone.is_mobile(number):
        form.complain("phone", _(SENTENCES["invalid_phone"]))


def is_person(form: Form) -> bool:
    """Whether the first screen is answered."""
    probe = Form(dict(form.typed))
    check_person(probe)
    return probe.is_good


async def check_home(form: Form) -> None:
    """The second screen: home, perhaps a document, and what she agrees to."""
    if not await is_home(form.value("home")):
        form.complain("home", _("Please search for the place where you live, and choose it."))
    _check_document(form)
    if not form.ticked("notice"):
        form.complain("notice", _("Please read how your data is used, and tick the box if you agree."))


def new_resident(form: Form) -> NewResident:
    """What all screens say together; they were checked before."""
    document = form.value("document")
    return NewResident(
        name=form.value("name"),
        born_on=_birth_date(form),
        phone=form.value("phone"),
        place_code=form.value("home"),
        document_type="id_card" if document else None,
        document_number=document or None,
        language=spoken(),
    )


def consents(form: Form) -> tuple[NewConsent, ...]:
    """The notice; and the separate one for the number of a document, when she gave it."""
    purposes = ["notice", "sensitive"] if form.value("document") else ["notice"]
    return tuple(NewConsent(purpose, NOTICE_VERSION, "phone") for purpose in purposes)


def _is_name(typed: str) -> bool:
    try:
        return bool(person_name(typed))
    except Refusal:
        return False


def _birth_date(form: Form) -> date | None:
    born_on = form.day("born_on", need=_("Please type your birth date."), example=EXAMPLE_OF_BIRTH)
    if born_on and not EARLIEST_BIRTH <= born_on <= today():
        form.complain("born_on", _("Please look at the year again."))
        return None
    return born_on


def _check_document(form: Form) -> None:
    typed = form.text("document", limit=40)
    if not typed:
        return
    try:
        document = read_document("id_card", typed)
    except Refusal:
        form.complain("document", _("This is not an ID number: it has 18 digits. You may also leave it empty."))
        form.typed["document"] = []  # empty shall mean empty again, not this
    else:
        if document.born_on != _birth_date(form):
            form.complain("document", _("This ID number has another birth date than the one you typed before."))
    if not form.ticked("sensitive"):
        form.complain("sensitive", _("Please tick this box, or leave the ID number empty."))
