"""Beside a moderation: why a judgement changed, how good the audit itself was, what was sent back, read before a newer
version came, or asked for before it was changed.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from programme.changed import WhyChanged
from programme.marks import Mark
from programme.words import Grade, Priority
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Prose, Word, one_of

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

sent_back = Table(
    "sent_back",
    metadata,
    key(),
    to("moderation"),
    to("person", name="by_id"),
    Column("at", Instant, nullable=False),
    Column("missing", Prose, nullable=False),
    Column("until", Day, nullable=False),
    Column("questions", Json, nullable=False),
    Column("came_at", Instant),
    CheckConstraint("missing <> ''", name="says_what"),
    # An audit is with its auditor once at a time.
    Index(
        "uq_sent_back_not_come",
        "moderation_id",
        unique=True,
        sqlite_where=sql("came_at IS NULL"),
        postgresql_where=sql("came_at IS NULL"),
    ),
)

read_before = Table(
    "read_before",
    metadata,
    key(),
    to("reading"),
    Column("of_version", Number, nullable=False),
    Column("read_at", Instant, nullable=False),
    *text("overall", 3),
    Column("judgements", Json, nullable=False),
)

action_was = Table(
    "action_was",
    metadata,
    key(),
    to("action"),
    to("person", name="by_id"),
    Column("at", Instant, nullable=False),
    Column("step", Prose, nullable=False),
    Column("measure", Prose, nullable=False),
    Column("priority", Word(Priority), nullable=False),
    Column("named_on", Day),
    Column("due_at", Instant, nullable=False),
    Column("because", Prose, nullable=False),
    one_of("priority", Priority),
)
