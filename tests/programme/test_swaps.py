"""The rules of a swap, without a database: until when, by whom, and what stands against it."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from programme import swap_asking
from programme.calendar import at_london, london
from programme.people import Person
from programme.policy import Policy, SwapRules
from programme.refusals import Refusal
from programme.rota import Turn
from programme.rulebook import Rulebook
from programme.swap_peers import Judging, Peer, Wanted, why_not
from programme.swap_turns import AskersTurns
from programme.swaps import Swap
from programme.words import AllocationState, Competency, Reason, SwapKind, SwapState
from tests.cast import MONTH, NOW, Cast, gather

DUE = date(2017, 10, 13)
"""The tenth working day of October 2017."""


@pytest.fixture
def month(rules: Rulebook) -> Cast:
    return gather(rules)


@pytest.fixture
def free(month: Cast) -> Person:
    """Of the peer's team and group, with nothing to do this month."""
    return replace(month.peer, email="lindiwe@example.org", name="Lindiwe Ashgrove")


def peer_of(person: Person) -> Peer:
    return Peer(person, Turn(person, "2017-11"))


def judging(rules: Rulebook, at: datetime) -> Judging:
    return Judging(london(at).date(), rules)


def cover(month: Cast, free: Person, rules: Rulebook, at: datetime = NOW) -> Swap:
    wanted = Wanted(month.allocation, month.auditor, SwapKind.COVER)
    return swap_asking.ask(wanted, [peer_of(free)], at=at, judging=judging(rules, at))[0]


def morning(day: int) -> datetime:
    return at_london(date(2017, 10, day), time(9))


def just_after(day: int) -> datetime:
    return at_london(date(2017, 10, day), time(0, 0, 1))


class TestItEnds:
    @pytest.mark.parametrize(
        ("asked", "ends"),
        [
            (2, "2017-10-04 23:59:59"),  # two working days
            (6, "2017-10-10 23:59:59"),  # a Friday: the weekend does not count
            (11, "2017-10-12 23:59:59"),  # the day before it is due
            (12, "2017-10-12 23:59:59"),
        ],
    )
    def test_after_two_working_days_or_the_day_before_it_is_due(
        self, month: Cast, free: Person, rules: Rulebook, asked: int, ends: str
    ) -> None:
        assert month.allocation.due_on == DUE
        swap = cover(month, free, rules, morning(asked))
        assert f"{swap.ends_at:%Y-%m-%d} 23:59:59" == ends

    def test_who_asked_and_the_administrator_hear_of_it_on_the_day_it_is_due_too(
        self, month: Cast, free: Person, rules: Rulebook
    ) -> None:
        swap = cover(month, free, rules, morning(12))
        [ended] = swap.expire(at=just_after(13), administrators=[month.administrator])
        assert (swap.state, ended.tell) == (SwapState.EXPIRED, (month.auditor, month.administrator))

    def test_quietly_and_not_as_a_failed_search_once_a_return_is_in(
        self, month: Cast, free: Person, rules: Rulebook
    ) -> None:
        swap = cover(month, free, rules)
        month.allocation.state = AllocationState.RETURNED_IN_TIME
        [ended] = swap.expire(at=morning(3), administrators=[month.administrator])
        assert (swap.state, ended.tell, swap.has_failed) == (SwapState.WITHDRAWN, (), False)
        assert swap.how_it_stands == "It was not needed any more on Tuesday 3 October at 09:00."

    def test_earlier_where_the_due_date_has_come_nearer(self, month: Cast, free: Person, rules: Rulebook) -> None:
        swap = cover(month, free, rules)
        month.allocation.due_on = date(2017, 10, 3)
        assert swap.expire(at=morning(2), administrators=[]) == []
        assert len(swap.expire(at=morning(3), administrators=[])) == 1

    def test_nobody_approves_it_any_more_when_the_audit_is_due(self, month: Cast, free: Person) -> None:
        rules = Rulebook.of(Policy(swaps=SwapRules(approval=True)))
        swap, turns = cover(month, free, rules), AskersTurns(Turn(month.auditor, MONTH))
        swap.accept(
            by=free,
            at=NOW,
            peer=peer_of(free),
            turns=turns,
            administrators=[month.administrator],
            judging=judging(rules, NOW),
        )
        at = just_after(13)
        with pytest.raises(Refusal, match="This request has ended"):
            swap.approve(by=month.administrator, at=at, peer=peer_of(free), turns=turns, judging=judging(rules, at))


class TestAnExchange:
    @pytest.mark.parametrize(
        ("due", "reason", "against"),
        [
            (date(2017, 10, 3), None, ""),
            (date(2017, 10, 2), None, "has an audit that cannot be exchanged any more"),
            (date(2017, 9, 29), None, "has an audit that cannot be exchanged any more"),
            (date(2017, 10, 13), Reason.CAPACITY, "has an audit that cannot be exchanged any more"),
        ],
    )
    def test_brings_nothing_that_can_hardly_be_done(
        self, month: Cast, rules: Rulebook, due: date, reason: Reason | None, against: str
    ) -> None:
        theirs = month.peers_allocation
        theirs.due_on, theirs.reason = due, reason
        wanted = Wanted(month.allocation, month.auditor, SwapKind.EXCHANGE)
        assert why_not(wanted, Peer(month.peer, audit=theirs), judging(rules, NOW)) == against


class TestTheAdministratorMakes:
    @pytest.mark.parametrize("state", list(AllocationState))
    def test_only_of_an_audit_that_is_out(
        self, month: Cast, free: Person, rules: Rulebook, state: AllocationState
    ) -> None:
        month.allocation.state = state
        if state is AllocationState.OUT:
            assert self.made(month, free, rules, NOW).taker is free
            return
        with pytest.raises(Refusal):
            self.made(month, free, rules, NOW)
        assert month.allocation.holder is month.auditor

    def test_none_once_it_is_due(self, month: Cast, free: Person, rules: Rulebook) -> None:
        with pytest.raises(Refusal, match="too late to swap"):
            self.made(month, free, rules, just_after(13))

    @staticmethod
    def made(month: Cast, free: Person, rules: Rulebook, at: datetime) -> Swap:
        swap, _ = swap_asking.make(
            Wanted(month.allocation, month.auditor, SwapKind.COVER),
            peer_of(free),
            by=month.administrator,
            at=at,
            turns=AskersTurns(Turn(month.auditor, MONTH)),
            judging=judging(rules, at),
        )
        return swap


def test_who_is_developing_has_it_as_such(month: Cast, free: Person, rules: Rulebook) -> None:
    """A member of the core group makes up for nothing; who took over from them, developing, does."""
    free.competency = Competency.DEVELOPING
    TestTheAdministratorMakes.made(month, free, rules, NOW)
    assert month.allocation.developing
