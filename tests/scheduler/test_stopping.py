"""The worker's own process, told to stop while it sends, ends by itself; the next one loses and doubles nothing."""

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo import processes
from demo.processes import Running
from programme.allocations import Allocation
from programme.cases import Case
from programme.facts import CaseGivenOut
from programme.words import AllocationState, NoticeState
from scheduler.work import Worker
from storage import find, journal
from storage.office import Office
from tests.cast import GIVEN_OUT_AT, Cast
from tests.scheduler.test_work import WAIT_AT_MOST, Nothing, Sending, ready
from tests.storage.test_races import url_of
from tests.twins.signing import SIGNING_SECRET
from tests.twins.slack import BOT_TOKEN, TEAM_ID, SlackTwin

HOUSE = Path(__file__).resolve().parents[2]
STOPS_WITHIN_SECONDS = 20


@dataclass
class Workers:
    """Workers as processes of their own, and the Slack they send to."""

    office: Office
    twin: SlackTwin
    folder: Path
    started: list[Running]

    def start(self) -> Running:
        return self._start("worker", "flask", "--app", "app", "worker")

    def start_pages(self, port: int) -> Running:
        """Two processes that answer people and Slack, as the Procfile starts them."""
        how = ("--workers", "2", "--worker-class", "gthread", "--threads", "8", "--no-control-socket")
        pages = self._start("pages", "gunicorn", "--bind", f"127.0.0.1:{port}", *how, "app:create_app()")
        pages.wait_until(lambda: processes.answers(port, "/readyz"))
        return pages

    def _start(self, what: str, program: str, *words: str) -> Running:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(HOUSE),
            "DATABASE_URL": url_of(self.office.record),
            "SECRET_KEY": "a key for tests only, and long enough",
            "PUBLIC_URL": self.office.address,
            "DEMO": "1",
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_TEAM_ID": TEAM_ID,
            "SLACK_API_URL": self.twin.url,
        }
        name = f"{what} {len(self.started)}"
        command = [str(Path(sys.executable).parent / program), *words]
        running = Running.start(name, command, environment=environment, log=self.folder / f"{name}.log")
        self.started.append(running)
        return running

    def stop(self, running: Running) -> None:
        """Told once, it ends well, and in time."""
        running.signal(signal.SIGTERM)
        assert running.process.wait(STOPS_WITHIN_SECONDS) == 0

    def posted(self) -> Counter[str]:
        """How often the message about each audit stands in Slack, by its key; the day's own messages apart."""
        metadata = [each["metadata"] for channel in self.twin.messages.values() for each in channel]
        keys = (each["event_payload"]["key"] for each in metadata)
        return Counter(key for key in keys if key.startswith(CaseGivenOut.kind()))

    def has_posted(self, running: Running, many: int) -> None:
        running.wait_until(lambda: self.posted().total() >= many)

    def states(self) -> Counter[NoticeState]:
        with self.office.record.reading() as session:
            return Counter(notice.state for notice in find.notices.of_kind(session, CaseGivenOut.kind()))


@pytest.fixture
def workers(office: Office, cast: Cast, tmp_path: Path) -> Iterator[Workers]:
    users = {person.email: str(person.slack_user_id) for person in cast.everyone}
    twin = SlackTwin(users, slow_seconds=0.02).start()
    workers = Workers(office, twin, tmp_path, [])
    yield workers
    processes.stop(workers.started)
    twin.stop()


def give_out(office: Office, many: int) -> None:
    """So many audits are out, the two of the cast with them, and a message waits about each."""
    with office.record.writing() as session:
        first = find.allocations.by_ref(session, "AUD-2017-10-01")
        holder = find.people.by_id(session, first.holder.id or 0) if first.holder else None
        assert holder is not None
        for number in range(3, many + 1):
            case = Case(f"MDW-1{number:03d}", first.case.team, "Child in Need", "5 to 9")
            audit = Allocation(f"AUD-2017-10-{number:02d}", first.round, case, AllocationState.OUT, holder)
            audit.due_on, audit.given_out_at, audit.token = first.due_on, GIVEN_OUT_AT, f"token {number}"
            session.add(audit)
        facts = [CaseGivenOut(about=f"AUD-2017-10-{number:02d}", tell=(holder,)) for number in range(3, many + 1)]
        journal.write(session, facts, by=None, at=GIVEN_OUT_AT)


def test_what_is_in_hand_is_finished_and_the_next_worker_sends_the_rest(workers: Workers) -> None:
    give_out(workers.office, 200)
    workers.twin.slow_seconds = 0.1  # all of them would take forty seconds
    first = workers.start()
    workers.has_posted(first, 10)
    workers.stop(first)
    done = workers.posted().total()
    assert 10 <= done < 200
    assert workers.states() == {NoticeState.SENT: done, NoticeState.WAITING: 200 - done}
    workers.twin.slow_seconds = 0
    workers.has_posted(workers.start(), 200)
    workers.stop(workers.started[-1])
    assert Counter(workers.posted().values()) == {1: 200}
    assert workers.states() == {NoticeState.SENT: 200}


@pytest.mark.parametrize(("restarts", "messages"), [(3, 60), pytest.param(200, 2000, marks=pytest.mark.soak)])
def test_restarts_one_after_the_other_lose_and_double_nothing(workers: Workers, restarts: int, messages: int) -> None:
    """The next worker begins before the last is told to stop, as hosts do it."""
    give_out(workers.office, messages)
    running = workers.start()
    for number in range(1, restarts + 1):
        workers.has_posted(running, number * messages // (restarts + 2))
        following = workers.start()
        following.wait_until(lambda log=following.log: "worker at work" in log.read_text())  # type: ignore[misc]
        workers.stop(running)
        running = following
    workers.twin.slow_seconds = 0
    workers.has_posted(running, messages)
    workers.stop(running)
    assert Counter(workers.posted().values()) == {1: messages}
    assert workers.states() == {NoticeState.SENT: messages}


def test_a_worker_leaves_what_takes_too_long(office: Office) -> None:
    """As a long sheet of Google does: to read it changes nothing, so a kill loses nothing."""
    begun, released, stop = threading.Event(), threading.Event(), threading.Event()

    class LongSheet(Nothing):
        def poll(self, _enough: object) -> None:
            begun.set()
            released.wait(WAIT_AT_MOST)

    finished: list[bool] = []
    worker = Worker(office, Sending(ready), "host:1", LongSheet())
    running = threading.Thread(target=lambda: finished.append(worker.run(stop, leaves_after_seconds=0.5)))
    running.start()
    has_begun = begun.wait(WAIT_AT_MOST)
    stop.set()
    running.join(WAIT_AT_MOST)
    released.set()
    assert (has_begun, finished) == (True, [False])
