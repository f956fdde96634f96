"""What Alembic runs for every change of the tables: on the connection, and in the transaction, it was handed."""

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from storage.tables import metadata


def without_our_types(kind: str, thing: object, _: object) -> str | Literal[False]:
    """A draft names the databases' own types: ours may change, and a revision must go on meaning the same."""
    return f"sa.{thing.impl!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=without_our_types,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
context.run_migrations()
