"""What happens while a month runs: turns and swaps, steps taken, moderation, alerts, and the report."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from programme.words import Grade, OfferState, ReportState, SwapKind, SwapState
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Prose, Word, one_of

UNDER_WAY = "state IN ('open', 'awaiting_approval')"

turn = Table(
    "turn",
    metadata,
    key(),
    to("person"),
    *text("month", 7),
    *text("why", 200),
    *text("carried_from", 7),
    UniqueConstraint("person_id", "month"),
    # A month that was missed is made up for once.
    Index(
        "uq_turn_carried",
        "person_id",
        "carried_from",
        unique=True,
        sqlite_where=sql("carried_from <> ''"),
        postgresql_where=sql("carried_from <> ''"),
    ),
)

swap = Table(
    "swap",
    metadata,
    key(),
    *text("ref", 20, unique=True),
    to("allocation"),
    to("person", name="asker_id"),
    Column("kind", Word(SwapKind), nullable=False),
    Column("state", Word(SwapState), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("settled_at", Instant),
    to("person", optional=True, name="settled_by_id"),
    to("allocation", optional=True, name="other_id"),
    *text("askers_why", 200),
    *text("askers_carried_from", 7),
    *text("takers_why", 200),
    *text("askers_reason", 60),
    Column("askers_words", Prose, nullable=False),
    Column("version", Number, nullable=False),
    one_of("kind", SwapKind),
    one_of("state", SwapState),
    CheckConstraint("(state IN ('open', 'awaiting_approval')) = (settled_at IS NULL)", name="settled_when"),
    CheckConstraint("kind = 'exchange' OR other_id IS NULL", name="other_in_exchange"),
    # One audit is offered in one swap at a time.
    Index(
        "uq_swap_open_allocation",
        "allocation_id",
        unique=True,
        sqlite_where=sql(UNDER_WAY),
        postgresql_where=sql(UNDER_WAY),
    ),
)

swap_offer = Table(
    "swap_offer",
    metadata,
    key(),
    to("swap"),
    to("person", name="peer_id"),
    Column("state", Word(OfferState), nullable=False),
    Column("answered_at", Instant),
    UniqueConstraint("swap_id", "peer_id"),
    one_of("state", OfferState),
    # Whoever is first to accept is the only one.
    Index(
        "uq_swap_offer_accepted",
        "swap_id",
        unique=True,
        sqlite_where=sql("state = 'accepted'"),
        postgresql_where=sql("state = 'accepted'"),
    ),
)

help_offered = Table(
    "help_offered",
    metadata,
    key(),
    to("person"),
    *text("month", 7),
    Column("offered_at", Instant, nullable=False),
    UniqueConstraint("person_id", "month"),
)

step_taken = Table(
    "step_taken",
    metadata,
    key(),
    *text("about", 40),
    *text("step", 40),
    Column("due_on", Day, nullable=False),
    Column("taken_at", Instant, nullable=False),
    UniqueConstraint("about", "step", "due_on"),
)

moderation = Table(
    "moderation",
    metadata,
    key(),
    to("allocation"),
    Column("assigned_at", Instant, nullable=False),
    Column("discussed", Prose, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("note", Prose, nullable=False),
    to("person", optional=True, name="disputed_by_id"),
    Column("disputed_at", Instant),
    Column("decided_because", Prose, nullable=False),
    to("person", optional=True, name="agreed_by_id"),
    Column("agreed_at", Instant),
    Column("version", Number, nullable=False),
    UniqueConstraint("allocation_id"),
    CheckConstraint("(disputed_at IS NULL) = (disputed_by_id IS NULL)", name="disputed_by_whom"),
    CheckConstraint("(agreed_at IS NULL) = (agreed_by_id IS NULL)", name="agreed_by_whom"),
)

reading = Table(
    "reading",
    metadata,
    key(),
    to("moderation"),
    to("person", name="moderator_id"),
    Column("overall", Word(Grade)),
    Column("read_at", Instant),
    Column("of_version", Number, nullable=False),
    Column("says", Prose, nullable=False),
    UniqueConstraint("moderation_id", "moderator_id"),
    one_of("overall", Grade),
    CheckConstraint("(read_at IS NULL) = (overall IS NULL)", name="read_when"),
)

judged_blind = Table(
    "judged_blind",
    metadata,
    key(),
    to("reading"),
    *text("question_key", 100),
    Column("grade", Word(Grade)),
    UniqueConstraint("reading_id", "question_key"),
    one_of("grade", Grade),
)

alert = Table(
    "alert",
    metadata,
    key(),
    *text("ref", 24, unique=True),
    to("allocation"),
    to("person", name="raised_by_id"),
    Column("raised_at", Instant, nullable=False),
    Column("staff_conduct", Boolean, nullable=False),
    Column("spoken_to", Prose, nullable=False),
    Column("spoken_at", Instant),
    to("person", optional=True, name="taken_by_id"),
    Column("taken_at", Instant),
    to("action", optional=True),
    Column("seen_words", Prose, nullable=False),
    Column("seen_at", Instant),
    to("person", optional=True, name="seen_by_id"),
    Column("seen_noted_at", Instant),
    to("person", optional=True, name="ended_by_id"),
    Column("ended_at", Instant),
    Column("version", Number, nullable=False),
    CheckConstraint("(taken_at IS NULL) = (taken_by_id IS NULL)", name="taken_by_whom"),
    CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name="seen_by_whom"),
    CheckConstraint("(seen_at IS NULL) = (seen_noted_at IS NULL)", name="seen_noted_when"),
    CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_whom"),
    CheckConstraint("ended_at IS NULL OR seen_at IS NOT NULL", name="ended_when_seen"),
    CheckConstraint("ended_by_id <> seen_by_id AND ended_by_id <> taken_by_id", name="ended_by_another"),
    # One alert of an audit stands at a time.
    Index(
        "uq_alert_standing",
        "allocation_id",
        unique=True,
        sqlite_where=sql("ended_at IS NULL"),
        postgresql_where=sql("ended_at IS NULL"),
    ),
)

report = Table(
    "report",
    metadata,
    key(),
    to("round"),
    Column("state", Word(ReportState), nullable=False),
    Column("drafted_at", Instant, nullable=False),
    to("person", optional=True, name="signed_off_by_id"),
    Column("signed_off_at", Instant),
    to("person", optional=True, name="issued_by_id"),
    Column("issued_at", Instant),
    Column("gap", Prose, nullable=False),
    Column("figures", Json),
    Column("version", Number, nullable=False),
    UniqueConstraint("round_id"),
    one_of("state", ReportState),
    CheckConstraint("state = 'draft' OR signed_off_at IS NOT NULL", name="signed_off_when"),
    CheckConstraint("(state = 'issued') = (issued_at IS NOT NULL)", name="issued_when"),
    CheckConstraint("(state = 'issued') = (figures IS NOT NULL)", name="issued_is_frozen"),
)
