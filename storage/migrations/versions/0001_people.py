"""People and where they work."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, key, line, to, word, yes_or_no

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _people_details()


def downgrade() -> None:
    drop("service", "team", "audit_group", "person", "role_held", "absence")


def _people() -> None:
    op.create_table("service", key(), *line("name", 100, unique=True), *days("takes_part_from"))
    op.create_table("team", key(), *line("name", 100, unique=True), to("service"))
    op.create_table("audit_group", key(), *line("name", 100, unique=True))
    op.create_table(
        "person",
        key(),
        *line("email", 254, unique=True),
        *line("name", 100),
        to("team", optional=True),
        to("service", optional=True),
        to("person", name="manager_id", optional=True),
        to("audit_group", name="group_id", optional=True),
        *word("competency", "developing", "competent", "core", "paused", optional=True),
        *yes_or_no("moderates"),
        *line("employment", 40),
        *days("starts", "ends"),
        *line("slack_user_id", 40, optional=True, unique=True),
        sa.CheckConstraint("ends IS NULL OR starts IS NULL OR starts <= ends", name="ends_after_starts"),
    )


def _people_details() -> None:
    leading = ("auditor", "team-manager", "deputy-team-manager", "head-of-service", "social-worker", "administrator")
    others = ("practice-learning", "head-of-quality", "leadership", "director", "forum-member", "external")
    op.create_table(
        "role_held", key(), to("person"), *word("role", *leading, *others), sa.UniqueConstraint("person_id", "role")
    )
    op.create_table(
        "absence",
        key(),
        to("person"),
        *days("first_day", "last_day", optional=False),
        sa.CheckConstraint("first_day <= last_day", name="last_after_first"),
    )
