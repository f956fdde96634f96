"""What it costs to find who is to be reminded among many who are not, and to write it down.

Of the audits that are out a few are due tomorrow, so that each is told; the others are due next year. The finding is
set beside one bare SQL statement that finds the same; the writing beside a bare loop that inserts the very rows
that were written, one transaction for each audit.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from benchmarks.returns import borough
from programme.calendar import at_london
from programme.policy import ReminderDays
from scheduler.sweeps.reminders import BATCH, Reminders
from storage import clock, migrate, tables
from storage.chasing import AUDITS
from storage.office import Office
from tests.databases import KINDS, Databases

OPEN = int(os.environ.get("AUDITLOOP_BENCH_OPEN", "10000"))
DUE = OPEN // 100
MORNING = at_london(date(2017, 10, 12), ReminderDays().from_hour)
"""The working day before the audits of October are due."""

BARE = text(
    "SELECT a.ref FROM allocation a WHERE a.state = 'out' AND a.reason IS NULL AND a.due_on <= :tomorrow"
    " AND NOT EXISTS (SELECT 1 FROM step_taken s WHERE s.about = a.ref AND s.due_on = a.due_on) ORDER BY a.ref"
)
WRITTEN = ("step_taken", "history", "notice")


def measure() -> Iterator[str]:
    with TemporaryDirectory() as folder, Databases(Path(folder)) as databases:
        for kind in KINDS:
            with databases.lent(kind, migrate.upgrade) as ours, databases.lent(kind, migrate.upgrade) as bare:
                yield f"{kind}: {_beside(_with_many_open(ours), _with_many_open(bare))}"


def _beside(ours: Office, bare: Office) -> str:
    found, plain = _seconds(lambda: _found(ours)), _seconds(lambda: _found_bare(ours))
    before = _counts(ours)
    wrote = _seconds(lambda: Reminders(ours, AUDITS).sweep()) - found
    rows = _written_since(ours, before)
    wrote_plain = _seconds(lambda: _write_bare(bare, rows))
    return (
        f"{DUE} due among {OPEN} open found in {found:.2f} s, {found / plain:.0f} times one SQL statement;"
        f" written in {wrote:.2f} s, {wrote / wrote_plain:.1f} times bare inserts"
    )


def _with_many_open(url: str) -> Office:
    """So many audits are out; but for a hundredth of them, next year's."""
    office, _ = borough(url, OPEN)
    a = tables.allocation
    with office.record.writing() as session:
        clock.set_to(session, MORNING)
        later = select(a.c.id).order_by(a.c.id).offset(DUE)
        session.execute(update(a).where(a.c.id.in_(later)).values(due_on=date(2018, 10, 12)))
    return office


def _found(office: Office) -> list[str]:
    with office.record.reading() as session:
        at, refs = office.now(session), AUDITS.reached(session, on=office.today(session), rules=office.rules)
        return [
            chased.ref
            for first in range(0, len(refs), BATCH)
            for chased in AUDITS.chased(session, refs[first : first + BATCH], at=at, rules=office.rules)
        ]


def _found_bare(office: Office) -> Sequence[str]:
    with office.record.engine.connect() as connection:
        return connection.execute(BARE, {"tomorrow": date(2017, 10, 13)}).scalars().all()


def _counts(office: Office) -> Mapping[str, int]:
    """The highest number of each table that is written to."""
    with office.record.engine.connect() as connection:
        return {name: _last(connection, name) for name in WRITTEN}


def _last(connection: Connection, name: str) -> int:
    table = tables.metadata.tables[name]
    return connection.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar() or 0


def _written_since(office: Office, before: Mapping[str, int]) -> Mapping[str, Sequence[dict[str, Any]]]:
    with office.record.engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(_after(name, last)).mappings()]
            for name, last in before.items()
        }


def _after(name: str, last: int) -> Any:  # noqa: ANN401 - a select of whatever the table has
    table = tables.metadata.tables[name]
    return select(table).where(table.c.id > last).order_by(table.c.id)


def _write_bare(office: Office, rows: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    for number in range(DUE):
        with office.record.engine.begin() as connection:
            for name, of in rows.items():
                connection.execute(insert(tables.metadata.tables[name]), of[number : number + 1])


def _seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began
