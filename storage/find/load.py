"""What a finder loads along with what it finds. Relationships never load by themselves.

The programme's classes are plain, so their attributes are named here as text; a wrong name fails on first use.
"""

from typing import TypeVar

from sqlalchemy import Select, Table
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Loading

Found = TypeVar("Found")


def one(kind: type[object], name: str, *then: Loading) -> Loading:
    """Load what `name` points at in the same select, and `then` what hangs on it."""
    return joinedload(getattr(kind, name)).options(*then)


def many(kind: type[object], name: str, *then: Loading) -> Loading:
    """Load the collection `name` with one further select."""
    return selectinload(getattr(kind, name)).options(*then)


def locked(session: Session, wanted: Select[Found], table: Table) -> Select[Found]:
    """Lock what would be found until the transaction ends; the select that is given back reads it as it is then.

    What was loaded of the same before is read anew, and what this select does not load along is taken away from it: so
    hold first, with as much as is needed.

    The lock leaves the key alone (`key_share`), so that a row which only points at the locked one, as every line of
    history points at a person, is written without waiting: what waits for nothing cannot be part of a deadlock.

    PostgreSQL locks the rows of `table` only. Having waited for a lock, it hands out the new row together with what
    the old one was joined with, so a new holder would come as the old person: hence a second select, and the first asks
    for the keys only. SQLite lets one transaction write at a time anyhow.
    """
    if session.get_bind().dialect.name != "sqlite":
        only = wanted.with_only_columns(table.c.id, maintain_column_froms=True)
        session.execute(only.with_for_update(of=table, key_share=True)).all()
    return wanted.execution_options(populate_existing=True)
