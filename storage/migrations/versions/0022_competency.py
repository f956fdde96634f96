"""Competency with its dates, who is put forward to whom, what was said of it, and an auditor's own answer."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, instants, key, line, numbers, prose, to, word, yes_or_no

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STANDINGS = ("developing", "competent", "core", "paused")
RUNS, OPEN = sa.text("until IS NULL"), sa.text("ended_at IS NULL")


def upgrade() -> None:
    _held()
    _candidacies()
    # Since when, nobody knows of those who are on the list already.
    op.execute(
        "INSERT INTO competency_held (person_id, competency) SELECT id, competency FROM person"
        " WHERE competency IS NOT NULL"
    )


def downgrade() -> None:
    drop("competency_held", "candidacy", "evaluation", "profile_answer")


def _held() -> None:
    op.create_table(
        "competency_held",
        key(),
        to("person"),
        *word("competency", *STANDINGS),
        *days("since", "until"),
        to("person", name="by_id", optional=True),
        sa.CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="until_after_since"),
    )
    op.create_index(
        "uq_competency_held_now",
        "competency_held",
        ["person_id"],
        unique=True,
        sqlite_where=RUNS,
        postgresql_where=RUNS,
    )


def _candidacies() -> None:
    op.create_table(
        "candidacy",
        key(),
        *line("ref", 24, unique=True),
        to("person"),
        to("person", name="opened_by_id"),
        *instants("opened_at"),
        *yes_or_no("signed_off"),
        *instants("ended_at", optional=True),
        to("person", name="ended_by_id", optional=True),
        *prose("ended_words"),
        *numbers("version"),
        sa.CheckConstraint(
            "NOT signed_off OR (ended_at IS NOT NULL AND ended_by_id IS NOT NULL)", name="signed_off_by_whom"
        ),
    )
    op.create_index(
        "uq_candidacy_open", "candidacy", ["person_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "evaluation",
        key(),
        to("candidacy"),
        to("person", name="evaluator_id"),
        *instants("asked_at"),
        *instants("said_at", optional=True),
        *prose("evidence", "words"),
        sa.Column("recommends", sa.Boolean),
        *prose("audits"),
        sa.UniqueConstraint("candidacy_id", "evaluator_id"),
        sa.CheckConstraint("(said_at IS NULL) = (recommends IS NULL)", name="said_when"),
    )
    op.create_table("profile_answer", key(), to("person"), *prose("words"), *instants("said_at"))
