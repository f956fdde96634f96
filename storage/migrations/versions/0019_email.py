"""Who would rather read e-mail, and by which way a message goes."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("prefers_email", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("notice") as notice:
        notice.add_column(sa.Column("way", sa.String(5), nullable=False, server_default="any"))
        notice.create_check_constraint("way_known", "way IN ('any', 'chat', 'email')")


def downgrade() -> None:
    # Without its way, what is to go by e-mail beside a message in chat would go to chat a second time.
    op.execute(
        "UPDATE notice SET state = 'dropped', leased_until = NULL"
        " WHERE way = 'email' AND state IN ('waiting', 'held', 'leased')"
    )
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint("way_known", type_="check")
        notice.drop_column("way")
    with op.batch_alter_table("person") as person:
        person.drop_column("prefers_email")
