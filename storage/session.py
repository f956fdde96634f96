"""Opening the record: one session to read with, one to write with, the same on SQLite and PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import SQLAlchemyError as DatabaseFault
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

import storage.tables  # noqa: F401 - lays the classes onto the tables
from programme.refusals import Refusal

__all__ = ["Conflict", "DatabaseFault", "Record", "Session"]
# A door names the session's type, and what is raised when the database does not answer, without knowing SQLAlchemy.

WRITES = "auditloop_writes"
BUSY_SECONDS = 30
CONNECT_SECONDS = 5
POOL_SECONDS = 1
"""Chat waits three seconds for an answer, so a request without a connection had better fail at once."""

LOST_A_RACE = frozenset(
    {
        *("23505", "40001", "40P01"),  # PostgreSQL: unique violation, serialization failure, deadlock
        *("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"),
    }
)


class Conflict(Refusal):
    """Two wanted the same thing at the same moment, and the other was first. Nothing of this one was written."""

    def __init__(self) -> None:
        super().__init__("Somebody else was first and has just changed this. Look at it again before you go on.")


class Record:
    """The database. A GET uses only `reading()`; everything that changes something uses `writing()`.

    SQLite takes the write lock when a writing session begins (a read that later wants to write would fail at once
    instead of waiting), and the writers of one process queue on a lock of our own, which is fairer than SQLite's.
    """

    def __init__(self, url: str, *, pool_size: int = 16) -> None:
        self.engine = _engine(url, pool_size)
        self._turn = threading.Lock() if is_sqlite(url) else None
        self._reads = self.engine.execution_options(**{WRITES: False}, **_one_moment(url))
        self._writes = self.engine.execution_options(**{WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self._reads, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, *, only_try: bool = False) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises, or when it was `only_try`.

        Raises `Conflict` when somebody else was first: a version that has moved on, or the same thing made twice.
        """
        opened = Session(self._writes, expire_on_commit=False)
        with _conflicts(), self._taking_turns(), opened as session, session.begin() as transaction:
            yield session
            if only_try:
                transaction.rollback()

    def close(self) -> None:
        """Close every connection; one that a thread still has in hand is closed when it gives it back."""
        pool = self.engine.pool
        self.engine.dispose(close=False)
        event.listen(pool, "checkin", _close_it)
        pool.dispose()

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            msg = "Another write of this process has not ended. Is one begun inside another?"
            raise TimeoutError(msg)
        try:
            yield
        finally:
            self._turn.release()


@contextmanager
def _conflicts() -> Iterator[None]:
    try:
        yield
    except StaleDataError as fault:
        raise Conflict from fault
    except DBAPIError as fault:
        if _code(fault) in LOST_A_RACE:
            raise Conflict from fault
        raise


def _code(fault: DBAPIError) -> str | None:
    """PostgreSQL's state, or SQLite's name for the error."""
    return getattr(fault.orig, "sqlstate", None) or getattr(fault.orig, "sqlite_errorname", None)


def _engine(url: str, pool_size: int) -> Engine:
    if is_sqlite(url):
        engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=pool_size,
            pool_timeout=POOL_SECONDS,
            enable_from_linting=False,
            connect_args={"timeout": BUSY_SECONDS},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        with_driver(url),
        hide_parameters=True,
        pool_pre_ping=True,
        # A fifth of what compiling a select costs, only to warn of joins that our own tests show as doubled rows.
        enable_from_linting=False,
        pool_size=pool_size,
        pool_timeout=POOL_SECONDS,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=30000",
        },
    )
    event.listen(engine, "handle_error", _leave_values_out)
    return engine


def _one_moment(url: str) -> dict[str, object]:
    """A page reads the record as it was at one moment, so that its figures add up. SQLite does so by itself."""
    return {} if is_sqlite(url) else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def with_driver(url: str) -> str:
    """Hosts hand out postgres:// addresses; the driver's name must be said."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own type
    # The driver's own transactions begin too late and too weakly; ours are begun in `_begin_sqlite`.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _close_it(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.invalidate()


def _leave_values_out(context: ExceptionContext) -> None:
    """PostgreSQL adds a DETAIL line that repeats what was being written; faults are logged, so it goes."""
    fault, wrapped = context.original_exception, context.sqlalchemy_exception
    said = getattr(getattr(fault, "diag", None), "message_primary", None)
    if said and wrapped is not None:
        fault.args = (said,)
        wrapped.args = (f"({type(fault).__name__}) {said}",)
