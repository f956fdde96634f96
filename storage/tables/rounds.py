"""Audit tools, children's records, rounds and allocations."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlalchemy import text as sql

from programme.words import AllocationState, AuditType, Grade, RoundState, Scheme
from storage.tables.base import key, metadata, text, to
from storage.types import Day, Instant, Json, Number, Prose, Word, one_of

LIVE = "state NOT IN ('withdrawn', 'swapped_out')"

audit_tool = Table(
    "audit_tool",
    metadata,
    key(),
    *text("version", 40, unique=True),
    Column("dated", Day, nullable=False),
    *text("form_url", 250),
)

form_item = Table(
    "form_item",
    metadata,
    key(),
    to("audit_tool"),
    *text("name", 100),
    *text("item", 40),
    *text("entry", 40),
    UniqueConstraint("audit_tool_id", "name"),
)

grade_on_scale = Table(
    "grade_on_scale",
    metadata,
    key(),
    to("audit_tool"),
    Column("grade", Word(Grade), nullable=False),
    *text("label", 60),
    *text("counts_within", 60),
    Column("position", Number, nullable=False),
    UniqueConstraint("audit_tool_id", "grade"),
    one_of("grade", Grade),
)

question = Table(
    "question",
    metadata,
    key(),
    to("audit_tool"),
    *text("key", 100),
    Column("text", Prose, nullable=False),
    Column("standard", Prose, nullable=False),
    Column("definition", Prose, nullable=False),
    *text("area", 100),
    Column("applies_to", Json, nullable=False),
    Column("descriptors", Json, nullable=False),
    Column("position", Number, nullable=False),
    UniqueConstraint("audit_tool_id", "key"),
)

audit_case = Table(
    "audit_case",
    metadata,
    key(),
    *text("ref", 20, unique=True),
    to("team", optional=True),
    to("person", optional=True, name="social_worker_id"),
    to("person", optional=True, name="team_manager_id"),
    *text("plan_type", 40),
    *text("age_band", 20),
    *text("family_ref", 40),
    Column("opened", Day),
    Column("closed", Day),
    Column("restricted", Boolean, nullable=False),
    Column("hold", Boolean, nullable=False),
    Column("tags", Json, nullable=False),
)

frame_entry = Table(
    "frame_entry",
    metadata,
    key(),
    *text("month", 7),
    to("audit_case"),
    Column("drawn_as", Number),
    Column("reserve_as", Number),
    Column("hand_picked_because", Prose, nullable=False),
    *text("left_out", 200),
    to("person", optional=True, name="released_to_id"),
    to("person", optional=True, name="released_by_id"),
    UniqueConstraint("month", "audit_case_id"),
    UniqueConstraint("month", "drawn_as"),
    UniqueConstraint("month", "reserve_as"),
    CheckConstraint("drawn_as > 0", name="drawn_from_one"),
    CheckConstraint("reserve_as > 0", name="reserves_from_one"),
    CheckConstraint("(released_to_id IS NULL) = (released_by_id IS NULL)", name="released_by_whom"),
)

round_ = Table(
    "round",
    metadata,
    key(),
    *text("month", 7, unique=True),
    *text("theme", 200),
    Column("state", Word(RoundState), nullable=False),
    to("audit_group", optional=True, name="group_id"),
    to("audit_tool", optional=True),
    Column("target", Number),
    to("person", optional=True, name="target_set_by_id"),
    Column("scheme", Word(Scheme), nullable=False),
    Column("roll_check_on", Day),
    Column("sample_on", Day),
    Column("distribute_on", Day),
    Column("due_on", Day),
    Column("cut_off_at", Instant),
    Column("moderate_on", Day),
    Column("outcomes_by", Day),
    Column("draft_by", Day),
    Column("comments_by", Day),
    Column("sign_off_on", Day),
    Column("areas", Json),
    Column("imported", Boolean, nullable=False),
    Column("returned_only", Boolean, nullable=False),
    Column("version", Number, nullable=False),
    one_of("state", RoundState),
    one_of("scheme", Scheme),
    CheckConstraint("target > 0", name="target_asks_for_something"),
    CheckConstraint(
        "imported OR (group_id IS NOT NULL AND audit_tool_id IS NOT NULL AND distribute_on IS NOT NULL"
        " AND due_on IS NOT NULL AND cut_off_at IS NOT NULL AND moderate_on IS NOT NULL)",
        name="run_here_has_dates",
    ),
)

allocation = Table(
    "allocation",
    metadata,
    key(),
    *text("ref", 24, unique=True),
    to("round"),
    to("audit_case"),
    to("person", optional=True, name="holder_id"),
    Column("state", Word(AllocationState), nullable=False),
    Column("due_on", Day),
    Column("first_due_on", Day),
    Column("because", Prose, nullable=False),
    *text("token", 64, optional=True),
    Column("given_out_at", Instant),
    Column("returned_at", Instant),
    *text("reason", 60, optional=True),
    Column("reason_words", Prose, nullable=False),
    Column("remind_on", Day),
    Column("asked_until", Day),
    Column("asked_at", Instant),
    Column("imported", Boolean, nullable=False),
    Column("kind", Word(AuditType), nullable=False),
    Column("developing", Boolean, nullable=False),
    to("allocation", optional=True, name="first_id"),
    to("audit_tool", optional=True, name="own_tool_id"),
    Column("version", Number, nullable=False),
    UniqueConstraint("token"),
    one_of("state", AllocationState),
    one_of("kind", AuditType),
    CheckConstraint("(asked_until IS NULL) = (asked_at IS NULL)", name="asked_when"),
    CheckConstraint("(kind = 're_audit') = (first_id IS NOT NULL)", name="looks_again_at"),
    CheckConstraint("(kind = 'dip_sample') = (own_tool_id IS NOT NULL)", name="own_tool_of"),
    CheckConstraint("imported OR (holder_id IS NOT NULL AND due_on IS NOT NULL AND token IS NOT NULL)", name="held"),
    CheckConstraint("imported OR state = 'planned' OR given_out_at IS NOT NULL", name="given_out_when"),
    CheckConstraint(
        "imported OR (state IN ('returned_in_time', 'returned_late')) = (returned_at IS NOT NULL)",
        name="returned_when",
    ),
    # A child's record has one live allocation of a kind a month, and a practice case one for each who scores it; one
    # handed back may be given to somebody else.
    Index(
        "uq_allocation_live_case",
        "round_id",
        "audit_case_id",
        "kind",
        unique=True,
        sqlite_where=sql(f"{LIVE} AND kind <> 'practice'"),
        postgresql_where=sql(f"{LIVE} AND kind <> 'practice'"),
    ),
    Index(
        "uq_allocation_live_practice",
        "round_id",
        "audit_case_id",
        "holder_id",
        unique=True,
        sqlite_where=sql(f"{LIVE} AND kind = 'practice'"),
        postgresql_where=sql(f"{LIVE} AND kind = 'practice'"),
    ),
)
