"""The worker: every job of the timetable, in turn, until it is told to stop; and no thread anywhere else."""

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from programme.facts import CaseGivenOut
from programme.notices import Answer, Letter, Notice, Reply
from programme.words import NoticeState
from scheduler.post.console import Console
from scheduler.post.postman import Send
from scheduler.timetable import TIMETABLE
from scheduler.watch import Watch
from scheduler.work import Worker, wake_after_a_jump
from storage import find, heartbeat
from storage.office import Office
from storage.session import Session
from tests.cast import Cast
from tests.scheduler.later import later

HOUSE = Path(__file__).resolve().parents[2]
WAIT_AT_MOST = 30.0


def ready(_session: Session, notice: Notice) -> Letter:
    return Letter(f"About {notice.about}")


def sending(_notice: Notice, _letter: Letter) -> Reply:
    return Reply(Answer.OK)


@dataclass(frozen=True)
class Sending(Console):
    """Sends by the function it is given."""

    by: Send = sending

    def send(self, notice: Notice, letter: Letter) -> Reply:
        return self.by(notice, letter)


class Nothing:
    """Nothing comes in."""

    def take_up(self, enough: Callable[[], bool]) -> None: ...
    def poll(self, enough: Callable[[], bool]) -> None: ...


def a_worker(office: Office, send: Send = sending) -> Worker:
    return Worker(office, Sending(ready, send), name="host:1", collects=Nothing())


def test_every_job_is_in_the_timetable_and_every_turn_has_its_job(office: Office) -> None:
    assert sorted(a_worker(office).jobs()) == sorted(turn.job for turn in TIMETABLE)


def test_every_turn_comes_round() -> None:
    assert [turn.job for turn in TIMETABLE if turn.when.wakes_every_seconds <= 0] == []


@pytest.mark.usefixtures("cast")
def test_one_sweep_does_every_job_once(office: Office) -> None:
    a_worker(office).sweep_once()
    with office.record.reading() as session:
        assert find.notices.waiting_count(session) == 0
        assert heartbeat.last(session) is not None


@pytest.mark.usefixtures("cast")
def test_a_worker_begins_at_once_and_ends_when_told_with_what_is_in_hand_done(office: Office) -> None:
    stop, sent = threading.Event(), []

    def send(notice: Notice, _letter: Letter) -> Reply:
        if notice.kind == CaseGivenOut.kind():  # the day's messages go out beside them, by a job of their own
            sent.append(notice.about)
            stop.set()
        return Reply(Answer.OK)

    running = threading.Thread(target=a_worker(office, send).run, args=[stop])
    running.start()
    running.join(WAIT_AT_MOST)
    assert not running.is_alive()
    with office.record.reading() as session:
        given_out = find.notices.of_kind(session, CaseGivenOut.kind())
        states = {each.about: each.state for each in given_out}
    assert sent == ["AUD-2017-10-01"]
    assert states == {"AUD-2017-10-01": NoticeState.SENT, "AUD-2017-10-02": NoticeState.WAITING}


@pytest.mark.usefixtures("cast")
def test_a_job_that_breaks_stops_neither_the_worker_nor_the_others(office: Office) -> None:
    broken, stop = threading.Event(), threading.Event()

    class Breaking(Nothing):
        def poll(self, _enough: Callable[[], bool]) -> None:
            broken.set()
            raise LookupError("what somebody wrote")

    def send(_notice: Notice, _letter: Letter) -> Reply:
        assert broken.wait(WAIT_AT_MOST)
        return Reply(Answer.OK)

    worker = Worker(office, Sending(ready, send), name="host:1", collects=Breaking())
    running = threading.Thread(target=worker.run, args=[stop])
    running.start()
    seen = list[tuple[str, str]]()
    while len(seen) < 2 and running.is_alive():  # each job is written down once it has ended
        stop.wait(0.05)
        with office.record.reading() as session:
            kept = [job for job in find.jobs.every(session) if job.name in {"poll", "deliver"} and job.ended_at]
            seen = [(job.name, job.code) for job in kept]
    stop.set()
    running.join(WAIT_AT_MOST)
    assert seen == [("deliver", ""), ("poll", "LookupError")]


@pytest.mark.usefixtures("cast")
def test_a_worker_whose_clock_is_wrong_sends_nothing(office: Office) -> None:
    """Its beat goes on: it says so, and looks again."""
    stop, sent, beaten = threading.Event(), [], threading.Event()

    class Looking(Watch):
        def look(self) -> timedelta:
            beaten.set() if self._looked else None
            return super().look()

    def send(notice: Notice, _letter: Letter) -> Reply:
        sent.append(notice.about)
        return Reply(Answer.OK)

    here = later(office, hours=1)
    worker = a_worker(here, send)
    worker.watch = Looking(here)
    running = threading.Thread(target=worker.run, args=[stop])
    running.start()
    has_beaten = beaten.wait(WAIT_AT_MOST)
    stop.set()
    running.join(WAIT_AT_MOST)
    with office.record.reading() as session:
        assert (has_beaten, sent, heartbeat.apart(session, at=office.real_now())) == (True, [], 3600)


def test_a_clock_that_is_put_back_does_not_make_every_job_wait() -> None:
    now = datetime.now(UTC)
    clock = BackgroundScheduler(timezone="UTC")
    for name, ahead in (("soon", timedelta(seconds=5)), ("far", timedelta(hours=1)), ("farther", timedelta(days=1))):
        clock.add_job(str, "interval", seconds=10, id=name, next_run_time=now + ahead)
    clock.start(paused=True)
    wake_after_a_jump(clock)
    ahead_by_now = {job.id: (job.next_run_time - now) < timedelta(minutes=30) for job in clock.get_jobs()}
    unmoved = clock.get_job("soon").next_run_time - now
    clock.shutdown()
    assert (ahead_by_now, unmoved) == ({"soon": True, "far": True, "farther": True}, timedelta(seconds=5))


def test_every_job_of_a_sweep_by_hand_comes_to_its_turn_though_one_breaks(office: Office) -> None:
    class Breaking(Nothing):
        def take_up(self, _enough: Callable[[], bool]) -> None:
            raise LookupError

    Worker(office, Sending(ready), name="host:1", collects=Breaking()).sweep_once()
    with office.record.reading() as session:
        assert heartbeat.last(session) is not None


def test_a_worker_says_that_it_is_alive_in_real_time(office: Office) -> None:
    before = office.real_now()
    worker = a_worker(office)
    worker.beat()
    worker.beat()
    with office.record.reading() as session:
        beat = heartbeat.last(session)
    assert beat is not None
    assert before <= beat <= office.real_now()


def test_the_console_twin_prints_what_a_lock_screen_would_show(
    office: Office, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    Worker(office, Console(ready), name="host:1", collects=Nothing()).deliver_until_empty()
    assert capsys.readouterr().out.splitlines() == [
        f"[case_given_out] to {who.email} about {ref}: About {ref}"
        for who, ref in ((cast.auditor, "AUD-2017-10-01"), (cast.peer, "AUD-2017-10-02"))
    ]


BUILD = """
import threading
from pydantic import SecretStr
import app
from settings import Settings
app.build(Settings(_env_file=None, database_url="sqlite:///never-opened.db", secret_key=SecretStr("x" * 32)))
print([thread.name for thread in threading.enumerate()])
"""


def test_a_web_process_starts_no_thread() -> None:
    """Only the worker has a clock: a web process that had one would do every job once for each of its workers."""
    run = subprocess.run([sys.executable, "-c", BUILD], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['MainThread']"
