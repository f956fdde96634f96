"""The steps of an action's owner: read, more time, passed on, looked at again, withdrawn, and where it is on record."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

PEOPLE = ("acknowledged_by_id", "withdrawn_by_id")


def upgrade() -> None:
    with op.batch_alter_table("action") as action:
        for name in ("recorded_where", "withdrawn_why"):
            action.add_column(sa.Column(name, sa.Text, nullable=False, server_default=""))
        for name in ("acknowledged_at", "first_due_at", "withdrawn_at"):
            action.add_column(sa.Column(name, sa.DateTime(timezone=True)))
        action.add_column(sa.Column("discussed_on", sa.Date))
        for name in PEOPLE:
            action.add_column(sa.Column(name, sa.Integer))
            action.create_foreign_key(f"fk_action_{name}", "person", [name], ["id"])
            action.create_index(f"ix_action_{name}", [name])
    # Until now nothing was ever acknowledged; a state without its moment would break the rule that follows.
    op.execute("UPDATE action SET acknowledged_at = sent_at WHERE state = 'acknowledged'")
    with op.batch_alter_table("action") as action:
        action.create_check_constraint("acknowledged_when", "state <> 'acknowledged' OR acknowledged_at IS NOT NULL")
    _table(
        "extension",
        ["taken", "waiting", "approved", "refused", "set", "closed"],
        "decided",
        ["asked_by_id"],
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    _table(
        "passing",
        ["waiting", "accepted", "declined", "placed", "left", "closed"],
        "decided",
        ["owner_id", "named_id", "asked_by_id"],
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("head_asked_at", sa.DateTime(timezone=True)),
    )
    _table(
        "look_again",
        ["waiting", "stands", "changed", "withdrawn", "closed"],
        "answered",
        ["asked_by_id"],
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )


def _table(name: str, states: list[str], ended: str, people: list[str], *own: sa.Column[Any]) -> None:
    """One of the three: whose action, who asked and when, how it ended, who ended it and when."""
    listed = ", ".join(f"'{state}'" for state in states)
    at = f"{ended}_at"
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("action_id", sa.Integer, nullable=False),
        *[sa.Column(each, sa.Integer, nullable=False) for each in people],
        *own,
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(max(map(len, states))), nullable=False),
        sa.Column(f"{ended}_by_id", sa.Integer),
        sa.Column(at, sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=f"fk_{name}_action_id"),
        *[
            sa.ForeignKeyConstraint([each], ["person.id"], name=f"fk_{name}_{each}")
            for each in (*people, f"{ended}_by_id")
        ],
        sa.CheckConstraint(f"state IN ({listed})", name=op.f(f"ck_{name}_state_known")),
        sa.CheckConstraint(f"(state = 'waiting') = ({at} IS NULL)", name=op.f(f"ck_{name}_{ended}_when")),
    )
    for each in ("action_id", *people, f"{ended}_by_id"):
        op.create_index(f"ix_{name}_{each}", name, [each])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        f"uq_{name}_waiting", name, ["action_id"], unique=True, sqlite_where=waiting, postgresql_where=waiting
    )


def downgrade() -> None:
    for name in ("look_again", "passing", "extension"):
        op.drop_table(name)
    with op.batch_alter_table("action") as action:
        action.drop_constraint("acknowledged_when", type_="check")
        for name in PEOPLE:
            action.drop_index(f"ix_action_{name}")
            action.drop_constraint(f"fk_action_{name}", type_="foreignkey")
            action.drop_column(name)
        for name in ("discussed_on", "withdrawn_at", "first_due_at", "acknowledged_at", "withdrawn_why"):
            action.drop_column(name)
        action.drop_column("recorded_where")
