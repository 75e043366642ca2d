"""A plain book of runs with shares and offers, as somebody at the window would keep it."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.enrolment.shares import AUDIENCES

PEOPLE = 6
SEATS_WANTED = (1, 2, 2, 3, 4, 5)
SHARES_WANTED: tuple[dict[str, int], ...] = (
    {},
    {"newcomers": 1},
    {"own_village": 1, "desk": 1},
    {"newcomers": 2},
    {"own_village": 2, "newcomers": 1},
    {"desk": 2},
)


def channel_of(who: int) -> str:
    return "window" if who % 3 == 1 else "self"


@dataclass
class Share:
    seats: int
    is_over: bool = False


@dataclass
class Run:
    """`held`: who has a seat or the offer of one, and the share it is of."""

    number: int
    offers: bool
    seats: int = 3
    held: dict[int, str | None] = field(default_factory=dict)
    offered: set[int] = field(default_factory=set)
    line: list[int] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    shares: dict[str, Share] = field(default_factory=dict)
    partner: dict[int, int] = field(default_factory=dict)
    came: dict[int, str] = field(default_factory=dict)

    def fits(self, who: int) -> set[str]:
        """Every other one lives in the village, the first two have been there, some came to the desk."""
        mine = {"own_village"} if who % 2 == 0 else set()
        mine |= {"newcomers"} if who >= 2 else set()
        return mine | ({"desk"} if self.came[who] == "window" else set())

    def taken(self, audience: str) -> int:
        return list(self.held.values()).count(audience)

    @property
    def kept(self) -> int:
        return sum(one.seats - self.taken(name) for name, one in self.shares.items() if not one.is_over)

    def seats_for(self, group: list[int]) -> dict[int, str | None] | None:
        """For one, or for both of two; tried by hand in either order."""
        for order in (group, group[::-1]):
            given: dict[int, str | None] = {}
            for who in order:
                seat = self.seat_for(who)
                if seat is not None:
                    given[who] = self.held[who] = seat or None
            for who in given:
                del self.held[who]
            if len(given) == len(group):
                return given
        return None

    def part(self, who: int) -> None:
        other = self.partner.pop(who, None)
        if other is not None:
            del self.partner[other]

    def seat_for(self, who: int) -> str | None:
        """The share, "" for the pool, none for no seat."""
        for name in AUDIENCES:
            one = self.shares.get(name)
            if name in self.fits(who) and one and not one.is_over and self.taken(name) < one.seats:
                return name
        return "" if self.seats > len(self.held) + self.kept else None


@dataclass
class Book:
    """The first two runs meet at the same time, the third at another; seats of the second are offered."""

    runs: list[Run]

    def clashes(self, run: Run, who: int) -> bool:
        return run.number < 2 and who in self.runs[1 - run.number].held

    def serve(self, run: Run) -> None:
        for who in list(run.line):
            group = [who] + ([run.partner[who]] if who in run.partner else [])
            seats = run.seats_for(group) if who in run.line else None
            if seats and not any(self.clashes(run, one) for one in group):
                run.line = [one for one in run.line if one not in group]
                run.held |= seats
                run.offered |= set(group) if run.offers else set()

    def enrol(self, run: Run, who: int) -> None:
        if who in run.held or who in run.line or who in run.removed or self.clashes(run, who):
            return
        run.asked.add(who)
        run.came[who] = channel_of(who)
        seat = run.seat_for(who)
        before = [one for one in run.line if not seat or seat in run.fits(one)]
        if seat is not None and not before:
            run.held[who] = seat or None
        else:
            run.line.append(who)
            self.serve(run)

    def enrol_together(self, run: Run, who: int) -> None:
        pair = [who, (who + 1) % PEOPLE]
        if any(one in run.held or one in run.line or one in run.removed or self.clashes(run, one) for one in pair):
            return
        run.asked |= set(pair)
        run.came |= dict.fromkeys(pair, channel_of(who))
        run.partner |= {pair[0]: pair[1], pair[1]: pair[0]}
        seats = run.seats_for(pair)
        if seats and not run.line:
            run.held |= seats
        else:
            run.line += pair
            self.serve(run)

    def leave(self, run: Run, who: int) -> None:
        run.part(who)
        run.held.pop(who, None)
        run.offered.discard(who)
        run.line = [one for one in run.line if one != who]
        self.serve(run)
        for other in self.runs:
            if who in other.line:
                self.serve(other)

    def remove(self, run: Run, who: int) -> None:
        self.leave(run, who)
        run.removed |= {who} & run.asked

    def accept(self, run: Run, who: int) -> None:
        run.offered.discard(who)

    def turn_down(self, run: Run, who: int) -> None:
        """She declines, or does not answer in time."""
        if who in run.offered:
            self.leave(run, who)

    def change_seats(self, run: Run, who: int) -> None:
        if SEATS_WANTED[who] >= len(run.held) + run.kept:
            run.seats = SEATS_WANTED[who]
            self.serve(run)

    def set_shares(self, run: Run, who: int) -> None:
        wanted = SHARES_WANTED[who]
        left = {name: many - (run.taken(name) if name in run.shares else 0) for name, many in wanted.items()}
        if any(many < 0 for many in left.values()) or sum(left.values()) > run.seats - len(run.held):
            return
        run.shares = {name: Share(many) for name, many in wanted.items()}
        run.held = {one: share if share in wanted else None for one, share in run.held.items()}
        self.serve(run)

    def fall_back(self, run: Run, _who: int) -> None:
        for one in run.shares.values():
            one.is_over = True
        self.serve(run)

    def to_the_head(self, run: Run, who: int) -> None:
        if who in run.line:
            front = [who] + ([run.partner[who]] if who in run.partner else [])
            run.line = front + [one for one in run.line if one not in front]
            self.serve(run)
