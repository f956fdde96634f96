"""The programme's vocabulary: every word that is stored, chosen from a list or printed as a code."""

from enum import StrEnum


class Role(StrEnum):
    AUDITOR = "auditor"
    TEAM_MANAGER = "team-manager"
    DEPUTY_TEAM_MANAGER = "deputy-team-manager"
    HEAD_OF_SERVICE = "head-of-service"
    SOCIAL_WORKER = "social-worker"
    ADMINISTRATOR = "administrator"
    PRACTICE_LEARNING = "practice-learning"
    HEAD_OF_QUALITY = "head-of-quality"
    LEADERSHIP = "leadership"
    DIRECTOR = "director"
    FORUM_MEMBER = "forum-member"
    EXTERNAL = "external"


AUDITING_ROLES = frozenset({Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER, Role.DEPUTY_TEAM_MANAGER})
"""Whoever holds one of these is an auditor without being listed as one."""


class Competency(StrEnum):
    DEVELOPING = "developing"
    COMPETENT = "competent"
    CORE = "core"
    PAUSED = "paused"


class AbsenceKind(StrEnum):
    """What an absence means for what is open: they still finish it, or it is handed on."""

    FINISHES = "finishes_open_work"
    HANDS_OVER = "hands_over"


class AccountStanding(StrEnum):
    """What is known of a Slack account, or why somebody has none: only one of `ours` counts and is written to."""

    OURS = "ours"
    NONE = "none"
    CLOSED = "closed"
    GUEST = "guest"
    ELSEWHERE = "elsewhere"
    BOT = "bot"
    CLAIMED = "claimed"
    TAKEN_BACK = "taken_back"


class Scheme(StrEnum):
    """Who has a month's audits: the groups in turn, or the core group with developing auditors apart."""

    GROUPS = "groups"
    CORE = "core"


class SteerKind(StrEnum):
    PINNED = "pinned"
    BARRED = "barred"


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    DISTRIBUTED = "distributed"
    MODERATING = "moderating"
    REPORTED = "reported"
    CLOSED = "closed"


class AuditType(StrEnum):
    """All share one engine; only the month's own audits count in its account and figures."""

    MONTHLY = "monthly"
    DIP_SAMPLE = "dip_sample"
    RE_AUDIT = "re_audit"
    PRACTICE = "practice"


NOT_GIVEN_OUT = frozenset({RoundState.PLANNED, RoundState.OPEN})


class AllocationState(StrEnum):
    PLANNED = "planned"
    OUT = "out"
    RETURNED_IN_TIME = "returned_in_time"
    RETURNED_LATE = "returned_late"
    NOT_RETURNED = "not_returned"
    SWAPPED_OUT = "swapped_out"
    WITHDRAWN = "withdrawn"
    UNACCOUNTED = "unaccounted"


RETURNED = frozenset({AllocationState.RETURNED_IN_TIME, AllocationState.RETURNED_LATE})


class Reason(StrEnum):
    """Why an audit could not be done, as its holder says it."""

    NOT_AT_WORK = "not_at_work"
    CAPACITY = "capacity"
    NO_SWAP_FOUND = "no_swap_found"
    MOVED_ON = "moved_on"
    PART_IN_CASE = "part_in_case"
    NOT_SUITABLE = "not_suitable"
    TECHNICAL = "technical"
    OTHER = "other"


GIVEN_OUT_BY_MISTAKE = "given_out_by_mistake"
"""Why an audit was withdrawn from its holder, who has no part in it."""

REASON_LABELS = {
    Reason.NOT_AT_WORK: "Not at work",
    Reason.CAPACITY: "No time this month",
    Reason.NO_SWAP_FOUND: "Could not find someone to swap with",
    Reason.MOVED_ON: "Moved on, or changed post",
    Reason.PART_IN_CASE: "Had a part in this child's record",
    Reason.NOT_SUITABLE: "This record is not suitable",
    Reason.TECHNICAL: "Something did not work",
    Reason.OTHER: "Another reason",
}


class Grade(StrEnum):
    """A judgement as it is stored. Which of them a month uses is said by that month's scale."""

    NOT_YET_GOOD = "1"
    NEARLY_GOOD = "1.5"
    GOOD = "2"
    OUTSTANDING = "3"
    FOURTH = "4"
    NOT_APPLICABLE = "na"


class Safety(StrEnum):
    NO_CONCERN = "no_concern"
    NOT_ASSURED = "not_assured"
    UNSAFE_NOW = "unsafe_now"


SAFETY_LABELS = {
    Safety.NO_CONCERN: "No concern",
    Safety.NOT_ASSURED: "Not assured",
    Safety.UNSAFE_NOW: "Unsafe now",
}


class Voice(StrEnum):
    """Whose feedback is sought in every audit."""

    CHILD = "child"
    MOTHER = "mother"
    FATHER = "father"
    CARER = "carer"


class WhyNotAsked(StrEnum):
    NOT_SAFE = "not_safe"
    IN_COURT = "in_court"
    TOO_YOUNG = "too_young"
    SAID_NO = "said_no"
    NO_REPLY = "no_reply"
    NOT_TRIED = "not_tried"


WHY_NOT_LABELS = {
    WhyNotAsked.NOT_SAFE: "Not safe to ask",
    WhyNotAsked.IN_COURT: "In court",
    WhyNotAsked.TOO_YOUNG: "Too young, and no other way",
    WhyNotAsked.SAID_NO: "Said no",
    WhyNotAsked.NO_REPLY: "No reply",
    WhyNotAsked.NOT_TRIED: "Not tried",
}


class Priority(StrEnum):
    IMMEDIATE = "immediate"
    URGENT = "urgent"
    STANDARD = "standard"
    PLANNED = "planned"


class ActionState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"


class SwapKind(StrEnum):
    """Two-way: the audit now for a turn in the month after. Cover: nothing in return. Exchange: two audits of one month
    change hands, because their holders have a part in a child's record.
    """

    TWO_WAY = "two_way"
    COVER = "cover"
    EXCHANGE = "exchange"


class SwapState(StrEnum):
    """`declined` is said by everybody who was asked; a request that found nobody to ask ends so, too."""

    OPEN = "open"
    AWAITING_APPROVAL = "awaiting_approval"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


UNDER_WAY = frozenset({SwapState.OPEN, SwapState.AWAITING_APPROVAL})
"""A swap that is not settled yet: its audit can be offered in no other."""


class OfferState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLOSED = "closed"


class ReportState(StrEnum):
    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    ISSUED = "issued"


class SubmissionState(StrEnum):
    KEPT = "kept"
    HELD = "held"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class Way(StrEnum):
    """How a message goes: as its person is best reached, or by just this way because another goes by the other one."""

    ANY = "any"
    CHAT = "chat"
    EMAIL = "email"


class NoticeState(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    LEASED = "leased"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"
