"""The worker's jobs, what each did once, what is set aside or missing; whom a line of history told."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, word

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _jobs()
    _what_did_not_go_well()
    op.add_column("history", sa.Column("told", sa.Text, nullable=False, server_default="[]"))
    op.add_column("heartbeat", sa.Column("apart_seconds", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("heartbeat", "apart_seconds")
    op.drop_column("history", "told")
    drop("job", "job_run", "set_aside", "unmet")


def _jobs() -> None:
    op.create_table(
        "job",
        key(),
        *line("name", 60, unique=True),
        *line("purpose", 100),
        *line("worker", 100),
        *instants("late_at"),
        *instants("began_at", "ended_at", "succeeded_at", "failed_at", optional=True),
        *numbers("runs", "failures", "failing"),
        *line("code", 60),
    )
    op.create_table(
        "job_run",
        key(),
        *line("job", 60),
        *line("period", 40),
        *line("worker", 100),
        *instants("began_at"),
        *instants("ended_at", optional=True),
        *line("outcome", 20),
        *line("why", 60),
        sa.UniqueConstraint("job", "period"),
    )
    op.create_index("ix_job_run_began_at", "job_run", ["began_at"])


def _what_did_not_go_well() -> None:
    op.create_table(
        "set_aside",
        key(),
        *line("job", 60),
        *line("about", 40),
        *instants("since"),
        *numbers("tries"),
        *instants("retry_at", optional=True),
        *line("code", 60),
        sa.UniqueConstraint("job", "about"),
    )
    op.create_table(
        "unmet",
        key(),
        *word("lack", "late", "lost", "not_taken"),
        *line("what", 100),
        *line("about", 40),
        *instants("since"),
        sa.UniqueConstraint("lack", "what"),
    )
