"""The tables, one file per subject, and how the programme's classes are laid onto them.

Importing this maps the classes once; `metadata` is what the migrations must produce.
"""

from storage.tables.base import metadata
from storage.tables.mapping import lay_out
from storage.tables.month import (
    alert,
    judged_blind,
    moderation,
    reading,
    report,
    step_taken,
    swap,
    swap_offer,
    turn,
)
from storage.tables.people import (
    absence,
    audit_group,
    conflict,
    deputy,
    kept_apart,
    person,
    posting,
    role_held,
    roll_check,
    service,
    team,
    vacancy,
)
from storage.tables.planning import beforehand, forecast, partner_total, sample, steer
from storage.tables.post import (
    demo_clock,
    heartbeat,
    history,
    notice,
    post_switch,
    sign_in_link,
    visit,
)
from storage.tables.returns import (
    action,
    audit_return,
    delivery,
    draft,
    judgement,
    outcome_seen,
    sheet,
    submission,
    voice_heard,
)
from storage.tables.rounds import (
    allocation,
    audit_case,
    audit_tool,
    form_item,
    frame_entry,
    grade_on_scale,
    question,
    round_,
)

lay_out()

__all__ = [
    "absence",
    "action",
    "alert",
    "allocation",
    "audit_case",
    "audit_group",
    "audit_return",
    "audit_tool",
    "beforehand",
    "conflict",
    "delivery",
    "demo_clock",
    "deputy",
    "draft",
    "forecast",
    "form_item",
    "frame_entry",
    "grade_on_scale",
    "heartbeat",
    "history",
    "judged_blind",
    "judgement",
    "kept_apart",
    "metadata",
    "moderation",
    "notice",
    "outcome_seen",
    "partner_total",
    "person",
    "post_switch",
    "posting",
    "question",
    "reading",
    "report",
    "role_held",
    "roll_check",
    "round_",
    "sample",
    "service",
    "sheet",
    "sign_in_link",
    "steer",
    "step_taken",
    "submission",
    "swap",
    "swap_offer",
    "team",
    "turn",
    "vacancy",
    "visit",
    "voice_heard",
]
