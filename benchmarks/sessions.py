"""What our sessions and the journal cost, on SQLite, beside the bare driver doing the same."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert

from programme.facts import MessagesPaused
from storage import journal, migrate, tables
from storage.session import Record

TIMES = 1000
AT = datetime(2017, 10, 2, 8, tzinfo=UTC)
BEAT = "INSERT INTO heartbeat (worker, beat_at) VALUES (?, ?)"
ENTRY = "INSERT INTO history (about, at, kind, details) VALUES (?, ?, 'messages_paused', '{}')"


def measure() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        file = str(Path(folder, "bench.db"))
        migrate.upgrade(f"sqlite:///{file}")
        record = Record(f"sqlite:///{file}")
        with closing(sqlite3.connect(file, isolation_level=None)) as bare:
            bare.execute("PRAGMA synchronous=NORMAL")
            yield _beside("small writes", lambda n: _write(record, n), lambda n: _write_bare(bare, BEAT, n))
            yield _beside("facts written down", lambda n: _journal(record, n), lambda n: _write_bare(bare, ENTRY, n))
        record.close()


def _beside(what: str, ours: Callable[[int], None], bare: Callable[[int], None]) -> str:
    mine, theirs = _seconds(ours), _seconds(bare)
    return f"{TIMES} {what}: {mine:.2f} s, {mine / theirs:.1f} times the bare driver's {theirs:.2f} s"


def _seconds(act: Callable[[int], None]) -> float:
    began = perf_counter()
    for number in range(TIMES):
        act(number)
    return perf_counter() - began


def _write(record: Record, number: int) -> None:
    with record.writing() as session:
        session.execute(insert(tables.heartbeat).values(worker=f"ours {number}", beat_at=AT))


def _journal(record: Record, number: int) -> None:
    with record.writing() as session:
        journal.write(session, [MessagesPaused(about=f"{number}", paused=True)], by=None, at=AT)


def _write_bare(bare: sqlite3.Connection, statement: str, number: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute(statement, (f"bare {number}", "2017-10-02 08:00:00.000000"))
    bare.execute("COMMIT")
