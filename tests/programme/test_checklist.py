"""A month as a list of steps, and what does not go by itself: from what was seen of it."""

from dataclasses import replace
from datetime import date

import pytest

from programme.checklist import Place, Seen, Standout, StepState, stands_out, steps
from programme.figures import Standing, account
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import AllocationState, ReportState, RoundState
from tests.cast import gather

OUT, IN_TIME = AllocationState.OUT, AllocationState.RETURNED_IN_TIME
BEFORE, DURING = date(2017, 9, 29), date(2017, 10, 5)


def stands(frame: int = 0, drawn: int = 0, planned: int = 0, out: int = 0, back: int = 0) -> Standing:
    ended = account({(OUT, None): out, (IN_TIME, None): back, (AllocationState.PLANNED, None): planned})
    waiting = drawn - planned - out - back
    return Standing(target=30, frame=frame, drawn=drawn, unallocated=waiting, planned=planned, account=ended)


@pytest.fixture
def october(rules: Rulebook) -> Round:
    return gather(rules).round


SHORT = {StepState.DONE: "x", StepState.NOW: "o", StepState.GOING: "~", StepState.LATER: "."}


@pytest.mark.parametrize(
    ("seen", "marks"),
    [
        (Seen(stands()), ".o........."),
        (Seen(stands(), asked=3, answered=1), "~o........."),
        (Seen(stands(frame=60), asked=3, answered=3), "xxo........"),
        (Seen(stands(frame=60, drawn=30)), ".xxo......."),
        (Seen(stands(frame=60, drawn=30, planned=30)), ".xxxo......"),
        (Seen(stands(frame=60, drawn=30, planned=2, out=28)), ".xxxo~....."),
        (Seen(stands(frame=60, drawn=30, out=30)), ".xxxx~....."),
        (Seen(stands(frame=60, drawn=30, out=10, back=20), unpaired=20), ".xxxx~o...."),
        (Seen(stands(frame=60, drawn=30, back=30), paired=30, agreed=4), ".xxxxxx~oo."),
        (Seen(stands(frame=60, drawn=30, back=30), paired=30, agreed=30), ".xxxxxxxoo."),
        (Seen(stands(frame=60, drawn=30, back=30), paired=30, agreed=30, outcomes_sent=30), ".xxxxxxxxo."),
        (
            Seen(
                stands(frame=60, drawn=30, back=30),
                paired=30,
                agreed=30,
                outcomes_sent=30,
                report=ReportState.SIGNED_OFF,
            ),
            ".xxxxxxxxo.",
        ),
        (
            Seen(
                stands(frame=60, drawn=30, back=30), paired=30, agreed=30, outcomes_sent=30, report=ReportState.ISSUED
            ),
            ".xxxxxxxxxo",
        ),
    ],
)
def test_each_step_waits_for_what_it_is_taken_with(october: Round, seen: Seen, marks: str) -> None:
    assert "".join(SHORT[step.state] for step in steps(october, seen)) == marks


def test_a_closed_month_says_so(october: Round) -> None:
    october.state = RoundState.CLOSED
    last = steps(october, Seen(stands()))[-1]
    assert (last.state, last.said) == (StepState.DONE, "closed")


def test_each_step_says_how_it_stands_and_by_when(october: Round) -> None:
    seen = Seen(stands(frame=60, drawn=30, planned=2, out=18, back=9), asked=3, answered=2, unpaired=9)
    assert [(step.said, step.on, step.place) for step in steps(october, seen)] == [
        ("2 of 3 lists confirmed", date(2017, 9, 18), Place.ROLL_CHECK),
        ("60 children's records to draw from", date(2017, 9, 25), Place.FRAME),
        ("30 drawn; the target is 30", date(2017, 9, 25), Place.SAMPLE),
        ("1 without an auditor", date(2017, 10, 2), Place.ALLOCATE),
        ("2 to give out", date(2017, 10, 2), Place.GIVE_OUT),
        ("9 of 27 back", date(2017, 10, 13), Place.AUDITS),
        ("9 without a pair", date(2017, 10, 20), Place.PAIRS),
        ("nothing to moderate yet", date(2017, 10, 20), Place.AUDITS),
        ("none agreed yet", date(2017, 10, 25), Place.OUTCOMES),
        ("not drafted yet", date(2017, 10, 26), Place.REPORT),
        ("open", date(2017, 11, 10), Place.CLOSE),
    ]


def test_a_quiet_month_has_nothing_to_look_at(october: Round) -> None:
    assert stands_out(october, Seen(stands(frame=60, drawn=30, out=30)), DURING) == []


def test_what_does_not_go_by_itself_is_counted_and_leads_where_it_is_put_right(october: Round) -> None:
    seen = Seen(stands(frame=60, drawn=30, out=29), asked=3, answered=1, held=2, was_due=1, cannot=2)
    busy = replace(
        seen,
        not_on_slack=3,
        places_empty=1,
        left_behind=2,
        undelivered=1,
        likely=24,
        beyond_the_month=("due on 1 November",),
    )
    assert stands_out(october, busy, DURING) == [
        Standout("2 returns are held", Place.HELD),
        Standout("2 cannot be done", Place.AUDITS),
        Standout("1 was due, without a reason", Place.AUDITS),
        Standout("1 message reached nobody", Place.START),
        Standout("3 people are not on Slack", Place.PEOPLE),
        Standout("1 place is empty", Place.PEOPLE),
        Standout("2 leavers have open work", Place.PEOPLE),
        Standout("1 drawn, and with nobody", Place.ALLOCATE),
        Standout("2 lists not confirmed: last month's stand", Place.ROLL_CHECK),
        Standout("24 likely to come back; the target is 30", Place.FORECAST),
        Standout("Too few working days this month: due on 1 November", Place.DATES),
    ]


def test_before_the_month_begins_what_waits_is_no_exception(october: Round) -> None:
    assert stands_out(october, Seen(stands(frame=60, drawn=30), asked=3), BEFORE) == []


def test_an_account_that_does_not_balance_is_named(october: Round) -> None:
    lost = account({(AllocationState.UNACCOUNTED, None): 1, (OUT, None): 2})
    seen = Seen(replace(stands(frame=60, drawn=3), unallocated=0, account=lost))
    assert stands_out(october, seen, DURING) == [Standout("3 were given out and 2 are accounted for", Place.AUDITS)]
