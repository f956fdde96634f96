"""An audit sent back, a pair that does not agree, a newer version of what was read, and actions that were changed."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, instants, key, line, numbers, prose, to, word

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sent_back()
    op.create_table(
        "read_before",
        key(),
        to("reading"),
        *numbers("of_version"),
        *instants("read_at"),
        *line("overall", 3),
        *prose("judgements"),
    )
    op.create_table(
        "action_was",
        key(),
        to("action"),
        to("person", name="by_id"),
        *instants("at"),
        *prose("step", "measure"),
        *word("priority", "immediate", "urgent", "standard", "planned"),
        *days("named_on"),
        *instants("due_at"),
        *prose("because"),
    )
    with op.batch_alter_table("reading") as reading:
        reading.add_column(sa.Column("of_version", sa.Integer, nullable=False, server_default="1"))
        reading.add_column(sa.Column("says", sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("moderation") as moderation:
        moderation.add_column(sa.Column("disputed_by_id", sa.Integer))
        moderation.add_column(sa.Column("disputed_at", sa.DateTime(timezone=True)))
        moderation.add_column(sa.Column("decided_because", sa.Text, nullable=False, server_default=""))
        moderation.create_foreign_key("fk_moderation_disputed_by_id", "person", ["disputed_by_id"], ["id"])
        moderation.create_index("ix_moderation_disputed_by_id", ["disputed_by_id"])
        moderation.create_check_constraint("disputed_by_whom", "(disputed_at IS NULL) = (disputed_by_id IS NULL)")
    # Who has read has read what counts now: a newer version was not taken in once moderation had begun.
    op.execute(
        "UPDATE reading SET of_version = COALESCE((SELECT max(r.version) FROM audit_return r"
        " JOIN moderation m ON m.allocation_id = r.allocation_id WHERE m.id = reading.moderation_id), 1)"
    )


def downgrade() -> None:
    with op.batch_alter_table("moderation") as moderation:
        moderation.drop_constraint("disputed_by_whom", type_="check")
        moderation.drop_constraint("fk_moderation_disputed_by_id", type_="foreignkey")
        moderation.drop_index("ix_moderation_disputed_by_id")
        for name in ("decided_because", "disputed_at", "disputed_by_id"):
            moderation.drop_column(name)
    with op.batch_alter_table("reading") as reading:
        reading.drop_column("says")
        reading.drop_column("of_version")
    drop("sent_back", "read_before", "action_was")


def _sent_back() -> None:
    op.create_table(
        "sent_back",
        key(),
        to("moderation"),
        to("person", name="by_id"),
        *instants("at"),
        *prose("missing"),
        *days("until", optional=False),
        *prose("questions"),
        *instants("came_at", optional=True),
        sa.CheckConstraint("missing <> ''", name="says_what"),
    )
    not_come = sa.text("came_at IS NULL")
    op.create_index(
        "uq_sent_back_not_come",
        "sent_back",
        ["moderation_id"],
        unique=True,
        sqlite_where=not_come,
        postgresql_where=not_come,
    )
