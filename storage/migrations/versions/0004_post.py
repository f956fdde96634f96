"""A history that can only be added to, the messages that wait, who is signed in, and the processes."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import drop, instants, key, line, numbers, prose, to, word, yes_or_no

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _history()
    _notices()
    _visits()
    _processes()
    _guard_history()


def downgrade() -> None:
    drop("history", "notice", "sign_in_link", "visit", "demo_clock", "post_switch", "heartbeat")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION history_is_only_added_to()")


def _history() -> None:
    op.create_table(
        "history",
        key(),
        *instants("at"),
        *line("kind", 60),
        *line("about", 40),
        to("person", name="by_id", optional=True),
        to("person", name="for_id", optional=True),
        *prose("details"),
    )
    op.create_index("ix_history_about", "history", ["about"])


def _notices() -> None:
    to_send = sa.text("state IN ('waiting', 'leased')")
    op.create_table(
        "notice",
        key(),
        *line("key", 100, unique=True),
        *line("kind", 60),
        *line("about", 40),
        to("person"),
        *word("state", "waiting", "held", "leased", "sent", "dropped", "failed"),
        *yes_or_no("urgent"),
        *instants("due_at", "made_at"),
        *line("leased_by", 100),
        *instants("leased_until", optional=True),
        *numbers("tries"),
        *instants("first_tried_at", "retry_at", optional=True),
        *yes_or_no("doubtful"),
        *instants("sent_at", optional=True),
        *line("channel", 40),
        *line("stamp", 40),
        *prose("why"),
        sa.CheckConstraint("(state = 'leased') = (leased_until IS NOT NULL)", name="leased_until_when"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_when"),
    )
    columns = ["urgent", "due_at"]
    op.create_index("ix_notice_to_send", "notice", columns, sqlite_where=to_send, postgresql_where=to_send)


def _visits() -> None:
    op.create_table(
        "sign_in_link",
        key(),
        *line("token_hash", 64, unique=True),
        to("person"),
        *line("leads_to", 200),
        *instants("expires_at"),
        *instants("used_at", optional=True),
    )
    op.create_table(
        "visit",
        key(),
        *line("token_hash", 64, unique=True),
        to("person"),
        *instants("began_at"),
        *instants("ended_at", optional=True),
    )


def _processes() -> None:
    """The demo's clock and the switch of the post have one row from the start."""
    clock = op.create_table("demo_clock", key(), *instants("stands_at", optional=True))
    switch = op.create_table("post_switch", key(), *yes_or_no("paused"))
    op.create_table("heartbeat", key(), *line("worker", 100, unique=True), *instants("beat_at"))
    op.bulk_insert(clock, [{"id": 1, "stands_at": None}])
    op.bulk_insert(switch, [{"id": 1, "paused": False}])


def _guard_history() -> None:
    """Nobody changes or deletes what was written."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION history_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the history is only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON history"
        " FOR EACH STATEMENT EXECUTE FUNCTION history_is_only_added_to()"
    )


def _guard_on_sqlite() -> None:
    """The third is for INSERT OR REPLACE, which changes a row without an update or a delete."""
    refuse = "BEGIN SELECT RAISE(ABORT, 'the history is only added to'); END"
    replaced = "WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)"
    op.execute(f"CREATE TRIGGER history_not_changed BEFORE UPDATE ON history {refuse}")
    op.execute(f"CREATE TRIGGER history_not_deleted BEFORE DELETE ON history {refuse}")
    op.execute(f"CREATE TRIGGER history_not_replaced BEFORE INSERT ON history {replaced} {refuse}")
