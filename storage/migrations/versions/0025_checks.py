"""Checks of confirmed actions: one row for each confirmation, checked or not."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, instants, key, line, numbers, prose, to, word

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

WAITS = sa.text("answer IS NULL")


def upgrade() -> None:
    op.create_table(
        "action_check",
        key(),
        *line("ref", 40, unique=True),
        to("action"),
        to("person", name="confirmed_by_id"),
        *instants("confirmed_at"),
        *word("why", "immediate", "urgent", "drawn", "not_drawn", "month_full"),
        *numbers("seed"),
        *line("month", 7),
        sa.Column("place", sa.Integer),
        to("person", name="checker_id", optional=True),
        *instants("asked_at", optional=True),
        *days("due_on"),
        *word("answer", "shown", "reopened", "fell_away", optional=True),
        *instants("answered_at", optional=True),
        *prose("words", "done"),
        *days("done_on"),
        *prose("changed"),
        *days("recorded_on", "was_due_on"),
        *prose("recorded_where"),
        *numbers("version"),
        sa.UniqueConstraint("action_id", "confirmed_at"),
        sa.UniqueConstraint("month", "place"),
        sa.CheckConstraint("(why = 'drawn') = (place IS NOT NULL)", name="drawn_at_a_place"),
        sa.CheckConstraint(
            "why IN ('immediate', 'urgent', 'drawn') OR checker_id IS NULL", name="asked_for_one_that_is_made"
        ),
        sa.CheckConstraint("(checker_id IS NULL) = (asked_at IS NULL)", name="asked_when"),
        sa.CheckConstraint("(checker_id IS NULL) = (due_on IS NULL)", name="asked_until"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_when"),
        sa.CheckConstraint("answer <> 'reopened' OR (words <> '' AND done <> '')", name="reopened_why"),
    )
    op.create_index("ix_action_check_waits", "action_check", ["checker_id"], sqlite_where=WAITS, postgresql_where=WAITS)


def downgrade() -> None:
    op.drop_table("action_check")
