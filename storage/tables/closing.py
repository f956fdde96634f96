"""What comes after an action is confirmed: its check, and the end of its audit."""

from sqlalchemy import CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from programme.checking import CheckAnswer, WhyChecked
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Number, Prose, Word, one_of

MADE = "why IN ('immediate', 'urgent', 'drawn')"

action_check = Table(
    "action_check",
    metadata,
    key(),
    *text("ref", 40, unique=True),
    to("action"),
    to("person", name="confirmed_by_id"),
    Column("confirmed_at", Instant, nullable=False),
    Column("why", Word(WhyChecked), nullable=False),
    Column("seed", Number, nullable=False),
    *text("month", 7),
    Column("place", Number),
    to("person", optional=True, name="checker_id"),
    Column("asked_at", Instant),
    Column("due_on", Day),
    Column("answer", Word(CheckAnswer)),
    Column("answered_at", Instant),
    Column("words", Prose, nullable=False),
    Column("done", Prose, nullable=False),
    Column("done_on", Day),
    Column("changed", Prose, nullable=False),
    Column("recorded_on", Day),
    Column("recorded_where", Prose, nullable=False),
    Column("was_due_on", Day),
    Column("version", Number, nullable=False),
    # One decision for each confirmation, and each place of a month is given once.
    UniqueConstraint("action_id", "confirmed_at"),
    UniqueConstraint("month", "place"),
    one_of("why", WhyChecked),
    one_of("answer", CheckAnswer),
    CheckConstraint("(why = 'drawn') = (place IS NOT NULL)", name="drawn_at_a_place"),
    CheckConstraint(f"{MADE} OR checker_id IS NULL", name="asked_for_one_that_is_made"),
    CheckConstraint("(checker_id IS NULL) = (asked_at IS NULL)", name="asked_when"),
    CheckConstraint("(checker_id IS NULL) = (due_on IS NULL)", name="asked_until"),
    CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_when"),
    CheckConstraint("answer <> 'reopened' OR (words <> '' AND done <> '')", name="reopened_why"),
    Index(
        "ix_action_check_waits",
        "checker_id",
        sqlite_where=sql("answer IS NULL"),
        postgresql_where=sql("answer IS NULL"),
    ),
)

audit_closing = Table(
    "audit_closing",
    metadata,
    key(),
    to("allocation"),
    Column("closed_at", Instant, nullable=False),
    Column("reopened_at", Instant),
    CheckConstraint("reopened_at >= closed_at", name="closed_first"),
    # Of two who close an audit at once one is first.
    Index(
        "uq_audit_closing_closed",
        "allocation_id",
        unique=True,
        sqlite_where=sql("reopened_at IS NULL"),
        postgresql_where=sql("reopened_at IS NULL"),
    ),
)
