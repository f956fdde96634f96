"""What a month is likely to bring, from what is known before it ends, in plain arithmetic that anybody can check."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from programme import likelihood
from programme.facts import Fact
from programme.likelihood import Range, Rates
from programme.people import Person
from programme.planning_facts import MonthMayFallShort
from programme.planning_policy import ForecastRules

A_PAIR = 2


@dataclass(frozen=True)
class Asked:
    """Somebody who has an audit this month, or is going to have so many. `cannot`: they have said why not."""

    person: Person
    audits: int = 1
    away: bool = False
    cannot: bool = False
    carried: bool = False


@dataclass(frozen=True)
class Known:
    """What a forecast goes by.

    `come_by_now` is how large a part of what ever comes has come by this day of a month, from 0 to 1. `wanted` is how
    many audits there are to give out. `moderators` could be there on the day. `later` are those with the next turn.
    """

    target: int
    given_out: bool
    asked: Sequence[Asked]
    returned: int = 0
    come_by_now: float = 0.0
    wanted: int = 0
    moderators: int = 0
    places_empty: int = 0
    later: Sequence[Person] = ()
    owing: Sequence[Person] = ()
    core_room: int = 0
    partners: int = 0


@dataclass(frozen=True)
class Way:
    """One way to close the gap, and what it would add."""

    words: str
    adds: int


@dataclass(frozen=True)
class Forecast:
    target: int
    at_best: int
    returns: Range
    moderators: Range
    moderators_needed: int
    lines: tuple[str, ...]
    ways: tuple[Way, ...]

    @property
    def first_line(self) -> str:
        return f"At best this month gives {self.at_best}; the target is {self.target}."

    @property
    def likely_line(self) -> str:
        of = self.returns
        if of.low == of.high:
            return f"Likely to come back in time: {of.likely}."
        return f"Likely to come back in time: {of.likely}. Four times in five it is {of.low} to {of.high}."

    @property
    def moderators_line(self) -> str:
        of = self.moderators
        return f"Moderators on the day: {of.likely} likely ({of.low} to {of.high}); {self.moderators_needed} needed."

    @property
    def falls_short(self) -> bool:
        return self.returns.likely < self.target


@dataclass(eq=False)
class ForecastKept:
    """One day's forecast as it was made; `low` to `high` is where the returns lie four times in five."""

    month: str
    made_on: date
    target: int
    at_best: int
    low: int
    likely: int
    high: int
    moderators: Mapping[str, int] = field(default_factory=dict)
    lines: Sequence[str] = field(default_factory=list)
    id: int | None = None

    def keep(self, made: Forecast) -> None:
        """What is known by now; of one day only the last stands."""
        self.target, self.at_best = made.target, made.at_best
        self.low, self.likely, self.high = made.returns.low, made.returns.likely, made.returns.high
        who = made.moderators
        self.moderators = {"low": who.low, "likely": who.likely, "high": who.high, "needed": made.moderators_needed}
        self.lines = [made.first_line, made.likely_line, *made.lines]


def forecast(known: Known, rates: Rates, rules: ForecastRules, *, a_pair: int) -> Forecast:
    """The month as it will probably end, with what it rests on and what would change it."""
    able = [each for each in known.asked if not (each.away or each.cannot)]
    room = sum(each.audits for each in able)
    chances = [_chance(each, known, rates) for each in able for _ in range(each.audits)]
    to_give = room if known.given_out else min(room, known.wanted or room)
    given = chances if to_give == room else [sum(chances) / room] * to_give
    at_best = known.returned + to_give
    returns = likelihood.expected(given, rates, surely=known.returned, at_best=at_best)
    coming = likelihood.expected([rules.moderators_come] * known.moderators, NOTHING_SHARED)
    needed = ceil(returns.likely / a_pair) * A_PAIR
    lines = tuple(_lines(known, able, chances))
    ways = tuple(_ways(known, rates, returns)) if returns.likely < known.target else ()
    return Forecast(known.target, at_best, returns, coming, needed, lines, ways)


NOTHING_SHARED = Rates(0, {}, {}, 0, 0)


def _chance(each: Asked, known: Known, rates: Rates) -> float:
    rate = rates.of(each.person)
    return likelihood.still_to_come(rate, known.come_by_now) if known.given_out else rate


def _lines(known: Known, able: Sequence[Asked], chances: Sequence[float]) -> Iterator[str]:
    """What it rests on. Nobody is named."""
    if known.returned:
        yield f"{known.returned} in already."
    if chances:
        in_ten, where = round(10 * sum(chances) / len(chances)), "still out" if known.given_out else "to be given"
        yield f"{len(chances)} {where}, of which {in_ten} in 10 come: {round(sum(chances))}."
    yield from _counted(sum(each.audits for each in known.asked if each.away), "with somebody away the whole time: 0.")
    cannot = [each for each in known.asked if each.cannot and not each.away]
    yield from _counted(sum(each.audits for each in cannot), "that cannot be done: 0.")
    yield from _counted(sum(each.carried for each in able), "of them make up for an earlier month.")
    yield from _counted(known.places_empty, "places of the group are empty.")


def _counted(many: int, words: str) -> Iterator[str]:
    if many:
        yield f"{many} {words}"


def _ways(known: Known, rates: Rates, returns: Range) -> Iterator[Way]:
    """Each way that there is, and what it adds by the same arithmetic."""
    missing = known.target - returns.likely
    rate = rates.everybody
    if known.owing:
        yield Way(f"Ask the {len(known.owing)} who owe an audit from an earlier month", _sum(known.owing, rates.of))
    if known.later:
        yield Way(f"Ask the {len(known.later)} whose turn is next month", _sum(known.later, rates.of))
    if known.core_room:
        yield Way(f"Give core auditors up to {known.core_room} more", round(known.core_room * rate))
    willing = sum(1 for each in known.asked if not (each.away or each.cannot))
    seconds = min(willing, ceil(missing / rate)) if rate else 0
    if seconds:
        yield Way(f"A second audit for {seconds} of the willing", round(seconds * rate))
    if known.partners:
        yield Way("Count partner services' audits beside ours", known.partners)
    if 0 < returns.low < known.target:
        yield Way(f"A target of {returns.low} is met nine times in ten; who lowers it is named", 0)


def _sum(people: Sequence[Person], rate_of: Callable[[Person], float]) -> int:
    return round(sum(rate_of(person) for person in people))


def warn(month: str, made: Forecast, *, tell: Sequence[Person]) -> list[Fact]:
    """Those who run the month hear that it may fall short; nothing where it does not."""
    return [MonthMayFallShort(about=month, likely=made.returns.likely, tell=tuple(tell))] if made.falls_short else []
