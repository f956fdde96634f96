"""How likely it is that audits come back, and how far from the likely number a month may end.

A person's rate is drawn towards their group's, and a group's towards everybody's, by as many audits as policy says: who
has done little is judged mostly by the others. What is likely is the sum of the chances. How far off that may be comes
from three things: chance with each audit, months that are good or bad for everybody, and how little is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from programme.people import AuditGroup, Person
from programme.planning_policy import ForecastRules

FOUR_IN_FIVE = NormalDist().inv_cdf(0.9)
"""One in ten ends below the range, and one in ten above it."""


@dataclass(frozen=True)
class PastAudit:
    """One audit of an earlier month: whether it came back in time. Who was away or excused is not among them."""

    person: Person
    month: str
    came: bool


@dataclass(frozen=True)
class Rates:
    """Of how many audits given out one comes back: everybody's, by group, by person; and what months differ by."""

    everybody: float
    by_group: dict[AuditGroup | None, float]
    by_person: dict[Person, float]
    between_months: float
    unsure: float

    def of(self, person: Person) -> float:
        return self.by_person.get(person, self.by_group.get(person.group, self.everybody))


@dataclass(frozen=True)
class Range:
    """Where a number lies four times in five, and what is likely; whole numbers."""

    low: int
    likely: int
    high: int


def rates(past: Sequence[PastAudit], rules: ForecastRules) -> Rates:
    """What earlier months say."""
    everybody = _rate(past, rules.assumed_rate, rules.counts_as)
    groups = {each.person.group for each in past}
    by_group = {
        group: _rate([each for each in past if each.person.group is group], everybody, rules.counts_as)
        for group in groups
    }
    of_person: dict[Person, list[PastAudit]] = {}
    for each in past:
        of_person.setdefault(each.person, []).append(each)
    by_person = {who: _rate(his, by_group[who.group], rules.counts_as) for who, his in of_person.items()}
    months = _between_months(past, by_person, rules)
    unsure = everybody * (1 - everybody) / (len(past) + rules.counts_as)
    return Rates(everybody, by_group, by_person, months, unsure + months / (len({each.month for each in past}) + 1))


def _rate(past: Sequence[PastAudit], otherwise: float, counts_as: float) -> float:
    """What came of what was given, as if there were so many more audits that came at the rate of the others."""
    return (sum(each.came for each in past) + counts_as * otherwise) / (len(past) + counts_as)


def _between_months(past: Sequence[PastAudit], rate_of: dict[Person, float], rules: ForecastRules) -> float:
    """The variance of a month's rate beyond what chance explains, drawn towards what policy assumes."""
    in_month: dict[str, list[PastAudit]] = defaultdict(list)
    for each in past:
        in_month[each.month].append(each)
    beyond = [_beyond_chance(audits, rate_of) for audits in in_month.values()]
    assumed = rules.assumed_between_months**2
    return max((sum(beyond) + rules.counts_as * assumed) / (len(beyond) + rules.counts_as), assumed / rules.counts_as)


def _beyond_chance(audits: Sequence[PastAudit], rate_of: dict[Person, float]) -> float:
    """How far one month's rate was from what was to be expected, squared, less what chance alone makes of it."""
    off = sum(each.came - rate_of[each.person] for each in audits)
    chance = sum(rate_of[each.person] * (1 - rate_of[each.person]) for each in audits)
    return (off**2 - chance) / len(audits) ** 2


def still_to_come(rate: float, come_by_now: float) -> float:
    """The chance that something comes which has not come by now, when so large a part of what ever comes has come."""
    return rate * (1 - come_by_now) / (1 - rate * come_by_now) if rate * come_by_now < 1 else 0.0


def expected(chances: Iterable[float], known: Rates, *, surely: int = 0, at_best: int | None = None) -> Range:
    """The likely number and its range; `surely` are in already, and no more than `at_best` can be."""
    chances = list(chances)
    mean = sum(chances)
    shared = known.between_months + known.unsure
    spread = sqrt(sum(each * (1 - each) for each in chances) + len(chances) ** 2 * shared * _room(chances))
    most = surely + len(chances) if at_best is None else at_best
    low, likely, high = (
        min(max(round(surely + mean + z * spread), surely), most) for z in (-FOUR_IN_FIVE, 0.0, FOUR_IN_FIVE)
    )
    return Range(low, likely, high)


def _room(chances: Sequence[float]) -> float:
    """A good or bad month moves a chance of a half most, and one that is nearly sure hardly at all."""
    if not chances:
        return 0.0
    return sum(4 * each * (1 - each) for each in chances) / len(chances)
