"""The tables go up, down and up again with people's data in them, and only one process at a time makes them."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from programme.rulebook import Rulebook
from storage import find, migrate, tables
from storage.session import Record
from tests import cast as people
from tests.databases import Databases, Kind
from tests.storage.conftest import fill

UPGRADE = "import sys; from storage import migrate; migrate.upgrade(sys.argv[1])"


def tables_in(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def filled(url: str, rules: Rulebook) -> Record:
    record, cast = Record(url), people.gather(rules)
    with record.writing() as session:
        people.keep(session, cast)
    fill(record, rules, cast)
    return record


def test_nothing_is_there_before_and_everything_is_known_after(database_url: str) -> None:
    assert (migrate.current(database_url), migrate.at_head(database_url)) == (None, False)
    migrate.upgrade(database_url)
    assert (migrate.current(database_url), migrate.at_head(database_url)) == (migrate.head(), True)


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(database_url: str, rules: Rulebook) -> None:
    migrate.upgrade(database_url)
    record = filled(database_url, rules)
    migrate.upgrade(database_url)
    with record.reading() as session:
        assert find.people.count(session) == 9
    record.close()


def test_up_down_and_up_with_data(database_url: str, rules: Rulebook) -> None:
    for _ in range(2):
        migrate.upgrade(database_url)
        filled(database_url, rules).close()
        migrate.downgrade(database_url, "base")
        record = Record(database_url)
        assert tables_in(record.engine) == {"alembic_version"}
        record.close()


def test_going_down_a_step_leaves_the_steps_below_as_they_were(database_url: str, rules: Rulebook) -> None:
    migrate.upgrade(database_url)
    record = filled(database_url, rules)
    migrate.downgrade(database_url, "0003")
    migrate.upgrade(database_url)
    with record.reading() as session:
        assert find.people.count(session) == 9
        assert session.scalar(select(func.count()).select_from(tables.judgement)) == 5
        assert session.scalar(select(func.count()).select_from(tables.history)) == 0
    record.close()


def test_the_migrations_make_what_the_tables_say(record: Record) -> None:
    with record.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_the_migrations_make_every_check_and_bound(record: Record, databases: Databases, database_kind: Kind) -> None:
    with databases.lent(database_kind) as url:
        drawn = Record(url)
        tables.metadata.create_all(drawn.engine)
        assert checks_in(record.engine) == checks_in(drawn.engine)
        drawn.close()


def checks_in(engine: Engine) -> dict[str, str]:
    look = inspect(engine)
    found = [check for table in tables.metadata.tables for check in look.get_check_constraints(table)]
    return {str(check["name"]): check["sqltext"] for check in found}


def test_four_processes_that_start_at_once_all_find_the_tables_made(database_url: str) -> None:
    started = [subprocess.Popen([sys.executable, "-c", UPGRADE, database_url]) for _ in range(4)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0, 0]
    assert migrate.at_head(database_url)


def test_an_upgrade_that_fails_half_way_leaves_nothing_behind(database_url: str) -> None:
    record = Record(database_url)
    with record.engine.begin() as connection:
        connection.execute(text("CREATE TABLE action (in_the_way INTEGER)"))
    with pytest.raises(DBAPIError, match="already exists"):
        migrate.upgrade(database_url)
    assert tables_in(record.engine) == {"action"}
    with record.engine.begin() as connection:
        connection.execute(text("DROP TABLE action"))
    record.close()
    migrate.upgrade(database_url)
    assert migrate.at_head(database_url)


def test_a_change_that_would_leave_rows_pointing_at_nothing_is_refused(databases: Databases, rules: Rulebook) -> None:
    with databases.lent("sqlite", migrate.upgrade) as url:
        record = filled(url, rules)
        with record.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("DELETE FROM service")
        with pytest.raises(RuntimeError, match="Rows of person, team would point at nothing"):
            migrate.downgrade(url, "0003")
        assert migrate.current(url) == migrate.head()
        record.close()
