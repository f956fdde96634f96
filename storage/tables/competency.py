"""Where each auditor stands and since when, who put them forward, and who evaluated."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from programme.learning import After, Worth
from programme.words import Competency
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Prose, Word, one_of

OPEN = "ended_at IS NULL"
RUNS = "until IS NULL"

competency_held = Table(
    "competency_held",
    metadata,
    key(),
    to("person"),
    Column("competency", Word(Competency), nullable=False),
    Column("since", Day),
    Column("until", Day),
    to("person", optional=True, name="by_id"),
    one_of("competency", Competency),
    CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="until_after_since"),
    # A person is one thing at a time.
    Index("uq_competency_held_now", "person_id", unique=True, sqlite_where=sql(RUNS), postgresql_where=sql(RUNS)),
)

candidacy = Table(
    "candidacy",
    metadata,
    key(),
    *text("ref", 24, unique=True),
    to("person"),
    to("person", name="opened_by_id"),
    Column("opened_at", Instant, nullable=False),
    Column("signed_off", Boolean, nullable=False),
    Column("ended_at", Instant),
    to("person", optional=True, name="ended_by_id"),
    Column("ended_words", Prose, nullable=False),
    Column("version", Number, nullable=False),
    CheckConstraint("NOT signed_off OR (ended_at IS NOT NULL AND ended_by_id IS NOT NULL)", name="signed_off_by_whom"),
    Index("uq_candidacy_open", "person_id", unique=True, sqlite_where=sql(OPEN), postgresql_where=sql(OPEN)),
)

evaluation = Table(
    "evaluation",
    metadata,
    key(),
    to("candidacy"),
    to("person", name="evaluator_id"),
    Column("asked_at", Instant, nullable=False),
    Column("said_at", Instant),
    Column("evidence", Prose, nullable=False),
    Column("words", Prose, nullable=False),
    Column("recommends", Boolean),
    Column("audits", Json, nullable=False),
    UniqueConstraint("candidacy_id", "evaluator_id"),
    CheckConstraint("(said_at IS NULL) = (recommends IS NULL)", name="said_when"),
)

learnt = Table(
    "learnt",
    metadata,
    key(),
    to("person"),
    Column("after", Word(After), nullable=False),
    Column("day", Day, nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("words", Prose, nullable=False),
    Column("worth", Word(Worth)),
    to("allocation", optional=True),
    UniqueConstraint("person_id", "allocation_id", "after"),
    one_of("after", After),
    one_of("worth", Worth),
    CheckConstraint("(after = 'training') = (allocation_id IS NULL)", name="from_what"),
    CheckConstraint("(worth IS NULL) = (allocation_id IS NULL)", name="asked_whether"),
)

profile_answer = Table(
    "profile_answer",
    metadata,
    key(),
    to("person"),
    Column("words", Prose, nullable=False),
    Column("said_at", Instant, nullable=False),
)
