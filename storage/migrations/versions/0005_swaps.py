"""Turns and swaps, more time for an audit, and messages that are drawn again when what they tell has changed."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, to, word

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNDRAWN = sa.text("undrawn > 0")


def upgrade() -> None:
    _turns()
    _swaps()
    op.add_column("allocation", sa.Column("first_due_on", sa.Date))
    op.add_column("notice", sa.Column("undrawn", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_notice_to_redraw", "notice", ["undrawn"], sqlite_where=UNDRAWN, postgresql_where=UNDRAWN)
    op.create_index("ix_notice_about", "notice", ["about"])


def downgrade() -> None:
    op.drop_index("ix_notice_about", "notice")
    op.drop_index("ix_notice_to_redraw", "notice")
    op.drop_column("notice", "undrawn")
    op.drop_column("allocation", "first_due_on")
    drop("turn", "swap", "swap_offer")


def _turns() -> None:
    """Whoever is in the group of a month that is under way has their turn in it."""
    op.create_table(
        "turn",
        key(),
        to("person"),
        *line("month", 7),
        *line("why", 200),
        sa.UniqueConstraint("person_id", "month"),
    )
    op.execute(
        "INSERT INTO turn (person_id, month, why) SELECT person.id, round.month, 'by the rota' FROM round"
        " JOIN person ON person.group_id = round.group_id WHERE NOT round.imported"
    )


def _swaps() -> None:
    open_, accepted = sa.text("state = 'open'"), sa.text("state = 'accepted'")
    op.create_table(
        "swap",
        key(),
        *line("ref", 20, unique=True),
        to("allocation"),
        to("person", name="asker_id"),
        *word("state", "open", "accepted", "declined", "expired", "withdrawn"),
        *instants("asked_at", "ends_at"),
        *instants("settled_at", optional=True),
        *numbers("version"),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_when"),
    )
    op.create_index(
        "uq_swap_open_allocation", "swap", ["allocation_id"], unique=True, sqlite_where=open_, postgresql_where=open_
    )
    op.create_table(
        "swap_offer",
        key(),
        to("swap"),
        to("person", name="peer_id"),
        *word("state", "waiting", "accepted", "declined", "closed"),
        *instants("answered_at", optional=True),
        sa.UniqueConstraint("swap_id", "peer_id"),
    )
    op.create_index(
        *("uq_swap_offer_accepted", "swap_offer", ["swap_id"]),
        unique=True,
        sqlite_where=accepted,
        postgresql_where=accepted,
    )
