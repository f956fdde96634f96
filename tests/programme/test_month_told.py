"""What those who run the month are told: in words, and on which day a week begins."""

from datetime import date

import pytest

from programme.exceptions import Exceptional
from programme.figures import account
from programme.month_told import CHANGES, MonthSeen, begins_week
from programme.rulebook import Rulebook
from programme.words import AllocationState


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2017, 10, 2), True),
        (date(2017, 10, 3), False),
        (date(2017, 8, 28), False),  # the summer bank holiday
        (date(2017, 8, 29), True),
        (date(2018, 4, 3), True),  # after Easter
        (date(2017, 10, 7), False),
    ],
)
def test_a_week_begins_on_its_first_working_day(rules: Rulebook, day: date, begins: bool) -> None:
    assert begins_week(day, rules.calendar) is begins


def seen(needs: int = 0, *, week_begins: bool = False, running: bool = True, **changed: int) -> MonthSeen:
    stands = account({(AllocationState.OUT, None): 18, (AllocationState.RETURNED_IN_TIME, None): 12})
    listed = [Exceptional(f"{number}", "Look.") for number in range(needs)]
    return MonthSeen(changed, listed, stands if running else None, week_begins)


def test_the_line_says_what_needs_them_and_how_many_are_in() -> None:
    assert [seen(many).line() for many in range(3)] == [
        "Nothing needs you. 12 of 30 are in. Everything goes by itself.",
        "1 thing needs you. 12 of 30 are in. Everything else goes by itself.",
        "2 things need you. 12 of 30 are in. Everything else goes by itself.",
    ]
    assert seen(running=False).line() == "Nothing needs you. Everything goes by itself."


def test_nothing_is_said_when_nothing_is() -> None:
    assert [seen().is_worth_saying, seen(1).is_worth_saying, seen(return_recorded=1).is_worth_saying] == [
        *(False, True, True)
    ]
    assert [seen(week_begins=True).is_worth_saying, seen(week_begins=True, running=False).is_worth_saying] == [
        *(True, False)
    ]


def test_changes_are_counted_in_words_in_their_order() -> None:
    assert list(seen(reason_given=1, return_recorded=2).changes()) == ["2 returns came in", "1 reason was given"]
    of_all = MonthSeen(dict.fromkeys(CHANGES, 3), [], None, week_begins=False)
    assert len(list(of_all.changes())) == len(CHANGES)
