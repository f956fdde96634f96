"""Audit tools, children's records, rounds and allocations."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.shorthands import days, drop, instants, key, line, numbers, prose, to, word, yes_or_no

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GRADES = ("1", "1.5", "2", "3", "4", "na")


def upgrade() -> None:
    _tools()
    _cases()
    _rounds()
    _allocations()


def downgrade() -> None:
    drop("audit_tool", "grade_on_scale", "question", "audit_case", "frame_entry", "round", "allocation")


def _tools() -> None:
    op.create_table("audit_tool", key(), *line("version", 40, unique=True), *days("dated", optional=False))
    op.create_table(
        "grade_on_scale",
        key(),
        to("audit_tool"),
        *word("grade", *GRADES),
        *line("label", 60),
        *line("counts_within", 60),
        *numbers("position"),
        sa.UniqueConstraint("audit_tool_id", "grade"),
    )
    op.create_table(
        "question",
        key(),
        to("audit_tool"),
        *line("key", 100),
        *prose("text", "standard", "definition"),
        *line("area", 100),
        *prose("applies_to", "descriptors"),
        *numbers("position"),
        sa.UniqueConstraint("audit_tool_id", "key"),
    )


def _cases() -> None:
    op.create_table(
        "audit_case",
        key(),
        *line("ref", 20, unique=True),
        to("team", optional=True),
        to("person", name="social_worker_id", optional=True),
        to("person", name="team_manager_id", optional=True),
        *line("plan_type", 40),
        *line("age_band", 20),
        *line("family_ref", 40),
        *days("opened", "closed"),
        *yes_or_no("restricted", "hold"),
        *prose("tags"),
    )
    op.create_table(
        "frame_entry",
        key(),
        *line("month", 7),
        to("audit_case"),
        sa.Column("drawn_as", sa.Integer),
        sa.UniqueConstraint("month", "audit_case_id"),
        sa.UniqueConstraint("month", "drawn_as"),
        sa.CheckConstraint("drawn_as > 0", name="drawn_from_one"),
    )


def _rounds() -> None:
    op.create_table(
        "round",
        key(),
        *line("month", 7, unique=True),
        *line("theme", 200),
        *word("state", "planned", "open", "distributed", "moderating", "reported", "closed"),
        to("audit_group", name="group_id", optional=True),
        to("audit_tool", optional=True),
        sa.Column("target", sa.Integer),
        to("person", name="target_set_by_id", optional=True),
        *days("distribute_on", "due_on"),
        *instants("cut_off_at", optional=True),
        *days("moderate_on", "outcomes_by", "draft_by", "comments_by", "sign_off_on"),
        sa.Column("areas", sa.Text),
        *yes_or_no("imported", "returned_only"),
        *numbers("version"),
        sa.CheckConstraint("target > 0", name="target_asks_for_something"),
        sa.CheckConstraint(
            "imported OR (group_id IS NOT NULL AND audit_tool_id IS NOT NULL AND distribute_on IS NOT NULL"
            " AND due_on IS NOT NULL AND cut_off_at IS NOT NULL AND moderate_on IS NOT NULL)",
            name="run_here_has_dates",
        ),
    )


def _allocations() -> None:
    live = sa.text("state NOT IN ('withdrawn', 'swapped_out')")
    coming, ended = ("planned", "out"), ("not_returned", "swapped_out", "withdrawn", "unaccounted")
    op.create_table(
        "allocation",
        key(),
        *line("ref", 24, unique=True),
        to("round"),
        to("audit_case"),
        to("person", name="holder_id", optional=True),
        *word("state", *coming, "returned_in_time", "returned_late", *ended),
        *days("due_on"),
        *prose("because"),
        *line("token", 64, optional=True, unique=True),
        *instants("given_out_at", "returned_at", optional=True),
        *line("reason", 60, optional=True),
        *prose("reason_words"),
        *yes_or_no("imported"),
        *numbers("version"),
        sa.CheckConstraint(
            "imported OR (holder_id IS NOT NULL AND due_on IS NOT NULL AND token IS NOT NULL)", name="held"
        ),
        sa.CheckConstraint("imported OR state = 'planned' OR given_out_at IS NOT NULL", name="given_out_when"),
        sa.CheckConstraint(
            "imported OR (state IN ('returned_in_time', 'returned_late')) = (returned_at IS NOT NULL)",
            name="returned_when",
        ),
    )
    columns = ["round_id", "audit_case_id"]
    op.create_index(
        "uq_allocation_live_case", "allocation", columns, unique=True, sqlite_where=live, postgresql_where=live
    )
