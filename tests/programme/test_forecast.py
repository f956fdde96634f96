"""The forecast: its arithmetic on small months, and how often it is right about programmes whose truth is known."""

import random
from collections.abc import Sequence

import pytest

from programme.forecast import NOTHING_SHARED, Asked, Forecast, Known, Way, forecast, warn
from programme.likelihood import PastAudit, Range, Rates, expected, rates, still_to_come
from programme.people import AuditGroup, Person
from programme.planning_policy import ForecastRules
from tests.programme.builders import person

RULES = ForecastRules()
SURE = Rates(1.0, {}, {}, 0.0, 0.0)
HALF = Rates(0.5, {}, {}, 0.0, 0.0)
PROGRAMMES = 1_000


def people(many: int, group: AuditGroup | None = None) -> list[Person]:
    return [person(f"P{n}", group=group) for n in range(many)]


def made(known: Known, known_rates: Rates = SURE) -> Forecast:
    return forecast(known, known_rates, RULES, a_pair=4)


class Programme:
    """A made-up borough that keeps to its own truth: a rate for each person, and months good or bad for all."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.rate_of = {
            who: rate for n in range(chance.randint(2, 4)) for who, rate in self._group(AuditGroup(f"G{n}"))
        }
        self.spread = chance.uniform(0.0, 0.12)

    def _group(self, group: AuditGroup) -> list[tuple[Person, float]]:
        middle = self.chance.uniform(0.45, 0.9)
        return [(who, self._near(middle, 0.12)) for who in people(self.chance.randint(8, 22), group)]

    def _near(self, middle: float, spread: float) -> float:
        return min(max(self.chance.gauss(middle, spread), 0.02), 0.98)

    def month(self) -> list[tuple[Person, bool]]:
        """One group's month, as it comes out."""
        group = self.chance.choice([who.group for who in self.rate_of])
        good_or_bad = self.chance.gauss(0, self.spread)
        asked = [(who, rate) for who, rate in self.rate_of.items() if who.group is group]
        return [(who, self.chance.random() < min(max(rate + good_or_bad, 0), 1)) for who, rate in asked]

    def past(self) -> list[PastAudit]:
        return [PastAudit(who, f"M{n}", came) for n in range(self.chance.randint(2, 12)) for who, came in self.month()]


def foretold(seed: int) -> tuple[Forecast, int]:
    """What was said of the next month of one programme, and what came of it."""
    programme = Programme(random.Random(seed))
    known = rates(programme.past(), RULES)
    out = programme.month()
    asked = [Asked(who) for who, _ in out]
    said = made(Known(target=30, given_out=False, asked=asked, wanted=len(asked)), known)
    return said, sum(came for _, came in out)


def test_four_in_five_is_between_75_and_92_in_100_of_a_thousand_programmes() -> None:
    told = [foretold(seed) for seed in range(PROGRAMMES)]
    right = sum(said.returns.low <= came <= said.returns.high for said, came in told) / PROGRAMMES
    assert 0.75 <= right <= 0.92
    off = sum(said.returns.likely - came for said, came in told) / PROGRAMMES
    assert -0.5 <= off <= 0.5
    below = sum(came < said.returns.low for said, came in told) / PROGRAMMES
    above = sum(came > said.returns.high for said, came in told) / PROGRAMMES
    assert max(below, above) <= 0.16


def test_the_more_is_known_the_narrower() -> None:
    who, wide = people(20), rates([], RULES)
    past = [PastAudit(each, f"M{n}", (n + nth) % 10 < 6) for nth, each in enumerate(who) for n in range(30)]
    narrow = rates(past, RULES)
    widths = []
    for known in (wide, narrow):
        of = expected([known.of(each) for each in who], known)
        widths.append(of.high - of.low)
    assert widths[1] < widths[0]


def test_where_nothing_is_known_policy_is_assumed() -> None:
    known = rates([], RULES)
    assert (known.everybody, known.of(person("Asha"))) == (RULES.assumed_rate, RULES.assumed_rate)


def test_a_person_is_drawn_to_their_group_and_a_group_to_everybody() -> None:
    rowan, linden = AuditGroup("Rowan"), AuditGroup("Linden")
    always, never, new = person("Asha", group=rowan), person("Kofi", group=linden), person("Ines", group=rowan)
    past = [PastAudit(who, f"M{n}", who is always) for who in (always, never) for n in range(8)]
    known = rates(past, RULES)
    assert known.of(never) < known.by_group[linden] < known.everybody < known.by_group[rowan] < known.of(always)
    assert known.of(new) == known.by_group[rowan]


@pytest.mark.parametrize(
    ("rate", "come_by_now", "chance"),
    [(0.5, 0.0, 0.5), (0.5, 1.0, 0.0), (1.0, 0.5, 1.0), (1.0, 1.0, 0.0), (0.0, 0.3, 0.0)],
)
def test_what_has_not_come_is_ever_less_likely_to(rate: float, come_by_now: float, chance: float) -> None:
    assert still_to_come(rate, come_by_now) == pytest.approx(chance)


def test_nobody_is_asked() -> None:
    said = made(Known(target=30, given_out=False, asked=[]))
    assert (said.first_line, said.returns) == ("At best this month gives 0; the target is 30.", Range(0, 0, 0))
    assert said.likely_line == "Likely to come back in time: 0."


def test_twenty_two_people_for_thirty() -> None:
    said = made(Known(target=30, given_out=False, asked=[Asked(who) for who in people(22)], wanted=40), HALF)
    assert said.first_line == "At best this month gives 22; the target is 30."
    assert (said.returns.likely, said.falls_short) == (11, True)
    assert said.likely_line == "Likely to come back in time: 11. Four times in five it is 8 to 14."
    assert said.lines == ("22 to be given, of which 5 in 10 come: 11.",)


def test_more_room_than_records_gives_no_more_than_there_are() -> None:
    said = made(Known(target=20, given_out=False, asked=[Asked(who, audits=5) for who in people(10)], wanted=20))
    assert (said.at_best, said.returns) == (20, Range(20, 20, 20))


def test_who_is_away_or_cannot_counts_as_none_and_is_said() -> None:
    one, two, three, four = people(4)
    asked = [
        Asked(one, carried=True),
        Asked(two, away=True),
        Asked(three, cannot=True),
        Asked(four, away=True, cannot=True),
    ]
    said = made(Known(target=5, given_out=True, asked=asked, returned=2, places_empty=2))
    assert (said.at_best, said.returns) == (3, Range(3, 3, 3))
    assert said.lines == (
        "2 in already.",
        "1 still out, of which 10 in 10 come: 1.",
        "2 with somebody away the whole time: 0.",
        "1 that cannot be done: 0.",
        "1 of them make up for an earlier month.",
        "2 places of the group are empty.",
    )


def test_what_is_in_is_sure_and_no_more_than_is_out_can_come() -> None:
    of = expected([0.5, 0.5], Rates(0.5, {}, {}, 1.0, 1.0), surely=7)
    assert of == Range(7, 8, 9)


def test_the_ways_to_close_the_gap_with_what_each_adds() -> None:
    asked: Sequence[Asked] = [Asked(who) for who in people(10)]
    known = Known(
        target=12, given_out=False, asked=asked, wanted=12, later=people(8), owing=people(2), core_room=6, partners=3
    )
    assert made(known, HALF).ways == (
        Way("Ask the 2 who owe an audit from an earlier month", 1),
        Way("Ask the 8 whose turn is next month", 4),
        Way("Give core auditors up to 6 more", 3),
        Way("A second audit for 10 of the willing", 5),
        Way("Count partner services' audits beside ours", 3),
        Way("A target of 3 is met nine times in ten; who lowers it is named", 0),
    )
    assert made(known).ways[0].adds == 2


def test_where_nothing_is_missing_no_way_is_shown_and_nobody_is_warned() -> None:
    said = made(Known(target=10, given_out=True, asked=[Asked(who) for who in people(10)]))
    assert (said.ways, warn("2017-10", said, tell=[])) == ((), [])


def test_moderators_that_are_likely_and_needed() -> None:
    said = made(Known(target=10, given_out=True, asked=[Asked(who) for who in people(10)], moderators=8))
    assert said.moderators_line == "Moderators on the day: 7 likely (6 to 8); 6 needed."


def test_the_warning_says_how_many_are_likely() -> None:
    [fact] = warn("2017-10", made(Known(target=30, given_out=True, asked=[]), NOTHING_SHARED), tell=[])
    assert fact.details() == {"likely": "0"}
