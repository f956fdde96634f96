"""What a finder loads along with what it finds. Relationships never load by themselves.

The programme's classes are plain, so their attributes are named here as text; a wrong name fails on first use.
"""

from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Loading


def one(kind: type[object], name: str, *then: Loading) -> Loading:
    """Load what `name` points at in the same select, and `then` what hangs on it."""
    return joinedload(getattr(kind, name)).options(*then)


def many(kind: type[object], name: str, *then: Loading) -> Loading:
    """Load the collection `name` with one further select."""
    return selectinload(getattr(kind, name)).options(*then)
