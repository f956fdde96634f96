"""The moderation day as people meet for it, and who is asked to come. What was sent of it is about who reads."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, to, word

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moderation_day",
        key(),
        to("round"),
        to("person", name="opened_by_id"),
        *instants("opened_at", "begins_at", "ends_at"),
        *line("place", 200),
        *numbers("version"),
        sa.UniqueConstraint("round_id"),
        sa.CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
    )
    op.create_table(
        "invitation",
        key(),
        to("moderation_day"),
        to("person"),
        *word("coming", "asked", "yes", "no"),
        *instants("answered_at", optional=True),
        sa.Column("was_there", sa.Boolean),
        *numbers("sequence"),
        sa.UniqueConstraint("moderation_day_id", "person_id"),
        sa.CheckConstraint("(coming = 'asked') = (answered_at IS NULL)", name="answered_when"),
        sa.CheckConstraint("sequence >= 0", name="counted_from_nought"),
    )


def downgrade() -> None:
    drop("moderation_day", "invitation")
