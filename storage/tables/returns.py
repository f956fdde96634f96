"""What arrived, the returns it made, and the actions they raised."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from programme.answers import Asked
from programme.words import (
    ActionState,
    Grade,
    Priority,
    Safety,
    SubmissionState,
    Voice,
    WhyNotAsked,
)
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Prose, Word, one_of

submission = Table(
    "submission",
    metadata,
    key(),
    *text("ref", 20, unique=True),
    *text("source", 20),
    *text("response_id", 200),
    *text("digest", 64),
    Column("body", Prose, nullable=False),
    Column("received_at", Instant, nullable=False),
    *text("respondent", 254),
    Column("submitted_at", Instant),
    Column("state", Word(SubmissionState), nullable=False),
    Column("held_because", Prose, nullable=False),
    Column("fields", Json, nullable=False),
    Column("unsure", Json, nullable=False),
    Column("faults", Json, nullable=False),
    to("allocation", optional=True),
    Column("asked_at", Instant),
    to("person", optional=True, name="decided_by_id"),
    Column("decided_at", Instant),
    Column("decision", Prose, nullable=False),
    Column("version", Number, nullable=False),
    UniqueConstraint("source", "response_id", "digest"),
    one_of("state", SubmissionState),
    CheckConstraint("state <> 'held' OR held_because <> ''", name="held_has_a_reason"),
    CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_whom"),
    CheckConstraint("decided_by_id IS NULL OR decision <> ''", name="decided_why"),
    # What waits for a decision, or to be taken up, is few among many.
    Index(
        "ix_submission_unsettled",
        "state",
        sqlite_where=sql("state IN ('kept', 'held')"),
        postgresql_where=sql("state IN ('kept', 'held')"),
    ),
    # A response whose id nobody knows is found by when and by whom it was sent.
    Index("ix_submission_sent", "submitted_at", "respondent"),
)

delivery = Table(
    "delivery",
    metadata,
    key(),
    *text("webhook_id", 200, unique=True),
    *text("digest", 64),
    Column("received_at", Instant, nullable=False),
    to("submission"),
)

draft = Table(
    "draft",
    metadata,
    key(),
    to("allocation"),
    to("person"),
    Column("fields", Json, nullable=False),
    Column("saved_at", Instant, nullable=False),
    UniqueConstraint("allocation_id"),
)

sheet = Table(
    "sheet",
    metadata,
    key(),
    *text("place", 200, unique=True),
    Column("tried_at", Instant),
    Column("good_at", Instant),
    Column("first_at", Instant),
    *text("paused", 20),
    Column("because", Prose, nullable=False),
    Column("failures", Number, nullable=False),
    Column("gone", Number, nullable=False),
)

audit_return = Table(
    "audit_return",
    metadata,
    key(),
    to("allocation"),
    to("submission", optional=True),
    Column("version", Number, nullable=False),
    Column("received_at", Instant),
    Column("overall", Word(Grade)),
    Column("agreed", Word(Grade)),
    Column("strengths", Prose, nullable=False),
    Column("impact", Prose, nullable=False),
    Column("safety", Word(Safety)),
    Column("safety_detail", Prose, nullable=False),
    Column("staff_conduct", Boolean),
    Column("child_unsafe", Boolean),
    Column("with_practitioner", Boolean),
    Column("why_without", Prose, nullable=False),
    UniqueConstraint("allocation_id", "version"),
    one_of("overall", Grade),
    one_of("agreed", Grade),
    one_of("safety", Safety),
)

judgement = Table(
    "judgement",
    metadata,
    key(),
    to("audit_return"),
    *text("question_key", 100),
    Column("grade", Word(Grade)),
    Column("evidence", Prose, nullable=False),
    Column("agreed", Word(Grade)),
    UniqueConstraint("audit_return_id", "question_key"),
    one_of("grade", Grade),
    one_of("agreed", Grade),
)

voice_heard = Table(
    "voice_heard",
    metadata,
    key(),
    to("audit_return"),
    Column("voice", Word(Voice), nullable=False),
    Column("asked", Word(Asked), nullable=False),
    Column("why_not", Word(WhyNotAsked)),
    Column("how", Prose, nullable=False),
    Column("by_whom", Prose, nullable=False),
    Column("changed", Prose, nullable=False),
    UniqueConstraint("audit_return_id", "voice"),
    one_of("voice", Voice),
    one_of("asked", Asked),
    one_of("why_not", WhyNotAsked),
)

outcome_seen = Table(
    "outcome_seen",
    metadata,
    key(),
    to("audit_return"),
    *text("tag", 60),
    UniqueConstraint("audit_return_id", "tag"),
)

action = Table(
    "action",
    metadata,
    key(),
    *text("ref", 30, unique=True),
    to("allocation"),
    Column("step", Prose, nullable=False),
    Column("measure", Prose, nullable=False),
    Column("priority", Word(Priority), nullable=False),
    Column("due_at", Instant, nullable=False),
    to("person", name="owner_id"),
    Column("state", Word(ActionState), nullable=False),
    Column("named_on", Day),
    Column("sent_at", Instant),
    Column("done", Prose, nullable=False),
    Column("done_on", Day),
    Column("changed", Prose, nullable=False),
    Column("recorded_on", Day),
    to("person", optional=True, name="confirmed_by_id"),
    Column("confirmed_at", Instant),
    Column("recorded_where", Prose, nullable=False),
    to("person", optional=True, name="acknowledged_by_id"),
    Column("acknowledged_at", Instant),
    Column("first_due_at", Instant),
    Column("discussed_on", Day),
    to("person", optional=True, name="withdrawn_by_id"),
    Column("withdrawn_at", Instant),
    Column("withdrawn_why", Prose, nullable=False),
    Column("version", Number, nullable=False),
    one_of("priority", Priority),
    one_of("state", ActionState),
    CheckConstraint("state = 'withdrawn' OR (state = 'waiting') = (sent_at IS NULL)", name="sent_when"),
    CheckConstraint("state <> 'acknowledged' OR acknowledged_at IS NOT NULL", name="acknowledged_when"),
    CheckConstraint(
        "state NOT IN ('confirmed', 'checked') OR (done <> '' AND done_on IS NOT NULL AND changed <> ''"
        " AND recorded_on IS NOT NULL AND confirmed_by_id IS NOT NULL AND confirmed_at IS NOT NULL)",
        name="confirmed_how",
    ),
)
