"""The sweep of an audit's ladder: each step once, whoever sweeps and whatever happens between."""

import logging
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path

import pytest

from programme.absences import Absence
from programme.allocations import Allocation
from programme.calendar import at_london
from programme.cases import Case
from programme.chasing import CHECK_IN, CLOSING, DAY_BEFORE, HEAD_TOLD, WAS_DUE
from programme.more_time import have
from programme.people import Person, RoleHeld
from programme.words import AllocationState, NoticeState, Reason, Role
from scheduler.sweeps.reminders import Reminders
from storage import clock, find
from storage.chasing import AUDITS
from storage.office import Office
from tests.cast import Cast, here
from tests.storage.crowd import at_once

HOUSE = Path(__file__).resolve().parents[2]
FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"
DUE = date(2017, 10, 13)
NINE = time(9)

Taken = tuple[str, str]
"""Which audit, and which step of it."""


def on(day: int, hour: time = NINE) -> datetime:
    return at_london(date(2017, 10, day), hour)


def sweep(office: Office, day: int, hour: time = NINE) -> int:
    """The sweep as it comes at that hour of October."""
    with office.record.writing() as session:
        clock.set_to(session, on(day, hour))
    return Reminders(office, AUDITS).sweep()


def taken(office: Office) -> list[Taken]:
    """Every step of an audit that was ever taken, oldest first."""
    with office.record.reading() as session:
        steps = find.chasing.steps(session, [FIRST, SECOND]).values()
        by_number = sorted((step for of in steps for step in of), key=lambda step: step.id or 0)
        return [(each.about, each.step) for each in by_number]


def told(office: Office, kind: str = "reminded") -> Counter[str]:
    """How many messages of a kind each person was sent, whatever became of them."""
    with office.record.reading() as session:
        return Counter(notice.person.email for notice in find.notices.of_kind(session, kind))


@pytest.fixture
def only_the_first(office: Office, cast: Cast) -> None:
    """The peer's audit is back, so that only the auditor's is out."""
    with office.record.writing() as session:
        theirs = find.allocations.by_ref(session, cast.peers_allocation.ref)
        theirs.state, theirs.returned_at = AllocationState.RETURNED_IN_TIME, on(3)


@pytest.mark.usefixtures("only_the_first")
class TestOneAudit:
    def test_a_month_of_sweeps_takes_each_step_on_its_day(self, office: Office, cast: Cast) -> None:
        days = {day: sweep(office, day) for day in range(2, 25)}
        assert {day: n for day, n in days.items() if n} == {6: 1, 12: 1, 16: 1, 17: 1, 19: 1}
        assert taken(office) == [
            *[(FIRST, CHECK_IN), (FIRST, DAY_BEFORE), (FIRST, WAS_DUE), (FIRST, HEAD_TOLD), (FIRST, CLOSING)]
        ]
        assert told(office) == {cast.auditor.email: 5}
        assert told(office, "head_told") == {cast.head_of_service.email: 1}

    def test_a_hundred_restarts_remind_once(self, office: Office, cast: Cast) -> None:
        assert sum(sweep(office, 6, time(9 + n // 60, n % 60)) for n in range(100)) == 1
        assert told(office) == {cast.auditor.email: 1}

    def test_eight_at_once_take_each_step_once(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            clock.set_to(session, on(17))
        at_once(8, lambda _n: Reminders(office, AUDITS).sweep())
        assert taken(office) == [(FIRST, CHECK_IN), (FIRST, DAY_BEFORE), (FIRST, WAS_DUE), (FIRST, HEAD_TOLD)]
        assert told(office) == {cast.auditor.email: 1}
        assert told(office, "head_told") == {cast.head_of_service.email: 1}

    def test_nobody_is_reminded_outside_the_hours(self, office: Office) -> None:
        assert [sweep(office, 6, time(8, 59)), sweep(office, 6, time(17)), sweep(office, 7), sweep(office, 8)] == [
            0
        ] * 4
        assert taken(office) == []

    def test_three_days_of_outage_are_caught_up_in_one_message(self, office: Office, cast: Cast) -> None:
        sweep(office, 6)
        assert [sweep(office, 17), sweep(office, 17, time(9, 1))] == [1, 0]
        assert taken(office) == [(FIRST, CHECK_IN), (FIRST, DAY_BEFORE), (FIRST, WAS_DUE), (FIRST, HEAD_TOLD)]
        assert told(office) == {cast.auditor.email: 2}
        assert told(office, "head_told") == {cast.head_of_service.email: 1}

    def test_an_outage_until_the_last_morning_tells_both(self, office: Office, cast: Cast) -> None:
        sweep(office, 12)
        sweep(office, 19)
        assert told(office) == {cast.auditor.email: 2}
        assert told(office, "head_told") == {cast.head_of_service.email: 1}
        assert Counter(taken(office)) == dict.fromkeys(
            [(FIRST, step) for step in (CHECK_IN, DAY_BEFORE, WAS_DUE, HEAD_TOLD, CLOSING)], 1
        )

    def test_who_is_not_at_work_hears_on_the_first_day_back(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            session.add(Absence(here(session, cast.auditor), date(2017, 10, 5), date(2017, 10, 9)))
        assert [day for day in range(2, 13) if sweep(office, day)] == [10, 12]
        assert taken(office) == [(FIRST, CHECK_IN), (FIRST, DAY_BEFORE)]

    def test_a_head_of_service_who_is_not_at_work_is_told_on_their_first_day_back(
        self, office: Office, cast: Cast
    ) -> None:
        with office.record.writing() as session:
            session.add(Absence(here(session, cast.head_of_service), date(2017, 10, 17), date(2017, 10, 17)))
        sweep(office, 16)
        assert [sweep(office, 17), sweep(office, 18)] == [0, 1]
        assert told(office, "head_told") == {cast.head_of_service.email: 1}

    def test_with_more_time_the_reminders_follow_the_new_date(self, office: Office, cast: Cast) -> None:
        sweep(office, 12)
        with office.record.writing() as session:
            me = here(session, cast.auditor)
            audit = find.allocations.by_ref(session, FIRST, to_change=True)
            rows, _ = have(audit, date(2017, 10, 17), by=me, at=on(12), rules=office.rules)
            session.add_all(rows)
        assert [day for day in range(12, 21) if sweep(office, day)] == [16, 18, 19]
        assert taken(office)[3:] == [(FIRST, DAY_BEFORE), (FIRST, WAS_DUE), (FIRST, HEAD_TOLD), (FIRST, CLOSING)]
        assert told(office, "head_told") == {cast.head_of_service.email: 1}

    def test_who_has_given_a_reason_is_left_alone_and_nobody_is_told(self, office: Office) -> None:
        with office.record.writing() as session:
            find.allocations.by_ref(session, FIRST).reason = Reason.CAPACITY
        assert [day for day in range(2, 25) if sweep(office, day)] == []

    def test_later_reminders_follow_the_holder(self, office: Office, cast: Cast) -> None:
        sweep(office, 6)
        with office.record.writing() as session:
            find.allocations.by_ref(session, FIRST).holder = here(session, cast.peer)
        sweep(office, 12)
        assert told(office) == {cast.auditor.email: 1, cast.peer.email: 1}

    def test_a_late_head_of_services_own_manager_is_told(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            late = here(session, cast.childs_head_of_service)
            late.manager = Person("dora@example.org", "Dora Quillfeather", [RoleHeld(Role.DIRECTOR)])
            find.allocations.by_ref(session, FIRST).holder = late
        sweep(office, 17)
        assert told(office, "head_told") == {"dora@example.org": 1}
        assert told(office) == {cast.childs_head_of_service.email: 1}

    def test_a_worker_that_is_told_to_stop_takes_no_more(self, office: Office) -> None:
        with office.record.writing() as session:
            clock.set_to(session, on(6))
        assert Reminders(office, AUDITS, enough=lambda: True).sweep() == 0
        assert taken(office) == []


@pytest.mark.usefixtures("cast")
class TestMany:
    def test_a_head_of_service_is_told_of_all_that_is_late_in_one_message(self, office: Office, cast: Cast) -> None:
        assert sweep(office, 17) == 1
        assert told(office, "head_told") == {cast.head_of_service.email: 1}
        assert told(office) == {cast.auditor.email: 1, cast.peer.email: 1}
        with office.record.reading() as session:
            [digest] = find.notices.of_kind(session, "head_told")
        assert (digest.about, digest.state) == ("2017-10", NoticeState.WAITING)

    def test_what_becomes_late_after_the_days_digest_waits_for_the_next(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            find.allocations.by_ref(session, SECOND).reason = Reason.OTHER
        sweep(office, 17)
        with office.record.writing() as session:
            find.allocations.by_ref(session, SECOND).reason = None
        assert [sweep(office, 17, time(10)), sweep(office, 18)] == [0, 1]
        assert told(office, "head_told") == {cast.head_of_service.email: 2}

    def test_one_that_breaks_is_set_aside_by_its_reference_and_the_other_is_done(
        self, office: Office, cast: Cast, caplog: pytest.LogCaptureFixture
    ) -> None:
        with office.record.writing() as session:
            find.allocations.by_ref(session, FIRST).due_on = date.min  # no calendar counts back from there
        with caplog.at_level(logging.INFO):
            assert sweep(office, 6) == 1
        assert taken(office) == [(SECOND, CHECK_IN)]
        assert told(office) == {cast.peer.email: 1}
        assert [vars(line)["ref"] for line in caplog.records if line.levelno >= logging.ERROR] == [FIRST]

    def test_a_worker_killed_fifteen_times_takes_each_step_once_and_each_hears_of_all_in_one_message(
        self, office: Office, cast: Cast, tmp_path: Path
    ) -> None:
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, FIRST)
            for number in range(3, 13):
                case = Case(f"MDW-06{number:02d}", audit.case.team, "Child in Need", "5 to 9")
                more = Allocation(f"AUD-2017-10-{number:02d}", audit.round, case, AllocationState.OUT, audit.holder)
                more.due_on, more.given_out_at, more.token = DUE, on(2), f"token {number}"
                session.add(more)
            clock.set_to(session, on(16))
        sent = tmp_path / "sent"
        sent.touch()
        url = office.record.engine.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.scheduler.mortal", url, str(sent), "1710", "15"]
        killed = subprocess.run(command, cwd=HOUSE, check=True, stdout=subprocess.PIPE, text=True).stdout
        assert (int(killed), told(office)) == (15, {cast.auditor.email: 11, cast.peer.email: 1})
        with office.record.reading() as session:
            said = {notice.posted_as: notice.person.email for notice in find.notices.of_kind(session, "reminded")}
            refs = [f"AUD-2017-10-{number:02d}" for number in range(1, 13)]
            steps = {ref: [step.step for step in of] for ref, of in find.chasing.steps(session, refs).items()}
        assert steps == {ref: [CHECK_IN, DAY_BEFORE, WAS_DUE] for ref in refs}
        assert Counter(key for key in sent.read_text().splitlines() if key in said) == dict.fromkeys(said, 1)
        assert sorted(said.values()) == [cast.auditor.email, cast.peer.email]
