"""Columns as revisions write them. A revision that has been released must go on meaning the same, so these stay."""

from typing import Any

import sqlalchemy as sa
from alembic import op

Column = sa.Column[Any]


def key() -> Column:
    return sa.Column("id", sa.Integer, primary_key=True)


def to(table: str, *, name: str = "", optional: bool = False) -> Column:
    return sa.Column(name or f"{table}_id", sa.Integer, sa.ForeignKey(f"{table}.id"), nullable=optional, index=True)


def line(name: str, length: int, *, optional: bool = False, unique: bool = False) -> tuple[Column, sa.CheckConstraint]:
    column = sa.Column(name, sa.String(length), nullable=optional, unique=unique)
    return column, sa.CheckConstraint(f"length({name}) <= {length}", name=f"{name}_length")


def word(name: str, *words: str, optional: bool = False) -> tuple[Column, sa.CheckConstraint]:
    listed = ", ".join(f"'{each}'" for each in words)
    column = sa.Column(name, sa.String(max(map(len, words))), nullable=optional)
    return column, sa.CheckConstraint(f"{name} IN ({listed})", name=f"{name}_known")


def prose(*names: str) -> list[Column]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def numbers(*names: str) -> list[Column]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def yes_or_no(*names: str) -> list[Column]:
    return [sa.Column(name, sa.Boolean, nullable=False) for name in names]


def days(*names: str, optional: bool = True) -> list[Column]:
    return [sa.Column(name, sa.Date, nullable=optional) for name in names]


def instants(*names: str, optional: bool = False) -> list[Column]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=optional) for name in names]


def drop(*tables: str) -> None:
    """Drop tables that point at one another, the last made first."""
    for table in reversed(tables):
        op.drop_table(table)
