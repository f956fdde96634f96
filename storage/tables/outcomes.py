"""Outcomes: who was sent them, what was said of them, what was mended, and the examples made of them."""

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

from programme.outcome_words import CopyFor, Helped, SaidKind, Settled
from storage.tables.base import key, metadata, to
from storage.types import Instant, Json, Number, Prose, Word, one_of

outcome = Table(
    "outcome",
    metadata,
    key(),
    to("allocation"),
    Column("agreed_at", Instant, nullable=False),
    Column("sent_at", Instant),
    to("person", optional=True, name="sent_by_id"),
    Column("version", Number, nullable=False),
    UniqueConstraint("allocation_id"),
    CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_whom"),
)

outcome_copy = Table(
    "outcome_copy",
    metadata,
    key(),
    to("outcome"),
    to("person"),
    Column("standing", Word(CopyFor), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("acknowledged_at", Instant),
    Column("helped", Word(Helped)),
    Column("helped_words", Prose, nullable=False),
    Column("helped_at", Instant),
    UniqueConstraint("outcome_id", "person_id"),
    one_of("standing", CopyFor),
    one_of("helped", Helped),
    CheckConstraint("(helped IS NULL) = (helped_at IS NULL)", name="helped_when"),
)

outcome_said = Table(
    "outcome_said",
    metadata,
    key(),
    to("outcome"),
    to("person"),
    Column("kind", Word(SaidKind), nullable=False),
    Column("words", Prose, nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("settled", Word(Settled)),
    Column("settled_words", Prose, nullable=False),
    to("person", optional=True, name="settled_by_id"),
    Column("settled_at", Instant),
    one_of("kind", SaidKind),
    one_of("settled", Settled),
    CheckConstraint("words <> ''", name="said_something"),
    CheckConstraint(
        "(settled IS NULL) = (settled_at IS NULL) AND (settled IS NULL) = (settled_by_id IS NULL)",
        name="settled_by_whom",
    ),
)

agreement_mended = Table(
    "agreement_mended",
    metadata,
    key(),
    to("outcome"),
    Column("before", Json, nullable=False),
    Column("after", Json, nullable=False),
    Column("reason", Prose, nullable=False),
    to("person", name="by_id"),
    Column("at", Instant, nullable=False),
    CheckConstraint("reason <> ''", name="mended_why"),
)

good_example = Table(
    "good_example",
    metadata,
    key(),
    to("allocation"),
    Column("words", Prose, nullable=False),
    to("person", name="shared_by_id"),
    Column("shared_at", Instant, nullable=False),
    to("person", optional=True, name="taken_back_by_id"),
    Column("taken_back_at", Instant),
    CheckConstraint("(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by_whom"),
)
