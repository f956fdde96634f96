"""What somebody learnt, and whether an audit was worth their time."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, instants, key, prose, to, word

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learnt",
        key(),
        to("person"),
        *word("after", "audit", "moderation", "training"),
        *days("day", optional=False),
        *instants("said_at"),
        *prose("words"),
        *word("worth", "very", "yes", "partly", "no", optional=True),
        to("allocation", optional=True),
        sa.UniqueConstraint("person_id", "allocation_id", "after"),
        sa.CheckConstraint("(after = 'training') = (allocation_id IS NULL)", name="from_what"),
        sa.CheckConstraint("(worth IS NULL) = (allocation_id IS NULL)", name="asked_whether"),
    )


def downgrade() -> None:
    drop("learnt")
