"""Every number the programme works by: one typed, dated object, with defaults, read from TOML."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from itertools import pairwise
from typing import Any

from programme.action_policy import ActionStepRules
from programme.closing_policy import CheckRules, ReAuditRules
from programme.competency_policy import CompetencyRules
from programme.outcome_policy import OutcomeRules
from programme.planning_policy import ForecastRules, MatchingWeights, RotaRules, SampleRules
from programme.policy_file import refuse_unknown, section, setting
from programme.refusals import Refusal
from programme.words import Priority


@dataclass(frozen=True)
class About:
    """Who runs the programme, as the footer, App Home and the report say it."""

    name: str = "Practice audits"
    council: str = ""
    contact_name: str = ""
    contact_email: str = ""
    framework_url: str = ""
    target: int = 30


@dataclass(frozen=True)
class MonthDays:
    """The steps of a month, in working days.

    `mended_by_hour`: on the moderation day, until when a held return that is mended is as old as its first arrival.
    """

    roll_check_before: int = 10
    sample_before: int = 5
    distribute: int = 1
    due: int = 10
    cut_off: int = 14
    cut_off_hour: time = time(12)
    moderate: int = 15
    mended_by_hour: time = time(9)
    outcomes_after: int = 3
    draft_after: int = 4
    comments_after: int = 3
    sign_off: int = 8

    def __post_init__(self) -> None:
        if not self.distribute < self.due < self.cut_off < self.moderate:
            msg = (
                "The policy's days do not follow one another: distribute, due, cut_off and moderate"
                f" are {self.distribute}, {self.due}, {self.cut_off} and {self.moderate}."
                " Each must come after the last."
            )
            raise Refusal(msg, field="month")


@dataclass(frozen=True)
class Closures:
    closure_days: tuple[date, ...] = ()


@dataclass(frozen=True)
class SafetyRules:
    """`duty_team_phone` has no default: a wrong number here could cost a child's safety."""

    duty_team_phone: str = ""
    repeat_minutes: int = 30
    other_heads_minutes: int = 60
    director_minutes: int = 120

    def __post_init__(self) -> None:
        if not self.repeat_minutes < self.other_heads_minutes < self.director_minutes:
            msg = (
                "The policy's minutes for a child who is unsafe do not follow one another: repeat_minutes,"
                f" other_heads_minutes and director_minutes are {self.repeat_minutes}, {self.other_heads_minutes}"
                f" and {self.director_minutes}. Each must be later than the last."
            )
            raise Refusal(msg, field="safety")


@dataclass(frozen=True)
class Capacity:
    """How many children's records one person is given in a month."""

    auditor: int = 1
    core: int = 5


@dataclass(frozen=True)
class SwapRules:
    """How long who is asked has to answer, in working days, and never beyond the day before the audit is due; how many
    may be asked by name at once; until the end of which working day after it was made its taker may undo a swap; and
    whether the administrator must approve each.
    """

    answer_within: int = 2
    ask_at_most: int = 3
    undo_within: int = 1
    approval: bool = False

    def __post_init__(self) -> None:
        if self.answer_within < 1 or self.ask_at_most < 1 or self.undo_within < 0:
            msg = (
                "The policy's numbers for swaps are too small: answer_within and ask_at_most are at least 1,"
                " undo_within at least 0."
            )
            raise Refusal(msg, field="swaps")


@dataclass(frozen=True)
class ModerationRules:
    """How many audits one pair of moderators reads; how many working days before its day who has not read is reminded,
    and on how many after it; when its day begins and ends, and where people meet unless another place is said.
    How many working days an auditor has for what a pair sends back.
    """

    audits_a_pair: int = 4
    remind_before: int = 1
    remind_after: int = 3
    begins: time = time(10)
    ends: time = time(16)
    place: str = ""
    sent_back_days: int = 2

    def __post_init__(self) -> None:
        if self.begins >= self.ends:
            msg = f"The policy's moderation day begins at {self.begins:%H:%M} and ends at {self.ends:%H:%M}."
            raise Refusal(f"{msg} It must end after it begins.", field="moderation")


@dataclass(frozen=True)
class ActionDays:
    """How long an action may take: clock hours for an immediate one, working days for the others. And from which hour
    of an owner's last day their actions are with somebody else.
    """

    immediate_hours: int = 24
    urgent: int = 5
    standard: int = 20
    planned: int = 30
    handed_on_from_hour: time = time(15)

    def working_days(self, priority: Priority) -> int:
        return {
            Priority.URGENT: self.urgent,
            Priority.STANDARD: self.standard,
            Priority.PLANNED: self.planned,
        }[priority]


@dataclass(frozen=True)
class ReminderDays:
    """When an auditor is reminded, in working days round the due date, and between which hours anybody is.

    `more_time_answered_within`: working days in which a Head of Service may answer who asks for more time.
    """

    check_in_before: int = 5
    day_before: int = 1
    was_due_after: int = 1
    head_told_after: int = 2
    more_time_answered_within: int = 1
    from_hour: time = time(9)
    to_hour: time = time(17)

    @property
    def first_before(self) -> int:
        return max(self.check_in_before, self.day_before)


@dataclass(frozen=True)
class ActionReminderDays:
    """When an action's owner is reminded, in working days round its date, and when their Head of Service is told."""

    before: int = 3
    first_after: int = 1
    second_after: int = 3
    third_after: int = 5
    head_told_urgent: int = 1
    head_told_standard: int = 3
    head_told_planned: int = 5

    def head_told_after(self, priority: Priority) -> int:
        return {
            Priority.URGENT: self.head_told_urgent,
            Priority.STANDARD: self.head_told_standard,
            Priority.PLANNED: self.head_told_planned,
        }[priority]


@dataclass(frozen=True)
class Policy:
    since: date = date(2017, 4, 1)
    programme: About = field(default_factory=About)
    month: MonthDays = field(default_factory=MonthDays)
    calendar: Closures = field(default_factory=Closures)
    safety: SafetyRules = field(default_factory=SafetyRules)
    capacity: Capacity = field(default_factory=Capacity)
    rota: RotaRules = field(default_factory=RotaRules)
    sample: SampleRules = field(default_factory=SampleRules)
    matching: MatchingWeights = field(default_factory=MatchingWeights)
    forecast: ForecastRules = field(default_factory=ForecastRules)
    swaps: SwapRules = field(default_factory=SwapRules)
    moderation: ModerationRules = field(default_factory=ModerationRules)
    outcomes: OutcomeRules = field(default_factory=OutcomeRules)
    actions: ActionDays = field(default_factory=ActionDays)
    action_steps: ActionStepRules = field(default_factory=ActionStepRules)
    reminders: ReminderDays = field(default_factory=ReminderDays)
    action_reminders: ActionReminderDays = field(default_factory=ActionReminderDays)
    competency: CompetencyRules = field(default_factory=CompetencyRules)
    checks: CheckRules = field(default_factory=CheckRules)
    re_audits: ReAuditRules = field(default_factory=ReAuditRules)

    def __post_init__(self) -> None:
        month, days = self.month, self.reminders
        _refuse_two_on_one_day(
            "reminders",
            {
                "given out": month.distribute,
                "check_in_before": month.due - days.check_in_before,
                "day_before": month.due - days.day_before,
                "was_due_after": month.due + days.was_due_after,
                "head_told_after": month.due + days.head_told_after,
                "the cut-off": month.cut_off,
            },
        )
        owner = self.action_reminders
        later = {"first_after": owner.first_after, "second_after": owner.second_after, "third_after": owner.third_after}
        _refuse_two_on_one_day("action_reminders", later)

    @classmethod
    def read(cls, tables: Mapping[str, Any]) -> "Policy":
        """Build a policy from parsed TOML; an unknown table, key or a value of the wrong kind is refused by name."""
        sections = {part.name: type(getattr(cls(), part.name)) for part in fields(cls) if part.name != "since"}
        refuse_unknown("The policy", tables, {*sections, "since"})
        since = setting("since", tables.get("since", cls.since), cls.since)
        built = {name: section(name, sections[name], tables[name]) for name in sections if name in tables}
        return cls(since=since, **built)


def _refuse_two_on_one_day(ladder: str, days: Mapping[str, int]) -> None:
    """The steps of one ladder follow one another, each on a working day of its own."""
    for (step, day), (following, later) in pairwise(days.items()):
        if later <= day:
            msg = (
                f"[{ladder}] in the policy puts {following} on working day {later}, which is not after {step}, on"
                f" working day {day}. Each step needs a day of its own, in this order: {', '.join(days)}."
            )
            raise Refusal(msg, field=ladder)
