"""Asking the catalogue: runs as people look for them, and one run with its sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import findable, in_order
from elderlearn.ground.sql import rows, value
from elderlearn.places.inside import INSIDE

MOST_WORDS = 5  # more of them only make the search slower, never better
PAGE = 50
STAGES = ("draft", "open", "running", "over")
BY_DAY = """r.ends_at < $10, CASE WHEN $14::boolean THEN (
        SELECT min(s.starts_at) FROM session s
        WHERE s.run = r.id AND s.state = 'planned' AND s.ends_at >= $10) END, r.first_on, r.id"""
ORDERS = {
    "day": BY_DAY,
    "title": f"{in_order('c.title')}, {BY_DAY}",
    "organisation": f"{in_order('o.name')}, {BY_DAY}",
    "taken": f"r.seats_taken DESC, {BY_DAY}",
    "waiting": f"r.waiting DESC, {BY_DAY}",
}


@dataclass(frozen=True)
class RunCard:
    """A run as it stands in the catalogue. `starts_at` is its first session, `next_at` the next one planned.

    `venue` and `address` are those of the next session, else of the first. `places` are ids.
    """

    id: int
    course_id: int
    title: str
    subject: str
    course_state: str
    organisation_id: int
    organisation_name: str
    organisation_kind: str
    place_id: int
    place_code: str
    place_name: str
    district_id: int
    kind: str
    entry: str
    allocation: str
    seats: int | None
    seats_taken: int
    reserved: int
    waiting: int
    line_mode: str
    opens_at: datetime | None
    closes_at: datetime | None
    term_id: int | None
    min_age: int | None
    max_age: int | None
    places: tuple[int, ...]
    sessions_count: int
    planned_minutes: int
    first_on: date | None
    last_on: date | None
    ends_at: datetime | None
    starts_at: datetime | None
    next_at: datetime | None
    next_ends_at: datetime | None
    venue: str | None
    address: str | None

    @property
    def has_seat(self) -> bool:
        """Anybody who asks now would be seated, as far as anybody can know: seats kept for some are not meant."""
        return self.seats is not None and self.seats_taken + self.reserved < self.seats and not self.waiting

    def is_open(self, at: datetime) -> bool:
        """Whether one may ask for a seat at this moment."""
        return self.opens_at is not None and self.closes_at is not None and self.opens_at <= at < self.closes_at


@dataclass(frozen=True)
class Wanted:
    """Which runs. Every word must be in the title, subject, organisation, or a name of its community, street
    or district, or of a venue with its address; `is_open` asks for runs with seats to enrol in now (or not
    now). `stage` is one of STAGES: its course a draft, enrolment open now, between its first and last session,
    or over. `weekday` 1 (Monday) to 7: it still meets on that day. `has_seat`: one can just come, or there is
    a seat left and nobody waits."""

    place_id: int | None = None
    kind: str | None = None
    entry: str | None = None
    is_open: bool | None = None
    words: str = ""
    organisation_id: int | None = None
    course_id: int | None = None
    not_over: bool = False
    with_drafts: bool = False
    stage: str | None = None
    weekday: int | None = None
    has_seat: bool = False
    soonest_first: bool = False


async def open_runs(wanted: Wanted, *, order: str = "day", limit: int = PAGE, offset: int = 0) -> list[RunCard]:
    """Runs in one of ORDERS, which are stable; at most `limit` after `offset`. `day`: those not over first, then
    by first day and id; with `soonest_first` by their next session instead of the first day.
    """
    found = await rows(
        f"""{_page_of_runs(ORDERS[order])} LIMIT $15 OFFSET $16) {CARDS} ORDER BY page.number""",
        *_conditions(wanted),
        limit,
        offset,
    )
    return [_card(dict(one)) for one in found]


async def how_many_runs(wanted: Wanted) -> int:
    """How many `open_runs` would find without a limit."""
    found: int = await value(f"{_page_of_runs(BY_DAY)}) SELECT count(*) FROM page", *_conditions(wanted))
    return found


async def run_card(run_id: int) -> RunCard:
    """One run, also of a draft course: the door decides who may see it. Raises Missing."""
    found = await run_cards([run_id])
    if not found:
        raise Missing
    return found[0]


async def run_cards(run_ids: list[int]) -> list[RunCard]:
    """These runs, in the order asked; unknown ones are left out."""
    found = await rows(
        f"""WITH page AS (SELECT id, number FROM unnest($1::bigint[]) WITH ORDINALITY AS p (id, number)),
        moment AS (SELECT $2::timestamptz AS at) {CARDS} ORDER BY page.number""",
        run_ids,
        now(),
    )
    return [_card(dict(one)) for one in found]


CARDS = """SELECT r.id, r.course AS course_id, c.title, c.subject, c.state AS course_state,
    o.id AS organisation_id, o.name AS organisation_name, o.kind AS organisation_kind,
    p.id AS place_id, p.code AS place_code, p.name AS place_name, r.district AS district_id,
    r.kind, r.entry, r.allocation, r.seats, r.seats_taken, r.reserved, r.waiting, r.line_mode, r.opens_at,
    r.closes_at, r.term AS term_id,
    r.min_age, r.max_age, r.places, r.sessions_count, r.planned_minutes, r.first_on, r.last_on, r.ends_at,
    first.starts_at, next.starts_at AS next_at, next.ends_at AS next_ends_at,
    v.name AS venue, v.address
FROM page JOIN course_run r ON r.id = page.id JOIN course c ON c.id = r.course
JOIN organisation o ON o.id = r.organisation JOIN place p ON p.id = o.place CROSS JOIN moment
LEFT JOIN LATERAL (SELECT s.starts_at, s.venue FROM session s WHERE s.run = r.id
    ORDER BY s.starts_at LIMIT 1) AS first ON true
LEFT JOIN LATERAL (SELECT s.starts_at, s.ends_at, s.venue FROM session s WHERE s.run = r.id
    AND s.state = 'planned' AND s.ends_at >= moment.at ORDER BY s.starts_at LIMIT 1) AS next ON true
LEFT JOIN venue v ON v.id = coalesce(next.venue, first.venue)"""


def _page_of_runs(order: str) -> str:
    return f"""WITH RECURSIVE {INSIDE},
moment AS (SELECT $10::timestamptz AS at),
page AS (
    SELECT r.id, row_number() OVER (ORDER BY {order}) AS number
    FROM course_run r JOIN course c ON c.id = r.course JOIN organisation o ON o.id = r.organisation
    WHERE ($1::bigint IS NULL OR o.place IN (SELECT id FROM inside))
      AND ($2::text IS NULL OR r.kind = $2) AND ($3::text IS NULL OR r.entry = $3)
      AND ($4::boolean IS NULL
        OR $4 = (r.entry = 'enrol' AND r.opens_at <= $10 AND $10 < r.closes_at AND c.state = 'released'))
      AND ($5::bigint IS NULL OR r.organisation = $5) AND ($6::bigint IS NULL OR r.course = $6)
      AND (NOT $7::boolean OR r.ends_at >= $10)
      AND (c.state = 'released' OR $8::boolean)
      AND ($11::text IS NULL OR CASE $11 WHEN 'draft' THEN c.state = 'draft'
        WHEN 'open' THEN r.entry = 'enrol' AND r.opens_at <= $10 AND $10 < r.closes_at AND c.state = 'released'
        WHEN 'running' THEN r.first_on <= ($10 AT TIME ZONE 'Asia/Shanghai')::date AND r.ends_at >= $10
        ELSE r.ends_at < $10 END)
      AND ($12::int IS NULL OR EXISTS (SELECT FROM session s WHERE s.run = r.id AND s.state = 'planned'
        AND s.ends_at >= $10 AND extract(isodow FROM s.on_date) = $12))
      AND (NOT $13::boolean OR r.entry = 'drop_in' OR (r.seats_taken + r.reserved < r.seats AND r.waiting = 0))
      AND (cardinality($9::text[]) = 0 OR (
        SELECT {findable("c.title")} || ' ' || c.subject || ' ' || {findable("o.name")} || ' ' || p.name || ' '
            || coalesce(q.name, '') || ' ' || coalesce(d.name, '') || ' ' || coalesce((
                SELECT string_agg(DISTINCT v.name || ' ' || v.address, ' ')
                FROM session s JOIN venue v ON v.id = s.venue WHERE s.run = r.id), '')
        FROM place p LEFT JOIN place q ON q.id = p.parent LEFT JOIN place d ON d.id = q.parent
        WHERE p.id = o.place) ILIKE ALL ($9))
    ORDER BY number"""


def _conditions(wanted: Wanted) -> list[object]:
    return [
        wanted.place_id,
        wanted.kind,
        wanted.entry,
        wanted.is_open,
        wanted.organisation_id,
        wanted.course_id,
        wanted.not_over,
        wanted.with_drafts,
        containing(wanted.words),
        now(),
        wanted.stage,
        wanted.weekday,
        wanted.has_seat,
        wanted.soonest_first,
    ]


def containing(words: str) -> list[str]:
    """Patterns for ILIKE ALL: each of the first five words somewhere in the text; no words match everything."""
    return [f"%{_literally(word)}%" for word in words.replace("\0", " ").split()[:MOST_WORDS]]


def _literally(word: str) -> str:
    """Percent and underline mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _card(columns: dict[str, object]) -> RunCard:
    places = columns.pop("places") or ()
    return RunCard(**columns, places=tuple(places))  # type: ignore[arg-type]  # a database row has no types
