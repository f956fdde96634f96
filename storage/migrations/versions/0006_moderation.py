"""Steps taken, moderation, how an action was confirmed, alerts about a child's safety, and the report."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, instants, key, line, numbers, prose, to, word, yes_or_no

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

GRADES = ("1", "1.5", "2", "3", "4", "na")
CONFIRMED = (
    "state NOT IN ('confirmed', 'checked') OR (done <> '' AND done_on IS NOT NULL AND changed <> ''"
    " AND recorded_on IS NOT NULL AND confirmed_by_id IS NOT NULL AND confirmed_at IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "step_taken",
        key(),
        *line("about", 40),
        *line("step", 40),
        *days("due_on", optional=False),
        *instants("taken_at"),
        sa.UniqueConstraint("about", "step", "due_on"),
    )
    _moderation()
    _confirmations()
    _alerts()
    _reports()


def downgrade() -> None:
    drop("step_taken", "moderation", "reading", "judged_blind", "alert", "report")
    with op.batch_alter_table("judgement") as judgement:
        judgement.drop_constraint("agreed_known", type_="check")
        judgement.drop_column("agreed")
    with op.batch_alter_table("action") as action:
        action.drop_constraint("confirmed_how", type_="check")
        action.drop_constraint("fk_action_confirmed_by_id", type_="foreignkey")
        action.drop_index("ix_action_confirmed_by_id")
        for name in ("named_on", "done", "done_on", "changed", "recorded_on", "confirmed_by_id", "confirmed_at"):
            action.drop_column(name)


def _moderation() -> None:
    op.create_table(
        "moderation",
        key(),
        to("allocation"),
        *instants("assigned_at"),
        *prose("discussed", "reason"),
        to("person", name="agreed_by_id", optional=True),
        *instants("agreed_at", optional=True),
        *numbers("version"),
        sa.UniqueConstraint("allocation_id"),
        sa.CheckConstraint("(agreed_at IS NULL) = (agreed_by_id IS NULL)", name="agreed_by_whom"),
    )
    op.create_table(
        "reading",
        key(),
        to("moderation"),
        to("person", name="moderator_id"),
        *word("overall", *GRADES, optional=True),
        *instants("read_at", optional=True),
        sa.UniqueConstraint("moderation_id", "moderator_id"),
        sa.CheckConstraint("(read_at IS NULL) = (overall IS NULL)", name="read_when"),
    )
    op.create_table(
        "judged_blind",
        key(),
        to("reading"),
        *line("question_key", 100),
        *word("grade", *GRADES, optional=True),
        sa.UniqueConstraint("reading_id", "question_key"),
    )
    with op.batch_alter_table("judgement") as judgement:
        judgement.add_column(sa.Column("agreed", sa.String(3)))
        judgement.create_check_constraint("agreed_known", "agreed IN ('1', '1.5', '2', '3', '4', 'na')")


def _confirmations() -> None:
    with op.batch_alter_table("action") as action:
        action.add_column(sa.Column("named_on", sa.Date))
        action.add_column(sa.Column("done", sa.Text, nullable=False, server_default=""))
        action.add_column(sa.Column("done_on", sa.Date))
        action.add_column(sa.Column("changed", sa.Text, nullable=False, server_default=""))
        action.add_column(sa.Column("recorded_on", sa.Date))
        action.add_column(sa.Column("confirmed_by_id", sa.Integer))
        action.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True)))
        action.create_foreign_key("fk_action_confirmed_by_id", "person", ["confirmed_by_id"], ["id"])
        action.create_index("ix_action_confirmed_by_id", ["confirmed_by_id"])
        action.create_check_constraint("confirmed_how", CONFIRMED)


def _alerts() -> None:
    op.create_table(
        "alert",
        key(),
        *line("ref", 24, unique=True),
        to("allocation"),
        to("person", name="raised_by_id"),
        *instants("raised_at"),
        *yes_or_no("staff_conduct"),
        *prose("spoken_to"),
        *instants("spoken_at", optional=True),
        to("person", name="taken_by_id", optional=True),
        *instants("taken_at", optional=True),
        *numbers("version"),
        sa.UniqueConstraint("allocation_id"),
        sa.CheckConstraint("(taken_at IS NULL) = (taken_by_id IS NULL)", name="taken_by_whom"),
    )


def _reports() -> None:
    op.create_table(
        "report",
        key(),
        to("round"),
        *word("state", "draft", "signed_off", "issued"),
        *instants("drafted_at"),
        to("person", name="signed_off_by_id", optional=True),
        *instants("signed_off_at", optional=True),
        to("person", name="issued_by_id", optional=True),
        *instants("issued_at", optional=True),
        *prose("gap"),
        sa.Column("figures", sa.Text),
        *numbers("version"),
        sa.UniqueConstraint("round_id"),
        sa.CheckConstraint("state = 'draft' OR signed_off_at IS NOT NULL", name="signed_off_when"),
        sa.CheckConstraint("(state = 'issued') = (issued_at IS NOT NULL)", name="issued_when"),
        sa.CheckConstraint("(state = 'issued') = (figures IS NOT NULL)", name="issued_is_frozen"),
    )
