"""What arrived, the returns it made, and the actions they raised."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, prose, to, word

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

GRADES = ("1", "1.5", "2", "3", "4", "na")


def upgrade() -> None:
    _submissions()
    _returns()
    _answers()
    _actions()


def downgrade() -> None:
    drop("submission", "audit_return", "judgement", "voice_heard", "outcome_seen", "action")


def _submissions() -> None:
    op.create_table(
        "submission",
        key(),
        *line("ref", 20, unique=True),
        *line("source", 20),
        *line("response_id", 200),
        *line("digest", 64),
        *prose("body"),
        *instants("received_at"),
        *line("respondent", 254),
        *word("state", "kept", "held", "accepted", "superseded", "discarded"),
        *prose("held_because"),
        to("allocation", optional=True),
        sa.UniqueConstraint("source", "response_id", "digest"),
        sa.CheckConstraint("state <> 'held' OR held_because <> ''", name="held_has_a_reason"),
    )


def _returns() -> None:
    op.create_table(
        "audit_return",
        key(),
        to("allocation"),
        to("submission", optional=True),
        *numbers("version"),
        *instants("received_at", optional=True),
        *word("overall", *GRADES, optional=True),
        *word("agreed", *GRADES, optional=True),
        *prose("strengths", "impact"),
        *word("safety", "no_concern", "not_assured", "unsafe_now", optional=True),
        *prose("safety_detail"),
        sa.Column("staff_conduct", sa.Boolean),
        sa.Column("child_unsafe", sa.Boolean),
        sa.Column("with_practitioner", sa.Boolean),
        *prose("why_without"),
        sa.UniqueConstraint("allocation_id", "version"),
    )


def _answers() -> None:
    reasons = ("not_safe", "in_court", "too_young", "said_no", "no_reply", "not_tried")
    op.create_table(
        "judgement",
        key(),
        to("audit_return"),
        *line("question_key", 100),
        *word("grade", *GRADES, optional=True),
        *prose("evidence"),
        sa.UniqueConstraint("audit_return_id", "question_key"),
    )
    op.create_table(
        "voice_heard",
        key(),
        to("audit_return"),
        *word("voice", "child", "mother", "father", "carer"),
        *word("asked", "yes", "no", "nobody"),
        *word("why_not", *reasons, optional=True),
        *prose("how", "by_whom", "changed"),
        sa.UniqueConstraint("audit_return_id", "voice"),
    )
    op.create_table(
        "outcome_seen", key(), to("audit_return"), *line("tag", 60), sa.UniqueConstraint("audit_return_id", "tag")
    )


def _actions() -> None:
    op.create_table(
        "action",
        key(),
        *line("ref", 30, unique=True),
        to("allocation"),
        *prose("step", "measure"),
        *word("priority", "immediate", "urgent", "standard", "planned"),
        *instants("due_at"),
        to("person", name="owner_id"),
        *word("state", "waiting", "sent", "acknowledged", "confirmed", "checked", "withdrawn"),
        *instants("sent_at", optional=True),
        *numbers("version"),
        sa.CheckConstraint("(state = 'waiting') = (sent_at IS NULL)", name="sent_when"),
    )
