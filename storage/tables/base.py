"""What all tables share: one metadata with named constraints, and shorthands for common columns."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, MetaData
from sqlalchemy.orm import registry

from storage.types import Line, at_most

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

lay = registry(metadata=metadata).map_imperatively
"""Lay a class of the programme onto its table."""


def key() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def to(table: str, *, optional: bool = False, name: str = "") -> Column[int]:
    """A foreign key column to another table, indexed. Nothing is ever deleted along with its parent."""
    return Column(name or f"{table}_id", Integer, ForeignKey(f"{table}.id"), nullable=optional, index=True)


def text(
    name: str, length: int, *, optional: bool = False, unique: bool = False
) -> tuple[Column[str], CheckConstraint]:
    """A bounded text column, its bound held by both databases."""
    default = None if optional or unique else ""
    return Column(name, Line(length), nullable=optional, unique=unique, default=default), at_most(name, length)
