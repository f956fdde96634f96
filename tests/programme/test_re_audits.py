"""Which audits are due to be looked at again, since when, and which of them a month draws."""

from collections import Counter
from datetime import date, time, timedelta

import pytest

from programme.allocations import Allocation
from programme.calendar import at_london, months_after
from programme.cases import Case
from programme.closing_policy import ReAuditRules
from programme.policy import Policy
from programme.re_audits import DueAgain, Looked, WhyAgain, due_of, in_order
from programme.refusals import Refusal
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import AllocationState, Grade, RoundState

RULES = Rulebook.of(Policy())
OCTOBER = Round("2017-10", "Fathers", RoundState.REPORTED)
FOUND, SENT = at_london(date(2017, 10, 12), time(11)), at_london(date(2017, 11, 30), time(15))


def audit(number: int = 1, case: Case | None = None) -> Allocation:
    record = case or Case(f"MDW-{number:04}", None, "Child in Need", "5 to 9")
    return Allocation(f"AUD-2017-10-{number:02}", OCTOBER, record, AllocationState.RETURNED_IN_TIME)


def due(looked: Looked, day: date) -> list[tuple[WhyAgain, date]]:
    return [(each.why, each.since) for each in due_of(looked, RULES, day)]


def not_safe(number: int, since: date) -> DueAgain:
    return DueAgain(audit(number), WhyAgain.NOT_SAFE, since)


def not_good(number: int, case: Case | None = None) -> DueAgain:
    return DueAgain(audit(number, case), WhyAgain.NOT_YET_GOOD, date(2018, 1, 3))


class TestWhatIsDue:
    def test_a_child_who_was_not_safe_after_four_weeks(self) -> None:
        looked, day = Looked(audit(), FOUND, Grade.GOOD, SENT), date(2017, 11, 9)
        assert due(looked, day - timedelta(1)) == []
        assert due(looked, day) == [(WhyAgain.NOT_SAFE, day)]

    @pytest.mark.parametrize("grade", [Grade.NOT_YET_GOOD, Grade.NEARLY_GOOD])
    def test_an_audit_that_was_not_yet_good_three_months_after_its_outcome(self, grade: Grade) -> None:
        looked, day = Looked(audit(), None, grade, SENT), date(2018, 2, 28)
        assert due(looked, day - timedelta(1)) == []
        assert due(looked, day) == [(WhyAgain.NOT_YET_GOOD, day)]

    @pytest.mark.parametrize("grade", [Grade.GOOD, Grade.OUTSTANDING, Grade.FOURTH, None])
    def test_none_that_was_good(self, grade: Grade | None) -> None:
        assert due(Looked(audit(), None, grade, SENT), date(2027, 1, 1)) == []

    def test_none_whose_outcome_was_not_sent(self) -> None:
        assert due(Looked(audit(), None, Grade.NOT_YET_GOOD, None), date(2027, 1, 1)) == []

    def test_a_look_settles_what_was_due_by_then_and_no_more(self) -> None:
        early, late = at_london(date(2017, 11, 10), time(9)), at_london(date(2018, 3, 1), time(9))
        both = [(WhyAgain.NOT_SAFE, date(2017, 11, 9)), (WhyAgain.NOT_YET_GOOD, date(2018, 2, 28))]
        stood = [
            due(Looked(audit(), FOUND, Grade.NOT_YET_GOOD, SENT, again), date(2018, 3, 2))
            for again in ([], [early], [late], [early, late], [FOUND])
        ]
        assert stood == [both, both[1:], [], [], both]

    def test_by_the_policys_numbers(self) -> None:
        rules = Rulebook.of(Policy(re_audits=ReAuditRules(after_months=6, unsafe_after=1)))
        found = [each.since for each in due_of(Looked(audit(), FOUND, Grade.NOT_YET_GOOD, SENT), rules, date.max)]
        assert found == [date(2017, 10, 19), date(2018, 5, 30)]

    @pytest.mark.parametrize("wrong", [{"after_months": 0}, {"unsafe_after": 0}, {"most_a_month": -1}])
    def test_numbers_that_make_no_sense_are_refused(self, wrong: dict[str, int]) -> None:
        with pytest.raises(Refusal, match="too small"):
            ReAuditRules(**wrong)


class TestTheDraw:
    def test_children_who_were_not_safe_come_first_the_longest_due_before_the_others(self) -> None:
        waiting = [not_good(n) for n in range(10, 30)]
        some = [not_safe(2, date(2018, 1, 20)), not_safe(1, date(2018, 1, 25)), not_safe(3, date(2018, 1, 2))]
        order, _ = in_order("2018-02", [*waiting, *some])
        assert [each.audit.ref[-2:] for each in order[:3]] == ["03", "02", "01"]
        assert (len(order), order[3].why) == (23, WhyAgain.NOT_YET_GOOD)

    def test_it_comes_out_the_same_in_whatever_order_they_stand(self) -> None:
        waiting = [not_good(n) for n in range(10, 30)]
        assert in_order("2018-02", waiting) == in_order("2018-02", waiting[::-1])

    def test_another_month_or_another_pool_casts_another_lot(self) -> None:
        waiting = [not_good(n) for n in range(10, 30)]
        lots = {in_order(month, pool)[1] for month in ("2018-02", "2018-03") for pool in (waiting, waiting[1:])}
        assert len(lots) == 4

    def test_each_has_the_same_chance(self) -> None:
        """Over a thousand months each of ten is drawn about four hundred times, give or take five deviations."""
        waiting = [not_good(n) for n in range(10)]
        drawn = Counter(each.audit.ref for n in range(1000) for each in in_order(f"month {n}", waiting)[0][:4])
        assert (sum(drawn.values()), all(abs(many - 400) < 84 for many in drawn.values())) == (4000, True)

    def test_one_record_is_drawn_once_for_its_first_reason(self) -> None:
        case = Case("MDW-0001", None, "Child in Need", "5 to 9")
        both = [not_good(7, case), DueAgain(audit(7, case), WhyAgain.NOT_SAFE, date(2018, 1, 2))]
        order, _ = in_order("2018-02", both)
        assert [each.why for each in order] == [WhyAgain.NOT_SAFE]

    @pytest.mark.parametrize("why", ["closed", "restricted", "hold"])
    def test_what_takes_more_than_the_lot_is_not_drawn(self, why: str) -> None:
        case = Case("MDW-0001", None, "Child in Need", "5 to 9")
        setattr(case, why, date(2018, 1, 1) if why == "closed" else True)
        assert in_order("2018-02", [not_good(7, case)])[0] == []
        assert not_good(7, case).kept_back != ""


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2017, 11, 30), 3, date(2018, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2017, 10, 5), 3, date(2018, 1, 5)),
        (date(2017, 12, 31), 1, date(2018, 1, 31)),
        (date(2017, 1, 31), 0, date(2017, 1, 31)),
    ],
)
def test_months_after(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then
