"""Auditors are thanked once for a month that is reported, whoever sweeps and however many audits they read."""

from collections import Counter
from datetime import date, datetime, time

import pytest

from programme.absences import Absence
from programme.calendar import at_london
from programme.report import Report
from programme.thanks import Difference
from programme.words import AllocationState, ReportState
from scheduler.sweeps.thanks import Thanks
from storage import clock, find
from storage.office import Office
from tests.cast import MONTH, Cast, here
from tests.storage.crowd import at_once


def on(day: int, hour: time = time(9), month: int = 11) -> datetime:
    return at_london(date(2017, month, day), hour)


def sweep(office: Office, day: int, hour: time = time(9), month: int = 11) -> int:
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour, month))
    return Thanks(office).sweep()


def thanked(office: Office) -> Counter[str]:
    with office.record.reading() as session:
        return Counter(notice.person.email for notice in find.notices.of_kind(session, "auditor_thanked"))


@pytest.fixture(autouse=True)
def both_are_in(office: Office, cast: Cast) -> None:
    """Both audits are the auditor's by now, and back."""
    with office.record.writing() as session:
        for ref in (cast.allocation.ref, cast.peers_allocation.ref):
            audit = find.allocations.by_ref(session, ref)
            audit.state, audit.returned_at = AllocationState.RETURNED_IN_TIME, on(6, month=10)
            audit.holder = here(session, cast.auditor)


@pytest.fixture
def issued(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        of, by = find.rounds.of_month(session, MONTH), here(session, cast.head_of_quality)
        report = Report(of, ReportState.ISSUED, on(1), by, on(8), by, on(8), figures={})
        session.add(report)


def test_nobody_is_thanked_before_the_month_is_reported(office: Office) -> None:
    assert [day for day in range(1, 20) if sweep(office, day)] == []


@pytest.mark.usefixtures("issued")
def test_each_auditor_is_thanked_once_for_all_of_theirs(office: Office, cast: Cast) -> None:
    assert [sweep(office, 9, time(8, 59)), *[sweep(office, day) for day in range(9, 20)]] == [0, 1, *[0] * 10]
    assert thanked(office) == {cast.auditor.email: 1}


@pytest.mark.usefixtures("issued")
def test_eight_at_once_thank_once(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, on(9))
    at_once(8, lambda _n: Thanks(office).sweep())
    assert thanked(office) == {cast.auditor.email: 1}


@pytest.mark.usefixtures("issued")
def test_who_is_away_is_thanked_when_they_are_back_but_not_long_after(office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        session.add(Absence(here(session, cast.auditor), date(2017, 11, 9), date(2017, 11, 10)))
    assert [sweep(office, 9), sweep(office, 10), sweep(office, 11, month=12), sweep(office, 13)] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ((True, 0, 0), "two colleagues read it too, and its outcome is agreed. It asked for no action."),
        ((False, 1, 1), "it stands as you wrote it. It asked for 1 action: done."),
        ((True, 3, 2), "two colleagues read it too, and its outcome is agreed. It asked for 3 actions: 2 done so far."),
        ((False, 2, 0), "it stands as you wrote it. It asked for 2 actions: none done so far."),
    ],
)
def test_what_came_of_an_audit_in_words(made: tuple[bool, int, int], said: str) -> None:
    assert Difference("AUD-1", *made).said() == f"AUD-1: {said}"
