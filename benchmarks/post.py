"""How fast 1, 2 and 4 workers take messages from one queue on PostgreSQL, beside a bare loop that does the same.

Ours leases each, judges and draws it, hands it to a sender that says yes at once, and marks it. The bare one locks the
next row with SKIP LOCKED and marks it leased, then sent: two short transactions, as ours. Workers are processes.
"""

from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from sqlalchemy import text

from benchmarks.returns import borough
from programme.notices import Answer, Letter, Notice, Reply
from programme.policy import Policy
from programme.rulebook import Rulebook
from scheduler.post.postman import Postman
from storage import migrate
from storage.office import Office
from storage.session import Record
from tests.databases import Databases

MESSAGES = 600
WORKERS = (1, 2, 4)
NEXT = text(
    "UPDATE notice SET state = 'leased', leased_by = :worker, leased_until = now() + interval '2 minutes' WHERE id ="
    " (SELECT id FROM notice WHERE state = 'waiting' ORDER BY urgent DESC, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING id"
)
SENT = text(
    "UPDATE notice SET state = 'sent', leased_by = '', leased_until = NULL, sent_at = now(), channel = 'C', stamp = '1'"
    " WHERE id = :id AND leased_by = :worker"
)
AGAIN = text(
    "UPDATE notice SET state = 'waiting', leased_by = '', leased_until = NULL, sent_at = NULL, channel = '', stamp = ''"
)

Deliver = Callable[[str, str], None]


def measure() -> Iterator[str]:
    with (
        TemporaryDirectory() as folder,
        Databases(Path(folder)) as databases,
        databases.lent("postgresql", migrate.upgrade) as url,
    ):
        borough(url, MESSAGES)
        for many in WORKERS:
            mine, theirs = (_rate(url, many, deliver) for deliver in (ours, bare))
            yield f"{many} workers: {mine:.0f} messages a second, bare SKIP LOCKED {theirs / mine:.1f} times as many"


def ours(url: str, name: str) -> None:
    office = Office(Record(url), Rulebook.of(Policy()), "http://127.0.0.1", demo=True)
    Postman(office, lambda _session, _notice: Letter("ready"), _yes, name).deliver_until_empty()
    office.record.close()


def _yes(_notice: Notice, _letter: Letter) -> Reply:
    return Reply(Answer.OK, channel="C", stamp="17.1")


def bare(url: str, name: str) -> None:
    record = Record(url)
    while True:
        with record.engine.begin() as connection:
            found = connection.execute(NEXT, {"worker": name}).scalar()
        if found is None:
            break
        with record.engine.begin() as connection:
            connection.execute(SENT, {"id": found, "worker": name})
    record.close()


def _rate(url: str, many: int, deliver: Deliver) -> float:
    """Messages a second from the moment that all workers are there, until the last is done."""
    record = Record(url)
    with record.engine.begin() as connection:
        waiting = int(connection.execute(AGAIN).rowcount)
    record.close()
    context = get_context("spawn")
    begin, took = context.Barrier(many), context.SimpleQueue()
    workers = [context.Process(target=_work, args=(url, f"w{n}", deliver, begin, took)) for n in range(many)]
    for worker in workers:
        worker.start()
    spans: list[tuple[float, float]] = [took.get() for _ in workers]
    for worker in workers:
        worker.join()
    return waiting / (max(ended for _, ended in spans) - min(began for began, _ in spans))


def _work(url: str, name: str, deliver: Deliver, begin: Barrier, took: SimpleQueue[tuple[float, float]]) -> None:
    begin.wait()
    began = monotonic()
    deliver(url, name)
    took.put((began, monotonic()))
