"""Which App Homes are open, and which of them no longer show what is true."""

from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, to, yes_or_no

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_home",
        key(),
        *line("account", 40, unique=True),
        *line("shows", 64),
        *line("mark", 100),
        *yes_or_no("stale"),
        *instants("drawn_at", "retry_at", optional=True),
    )
    op.create_table("home_change", key(), to("app_home", name="home_id"))


def downgrade() -> None:
    drop("app_home", "home_change")
