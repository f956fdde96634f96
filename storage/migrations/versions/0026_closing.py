"""When an audit was closed, and reopened."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import instants, key, to

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

CLOSED = sa.text("reopened_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "audit_closing",
        key(),
        to("allocation"),
        *instants("closed_at"),
        *instants("reopened_at", optional=True),
        sa.CheckConstraint("reopened_at >= closed_at", name="closed_first"),
    )
    op.create_index(
        "uq_audit_closing_closed",
        "audit_closing",
        ["allocation_id"],
        unique=True,
        sqlite_where=CLOSED,
        postgresql_where=CLOSED,
    )


def downgrade() -> None:
    op.drop_table("audit_closing")
