"""Bringing the tables up to date, or back, on a connection of its own and with one process at a time.

SQLite: foreign keys are off before the transaction begins, because a table is changed by making it anew and dropping
the old one; they are all checked before it is committed. Everything, the tables too, is in that one transaction.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.pool import ConnectionPoolEntry

from storage.session import BUSY_SECONDS, CONNECT_SECONDS, is_sqlite, with_driver

SCRIPTS = Path(__file__).parent / "migrations"
TURN = int.from_bytes(b"auditlp")
"""The number of the advisory lock that whoever migrates holds."""


def upgrade(url: str, to: str = "head") -> None:
    """Bring the tables up to a revision. Of several processes that start at once, one does it and the others wait."""
    _run(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> None:
    """Bring the tables back to a revision, or to `base`."""
    _run(url, lambda config: command.downgrade(config, to))


def current(url: str) -> str | None:
    """The revision the tables are at; None where there are none yet."""
    engine = _engine(url)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def at_head(url: str) -> bool:
    """Whether the tables are the ones this code was written for."""
    return current(url) == head()


def draft(scratch_url: str, title: str) -> None:
    """Write a new revision that brings a database at head to what the tables say now."""
    upgrade(scratch_url)
    number = f"{int(head() or 0) + 1:04d}"
    _run(scratch_url, lambda config: command.revision(config, title, autogenerate=True, rev_id=number))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _run(url: str, change: Callable[[Config], object]) -> None:
    engine = _engine(url)
    if is_sqlite(url):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with _turn(engine), engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        change(config)
        if is_sqlite(url):
            _check_foreign_keys(connection)


def _engine(url: str) -> Engine:
    waits = {"timeout": BUSY_SECONDS} if is_sqlite(url) else {"connect_timeout": CONNECT_SECONDS}
    return create_engine(with_driver(url), hide_parameters=True, poolclass=NullPool, connect_args=waits)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    # The file keeps this from now on. Set by every process as it starts, they would run into one another.
    connection.execute("PRAGMA journal_mode=WAL")


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        msg = f"Rows of {', '.join(sorted({row[0] for row in orphans}))} would point at nothing. Nothing was changed."
        raise RuntimeError(msg)


def _turn(engine: Engine) -> AbstractContextManager[None]:
    return _file_turn(engine.url) if engine.dialect.name == "sqlite" else _server_turn(engine)


@contextmanager
def _file_turn(url: URL) -> Iterator[None]:
    """Hold a lock file beside the database; it is let go even when this process dies."""
    if url.database in {None, "", ":memory:"}:
        yield
        return
    with Path(f"{url.database}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _server_turn(engine: Engine) -> Iterator[None]:
    """Hold an advisory lock on a second connection; the server lets it go when that connection ends."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SELECT pg_advisory_lock(:turn)"), {"turn": TURN})
        yield
