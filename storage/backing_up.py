"""Everything that is on record goes into one file, or comes back from it into an empty database of either kind."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Table,
    TableClause,
    Text,
    column,
    delete,
    exists,
    false,
    func,
    insert,
    select,
    table,
    update,
)
from sqlalchemy.orm import Session

from programme.facts import MessagesPaused, RecordRestored
from programme.people import Person
from programme.refusals import Refusal
from storage import backup_file, find, journal, migrate, tables
from storage.backup_file import BATCH, Contents, Part, Row
from storage.office import Office
from storage.types import Day, Instant, Json

Progress = Callable[[int], object]
"""Told how many rows more are done."""

IN_ORDER: Sequence[Table] = tables.metadata.sorted_tables
"""What is pointed at stands before what points at it."""

THERE_FROM_THE_START = (tables.demo_clock, tables.post_switch)
"""These have their one row since the tables were made."""


def count(session: Session) -> int:
    """How many rows a backup would have."""
    return sum(_rows_of(session, each) for each in IN_ORDER)


def write(session: Session, office: Office, path: Path, revision: str, progress: Progress) -> Contents:
    """All of it as it is at one moment, while others go on writing."""
    parts = [Part(each.name, each.columns.keys(), _rows_of(session, each)) for each in IN_ORDER]
    contents = Contents(revision, office.real_now().isoformat(), parts)
    with backup_file.written(path, contents) as add:
        for each in IN_ORDER:
            whole = select(_as_kept(each)).order_by(each.c.id).execution_options(yield_per=BATCH)
            with session.execute(whole) as found:
                for rows in found.partitions():
                    for row in rows:
                        add(list(row))
                    progress(len(rows))
    return contents


def must_be_for(contents: Contents, revision: str) -> None:
    """Rows fit only the tables they come from."""
    if contents.revision == revision:
        return
    msg = (
        f"This backup was made with the tables at {contents.revision}, and here they are at {revision}. Restore it with"
        " the version of Auditloop that made it, then bring that up to date: flask db upgrade"
    )
    raise Refusal(msg, field="file")


def must_be_empty(session: Session) -> None:
    """Nothing is ever restored over something: history cannot be deleted, and the old may still be needed."""
    for each in IN_ORDER:
        if each not in THERE_FROM_THE_START and session.scalar(select(exists().select_from(each))):
            msg = (
                f"This database is not empty: it has rows in '{each.name}'. Stop web and worker, point DATABASE_URL at"
                " a new, empty database, and restore into that."
            )
            raise Refusal(msg)


def fill(session: Session, path: Path, progress: Progress) -> None:
    """Put every row of a file where it was. A row that points at a later one of its own table does so at the end."""
    must_be_empty(session)
    for each in THERE_FROM_THE_START:
        session.execute(delete(each))
    by_name = {each.name: each for each in IN_ORDER}
    afterwards: list[tuple[Table, str, int, int]] = []
    for part, rows in backup_file.batches(path):
        of = _matching(by_name, part)
        ready = [dict(_restored(of, part, row)) for row in rows]
        afterwards += [(of, *link) for row in ready for link in _held_back(of, row)]
        session.execute(insert(_as_kept(of)), ready)
        progress(len(rows))
    for of, name, number, points_at in afterwards:
        session.execute(update(of).where(of.c.id == number).values({name: points_at}))
    if session.get_bind().dialect.name == "postgresql":
        _go_on_counting(session)


def note(session: Session, office: Office, contents: Contents, by: Person) -> None:
    """It stands in the history; and no message goes out before somebody has looked.

    What was sent since the backup was made is not known here any more, and would be sent once again. Nor is it known
    who has signed out since then, so everybody signs in anew.
    """
    find.notices.set_paused(session, paused=True)
    find.visits.end_all(session, at=office.real_now())
    restored = RecordRestored(about="record", made=contents.made_at, rows=contents.rows)
    facts = [restored, MessagesPaused(about="messages", paused=True)]
    journal.write(session, facts, by=by, at=office.now(session))


def at_head(url: str) -> str:
    """The revision of the tables, where this version knows them."""
    current, head = migrate.current(url), migrate.head()
    if current is None or current != head:
        msg = (
            f"The tables are at {current or 'no revision'}, and this version of Auditloop knows {head}. Use the version"
            " that ran until now, or bring the tables up to date first: flask db upgrade"
        )
        raise Refusal(msg)
    return current


def _rows_of(session: Session, of: Table) -> int:
    return session.scalar(select(func.count()).select_from(of)) or 0


def _as_kept(of: Table) -> TableClause:
    """A table whose JSON is the very text that is kept: seals cover it letter by letter."""
    return table(of.name, *(column(c.name, Text() if isinstance(c.type, Json) else c.type) for c in of.columns))


def _matching(by_name: dict[str, Table], part: Part) -> Table:
    of = by_name.get(part.table)
    if of is None or of.columns.keys() != part.columns:
        msg = f"This backup has a table '{part.table}' that is not ours. Nothing was restored."
        raise Refusal(msg, field="file")
    return of


def _restored(of: Table, part: Part, row: Row) -> Iterator[tuple[str, Any]]:
    for name, said in zip(part.columns, row, strict=True):
        kind = of.c[name].type
        if said is not None and isinstance(kind, Instant):
            yield name, datetime.fromisoformat(said)
        elif said is not None and isinstance(kind, Day):
            yield name, date.fromisoformat(said)
        else:
            yield name, said


def _held_back(of: Table, row: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Each link to a row further down, taken out of this one: its column, this row's number and that one's."""
    for each in of.columns:
        to_itself = any(key.column.table is of for key in each.foreign_keys)
        if to_itself and row[each.name] is not None and row[each.name] > row["id"]:
            yield each.name, row["id"], row[each.name]
            row[each.name] = None


def _go_on_counting(session: Session) -> None:
    """The next number of each table follows the highest that was restored."""
    quoted = session.get_bind().dialect.identifier_preparer.quote
    for each in IN_ORDER:
        sequence = func.pg_get_serial_sequence(quoted(each.name), "id")
        following = func.coalesce(func.max(each.c.id), 0) + 1
        session.execute(select(func.setval(sequence, following, false())).select_from(each))
