"""What is asked round an action while it is open: more time, passing it on, looking at it again."""

from sqlalchemy import CheckConstraint, Column, Index, Table
from sqlalchemy import text as sql

from programme.action_words import Extending, Looked, PassingState
from storage.tables.base import key, metadata, to
from storage.types import Day, Instant, Prose, Word, one_of

WAITING = sql("state = 'waiting'")

extension = Table(
    "extension",
    metadata,
    key(),
    to("action"),
    Column("until", Day, nullable=False),
    Column("why", Prose, nullable=False),
    to("person", name="asked_by_id"),
    Column("asked_at", Instant, nullable=False),
    Column("state", Word(Extending), nullable=False),
    to("person", optional=True, name="decided_by_id"),
    Column("decided_at", Instant),
    one_of("state", Extending),
    CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_when"),
    # Of one action one request waits at a time.
    Index("uq_extension_waiting", "action_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING),
)

passing = Table(
    "passing",
    metadata,
    key(),
    to("action"),
    to("person", name="owner_id"),
    to("person", name="named_id"),
    Column("why", Prose, nullable=False),
    to("person", name="asked_by_id"),
    Column("asked_at", Instant, nullable=False),
    Column("state", Word(PassingState), nullable=False),
    Column("head_asked_at", Instant),
    to("person", optional=True, name="decided_by_id"),
    Column("decided_at", Instant),
    one_of("state", PassingState),
    CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_when"),
    Index("uq_passing_waiting", "action_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING),
)

look_again = Table(
    "look_again",
    metadata,
    key(),
    to("action"),
    Column("words", Prose, nullable=False),
    to("person", name="asked_by_id"),
    Column("asked_at", Instant, nullable=False),
    Column("state", Word(Looked), nullable=False),
    Column("said", Prose, nullable=False),
    to("person", optional=True, name="answered_by_id"),
    Column("answered_at", Instant),
    one_of("state", Looked),
    CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answered_when"),
    Index("uq_look_again_waiting", "action_id", unique=True, sqlite_where=WAITING, postgresql_where=WAITING),
)
