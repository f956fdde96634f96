"""Why each judgement changed in moderation, how good the audit itself was, and a note to its auditor."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, key, line, prose, to, word, yes_or_no

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

GRADES = ("1", "1.5", "2", "3", "4", "na")
WHY = ("no_evidence", "impact_not_shown", "standard_read", "missed", "new_information", "other", "left_blank")


def upgrade() -> None:
    op.create_table(
        "changed_judgement",
        key(),
        to("moderation"),
        *line("name", 100),
        *word("auditors", *GRADES, optional=True),
        *word("agreed", *GRADES, optional=True),
        *word("why", *WHY),
        *prose("words"),
        sa.UniqueConstraint("moderation_id", "name"),
        sa.CheckConstraint("why = 'left_blank' OR words <> ''", name="explained"),
    )
    op.create_table(
        "mark",
        key(),
        to("moderation"),
        *word("mark", "impact", "evidence", "every_question", "dated_actions"),
        *yes_or_no("met"),
        sa.UniqueConstraint("moderation_id", "mark"),
    )
    with op.batch_alter_table("moderation") as moderation:
        moderation.add_column(sa.Column("note", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("moderation") as moderation:
        moderation.drop_column("note")
    drop("changed_judgement", "mark")
