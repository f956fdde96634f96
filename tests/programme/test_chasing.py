"""Both ladders against tables made by hand (whole months are in test_years), and what of them is due on a day."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest

from programme.absences import Absence
from programme.actions import Action
from programme.allocations import Allocation
from programme.calendar import at_london, end_of
from programme.chasing import (
    CHECK_IN,
    CLOSING,
    DAY_BEFORE,
    DUE_SOON,
    DUE_TODAY,
    FIRST_AFTER,
    HEAD_TOLD,
    SECOND_AFTER,
    THIRD_AFTER,
    WAS_DUE,
    Due,
    StepTaken,
    due_of_action,
    due_of_audit,
    head_to_tell,
    is_reminding_time,
)
from programme.people import Person, Service, Team
from programme.policy import Closures, Policy, ReminderDays
from programme.reminders import take
from programme.rulebook import Rulebook
from programme.words import ActionState, AllocationState, Priority, Reason, Role
from tests.cast import gather
from tests.programme.builders import person

OCTOBER = {3: "", 6: CHECK_IN, 9: "", 12: DAY_BEFORE, 13: "", 16: WAS_DUE, 17: HEAD_TOLD, 18: "", 19: CLOSING, 20: ""}
"""Due on Friday 13 October 2017, closing on Thursday the 19th: working days by the calendar on the wall."""

DECEMBER = Rulebook.of(Policy(calendar=Closures((date(2017, 12, 27), date(2017, 12, 28), date(2017, 12, 29)))))
"""The council is closed between Boxing Day and the new year."""

NINE = time(9)


def on(day: int, hour: time = NINE, month: int = 10, year: int = 2017) -> datetime:
    return at_london(date(year, month, day), hour)


def taken(*steps: str, about: str = "AUD-2017-10-01", due_on: date = date(2017, 10, 13)) -> list[StepTaken]:
    return take(about, steps, due_on, at=on(2))


@pytest.fixture
def audit(rules: Rulebook) -> Allocation:
    """The auditor's audit of October, due on Friday the 13th."""
    return gather(rules).allocation


def due(audit: Allocation, rules: Rulebook, at: datetime, before: Iterable[StepTaken] = ()) -> tuple[str, ...]:
    return due_of_audit(audit, before, now=at, rules=rules).names


@pytest.mark.parametrize("number", OCTOBER)
def test_each_day_of_october_has_its_step_and_no_other(audit: Allocation, rules: Rulebook, number: int) -> None:
    ladder = (CHECK_IN, DAY_BEFORE, WAS_DUE, HEAD_TOLD, CLOSING)
    before = {name for day, name in OCTOBER.items() if name and day < number}
    expected = (OCTOBER[number],) if OCTOBER[number] else ()
    assert due(audit, rules, on(number), taken(*(name for name in ladder if name in before))) == expected


def test_each_step_is_taken_once_for_one_due_date(audit: Allocation, rules: Rulebook) -> None:
    assert due(audit, rules, on(6)) == (CHECK_IN,)
    assert due(audit, rules, on(6), taken(CHECK_IN)) == ()
    assert due(audit, rules, on(6), taken(CHECK_IN, due_on=date(2017, 10, 12))) == (CHECK_IN,)


def test_after_an_outage_only_the_newest_is_said_and_the_head_of_service_is_still_told(
    audit: Allocation, rules: Rulebook
) -> None:
    on_the_17th = due_of_audit(audit, taken(CHECK_IN), now=on(17), rules=rules)
    assert on_the_17th == Due((DAY_BEFORE, WAS_DUE, HEAD_TOLD))
    assert (on_the_17th.said, on_the_17th.tells_head) == ("", True)
    on_the_19th = due_of_audit(audit, taken(CHECK_IN), now=on(19), rules=rules)
    assert (on_the_19th.said, on_the_19th.tells_head) == (CLOSING, True)
    on_the_16th = due_of_audit(audit, (), now=on(16), rules=rules)
    assert (on_the_16th.names, on_the_16th.said) == ((CHECK_IN, DAY_BEFORE, WAS_DUE), WAS_DUE)


def test_after_the_cut_off_only_what_the_head_of_service_missed_is_left(audit: Allocation, rules: Rulebook) -> None:
    assert due(audit, rules, on(19, time(11, 59)), taken(HEAD_TOLD)) == (CHECK_IN, DAY_BEFORE, WAS_DUE, CLOSING)
    assert due(audit, rules, on(19, time(12)), taken(HEAD_TOLD)) == ()
    assert due(audit, rules, on(19, time(12))) == (HEAD_TOLD,)
    assert due(audit, rules, on(20)) == (HEAD_TOLD,)


@pytest.mark.parametrize("state", [state for state in AllocationState if state is not AllocationState.OUT])
def test_nothing_is_due_of_what_has_ended(audit: Allocation, rules: Rulebook, state: AllocationState) -> None:
    audit.state = state
    assert due(audit, rules, on(16)) == ()


def test_who_has_given_a_reason_is_asked_nothing_more(audit: Allocation, rules: Rulebook) -> None:
    audit.reason = Reason.CAPACITY
    assert due(audit, rules, on(17)) == ()


def test_who_is_not_at_work_hears_on_the_first_day_back(audit: Allocation, rules: Rulebook) -> None:
    holder = audit.holder
    assert holder
    holder.absences.append(Absence(holder, date(2017, 10, 12), date(2017, 10, 16)))
    before = taken(CHECK_IN)
    assert [due(audit, rules, on(day), before) for day in (12, 13, 16)] == [(), (), ()]
    back = due_of_audit(audit, before, now=on(17), rules=rules)
    assert (back.said, back.tells_head) == ("", True)
    assert due(audit, rules, on(18), taken(CHECK_IN, DAY_BEFORE, WAS_DUE, HEAD_TOLD)) == ()


def test_who_has_moved_on_hears_nothing(audit: Allocation, rules: Rulebook) -> None:
    assert audit.holder
    audit.holder.ends = date(2017, 10, 15)
    assert due(audit, rules, on(16)) == ()


def test_what_lay_before_it_was_given_out_was_never_due(audit: Allocation, rules: Rulebook) -> None:
    audit.given_out_at = on(6, time(14))
    assert due(audit, rules, on(6, time(15))) == ()
    assert due(audit, rules, on(12)) == (DAY_BEFORE,)


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        (16, {9: CHECK_IN, 13: DAY_BEFORE, 17: WAS_DUE, 18: HEAD_TOLD, 19: CLOSING}),
        (17, {10: CHECK_IN, 16: DAY_BEFORE, 18: WAS_DUE, 19: CLOSING}),
        (18, {11: CHECK_IN, 17: DAY_BEFORE, 19: CLOSING}),
        (19, {12: CHECK_IN, 18: DAY_BEFORE, 19: CLOSING}),
    ],
)
def test_with_more_time_the_ladder_follows_and_the_later_of_two_steps_stands(
    audit: Allocation, rules: Rulebook, due_on: int, days: dict[int, str]
) -> None:
    audit.due_on = date(2017, 10, due_on)
    said: dict[int, str] = {}
    before: list[StepTaken] = []
    for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19):
        now = due_of_audit(audit, before, now=on(day), rules=rules)
        before += taken(*now.names, due_on=audit.due_on)
        if now.names:
            said[day] = now.said or HEAD_TOLD
    assert said == days
    # The Head of Service's step never falls out, not even where the closing stands in its place.
    assert (HEAD_TOLD in {step.step for step in before}) == (due_on <= 17)


HOURS = [
    (on(6, time(8, 59)), False),
    (on(6, time(9)), True),
    (on(6, time(16, 59, 59)), True),
    (on(6, time(17)), False),
    (on(7, time(10)), False),  # a Saturday
    (on(28, month=8), False),  # the bank holiday of August
    (on(26, month=12), False),
    (on(27, month=12), False),  # closed
    (on(2, month=1, year=2018), True),
    (on(27, time(9), month=3), True),  # the Monday after the clocks went forward
    (on(30, time(9)), True),  # and after they went back
]


@pytest.mark.parametrize(("at", "said"), HOURS, ids=[f"{at:%m-%d %H:%M}" for at, _ in HOURS])
def test_nobody_is_reminded_but_in_the_hours_of_a_working_day(at: datetime, *, said: bool) -> None:
    assert is_reminding_time(at, DECEMBER) == said


def test_the_hours_are_the_policys() -> None:
    early = Rulebook.of(Policy(reminders=ReminderDays(from_hour=time(8), to_hour=time(12))))
    assert [is_reminding_time(on(6, time(hour)), early) for hour in (7, 8, 11, 12)] == [False, True, True, False]


def an_action(priority: Priority, due_on: date, *, owner: Person | None = None) -> Action:
    audit = gather(DECEMBER).allocation
    team = Team("Meadow", Service("Care"))
    owner = owner or person("Tomasz", Role.TEAM_MANAGER, team=team)
    step, sent = ActionState.SENT, on(1, month=11)
    return Action("ACT-2017-10-01-1", audit, "Do it.", "Done.", priority, end_of(due_on), owner, step, sent_at=sent)


def said_of(action: Action, first: date, last: date) -> tuple[dict[str, str], str]:
    """What its owner hears on each day, and the day the Head of Service is told; each day's steps are taken."""
    before: list[StepTaken] = []
    heard: dict[str, str] = {}
    told = ""
    for day in DECEMBER.calendar.working_days_between(first, last):
        now = due_of_action(action, before, now=at_london(day, NINE), rules=DECEMBER)
        before += take(action.ref, now.names, action.due_on, at=at_london(day, NINE))
        heard |= {f"{day:%m-%d}": now.said} if now.said else {}
        told += f"{day:%m-%d}" if now.tells_head else ""
    return heard, told


@pytest.mark.parametrize(
    ("priority", "told"), [(Priority.URGENT, "12-18"), (Priority.STANDARD, "12-20"), (Priority.PLANNED, "12-22")]
)
def test_an_actions_ladder_over_christmas(priority: Priority, told: str) -> None:
    """Due on Friday 15 December 2017; Christmas Day is a Monday, so that week's word comes when the council opens."""
    assert said_of(an_action(priority, date(2017, 12, 15)), date(2017, 12, 1), date(2018, 1, 16)) == (
        {
            "12-12": DUE_SOON,
            "12-15": DUE_TODAY,
            "12-18": FIRST_AFTER,
            "12-20": SECOND_AFTER,
            "12-22": THIRD_AFTER,
            "01-02": "monday 2018-01-01",
            "01-08": "monday 2018-01-08",
            "01-15": "monday 2018-01-15",
        },
        told,
    )


def test_an_action_due_on_a_saturday_is_spoken_of_on_monday() -> None:
    heard, told = said_of(an_action(Priority.STANDARD, date(2017, 11, 18)), date(2017, 11, 13), date(2017, 11, 24))
    assert heard == {"11-15": DUE_SOON, "11-20": FIRST_AFTER, "11-22": SECOND_AFTER, "11-24": THIRD_AFTER}
    assert told == "11-22"


@pytest.mark.parametrize(
    "state", [ActionState.WAITING, ActionState.CONFIRMED, ActionState.CHECKED, ActionState.WITHDRAWN]
)
def test_an_action_that_asks_nothing_is_not_spoken_of(state: ActionState) -> None:
    action = an_action(Priority.URGENT, date(2017, 12, 15))
    action.state = state
    assert said_of(action, date(2017, 12, 1), date(2018, 1, 16)) == ({}, "")


def test_an_immediate_action_is_not_on_the_ladder() -> None:
    action = an_action(Priority.IMMEDIATE, date(2017, 12, 15))
    assert said_of(action, date(2017, 12, 1), date(2018, 1, 16)) == ({}, "")


def test_an_owner_who_is_not_at_work_hears_later_but_the_head_of_service_does_not() -> None:
    owner = person("Tomasz", Role.TEAM_MANAGER)
    owner.absences.append(Absence(owner, date(2017, 12, 15), date(2017, 12, 19)))
    heard, told = said_of(
        an_action(Priority.URGENT, date(2017, 12, 15), owner=owner), date(2017, 12, 13), date(2017, 12, 22)
    )
    assert heard == {"12-13": DUE_SOON, "12-20": SECOND_AFTER, "12-22": THIRD_AFTER}
    assert told == "12-18"


def test_three_days_of_outage_are_one_word_not_three() -> None:
    action = an_action(Priority.STANDARD, date(2017, 12, 15))
    late = due_of_action(action, (), now=on(20, month=12), rules=DECEMBER)
    assert (late.said, late.tells_head) == (SECOND_AFTER, True)


def test_the_head_of_the_late_persons_service_is_told_and_their_manager_where_they_are_one() -> None:
    orchard = Team("Orchard", Service("Help"))
    director = person("Dora", Role.DIRECTOR)
    head = person("Maren", Role.HEAD_OF_SERVICE, service=orchard.service, manager=director)
    other = person("Idris", Role.HEAD_OF_SERVICE, service=Service("Care"))
    quality = person("Leocadia", Role.HEAD_OF_QUALITY)
    late, today = person("Asha", Role.TEAM_MANAGER, team=orchard), date(2017, 10, 17)

    def told(who: Person, *heads: Person) -> Person | None:
        return head_to_tell(who, heads, [quality], on=today)

    assert told(late, other, head) is head
    assert told(head, other, head) is director
    assert told(late, other) is quality
    assert told(other, other) is quality  # nobody stands above them on the list
    assert head_to_tell(quality, [], [quality], on=today) is None
    head.ends = today - timedelta(days=1)
    assert told(late, other, head) is quality
