"""The databases that tests borrow are empty, alike, apart from each other, and gone afterwards."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.databases import Databases, Kind


def plain(url: str) -> str:
    return url.replace("+psycopg", "")


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    """What a statement gives, on either kind, over a connection opened and closed for it."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            return file.execute(statement).fetchall()
    with psycopg.connect(plain(url), autocommit=True) as server:
        cursor = server.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def one_team(url: str) -> None:
    run(url, "CREATE TABLE team (name text)")
    run(url, "INSERT INTO team VALUES ('Orchard')")


def teams(url: str) -> list[tuple[object, ...]]:
    return run(url, "SELECT name FROM team ORDER BY name")


def tables(url: str) -> list[tuple[object, ...]]:
    if url.startswith("sqlite"):
        return run(url, "SELECT name FROM sqlite_master")
    return run(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")


def test_a_database_is_lent_empty(database_url: str) -> None:
    assert tables(database_url) == []


def test_each_kind_is_what_it_says(database_kind: Kind, database_url: str) -> None:
    scheme = {"sqlite": "sqlite:///", "postgresql": "postgresql+psycopg://"}[database_kind]
    assert database_url.startswith(scheme)


def test_postgresql_is_new_enough(databases: Databases) -> None:
    with databases.lent("postgresql") as url, psycopg.connect(plain(url)) as connection:
        assert connection.info.server_version >= 150000


def test_a_copy_has_what_its_template_was_given(databases: Databases, database_kind: Kind) -> None:
    with databases.lent(database_kind, one_team) as url:
        assert teams(url) == [("Orchard",)]


def test_what_one_test_writes_no_other_sees(databases: Databases, database_kind: Kind) -> None:
    with databases.lent(database_kind, one_team) as mine, databases.lent(database_kind, one_team) as theirs:
        run(mine, "INSERT INTO team VALUES ('Meadow')")
        assert teams(mine) == [("Meadow",), ("Orchard",)]
        assert teams(theirs) == [("Orchard",)]


def test_a_template_is_prepared_once(databases: Databases, database_kind: Kind) -> None:
    prepared = []

    def prepare(url: str) -> None:
        prepared.append(url)
        one_team(url)

    for _ in range(3):
        with databases.lent(database_kind, prepare):
            pass
    assert len(prepared) == 1


def test_a_dropped_file_leaves_nothing_behind(tmp_path: Path) -> None:
    with Databases(tmp_path) as databases:
        with databases.lent(
            "sqlite",
        ) as url:
            run(url, "PRAGMA journal_mode = WAL")
            one_team(url)
        assert list(tmp_path.iterdir()) == []


def test_a_dropped_database_is_gone_though_a_connection_was_left_open(databases: Databases) -> None:
    with databases.lent("postgresql") as url:
        left_open = psycopg.connect(plain(url))
    with closing(left_open), pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(plain(url))


def test_a_template_left_open_is_refused(tmp_path: Path) -> None:
    opened = []

    def careless(url: str) -> None:
        opened.append(sqlite3.connect(url.removeprefix("sqlite:///")))
        opened[0].execute("PRAGMA journal_mode = WAL")
        opened[0].execute("CREATE TABLE team (name text)")

    with Databases(tmp_path) as databases:
        with pytest.raises(RuntimeError, match="left a connection"), databases.lent("sqlite", careless):
            pass
        opened[0].close()
