"""Beside a moderation: why a judgement changed, and how good the audit itself was."""

from sqlalchemy import Boolean, CheckConstraint, Column, Table, UniqueConstraint

from programme.changed import WhyChanged
from programme.marks import Mark
from programme.words import Grade
from storage.tables.base import key, metadata, text, to
from storage.types import Prose, Word, one_of

changed_judgement = Table(
    "changed_judgement",
    metadata,
    key(),
    to("moderation"),
    *text("name", 100),
    Column("auditors", Word(Grade)),
    Column("agreed", Word(Grade)),
    Column("why", Word(WhyChanged), nullable=False),
    Column("words", Prose, nullable=False),
    UniqueConstraint("moderation_id", "name"),
    one_of("auditors", Grade),
    one_of("agreed", Grade),
    one_of("why", WhyChanged),
    CheckConstraint("why = 'left_blank' OR words <> ''", name="explained"),
)

mark = Table(
    "mark",
    metadata,
    key(),
    to("moderation"),
    Column("mark", Word(Mark), nullable=False),
    Column("met", Boolean, nullable=False),
    UniqueConstraint("moderation_id", "mark"),
    one_of("mark", Mark),
)
