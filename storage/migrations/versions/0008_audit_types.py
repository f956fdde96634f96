"""Audit types: practice cases, dip samples and re-audits beside the month's own audits."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LIVE = "state NOT IN ('withdrawn', 'swapped_out')"
BEFORE = sa.text(LIVE)
ONE_OF_A_KIND = sa.text(f"{LIVE} AND kind <> 'practice'")
ONE_EACH = sa.text(f"{LIVE} AND kind = 'practice'")
KINDS = "kind IN ('monthly', 'dip_sample', 're_audit', 'practice')"


def upgrade() -> None:
    op.drop_index("uq_allocation_live_case", "allocation")
    with op.batch_alter_table("allocation") as allocation:
        allocation.add_column(sa.Column("kind", sa.String(10), nullable=False, server_default="monthly"))
        allocation.add_column(sa.Column("first_id", sa.Integer))
        allocation.add_column(sa.Column("own_tool_id", sa.Integer))
        allocation.create_foreign_key("fk_allocation_first_id", "allocation", ["first_id"], ["id"])
        allocation.create_foreign_key("fk_allocation_own_tool_id", "audit_tool", ["own_tool_id"], ["id"])
        allocation.create_index("ix_allocation_first_id", ["first_id"])
        allocation.create_index("ix_allocation_own_tool_id", ["own_tool_id"])
        allocation.create_check_constraint("kind_known", KINDS)
        allocation.create_check_constraint("looks_again_at", "(kind = 're_audit') = (first_id IS NOT NULL)")
        allocation.create_check_constraint("own_tool_of", "(kind = 'dip_sample') = (own_tool_id IS NOT NULL)")
    _unique("uq_allocation_live_case", ["round_id", "audit_case_id", "kind"], ONE_OF_A_KIND)
    _unique("uq_allocation_live_practice", ["round_id", "audit_case_id", "holder_id"], ONE_EACH)


def downgrade() -> None:
    """What is not a month's own audit has no place below: it is taken out of its round as withdrawn."""
    op.drop_index("uq_allocation_live_practice", "allocation")
    op.drop_index("uq_allocation_live_case", "allocation")
    op.execute(
        "UPDATE allocation SET state = 'withdrawn', returned_at = NULL"
        " WHERE kind <> 'monthly' AND state NOT IN ('withdrawn', 'swapped_out')"
    )
    with op.batch_alter_table("allocation") as allocation:
        for name in ("kind_known", "looks_again_at", "own_tool_of"):
            allocation.drop_constraint(name, type_="check")
        for name in ("first_id", "own_tool_id"):
            allocation.drop_constraint(f"fk_allocation_{name}", type_="foreignkey")
            allocation.drop_index(f"ix_allocation_{name}")
        for name in ("kind", "first_id", "own_tool_id"):
            allocation.drop_column(name)
    _unique("uq_allocation_live_case", ["round_id", "audit_case_id"], BEFORE)


def _unique(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "allocation", columns, unique=True, sqlite_where=where, postgresql_where=where)
