"""People and where they work."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint

from programme.words import AbsenceKind, AccountStanding, Competency, Role
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Word, one_of

service = Table("service", metadata, key(), *text("name", 100, unique=True), Column("takes_part_from", Day))

team = Table("team", metadata, key(), *text("name", 100, unique=True), to("service"))

audit_group = Table("audit_group", metadata, key(), *text("name", 100, unique=True))

person = Table(
    "person",
    metadata,
    key(),
    *text("email", 254, unique=True),
    *text("name", 100),
    to("team", optional=True),
    to("service", optional=True),
    to("person", optional=True, name="manager_id"),
    to("audit_group", optional=True, name="group_id"),
    Column("competency", Word(Competency)),
    Column("moderates", Boolean, nullable=False),
    *text("employment", 40),
    Column("starts", Day),
    Column("ends", Day),
    *text("slack_user_id", 40, optional=True),
    Column("slack_gone_on", Day),
    Column("slack_standing", Word(AccountStanding)),
    Column("prefers_email", Boolean, nullable=False),
    Column("knowledge", Json, nullable=False),
    UniqueConstraint("slack_user_id"),
    one_of("competency", Competency),
    one_of("slack_standing", AccountStanding),
    CheckConstraint("ends IS NULL OR starts IS NULL OR starts <= ends", name="ends_after_starts"),
)

knock = Table(
    "knock",
    metadata,
    key(),
    *text("slack_user_id", 40, unique=True),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("times", Number, nullable=False),
    Column("standing", Word(AccountStanding)),
    *text("name", 100),
    *text("email", 254),
    Column("set_aside_at", Instant),
    Column("looked_at", Instant),
    one_of("standing", AccountStanding),
    Index("ix_knock_last_at", "last_at"),
)

role_held = Table(
    "role_held",
    metadata,
    key(),
    to("person"),
    Column("role", Word(Role), nullable=False),
    UniqueConstraint("person_id", "role"),
    one_of("role", Role),
)

absence = Table(
    "absence",
    metadata,
    key(),
    to("person"),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    Column("kind", Word(AbsenceKind)),
    to("person", optional=True, name="recorded_by_id"),
    one_of("kind", AbsenceKind),
    CheckConstraint("first_day <= last_day", name="last_after_first"),
)

posting = Table(
    "posting",
    metadata,
    key(),
    to("person"),
    to("team"),
    Column("first_day", Day),
    Column("last_day", Day),
    CheckConstraint("first_day IS NULL OR last_day IS NULL OR first_day <= last_day", name="last_after_first"),
)

conflict = Table(
    "conflict",
    metadata,
    key(),
    to("person"),
    Column("declared_on", Day, nullable=False),
    to("audit_case", optional=True),
    to("team", optional=True),
    UniqueConstraint("person_id", "audit_case_id"),
    UniqueConstraint("person_id", "team_id"),
    CheckConstraint("(audit_case_id IS NULL) <> (team_id IS NULL)", name="with_one_thing"),
)

kept_apart = Table(
    "kept_apart",
    metadata,
    key(),
    to("person", name="one_id"),
    to("person", name="other_id"),
    UniqueConstraint("one_id", "other_id"),
    CheckConstraint("one_id < other_id", name="each_pair_once"),
)

deputy = Table(
    "deputy",
    metadata,
    key(),
    to("person"),
    to("person", name="deputy_id"),
    Column("first_day", Day, nullable=False),
    Column("last_day", Day, nullable=False),
    CheckConstraint("first_day <= last_day", name="last_after_first"),
    CheckConstraint("person_id <> deputy_id", name="somebody_else"),
)

vacancy = Table(
    "vacancy",
    metadata,
    key(),
    to("person", name="left_id"),
    Column("since", Day, nullable=False),
    to("audit_group", optional=True, name="group_id"),
    to("service", optional=True),
    to("team", optional=True),
    Column("asked_on", Day),
    to("person", optional=True, name="filled_by_id"),
    Column("filled_on", Day),
    UniqueConstraint("left_id", "since"),
    CheckConstraint("(filled_on IS NULL) = (filled_by_id IS NULL)", name="filled_by_whom"),
)

roll_check = Table(
    "roll_check",
    metadata,
    key(),
    *text("month", 7),
    to("service"),
    to("person", name="head_id"),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    to("person", optional=True, name="answered_by_id"),
    Column("joiners", Json, nullable=False),
    UniqueConstraint("month", "service_id"),
    CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_whom"),
)
