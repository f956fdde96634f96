"""A month as plain dictionaries, written apart from the programme: who holds what, whose turn it is, who may take what.

It knows dates by counting weekdays and people by their first name, and `No` is all that it says when something may
not be done. The two months are October 2017, which is out, and November, which may be opened and given out meanwhile.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

OCTOBER, NOVEMBER = "2017-10", "2017-11"
DUE, CLOSES = date(2017, 10, 13), date(2017, 10, 19)
"""The tenth and the fourteenth working day of October."""

TWO_WAY, COVER, EXCHANGE = "two_way", "cover", "exchange"
BY_ROTA, GIVEN_OUT = "by the rota", "by what was given out"
UNDER_WAY = {"open", "awaiting_approval"}


class No(Exception):
    """May not be done."""


def weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def weekdays_after(day: date, many: int) -> date:
    return weekdays(day + timedelta(days=1), day + timedelta(days=20))[many - 1]


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59))


@dataclass
class Audit:
    holder: str
    due: date = DUE
    state: str = "out"


@dataclass(eq=False)
class Swap:
    ref: str
    asker: str
    kind: str
    ends: datetime
    state: str = "open"
    offers: dict[str, str] = field(default_factory=dict)
    settled: datetime | None = None
    other: str = ""
    was: tuple[str, str] | None = None
    """Why the asker, and the taker, had the turns that were moved; None where none was."""

    @property
    def taker(self) -> str:
        return next((who for who, said in self.offers.items() if said == "accepted"), "")

    @property
    def has_failed(self) -> bool:
        return self.state in {"declined", "expired"}


@dataclass
class World:
    """`room`: how many audits each auditor can have; `tied`: who may read none of these children's records."""

    names: dict[str, str]
    room: dict[str, int]
    tied: Collection[str]
    next_group: Collection[str]
    administrators: Collection[str]
    arrangers: Collection[str]


@dataclass
class Month:
    world: World
    audits: dict[str, Audit]
    turns: dict[tuple[str, str], str]
    now: datetime
    approval: bool = False
    november: str = ""
    swaps: list[Swap] = field(default_factory=list)
    told: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Kind of message, what it is about (a swap by its number), and to whom."""
    away: dict[str, list[tuple[date, date]]] = field(default_factory=dict)
    left: dict[str, date] = field(default_factory=dict)
    help: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.now.date()

    def holds(self, who: str) -> int:
        return sum(each.holder == who and each.state != "withdrawn" for each in self.audits.values())

    def first_open(self, who: str) -> str:
        held = (ref for ref, each in sorted(self.audits.items()) if (each.holder, each.state) == (who, "out"))
        return next(held, "")

    def open_for(self, ref: str) -> Swap | None:
        return next((each for each in self.swaps if each.ref == ref and each.state in UNDER_WAY), None)

    def in_post(self, who: str, day: date) -> bool:
        return who not in self.left or day <= self.left[who]

    # Who may take what.

    def may_read(self, ref: str, who: str) -> bool:
        gone = self.is_away_on_all(weekdays(self.today, self.audits[ref].due), who)
        return who not in self.world.tied and not gone

    def is_away_on_all(self, days: Sequence[date], who: str) -> bool:
        absent = self.away.get(who, [])
        return bool(days) and all(any(first <= day <= last for first, last in absent) for day in days)

    def may_take(self, ref: str, asker: str, kind: str, who: str) -> bool:
        here = self.in_post(who, self.today) and self.in_post(who, self.audits[ref].due)
        if who == asker or who not in self.world.room or not here or not self.may_read(ref, who):
            return False
        if kind == EXCHANGE:
            theirs = self.first_open(who)
            return theirs != "" and self.today < self.audits[theirs].due and self.may_read(theirs, asker)
        if self.holds(who) >= self.world.room[who]:
            return False
        return kind == COVER or self.may_give_a_turn(asker, who)

    def may_give_a_turn(self, asker: str, who: str) -> bool:
        has_one_to_give = (who, NOVEMBER) in self.turns and self.november != "out"
        return has_one_to_give and (asker, NOVEMBER) not in self.turns and (who, OCTOBER) not in self.turns

    def who_may_take(self, ref: str, asker: str, kind: str) -> list[str]:
        return [who for who in self.world.room if self.may_take(ref, asker, kind, who)]

    def is_swappable(self, ref: str, by: str) -> bool:
        audit = self.audits[ref]
        return (audit.holder, audit.state) == (by, "out") and self.today < audit.due

    def is_theirs(self, swap: Swap) -> bool:
        return (self.audits[swap.ref].holder, self.audits[swap.ref].state) == (swap.asker, "out")

    def is_over(self, swap: Swap) -> bool:
        last = end_of(self.audits[swap.ref].due - timedelta(days=1))
        return not self.is_theirs(swap) or self.now > min(swap.ends, last)

    # Whose turn it is.

    def turn_of_duty(self, who: str) -> None:
        self.turns.setdefault((who, OCTOBER), GIVEN_OUT)

    def given_away(self) -> Iterator[tuple[str, str]]:
        for swap in self.swaps:
            if swap.state == "accepted" and swap.was is not None:
                yield swap.asker, OCTOBER
                if swap.kind == TWO_WAY:
                    yield swap.taker, NOVEMBER

    def follow(self) -> None:
        """November's turns are made anew: the next group's, less what was given away and who will not be there."""
        if self.november == "out":
            return
        gone = {who for who in self.world.room if not self.in_post(who, date(2017, 11, 14))}
        foreseen = {(who, NOVEMBER) for who in self.world.next_group if who not in gone} - set(self.given_away())
        for turn, why in list(self.turns.items()):
            if turn[1] == NOVEMBER and (turn not in foreseen if why == BY_ROTA else turn[0] in gone):
                del self.turns[turn]
        for turn in foreseen:
            self.turns.setdefault(turn, BY_ROTA)
