"""Who held or dropped a message; since when and why Slack refuses the app itself; who draws sent messages anew."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("set_by_id", sa.Integer))
        notice.create_foreign_key("fk_notice_set_by_id", "person", ["set_by_id"], ["id"])
        notice.create_index("ix_notice_set_by_id", ["set_by_id"])
    with op.batch_alter_table("post_switch") as switch:
        switch.add_column(sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false()))
        switch.add_column(sa.Column("refused_since", sa.DateTime(timezone=True)))
        switch.add_column(sa.Column("refused_why", sa.String(60), nullable=False, server_default=""))
        switch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True)))
        switch.add_column(sa.Column("drawn_by", sa.String(100), nullable=False, server_default=""))
        switch.add_column(sa.Column("drawn_until", sa.DateTime(timezone=True)))
        switch.create_check_constraint("refused_why_length", "length(refused_why) <= 60")
        switch.create_check_constraint("drawn_by_length", "length(drawn_by) <= 100")


def downgrade() -> None:
    with op.batch_alter_table("post_switch") as switch:
        for name in ("refused_why_length", "drawn_by_length"):
            switch.drop_constraint(name, type_="check")
        for name in ("drawn_until", "drawn_by", "asked_at", "refused_why", "refused_since", "refused"):
            switch.drop_column(name)
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint("fk_notice_set_by_id", type_="foreignkey")
        notice.drop_index("ix_notice_set_by_id")
        notice.drop_column("set_by_id")
