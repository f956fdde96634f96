"""Why the asker of a swap could not do the audit, to be put back with it; when Slack last said whose an account is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("swap") as swap:
        swap.add_column(sa.Column("askers_reason", sa.String(60), nullable=False, server_default=""))
        swap.add_column(sa.Column("askers_words", sa.Text, nullable=False, server_default=""))
        swap.create_check_constraint("askers_reason_length", "length(askers_reason) <= 60")
    op.add_column("knock", sa.Column("looked_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("knock") as knock:
        knock.drop_column("looked_at")
    with op.batch_alter_table("swap") as swap:
        swap.drop_constraint("askers_reason_length", type_="check")
        swap.drop_column("askers_words")
        swap.drop_column("askers_reason")
