"""How a month is planned: its draw, what is said before an audit, steering, partners, and the forecasts."""

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

from programme.words import SteerKind
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Prose, Word, one_of

sample = Table(
    "sample",
    metadata,
    key(),
    *text("month", 7, unique=True),
    Column("seed", Number, nullable=False),
    Column("size", Number, nullable=False),
    Column("drawn_on", Day, nullable=False),
    Column("frame", Json, nullable=False),
    *text("digest", 64),
    to("person", name="drawn_by_id"),
)

beforehand = Table(
    "beforehand",
    metadata,
    key(),
    to("frame_entry"),
    to("person"),
    Column("said_at", Instant, nullable=False),
    Column("proud_of", Prose, nullable=False),
    Column("got_in_the_way", Prose, nullable=False),
    Column("may_be_asked", Prose, nullable=False),
    UniqueConstraint("frame_entry_id", "person_id"),
)

partner_total = Table(
    "partner_total",
    metadata,
    key(),
    *text("month", 7),
    *text("service", 100),
    Column("audits", Number, nullable=False),
    to("person", name="entered_by_id"),
    UniqueConstraint("month", "service"),
    CheckConstraint("audits >= 0", name="none_or_more"),
)

steer = Table(
    "steer",
    metadata,
    key(),
    *text("month", 7),
    to("audit_case"),
    to("person"),
    Column("kind", Word(SteerKind), nullable=False),
    to("person", name="by_id"),
    UniqueConstraint("month", "audit_case_id", "person_id"),
    one_of("kind", SteerKind),
)

forecast = Table(
    "forecast",
    metadata,
    key(),
    *text("month", 7),
    Column("made_on", Day, nullable=False),
    Column("target", Number, nullable=False),
    Column("at_best", Number, nullable=False),
    Column("low", Number, nullable=False),
    Column("likely", Number, nullable=False),
    Column("high", Number, nullable=False),
    Column("moderators", Json, nullable=False),
    Column("lines", Json, nullable=False),
    UniqueConstraint("month", "made_on"),
)
