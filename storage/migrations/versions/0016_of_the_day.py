"""Reminders and digests are of the day: all that are due for one person go out as one message."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TO_SEND = sa.text("state IN ('waiting', 'leased')")
SET_THOSE_THERE_ARE = (
    "UPDATE notice SET of_the_day = true WHERE kind IN"
    " ('reminded', 'owner_reminded', 'head_told', 'head_told_of_actions', 'roll_check_asked_again')"
)


def upgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("of_the_day", sa.Boolean, nullable=False, server_default=sa.false()))
        notice.add_column(sa.Column("sent_with", sa.String(100), nullable=False, server_default=""))
        notice.add_column(sa.Column("rank", sa.Integer, nullable=False, server_default="0"))
        notice.create_check_constraint("sent_with_length", "length(sent_with) <= 100")
    op.execute(SET_THOSE_THERE_ARE)
    op.create_index("ix_notice_person_to_send", "notice", ["person_id"], sqlite_where=TO_SEND, postgresql_where=TO_SEND)


def downgrade() -> None:
    op.drop_index("ix_notice_person_to_send", "notice")
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint("sent_with_length", type_="check")
        for name in ("rank", "sent_with", "of_the_day"):
            notice.drop_column(name)
