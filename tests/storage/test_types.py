"""What the columns keep, they keep alike on both databases; what one of them would refuse, both refuse."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Boolean, Column, Table, func, insert, select, text, update
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from storage import tables
from storage.session import Record
from storage.types import LONGEST, Day, Instant, Json, Line, Number, Prose, Word

NAIVE = datetime(2017, 10, 2, 9)  # noqa: DTZ001 - what must be refused
UNFIT: dict[type, tuple[object, ...]] = {
    Instant: (NAIVE, "2017-10-02", 5, date(2017, 10, 2)),
    Day: (datetime(2017, 10, 2, tzinfo=UTC), "2017-10-02", 5),
    Number: ("abc", "5", 2**40, -(2**40), 1.5, True),
    Boolean: ("yes", 2, "abc"),
    Word: ("no such word", 5, ""),
    Line: ("a\0b", "a\ud800", 5, b"bytes"),
    Prose: ("a\0b", "a\udfff", 5, "x" * (LONGEST + 1)),
    Json: ("\ud800", {"a": "\udc00"}),
}

Cell = tuple[Table, Column[object]]


def cells() -> list[Cell]:
    return [(table, column) for table in tables.metadata.sorted_tables for column in table.columns]


def unfit(column: Column[object]) -> Iterator[object]:
    yield from UNFIT.get(type(column.type), ())
    if isinstance(column.type, Line):
        yield "x" * 300  # longer than any line
    if column.foreign_keys:
        yield 999_999
    if not column.nullable:
        yield None


def is_refused(session: Session, statement: object, values: dict[str, object]) -> bool:
    try:
        with session.begin_nested():
            session.execute(statement, values)  # type: ignore[call-overload]
    except StatementError:
        return True
    return False


def test_every_table_has_a_row_to_try_on(full: Record) -> None:
    with full.reading() as session:
        empty = [
            t.name for t in tables.metadata.sorted_tables if not session.scalar(select(func.count()).select_from(t))
        ]
    assert empty == []


def test_no_column_takes_what_does_not_fit_it(full: Record) -> None:
    with full.writing() as session:
        taken = [
            f"{table.name}.{column.name} took {value!r:.40}"
            for table, column in cells()
            for value in unfit(column)
            if not is_refused(session, update(table).values({column: value}), {})
        ]
        assert not is_refused(session, update(tables.person).values(employment="agency"), {})
    assert taken == []


def test_the_database_itself_refuses_too_long_a_text_and_an_unknown_word(full: Record) -> None:
    """Past our own types: a length or a word is held by a CHECK."""
    with full.writing() as session:
        taken = [
            f"{table.name}.{column.name}"
            for table, column in cells()
            if isinstance(column.type, Line | Word)
            if not is_refused(session, text(f'UPDATE "{table.name}" SET {column.name} = :value'), {"value": "x" * 300})
        ]
    assert taken == []


def test_what_fits_comes_back_as_it_went_in(record: Record) -> None:
    name = "Zoë 😀 O'Brien-Łęcka\n"
    with record.writing() as session:
        session.execute(insert(tables.service).values(name=name, takes_part_from=date(2017, 2, 28)))
    with record.reading() as session:
        assert session.execute(select(tables.service.c.name, tables.service.c.takes_part_from)).one() == (
            name,
            date(2017, 2, 28),
        )


def test_a_thousand_instants_come_back_equal(record: Record) -> None:
    chance = random.Random(2017)
    start = datetime(2016, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    instants = {
        f"{number}": (start + timedelta(microseconds=chance.randrange(10**15))).astimezone(
            timezone(timedelta(minutes=chance.randrange(-720, 841)))
        )
        for number in range(1000)
    }
    beats = tables.heartbeat.c
    with record.writing() as session:
        session.execute(
            insert(tables.heartbeat), [{"worker": name, "beat_at": instant} for name, instant in instants.items()]
        )
    with record.reading() as session:
        kept = {beat.worker: beat.beat_at for beat in session.execute(select(beats.worker, beats.beat_at))}
        in_order = list(session.scalars(select(beats.worker).order_by(beats.beat_at, beats.id)))
    assert kept == instants
    assert {instant.tzinfo for instant in kept.values()} == {UTC}
    assert in_order == sorted(instants, key=lambda name: (instants[name], int(name)))


@pytest.mark.parametrize(("first", "last"), [(date(2017, 10, 4), date(2017, 10, 3))])
def test_an_absence_ends_after_it_begins(full: Record, first: date, last: date) -> None:
    with full.writing() as session:
        turned_round = update(tables.absence).values(first_day=first, last_day=last)
        assert is_refused(session, turned_round, {})
