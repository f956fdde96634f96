"""Outcomes, who was sent them and what was said of them; and examples of good practice."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, numbers, prose, to, word

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SETTLED = "(settled IS NULL) = (settled_at IS NULL) AND (settled IS NULL) = (settled_by_id IS NULL)"


def upgrade() -> None:
    op.create_table(
        "outcome",
        key(),
        to("allocation"),
        *instants("agreed_at"),
        *instants("sent_at", optional=True),
        to("person", name="sent_by_id", optional=True),
        *numbers("version"),
        sa.UniqueConstraint("allocation_id"),
        sa.CheckConstraint("(sent_at IS NULL) = (sent_by_id IS NULL)", name="sent_by_whom"),
    )
    _copies()
    _said()
    _examples()
    # What was agreed before outcomes were kept has gone out with its actions, and the child's team may read it.
    op.execute(
        "INSERT INTO outcome (allocation_id, agreed_at, sent_at, sent_by_id, version)"
        " SELECT allocation_id, agreed_at, agreed_at, agreed_by_id, 1 FROM moderation WHERE agreed_at IS NOT NULL"
    )


def downgrade() -> None:
    drop("outcome", "outcome_copy", "outcome_said", "agreement_mended", "good_example")


def _copies() -> None:
    op.create_table(
        "outcome_copy",
        key(),
        to("outcome"),
        to("person"),
        *word("standing", "auditor", "worker", "manager", "head"),
        *instants("sent_at"),
        *instants("opened_at", "acknowledged_at", optional=True),
        *word("helped", "yes", "partly", "no", optional=True),
        *prose("helped_words"),
        *instants("helped_at", optional=True),
        sa.UniqueConstraint("outcome_id", "person_id"),
        sa.CheckConstraint("(helped IS NULL) = (helped_at IS NULL)", name="helped_when"),
    )


def _said() -> None:
    op.create_table(
        "outcome_said",
        key(),
        to("outcome"),
        to("person"),
        *word("kind", "answer", "mistake"),
        *prose("words"),
        *instants("said_at"),
        *word("settled", "stands", "mended", optional=True),
        *prose("settled_words"),
        to("person", name="settled_by_id", optional=True),
        *instants("settled_at", optional=True),
        sa.CheckConstraint("words <> ''", name="said_something"),
        sa.CheckConstraint(SETTLED, name="settled_by_whom"),
    )
    op.create_table(
        "agreement_mended",
        key(),
        to("outcome"),
        *prose("before", "after", "reason"),
        to("person", name="by_id"),
        *instants("at"),
        sa.CheckConstraint("reason <> ''", name="mended_why"),
    )


def _examples() -> None:
    op.create_table(
        "good_example",
        key(),
        to("allocation"),
        *prose("words"),
        to("person", name="shared_by_id"),
        *instants("shared_at"),
        to("person", name="taken_back_by_id", optional=True),
        *instants("taken_back_at", optional=True),
        sa.CheckConstraint("(taken_back_at IS NULL) = (taken_back_by_id IS NULL)", name="taken_back_by_whom"),
    )
