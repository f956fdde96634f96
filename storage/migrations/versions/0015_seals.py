"""A chain of seals over the history, itself only added to; and finding the history of a day."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, key, line

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_history_at", "history", ["at"])
    op.create_table(
        "seal",
        key(),
        sa.Column("place", sa.Integer, nullable=False, unique=True),
        sa.Column("history_id", sa.Integer, sa.ForeignKey("history.id"), nullable=False, unique=True),
        *line("digest", 64),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    drop("seal")
    op.drop_index("ix_history_at", "history")


def _guard_on_postgresql() -> None:
    """By the function that guards the history."""
    op.execute(
        "CREATE TRIGGER seals_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON seal"
        " FOR EACH STATEMENT EXECUTE FUNCTION history_is_only_added_to()"
    )


def _guard_on_sqlite() -> None:
    """The third is for INSERT OR REPLACE, which takes away whatever it would collide with."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END"
    replaced = "WHEN EXISTS (SELECT 1 FROM seal WHERE NEW.id = id OR NEW.place = place OR NEW.history_id = history_id)"
    op.execute(f"CREATE TRIGGER seal_not_changed BEFORE UPDATE ON seal {refuse}")
    op.execute(f"CREATE TRIGGER seal_not_deleted BEFORE DELETE ON seal {refuse}")
    op.execute(f"CREATE TRIGGER seal_not_replaced BEFORE INSERT ON seal {replaced} {refuse}")
