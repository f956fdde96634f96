"""Planning: what ties people, vacancies, roll checks, the draw, steering, partners' totals and forecasts."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, instants, key, line, numbers, prose, to, word

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CARRIED = sa.text("carried_from <> ''")
TABLES = (
    *("posting", "conflict", "kept_apart", "deputy", "vacancy", "roll_check"),
    *("sample", "beforehand", "partner_total", "steer", "forecast"),
)


def upgrade() -> None:
    _people()
    _ties()
    _vacancies_and_roll_check()
    _rounds()
    _planning()


def downgrade() -> None:
    drop(*TABLES)
    op.drop_index("uq_turn_carried", "turn")
    with op.batch_alter_table("turn") as turn:
        turn.drop_constraint("carried_from_length", type_="check")
        turn.drop_column("carried_from")
    with op.batch_alter_table("allocation") as allocation:
        allocation.drop_column("developing")
    with op.batch_alter_table("round") as round_:
        round_.drop_constraint("scheme_known", type_="check")
        for name in ("scheme", "roll_check_on", "sample_on"):
            round_.drop_column(name)
    with op.batch_alter_table("frame_entry") as entry:
        for name in ("left_out_length", "reserves_from_one", "released_by_whom"):
            entry.drop_constraint(name, type_="check")
        entry.drop_constraint("uq_frame_entry_month_reserve_as", type_="unique")
        for name in ("released_to_id", "released_by_id"):
            entry.drop_constraint(f"fk_frame_entry_{name}", type_="foreignkey")
            entry.drop_index(f"ix_frame_entry_{name}")
        for name in ("reserve_as", "hand_picked_because", "left_out", "released_to_id", "released_by_id"):
            entry.drop_column(name)
    with op.batch_alter_table("absence") as absence:
        absence.drop_constraint("kind_known", type_="check")
        absence.drop_constraint("fk_absence_recorded_by_id", type_="foreignkey")
        absence.drop_index("ix_absence_recorded_by_id")
        absence.drop_column("recorded_by_id")
        absence.drop_column("kind")
    with op.batch_alter_table("person") as person:
        person.drop_column("slack_gone_on")
        person.drop_column("knowledge")


def _people() -> None:
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("slack_gone_on", sa.Date))
        person.add_column(sa.Column("knowledge", sa.Text, nullable=False, server_default="[]"))
    with op.batch_alter_table("absence") as absence:
        absence.add_column(sa.Column("kind", sa.String(18)))
        absence.add_column(sa.Column("recorded_by_id", sa.Integer))
        absence.create_foreign_key("fk_absence_recorded_by_id", "person", ["recorded_by_id"], ["id"])
        absence.create_index("ix_absence_recorded_by_id", ["recorded_by_id"])
        absence.create_check_constraint("kind_known", "kind IN ('finishes_open_work', 'hands_over')")


def _ties() -> None:
    op.create_table(
        "posting",
        key(),
        to("person"),
        to("team"),
        *days("first_day", "last_day"),
        sa.CheckConstraint("first_day IS NULL OR last_day IS NULL OR first_day <= last_day", name="last_after_first"),
    )
    op.create_table(
        "conflict",
        key(),
        to("person"),
        *days("declared_on", optional=False),
        to("audit_case", optional=True),
        to("team", optional=True),
        sa.UniqueConstraint("person_id", "audit_case_id"),
        sa.UniqueConstraint("person_id", "team_id"),
        sa.CheckConstraint("(audit_case_id IS NULL) <> (team_id IS NULL)", name="with_one_thing"),
    )
    op.create_table(
        "kept_apart",
        key(),
        to("person", name="one_id"),
        to("person", name="other_id"),
        sa.UniqueConstraint("one_id", "other_id"),
        sa.CheckConstraint("one_id < other_id", name="each_pair_once"),
    )
    op.create_table(
        "deputy",
        key(),
        to("person"),
        to("person", name="deputy_id"),
        *days("first_day", "last_day", optional=False),
        sa.CheckConstraint("first_day <= last_day", name="last_after_first"),
        sa.CheckConstraint("person_id <> deputy_id", name="somebody_else"),
    )
    # Until now a person's team had no date: it reaches back as far as is known.
    op.execute("INSERT INTO posting (person_id, team_id) SELECT id, team_id FROM person WHERE team_id IS NOT NULL")


def _vacancies_and_roll_check() -> None:
    op.create_table(
        "vacancy",
        key(),
        to("person", name="left_id"),
        *days("since", optional=False),
        to("audit_group", optional=True, name="group_id"),
        to("service", optional=True),
        to("team", optional=True),
        *days("asked_on"),
        to("person", optional=True, name="filled_by_id"),
        *days("filled_on"),
        sa.UniqueConstraint("left_id", "since"),
        sa.CheckConstraint("(filled_on IS NULL) = (filled_by_id IS NULL)", name="filled_by_whom"),
    )
    op.create_table(
        "roll_check",
        key(),
        *line("month", 7),
        to("service"),
        to("person", name="head_id"),
        *instants("asked_at"),
        *instants("answered_at", optional=True),
        to("person", optional=True, name="answered_by_id"),
        *prose("joiners"),
        sa.UniqueConstraint("month", "service_id"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_whom"),
    )


def _rounds() -> None:
    with op.batch_alter_table("frame_entry") as entry:
        entry.add_column(sa.Column("reserve_as", sa.Integer))
        entry.add_column(sa.Column("hand_picked_because", sa.Text, nullable=False, server_default=""))
        entry.add_column(sa.Column("left_out", sa.String(200), nullable=False, server_default=""))
        for name in ("released_to_id", "released_by_id"):
            entry.add_column(sa.Column(name, sa.Integer))
            entry.create_foreign_key(f"fk_frame_entry_{name}", "person", [name], ["id"])
            entry.create_index(f"ix_frame_entry_{name}", [name])
        entry.create_unique_constraint("uq_frame_entry_month_reserve_as", ["month", "reserve_as"])
        entry.create_check_constraint("left_out_length", "length(left_out) <= 200")
        entry.create_check_constraint("reserves_from_one", "reserve_as > 0")
        entry.create_check_constraint("released_by_whom", "(released_to_id IS NULL) = (released_by_id IS NULL)")
    with op.batch_alter_table("round") as round_:
        round_.add_column(sa.Column("scheme", sa.String(6), nullable=False, server_default="groups"))
        round_.add_column(sa.Column("roll_check_on", sa.Date))
        round_.add_column(sa.Column("sample_on", sa.Date))
        round_.create_check_constraint("scheme_known", "scheme IN ('groups', 'core')")
    with op.batch_alter_table("allocation") as allocation:
        allocation.add_column(sa.Column("developing", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("turn") as turn:
        turn.add_column(sa.Column("carried_from", sa.String(7), nullable=False, server_default=""))
        turn.create_check_constraint("carried_from_length", "length(carried_from) <= 7")
    op.create_index(
        "uq_turn_carried",
        "turn",
        ["person_id", "carried_from"],
        unique=True,
        sqlite_where=CARRIED,
        postgresql_where=CARRIED,
    )


def _planning() -> None:
    op.create_table(
        "sample",
        key(),
        *line("month", 7, unique=True),
        *numbers("seed", "size"),
        *days("drawn_on", optional=False),
        *prose("frame"),
        *line("digest", 64),
        to("person", name="drawn_by_id"),
    )
    op.create_table(
        "beforehand",
        key(),
        to("frame_entry"),
        to("person"),
        *instants("said_at"),
        *prose("proud_of", "got_in_the_way", "may_be_asked"),
        sa.UniqueConstraint("frame_entry_id", "person_id"),
    )
    op.create_table(
        "partner_total",
        key(),
        *line("month", 7),
        *line("service", 100),
        *numbers("audits"),
        to("person", name="entered_by_id"),
        sa.UniqueConstraint("month", "service"),
        sa.CheckConstraint("audits >= 0", name="none_or_more"),
    )
    op.create_table(
        "steer",
        key(),
        *line("month", 7),
        to("audit_case"),
        to("person"),
        *word("kind", "pinned", "barred"),
        to("person", name="by_id"),
        sa.UniqueConstraint("month", "audit_case_id", "person_id"),
    )
    op.create_table(
        "forecast",
        key(),
        *line("month", 7),
        *days("made_on", optional=False),
        *numbers("target", "at_best", "low", "likely", "high"),
        *prose("moderators", "lines"),
        sa.UniqueConstraint("month", "made_on"),
    )
