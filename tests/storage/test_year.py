"""A year of rounds, day by day: every account balances, turns are even, and nothing is carried over twice.

What is measured, of those who were auditors in one group all year and never in the core group: the turns they had by
the end of the year, carry-overs aside, are as many as the months of their group, and so within one of each other's. A
missed audit has one carry-over, and by the end of the year each that had time to be made up for has had its month.
"""

from collections import Counter
from random import Random

import pytest

from programme.owed import Part, Went
from programme.rota import CARRIED, IN_CORE
from storage import find, turning
from storage.office import Office
from tests.storage.year import GROUPS, Year

TIME_TO_MAKE_UP = 4
"""Months after which a missed audit must have had its turn: with three groups one of any two months is free."""


def look_at_accounts(year: Year) -> None:
    with year.office.record.reading() as session:
        for of in find.rounds.run_here(session):
            account = find.rounds.account_of(session, of)
            assert (of.month, account.balances) == (of.month, True)


def look_at_turns(year: Year) -> None:
    """What must hold on every day."""
    with year.office.record.reading() as session:
        turns = find.turns.every(session)
    carried = [turn for turn in turns if turn.carried_from]
    assert max(Counter((turn.person, turn.month) for turn in turns).values(), default=1) == 1
    assert max(Counter((turn.person, turn.carried_from) for turn in carried).values(), default=1) == 1
    assert [turn for turn in carried if turn.carried_from >= turn.month] == []


def look_at_the_year(year: Year) -> Counter[Went]:
    with year.office.record.reading() as session:
        parts = turning.history(session, year.office)
        groups = Counter(of.group.name for of in find.rounds.run_here(session) if of.group)
    steady = [part for part in parts if part.person.email not in year.disturbed and part.month in year.months]
    had = Counter(part.person for part in steady if part.turn and not part.turn.carried_from)
    assert {who.email: n for who, n in had.items()} == {
        who.email: groups[who.group.name] for who in had if who.group is not None
    }
    assert max(had.values()) - min(had.values()) <= 1
    look_at_carry_overs(year, parts)
    return Counter(part.went for part in parts if part.month in year.months)


def look_at_carry_overs(year: Year, parts: list[Part]) -> None:
    carried = {(part.person, part.turn.carried_from) for part in parts if part.turn and part.turn.carried_from}
    missed = {
        (part.person, part.month)
        for part in parts
        if part.went is Went.MISSED and part.person.email not in year.disturbed and not part.makes_up
    }
    in_time = {key for key in missed if key[1] in year.months[:-TIME_TO_MAKE_UP]}
    assert in_time - carried == set()
    by_key = {(part.person, part.month): part for part in parts}
    assert [key for key in carried if by_key[key].went is Went.UNDER_WAY] == []


def run(office: Office, seed: int) -> tuple[Year, Counter[Went]]:
    year = Year(office, Random(seed))
    for day in year.live():
        if day.weekday() == 0:
            look_at_turns(year)
    look_at_turns(year)
    look_at_accounts(year)
    return year, look_at_the_year(year)


def test_a_year_of_rounds_day_by_day(office: Office) -> None:
    year, went = run(office, 2017)
    assert all(went[each] > 1 for each in (Went.DID, Went.MISSED, Went.EXCUSED, Went.COULD_NOT))
    assert (year.swapped > 2, year.joined > 0, len(year.disturbed) > year.joined + 2) == (True, True, True)
    with office.record.reading() as session:
        turns = find.turns.every(session)
        rounds = find.rounds.run_here(session)
        asked = [find.roll_checks.of_month(session, of.month) for of in rounds]
    assert [of.group.name for of in rounds if of.group] == [*GROUPS] * 4
    assert sum(turn.why == CARRIED for turn in turns) > 3
    assert {turn.month for turn in turns if turn.why == IN_CORE} == {f"2018-{n:02}" for n in range(1, 7)}
    assert [len(checks) for checks in asked] == [2] * 12


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_many_years(office: Office, seed: int) -> None:
    run(office, seed)
