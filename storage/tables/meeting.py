"""The moderation day as people meet for it, and who is asked to come."""

from sqlalchemy import Boolean, CheckConstraint, Column, Table, UniqueConstraint
from sqlalchemy.orm import relationship

from programme.moderation_day import Coming, Invitation, ModerationDay
from programme.people import Person
from programme.rounds import Round
from storage.tables.base import key, lay, metadata, text, to
from storage.tables.mapping_people import person_at
from storage.types import Instant, Number, Word, one_of

moderation_day = Table(
    "moderation_day",
    metadata,
    key(),
    to("round"),
    to("person", name="opened_by_id"),
    Column("opened_at", Instant, nullable=False),
    Column("begins_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    *text("place", 200),
    Column("version", Number, nullable=False),
    UniqueConstraint("round_id"),
    CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
)

invitation = Table(
    "invitation",
    metadata,
    key(),
    to("moderation_day"),
    to("person"),
    Column("coming", Word(Coming), nullable=False),
    Column("answered_at", Instant),
    Column("was_there", Boolean),
    Column("sequence", Number, nullable=False),
    UniqueConstraint("moderation_day_id", "person_id"),
    one_of("coming", Coming),
    CheckConstraint("(coming = 'asked') = (answered_at IS NULL)", name="answered_when"),
    CheckConstraint("sequence >= 0", name="counted_from_nought"),
)


def lay_meetings() -> None:
    lay(
        Invitation,
        invitation,
        properties={"person": relationship(Person, lazy="joined", innerjoin=True)},
    )
    lay(
        ModerationDay,
        moderation_day,
        version_id_col=moderation_day.c.version,
        properties={
            "round": relationship(Round, lazy="raise"),
            "opened_by": person_at(moderation_day.c.opened_by_id),
            "invitations": relationship(Invitation, lazy="raise", order_by=invitation.c.id),
        },
    )
