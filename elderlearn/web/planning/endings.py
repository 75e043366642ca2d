"""Something ends on a day: an organisation, a venue, a teacher. One question, one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from litestar import Response

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, show
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go


def ask_ending(request: AnyRequest, sheet: Sheet) -> Response[str]:
    """Since when? Today, if nothing else is said."""
    return show(request, sheet, Form.of(on=today()))


async def take_ending(
    request: AnyRequest, sheet: Sheet, name: str, end: Callable[[date], Awaitable[None]]
) -> Response[str] | Response[None]:
    """Ended, or what must be done before, on the same form."""
    form = await read_form(request)
    on = form.day("on", need=_("Please write the last day."))
    if on is not None and form.is_good:
        try:
            await end(on)
        except Refusal as refusal:
            blame(form, refusal, otherwise="on")
        else:
            return go(request, sheet.back, said=_("%(name)s has ended.", name=name))
    return show(request, sheet, form)


def ending(what: str, back: str, lead: str) -> Sheet:
    """The form that asks for the day."""
    field = Field("on", _("Last day"), "date", hint=_("Today, or a day that has passed."))
    return Sheet(_("End: %(what)s", what=what), [field], _("End it"), back, what, lead, is_end=True)
