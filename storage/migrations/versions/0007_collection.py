"""Collection: what a submission came to, deliveries, answers saved for later, Google forms and their sheets."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, prose, to

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UNSETTLED = sa.text("state IN ('kept', 'held')")
SENT_WHEN = "state = 'withdrawn' OR (state = 'waiting') = (sent_at IS NULL)"
SENT_WHEN_BEFORE = "(state = 'waiting') = (sent_at IS NULL)"


def upgrade() -> None:
    _submissions()
    with op.batch_alter_table("action") as action:
        action.drop_constraint("sent_when", type_="check")
        action.create_check_constraint("sent_when", SENT_WHEN)
    op.create_table(
        "delivery",
        key(),
        *line("webhook_id", 200, unique=True),
        *line("digest", 64),
        *instants("received_at"),
        to("submission"),
    )
    op.create_table(
        "draft",
        key(),
        to("allocation"),
        to("person"),
        sa.Column("fields", sa.Text, nullable=False),
        *instants("saved_at"),
        sa.UniqueConstraint("allocation_id"),
    )
    op.create_table(
        "sheet",
        key(),
        *line("place", 200, unique=True),
        *instants("tried_at", "good_at", "first_at", optional=True),
        *line("paused", 20),
        *prose("because"),
        *numbers("failures", "gone"),
    )
    _forms()


def downgrade() -> None:
    with op.batch_alter_table("audit_tool") as tool:
        tool.drop_constraint("form_url_length", type_="check")
        tool.drop_column("form_url")
    drop("delivery", "draft", "sheet", "form_item")
    op.execute("UPDATE action SET sent_at = due_at WHERE state = 'withdrawn' AND sent_at IS NULL")
    with op.batch_alter_table("action") as action:
        action.drop_constraint("sent_when", type_="check")
        action.create_check_constraint("sent_when", SENT_WHEN_BEFORE)
    op.drop_index("ix_submission_unsettled", "submission")
    op.drop_index("ix_submission_sent", "submission")
    with op.batch_alter_table("submission") as submission:
        submission.drop_constraint("decided_by_whom", type_="check")
        submission.drop_constraint("decided_why", type_="check")
        submission.drop_constraint("fk_submission_decided_by_id", type_="foreignkey")
        submission.drop_index("ix_submission_decided_by_id")
        for name in (
            "submitted_at",
            "fields",
            "unsure",
            "faults",
            "asked_at",
            "decided_by_id",
            "decided_at",
            "decision",
            "version",
        ):
            submission.drop_column(name)


def _submissions() -> None:
    with op.batch_alter_table("submission") as submission:
        submission.add_column(sa.Column("submitted_at", sa.DateTime(timezone=True)))
        submission.add_column(sa.Column("fields", sa.Text, nullable=False, server_default="{}"))
        submission.add_column(sa.Column("unsure", sa.Text, nullable=False, server_default="[]"))
        submission.add_column(sa.Column("faults", sa.Text, nullable=False, server_default="[]"))
        submission.add_column(sa.Column("asked_at", sa.DateTime(timezone=True)))
        submission.add_column(sa.Column("decided_by_id", sa.Integer))
        submission.add_column(sa.Column("decided_at", sa.DateTime(timezone=True)))
        submission.add_column(sa.Column("decision", sa.Text, nullable=False, server_default=""))
        submission.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="1"))
        submission.create_foreign_key("fk_submission_decided_by_id", "person", ["decided_by_id"], ["id"])
        submission.create_index("ix_submission_decided_by_id", ["decided_by_id"])
        submission.create_check_constraint("decided_by_whom", "(decided_at IS NULL) = (decided_by_id IS NULL)")
        submission.create_check_constraint("decided_why", "decided_by_id IS NULL OR decision <> ''")
    # Until now all of them came by our own form, whose fields have our names already.
    op.execute("UPDATE submission SET fields = body")
    op.create_index(
        "ix_submission_unsettled", "submission", ["state"], sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
    )
    op.create_index("ix_submission_sent", "submission", ["submitted_at", "respondent"])


def _forms() -> None:
    with op.batch_alter_table("audit_tool") as tool:
        tool.add_column(sa.Column("form_url", sa.String(250), nullable=False, server_default=""))
        tool.create_check_constraint("form_url_length", "length(form_url) <= 250")
    op.create_table(
        "form_item",
        key(),
        to("audit_tool"),
        *line("name", 100),
        *line("item", 40),
        *line("entry", 40),
        sa.UniqueConstraint("audit_tool_id", "name"),
    )
