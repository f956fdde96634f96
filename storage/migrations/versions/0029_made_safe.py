"""How an alert ends: its action, who said that the child was seen or made safe, and who agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

STANDS = sa.text("ended_at IS NULL")
CHECKS = {
    "seen_by_whom": "(seen_at IS NULL) = (seen_by_id IS NULL)",
    "seen_noted_when": "(seen_at IS NULL) = (seen_noted_at IS NULL)",
    "ended_by_whom": "(ended_at IS NULL) = (ended_by_id IS NULL)",
    "ended_when_seen": "ended_at IS NULL OR seen_at IS NOT NULL",
    "ended_by_another": "ended_by_id <> seen_by_id AND ended_by_id <> taken_by_id",
}
POINTS_AT = {"action_id": "action", "seen_by_id": "person", "ended_by_id": "person"}
ITS_ACTION = """
UPDATE alert SET action_id = (
    SELECT min(action.id) FROM action WHERE action.allocation_id = alert.allocation_id
    AND action.priority = 'immediate' AND action.step = 'Make the child safe and tell the auditor.'
)
"""


def upgrade() -> None:
    with op.batch_alter_table("alert") as alert:
        for name, table in POINTS_AT.items():
            alert.add_column(sa.Column(name, sa.Integer))
            alert.create_foreign_key(f"fk_alert_{name}", table, [name], ["id"])
            alert.create_index(f"ix_alert_{name}", [name])
        alert.add_column(sa.Column("seen_words", sa.Text, nullable=False, server_default=""))
        for name in ("seen_at", "seen_noted_at", "ended_at"):
            alert.add_column(sa.Column(name, sa.DateTime(timezone=True)))
        for name, check in CHECKS.items():
            alert.create_check_constraint(name, check)
        alert.drop_constraint("uq_alert_allocation_id", type_="unique")
    op.create_index(
        "uq_alert_standing", "alert", ["allocation_id"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS
    )
    op.execute(ITS_ACTION)


def downgrade() -> None:
    # Of an audit there was one alert: the newest stays.
    op.execute("DELETE FROM alert WHERE id NOT IN (SELECT max(id) FROM alert GROUP BY allocation_id)")
    op.drop_index("uq_alert_standing", "alert")
    with op.batch_alter_table("alert") as alert:
        alert.create_unique_constraint("uq_alert_allocation_id", ["allocation_id"])
        for name in CHECKS:
            alert.drop_constraint(name, type_="check")
        for name in ("ended_at", "seen_noted_at", "seen_at", "seen_words"):
            alert.drop_column(name)
        for name in POINTS_AT:
            alert.drop_constraint(f"fk_alert_{name}", type_="foreignkey")
            alert.drop_index(f"ix_alert_{name}")
            alert.drop_column(name)
