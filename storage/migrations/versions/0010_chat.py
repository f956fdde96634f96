"""Swaps of every kind, who offers help, and what the bot has heard already."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, to

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN, UNDER_WAY = sa.text("state = 'open'"), sa.text("state IN ('open', 'awaiting_approval')")
BEFORE = ("open", "accepted", "declined", "expired", "withdrawn")
NOW = ("open", "awaiting_approval", "accepted", "declined", "expired", "withdrawn", "undone")


def upgrade() -> None:
    with op.batch_alter_table("swap") as swap:
        swap.add_column(sa.Column("kind", sa.String(8), nullable=False, server_default="two_way"))
        for name, length in (("askers_why", 200), ("askers_carried_from", 7), ("takers_why", 200)):
            swap.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))
            swap.create_check_constraint(f"{name}_length", f"length({name}) <= {length}")
        for name, table in (("settled_by_id", "person"), ("other_id", "allocation")):
            swap.add_column(sa.Column(name, sa.Integer))
            swap.create_foreign_key(f"fk_swap_{name}", table, [name], ["id"])
            swap.create_index(f"ix_swap_{name}", [name])
        swap.create_check_constraint("kind_known", "kind IN ('two_way', 'cover', 'exchange')")
        swap.create_check_constraint("other_in_exchange", "kind = 'exchange' OR other_id IS NULL")
        swap.alter_column("state", type_=sa.String(17), existing_type=sa.String(9), existing_nullable=False)
    _states(NOW, "(state IN ('open', 'awaiting_approval')) = (settled_at IS NULL)", UNDER_WAY)
    _tables()


def downgrade() -> None:
    drop("help_offered", "heard")
    op.execute("UPDATE swap SET state = 'withdrawn' WHERE state = 'undone'")
    op.execute("UPDATE swap SET state = 'expired', settled_at = ends_at WHERE state = 'awaiting_approval'")
    _states(BEFORE, "(state = 'open') = (settled_at IS NULL)", OPEN)
    with op.batch_alter_table("swap") as swap:
        for name in ("kind_known", "other_in_exchange"):
            swap.drop_constraint(name, type_="check")
        for name in ("askers_why", "askers_carried_from", "takers_why"):
            swap.drop_constraint(f"{name}_length", type_="check")
            swap.drop_column(name)
        for name in ("settled_by_id", "other_id"):
            swap.drop_constraint(f"fk_swap_{name}", type_="foreignkey")
            swap.drop_index(f"ix_swap_{name}")
            swap.drop_column(name)
        swap.drop_column("kind")
        swap.alter_column("state", type_=sa.String(9), existing_type=sa.String(17), existing_nullable=False)


def _states(known: tuple[str, ...], settled_when: str, under_way: sa.TextClause) -> None:
    """Which states there are, which of them are settled, and in which an audit is offered once at a time."""
    op.drop_index("uq_swap_open_allocation", "swap")
    with op.batch_alter_table("swap") as swap:
        swap.drop_constraint("state_known", type_="check")
        swap.drop_constraint("settled_when", type_="check")
        swap.create_check_constraint("state_known", f"state IN ({', '.join(map(repr, known))})")
        swap.create_check_constraint("settled_when", settled_when)
    op.create_index(
        *("uq_swap_open_allocation", "swap", ["allocation_id"]),
        unique=True,
        sqlite_where=under_way,
        postgresql_where=under_way,
    )


def _tables() -> None:
    op.create_table(
        "help_offered",
        key(),
        to("person"),
        *line("month", 7),
        *instants("offered_at"),
        sa.UniqueConstraint("person_id", "month"),
    )
    op.create_table("heard", key(), *line("mark", 64, unique=True), *instants("at"))
    op.create_index("ix_heard_at", "heard", ["at"])
