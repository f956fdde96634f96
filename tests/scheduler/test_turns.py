"""One job's turns: what breaks is kept as failed and stops nothing; what has a period is done once by all workers."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from programme.jobs import Job
from scheduler.sweeps.forgetting import Forgetting
from scheduler.timetable import Daily, Each, Every, Turn
from scheduler.turns import JobsTurn
from storage import find, jobs
from storage.find.jobs import Run
from storage.office import Office
from storage.session import Record
from tests.scheduler.ticking import Machine, Standing, standing_at
from tests.storage.crowd import at_once

OFTEN = Turn("often", Every(1), "a job for tests")
QUARTERS = Turn("quarters", Each(minutes=15), "a job for tests, once a quarter")
NIGHTLY = Turn("nightly", Daily(time(3)), "a job for tests, once a day")
SECRET = "what somebody wrote about a child"


NOON = datetime(2017, 10, 2, 12, tzinfo=UTC)


def at(office: Office, **after_noon: float) -> Standing:
    return standing_at(office, NOON + timedelta(**after_noon))


def nothing() -> None: ...


def breaks() -> None:
    raise LookupError(SECRET)


def turn_of(office: Office, turn: Turn, job: Callable[[], object], worker: str = "w1") -> JobsTurn:
    with office.record.writing() as session:
        jobs.announce(session, [Job(turn.job, turn.purpose, office.real_now())])
    return JobsTurn(turn, job, office, worker, Machine().ticks)


def row(office: Office) -> Job:
    with office.record.reading() as session:
        return find.jobs.every(session)[0]


def runs(office: Office, turn: Turn) -> list[Run]:
    with office.record.reading() as session:
        return find.jobs.runs_of(session, turn.job)


class TestWhatBreaks:
    def test_is_kept_by_a_code_and_never_by_its_words(self, office: Office, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO):
            turn_of(office, OFTEN, breaks)()
        kept = row(office)
        assert (kept.failing, kept.failures, kept.code, kept.succeeded_at) == (1, 1, "LookupError", None)
        assert [vars(line)["code"] for line in caplog.records if line.levelno >= logging.ERROR] == ["LookupError"]
        assert [line for line in caplog.records if SECRET in line.getMessage()] == []

    def test_is_well_again_at_once_when_it_goes_well(self, office: Office) -> None:
        turn, stands = turn_of(office, OFTEN, nothing), []
        for job in (breaks, breaks, nothing):
            turn.job = job
            turn()
            stands.append(row(office).how_it_stands(office.real_now()))
        assert stands == ["failing", "failing", "well"]

    def test_of_a_period_is_tried_again_later(self, office: Office) -> None:
        done: list[str] = []
        turn_of(at(office), NIGHTLY, breaks)()
        turn_of(at(office, minutes=9), NIGHTLY, lambda: done.append("too soon"))()
        assert [(run.outcome, run.why) for run in runs(office, NIGHTLY)] == [("failed", "LookupError")]
        turn_of(at(office, minutes=11), NIGHTLY, lambda: done.append("in time"))()
        assert (done, [(run.outcome, run.why) for run in runs(office, NIGHTLY)]) == (["in time"], [("well", "")])


def test_a_database_that_is_away_stops_no_worker(office: Office) -> None:
    away = Record("sqlite:////nowhere/at/all.db")
    nowhere = Standing(away, office.rules, office.address, stands_at=NOON)
    done: list[str] = []
    for turn in (OFTEN, QUARTERS):
        JobsTurn(turn, lambda: done.append("done"), nowhere, "w1", Machine().ticks)()
    away.close()
    assert done == ["done"]  # what has a period needs the database to know whose it is


class TestWhatRunsOften:
    def test_has_one_row_that_is_written_once_a_minute(self, office: Office) -> None:
        machine = Machine()
        turn = turn_of(office, OFTEN, nothing)
        turn.ticks = machine.ticks
        seen = []
        for _ in range(121):
            turn()
            seen.append(row(office).runs)
            machine.ticked += 1
        assert Counter(seen) == {1: 60, 61: 60, 121: 1}
        assert runs(office, OFTEN) == []

    def test_is_counted_for_all_workers_together(self, office: Office) -> None:
        turns = [turn_of(office, OFTEN, nothing, worker=f"w{n}") for n in range(4)]
        at_once(4, lambda n: turns[n]())
        assert (row(office).runs, row(office).failures) == (4, 0)

    def test_is_late_when_it_has_not_gone_well_for_long(self, office: Office) -> None:
        turn_of(office, OFTEN, nothing)()
        now = office.real_now()
        stands = [row(office).how_it_stands(now + timedelta(minutes=minutes)) for minutes in (4, 6)]
        assert stands == ["well", "late"]

    def test_that_no_version_of_us_has_any_more_is_forgotten(self, office: Office) -> None:
        turn_of(office, OFTEN, nothing)
        turn_of(office, NIGHTLY, nothing)
        assert row(office).name == "nightly"


class TestWhatHasAPeriod:
    @pytest.mark.parametrize("workers", [2, 8])
    def test_is_done_once_by_any_number_of_workers(self, office: Office, workers: int) -> None:
        """An hour of it: each worker looks several times in every quarter."""
        done: list[str] = []
        for quarter in range(4):
            then = at(office, minutes=15 * quarter)
            turns = [turn_of(then, QUARTERS, lambda: done.append("done"), worker=f"w{n}") for n in range(workers)]
            at_once(workers, lambda n, turns=turns: [turns[n]() for _ in range(3)])  # type: ignore[misc]
        assert (len(done), Counter(run.outcome for run in runs(office, QUARTERS))) == (4, {"well": 4})

    def test_that_was_missed_for_three_days_is_done_once_on_return(self, office: Office) -> None:
        done: list[str] = []
        for days in (0, 3):
            turn = turn_of(at(office, days=days), NIGHTLY, lambda: done.append("done"))
            turn()
            turn()
        assert len(done) == 2

    def test_whose_worker_died_in_it_is_taken_over(self, office: Office) -> None:
        done: list[str] = []
        with office.record.writing() as session:
            jobs.begin(session, NIGHTLY.job, NIGHTLY.when.period(NOON), worker="w1", at=NOON)
        turn_of(at(office, minutes=9), NIGHTLY, lambda: done.append("too soon"), worker="w2")()
        turn_of(at(office, minutes=11), NIGHTLY, lambda: done.append("done"), worker="w2")()
        assert (done, [(run.worker, run.outcome) for run in runs(office, NIGHTLY)]) == (["done"], [("w2", "well")])

    def test_is_remembered_for_ninety_days(self, office: Office) -> None:
        for days in (0, 91):
            turn_of(at(office, days=days), NIGHTLY, nothing)()
        assert len(runs(office, NIGHTLY)) == 2
        Forgetting(at(office, days=91)).sweep()
        assert len(runs(office, NIGHTLY)) == 1
