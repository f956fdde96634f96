"""Reading reads, writing writes all or nothing, and no fault says what was being written."""

import traceback

import pytest
from sqlalchemy import Insert, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from programme.rounds import Round
from programme.words import RoundState
from storage import find, migrate, tables
from storage.session import Conflict, Record, with_driver
from tests.cast import Cast
from tests.databases import Databases

CANARY = "Canary Featherstonehaugh"


def services(record: Record) -> list[str]:
    with record.reading() as session:
        return list(session.scalars(select(tables.service.c.name).order_by(tables.service.c.id)))


def a_service(name: str) -> Insert:
    return insert(tables.service).values(name=name)


def test_reading_cannot_write(record: Record) -> None:
    with record.reading() as session, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        session.execute(a_service("Early Help"))
    with record.writing() as session:
        session.execute(a_service("Early Help"))
    assert services(record) == ["Early Help"]


def test_writing_is_kept_when_the_block_ends(record: Record) -> None:
    with record.writing() as session:
        session.execute(a_service("Early Help"))
        session.execute(a_service("Care"))
    assert services(record) == ["Early Help", "Care"]


def test_writing_is_undone_whole_when_the_block_raises(record: Record) -> None:
    def write_and_fail() -> None:
        with record.writing() as session:
            session.execute(a_service("Early Help"))
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    assert services(record) == []


def test_a_page_reads_the_record_as_it_was_at_one_moment(record: Record) -> None:
    with record.reading() as session:
        wanted = select(tables.service.c.name)
        assert session.scalars(wanted).all() == []
        with record.writing() as other:
            other.execute(a_service("Early Help"))
        assert session.scalars(wanted).all() == []
    assert services(record) == ["Early Help"]


def test_sqlite_lets_one_write_while_others_read(databases: Databases) -> None:
    with databases.lent("sqlite", migrate.upgrade) as url:
        record = Record(url)
        with record.reading() as session:
            assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        record.close()


def test_what_is_still_in_hand_when_the_record_is_closed_is_closed_when_it_is_given_back(record: Record) -> None:
    with record.reading() as session:
        in_hand = session.connection().connection.dbapi_connection
        assert in_hand is not None
        record.close()
        assert session.scalar(text("SELECT 1")) == 1
    with pytest.raises(Exception, match="closed"):
        in_hand.cursor().execute("SELECT 1")


def test_a_row_may_not_point_at_nothing(record: Record) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), record.writing() as session:
        session.execute(insert(tables.team).values(name="Orchard", service_id=7))


def test_the_second_of_two_edits_is_told_that_somebody_was_first(record: Record, cast: Cast) -> None:
    with record.reading() as session:
        stale = find.allocations.by_ref(session, cast.allocation.ref)
    with record.writing() as session:
        find.allocations.by_ref(session, cast.allocation.ref).reason_words = "first"
    stale.reason_words = "second"
    with pytest.raises(Conflict, match="Somebody else was first"), record.writing() as session:
        session.add(stale)
    with record.reading() as session:
        assert find.allocations.by_ref(session, cast.allocation.ref).reason_words == "first"


def test_the_same_thing_made_twice_is_a_race_lost(record: Record, cast: Cast) -> None:
    again = Round(cast.round.month, "Fathers", RoundState.CLOSED, imported=True)
    with pytest.raises(Conflict), record.writing() as session:
        session.add(again)


def test_any_other_fault_stays_a_fault(record: Record) -> None:
    with pytest.raises(DBAPIError), record.writing() as session:
        session.execute(text("INSERT INTO service (name) VALUES (NULL)"))


@pytest.mark.parametrize(
    "statement",
    [
        text("INSERT INTO service (name) VALUES (:name), (:name)"),
        text("INSERT INTO service (id, name) VALUES (NULL, :name), (:name, :name)"),
        text("INSERT INTO audit_tool (version) VALUES (:name)"),
        text("INSERT INTO role_held (person_id, role) VALUES (1, :name)"),
        text("INSERT INTO team (service_id, name) VALUES (9, :name)"),
        text("SELECT * FROM nowhere WHERE name = :name"),
    ],
    ids=["twice", "wrong kind", "a gap", "unknown word", "points at nothing", "no such table"],
)
def test_no_fault_repeats_what_was_written(record: Record, statement: Insert) -> None:
    with pytest.raises((DBAPIError, Conflict)) as raised, record.writing() as session:
        session.execute(statement, {"name": CANARY})
    assert CANARY not in "".join(traceback.format_exception(raised.value))


def test_a_value_of_the_wrong_kind_is_not_repeated_either(record: Record) -> None:
    with pytest.raises(StatementError) as raised, record.writing() as session:
        session.execute(insert(tables.role_held).values(person_id=1, role=CANARY))
    assert CANARY not in "".join(traceback.format_exception(raised.value))


def test_an_address_as_hosts_hand_it_out_finds_its_driver() -> None:
    assert with_driver("postgres://ann:pw@db/audit") == "postgresql+psycopg://ann:pw@db/audit"
    assert with_driver("sqlite:///audit.db") == "sqlite:///audit.db"
