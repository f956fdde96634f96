"""Slack accounts that knocked and are nobody's, and why somebody has none."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, word

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STANDINGS = ("ours", "none", "closed", "guest", "elsewhere", "bot", "claimed", "taken_back")


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("slack_standing", sa.String(max(map(len, STANDINGS)))))
        person.create_check_constraint("slack_standing_known", f"slack_standing IN ({', '.join(map(repr, STANDINGS))})")
    op.create_table(
        "knock",
        key(),
        *line("slack_user_id", 40, unique=True),
        *instants("first_at", "last_at"),
        *numbers("times"),
        *word("standing", *STANDINGS, optional=True),
        *line("name", 100),
        *line("email", 254),
        *instants("set_aside_at", optional=True),
    )
    op.create_index("ix_knock_last_at", "knock", ["last_at"])


def downgrade() -> None:
    drop("knock")
    with op.batch_alter_table("person") as person:
        person.drop_constraint("slack_standing_known", type_="check")
        person.drop_column("slack_standing")
