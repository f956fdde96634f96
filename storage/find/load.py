"""What a finder loads along with what it finds. Relationships never load by themselves.

The programme's classes are plain, so their attributes are named here as text; a wrong name fails on first use.
"""

from typing import TypeVar

from sqlalchemy import Select, Table
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Loading

Found = TypeVar("Found")


def one(kind: type[object], name: str, *then: Loading) -> Loading:
    """Load what `name` points at in the same select, and `then` what hangs on it."""
    return joinedload(getattr(kind, name)).options(*then)


def many(kind: type[object], name: str, *then: Loading) -> Loading:
    """Load the collection `name` with one further select."""
    return selectinload(getattr(kind, name)).options(*then)


def locked(wanted: Select[Found], table: Table) -> Select[Found]:
    """Lock what is found until the transaction ends, and read it as it is now, even if it was read before.

    PostgreSQL locks the rows of `table` only; SQLite lets one transaction write at a time anyhow.
    """
    return wanted.with_for_update(of=table).execution_options(populate_existing=True)
