"""People and where they work."""

from sqlalchemy import Boolean, CheckConstraint, Column, Table, UniqueConstraint

from programme.words import Competency, Role
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Word, one_of

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
    UniqueConstraint("slack_user_id"),
    one_of("competency", Competency),
    CheckConstraint("ends IS NULL OR starts IS NULL OR starts <= ends", name="ends_after_starts"),
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
    CheckConstraint("first_day <= last_day", name="last_after_first"),
)
