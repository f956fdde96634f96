"""The history, the messages that wait, who is signed in, and what the processes say of themselves."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table
from sqlalchemy import text as sql

from programme.words import NoticeState, Way
from storage.tables.base import key, metadata, text, to
from storage.types import Instant, Json, Number, Prose, Word, one_of

history = Table(
    "history",
    metadata,
    key(),
    Column("at", Instant, nullable=False),
    *text("kind", 60),
    *text("about", 40),
    to("person", optional=True, name="by_id"),
    to("person", optional=True, name="for_id"),
    Column("details", Json, nullable=False),
    # The numbers of the people for whom it left a message: one that is gone from the outbox is missed.
    Column("told", Json, nullable=False, default=list),
    Index("ix_history_about", "about"),
    Index("ix_history_at", "at"),
)

seal = Table(
    "seal",
    metadata,
    key(),
    # Unique, so that of two workers who go on with the chain at one moment only one does, and no entry twice.
    Column("place", Number, nullable=False, unique=True),
    Column("history_id", Integer, ForeignKey("history.id"), nullable=False, unique=True),
    *text("digest", 64),
)

notice = Table(
    "notice",
    metadata,
    key(),
    *text("key", 100, unique=True),
    *text("kind", 60),
    *text("about", 40),
    to("person"),
    Column("state", Word(NoticeState), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("of_the_day", Boolean, nullable=False),
    *text("sent_with", 100),
    Column("apart", Boolean, nullable=False),
    Column("rank", Number, nullable=False),
    Column("way", Word(Way), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("made_at", Instant, nullable=False),
    *text("leased_by", 100),
    Column("leased_until", Instant),
    Column("tries", Number, nullable=False),
    Column("first_tried_at", Instant),
    Column("retry_at", Instant),
    Column("doubtful", Boolean, nullable=False),
    Column("sent_at", Instant),
    *text("channel", 40),
    *text("stamp", 40),
    Column("why", Prose, nullable=False),
    Column("undrawn", Number, nullable=False),
    to("person", optional=True, name="set_by_id"),
    one_of("state", NoticeState),
    one_of("way", Way),
    CheckConstraint("(state = 'leased') = (leased_until IS NOT NULL)", name="leased_until_when"),
    CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_when"),
    # Claiming reads only what is still to be sent, however many were sent before.
    Index(
        "ix_notice_to_send",
        "urgent",
        "due_at",
        sqlite_where=sql("state IN ('waiting', 'leased')"),
        postgresql_where=sql("state IN ('waiting', 'leased')"),
    ),
    # Who is first of the day's messages for one person is asked of every one of them.
    Index(
        "ix_notice_person_to_send",
        "person_id",
        sqlite_where=sql("state IN ('waiting', 'leased')"),
        postgresql_where=sql("state IN ('waiting', 'leased')"),
    ),
    Index(
        "ix_notice_to_redraw",
        "undrawn",
        sqlite_where=sql("undrawn > 0"),
        postgresql_where=sql("undrawn > 0"),
    ),
    Index("ix_notice_about", "about"),
)

sign_in_link = Table(
    "sign_in_link",
    metadata,
    key(),
    *text("token_hash", 64, unique=True),
    to("person"),
    *text("leads_to", 200),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

visit = Table(
    "visit",
    metadata,
    key(),
    *text("token_hash", 64, unique=True),
    to("person"),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

# These two have one row, put there with the table, so that setting it is one UPDATE whoever comes first.
demo_clock = Table("demo_clock", metadata, key(), Column("stands_at", Instant))
post_switch = Table(
    "post_switch",
    metadata,
    key(),
    Column("paused", Boolean, nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("refused_since", Instant),
    *text("refused_why", 60),
    Column("asked_at", Instant),
    *text("drawn_by", 100),
    Column("drawn_until", Instant),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    key(),
    *text("worker", 100, unique=True),
    Column("beat_at", Instant, nullable=False),
    Column("apart_seconds", Number, nullable=False, default=0),
)

app_home = Table(
    "app_home",
    metadata,
    key(),
    *text("account", 40, unique=True),
    *text("shows", 64),
    *text("mark", 100),
    Column("stale", Boolean, nullable=False),
    Column("drawn_at", Instant),
    Column("retry_at", Instant),
)

home_change = Table("home_change", metadata, key(), to("app_home", name="home_id"))

heard = Table(
    "heard",
    metadata,
    key(),
    *text("mark", 64, unique=True),
    Column("at", Instant, nullable=False),
    Index("ix_heard_at", "at"),
)
