"""Accounts of those who work here."""

from __future__ import annotations

import sys

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal

ROLES = ("district", "officer", "desk", "leader", "auditor")
SENTENCES = {
    "name_taken": "There is an account named {name} already; nothing was changed.",
    "invalid_name": "A name has 1 to 60 characters, letters among them, and nothing invisible.",
    "unknown_place": "There is no place with this code; see: elderlearn import places.",
    "wrong_place": "The role district belongs to a whole district; give the code of the district.",
    "weak_password": "A password has at least {shortest} characters, and not always the same ones.",
    "invalid_phone": "This is no telephone number: 11 digits, or a landline with its area code.",
}


@click.group("staff")
def staff() -> None:
    """Accounts of those who work here."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option(
    "--place",
    "place_code",
    metavar="CODE",
    required=True,
    help="Of a district, street or community; 330113 means 330113000000.",
)
@click.option("--password-stdin", is_flag=True, help="Read a password from the first line of the input.")
@click.option("--phone", metavar="NUMBER", help="Leaders sign in with a code sent to it.")
@async_command
async def add(name: str, role: str, place_code: str, password_stdin: bool, phone: str | None) -> None:
    """A new account. Without --password-stdin no password is set and nothing is asked."""
    from elderlearn.people.staff import add_staff

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    by = Actor("system", None, "cli")
    try:
        await add_staff(name, role, whole_code(place_code), password=password, phone=phone, by=by)
    except Refusal as refusal:
        raise _in_words(refusal) from refusal
    click.echo(f"Added {name.strip()}: {role} at {place_code}.")


def whole_code(typed: str) -> str:
    """Twelve digits: 330113 is how people write a district, 330113002 a street."""
    return typed.ljust(12, "0") if typed.isdigit() and len(typed) in (6, 9) else typed


def _in_words(refusal: Refusal) -> Exception:
    sentence = SENTENCES.get(refusal.code)
    return click.ClickException(sentence.format_map(refusal.values)) if sentence else refusal
