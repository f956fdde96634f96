"""Checks of confirmed actions: which are made, and who is best asked."""

from collections import Counter
from datetime import date, timedelta

import pytest

from programme.absences import Absence
from programme.actions import Action
from programme.allocations import Allocation
from programme.blocking import Known
from programme.checking import Check, WhoMay, WhyChecked, confirmed, lot
from programme.closing_policy import CheckRules
from programme.people import Person, Service, Team
from programme.policy import Policy
from programme.refusals import Refusal
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.ties import Posting
from programme.words import ActionState, AllocationState, Priority, Role, RoundState
from tests.cast import NOW
from tests.programme.builders import case, person

HELP, CARE, EARLY = Service("Help and Protection"), Service("Care and Permanence"), Service("Early Help")
MEADOW = Team("Meadow", CARE)
RULES = Rulebook.of(Policy())
TODAY = date(2017, 10, 2)

owner = person("Tomasz", Role.TEAM_MANAGER, team=MEADOW)
auditor = person("Maren", Role.HEAD_OF_SERVICE, service=HELP)
learning = person("Kwame", Role.PRACTICE_LEARNING)
other_head = person("Ines", Role.HEAD_OF_SERVICE, service=EARLY)
own_head = person("Idris", Role.HEAD_OF_SERVICE, service=CARE)


def action(priority: Priority = Priority.STANDARD) -> Action:
    month = Round("2017-10", "Fathers", RoundState.DISTRIBUTED)
    audit = Allocation("AUD-2017-10-01", month, case(team=MEADOW), AllocationState.RETURNED_IN_TIME, holder=auditor)
    made = Action("ACT-2017-10-01-1", audit, "Visit.", "Seen.", priority, NOW, owner, ActionState.CONFIRMED)
    made.confirmed_by, made.confirmed_at = owner, NOW
    return made


def check_of(priority: Priority = Priority.URGENT, *, seed: int = 1, drawn: int = 0, had: int = 0) -> Check:
    return confirmed(action(priority), had, seed=seed, drawn=drawn, rules=CheckRules())


DRAWN = next(seed for seed in range(1000) if lot(seed, "CHK-2017-10-01-1-1", 10) == 1)


@pytest.mark.parametrize("priority", [Priority.IMMEDIATE, Priority.URGENT])
def test_every_immediate_and_urgent_one_is_checked_however_many(priority: Priority) -> None:
    assert [check_of(priority, drawn=n).why for n in (0, 8, 80)] == [WhyChecked(priority)] * 3


@pytest.mark.parametrize("priority", [Priority.STANDARD, Priority.PLANNED])
def test_of_the_rest_one_in_ten(priority: Priority) -> None:
    cast = Counter(check_of(priority, seed=seed).why for seed in range(10_000))
    assert set(cast) == {WhyChecked.DRAWN, WhyChecked.NOT_DRAWN}
    assert 900 < cast[WhyChecked.DRAWN] < 1_100


def test_and_at_most_eight_a_month() -> None:
    found = [check_of(Priority.STANDARD, seed=DRAWN, drawn=n) for n in (0, 7, 8)]
    assert [(each.why, each.place) for each in found] == [
        (WhyChecked.DRAWN, 1),
        (WhyChecked.DRAWN, 8),
        (WhyChecked.MONTH_FULL, None),
    ]


def test_the_same_seed_casts_the_same_lot() -> None:
    assert [lot(7, "CHK-2017-10-01-1-1", 10) for _ in range(3)] == [10] * 3


def test_confirmed_again_it_has_a_lot_of_its_own() -> None:
    assert [check_of(had=n).ref for n in (0, 1)] == ["CHK-2017-10-01-1-1", "CHK-2017-10-01-1-2"]


def test_what_is_not_confirmed_is_not_checked() -> None:
    still_open = action()
    still_open.state = ActionState.SENT
    with pytest.raises(Refusal):
        confirmed(still_open, 0, seed=1, drawn=0, rules=CheckRules())


def best(*people: Person, **known: object) -> Person | None:
    return WhoMay(people, **known).best(check_of(), on=TODAY, rules=RULES)  # type: ignore[arg-type]


def test_nobody_checks_what_is_done_in_their_own_service() -> None:
    assert best(owner, own_head) is None
    assert best(owner, own_head, other_head) is other_head


def test_who_audited_or_moderated_it_only_where_nobody_else_can() -> None:
    assert best(auditor, other_head, read=[auditor], had={other_head: 9}) is other_head
    assert best(auditor, own_head, read=[auditor]) is auditor


def test_who_was_asked_least_comes_first() -> None:
    assert best(learning, other_head, had={other_head: 1, learning: 2}) is other_head
    assert best(learning, other_head, had={other_head: 2, learning: 1}) is learning


def test_nobody_who_is_away_until_it_is_due_and_rather_who_is_at_work_today() -> None:
    away, today_only = person("Ada", Role.HEAD_OF_SERVICE), person("Abe", Role.HEAD_OF_SERVICE)
    away.absences = [Absence(away, TODAY, TODAY + timedelta(days=30))]
    today_only.absences = [Absence(today_only, TODAY, TODAY)]
    assert (best(away), best(today_only), best(away, today_only, learning)) == (None, today_only, learning)


def test_nobody_whom_a_rule_keeps_from_the_childs_record() -> None:
    former = person("Ada", Role.PRACTICE_LEARNING)
    former.postings = [Posting(former, MEADOW, date(2016, 1, 1), date(2017, 9, 1))]
    assert best(former, known=Known(since=date(2016, 10, 2))) is None
    assert best(former, known=Known(since=date(2017, 10, 2))) is former


@pytest.mark.parametrize("numbers", [{"one_in": 0}, {"most_a_month": -1}, {"within": 0}])
def test_a_policy_that_asks_for_less_than_nothing_is_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(Refusal, match="numbers for checks are too small"):
        CheckRules(**numbers)
