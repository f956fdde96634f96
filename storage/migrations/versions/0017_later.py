"""The day on which somebody wants to be reminded, and until when they have asked for more time, not decided yet."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("allocation") as allocation:
        allocation.add_column(sa.Column("remind_on", sa.Date))
        allocation.add_column(sa.Column("asked_until", sa.Date))
        allocation.add_column(sa.Column("asked_at", sa.DateTime(timezone=True)))
        allocation.create_check_constraint("asked_when", "(asked_until IS NULL) = (asked_at IS NULL)")


def downgrade() -> None:
    with op.batch_alter_table("allocation") as allocation:
        allocation.drop_constraint("asked_when", type_="check")
        allocation.drop_column("asked_at")
        allocation.drop_column("asked_until")
        allocation.drop_column("remind_on")
