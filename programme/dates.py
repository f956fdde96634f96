"""The dates of a round, looked at and moved before it is given out: whoever moves one first sees what moves with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from programme.calendar import Calendar, at_london, london
from programme.chasing import audit_ladder
from programme.facts import Fact
from programme.planning_facts import RoundDatesMoved
from programme.refusals import Fault, Faulty, Refusal
from programme.rounds import Round
from programme.rulebook import Rulebook
from programme.words import RoundState

CUT_OFF = "cut_off"
SIGN_OFF = "sign_off_on"
LABELS = {
    "roll_check_on": "Lists are asked for",
    "sample_on": "Sample drawn",
    "distribute_on": "Given out",
    "due_on": "Due",
    CUT_OFF: "Closing",
    "moderate_on": "Moderation",
    "outcomes_by": "Outcomes by",
    "draft_by": "Report drafted by",
    "comments_by": "Comments by",
    SIGN_OFF: "Sign-off",
}
"""Every date of a round in the order in which they come."""

MUST_FOLLOW = ("distribute_on", "due_on", CUT_OFF, "moderate_on", "outcomes_by", "draft_by", "comments_by", SIGN_OFF)
"""Each of these comes after the one before; two that are counted from moderation may fall on one day."""

MAY_SHARE_A_DAY = frozenset({"outcomes_by", "draft_by"})


@dataclass(frozen=True)
class Line:
    """One date as it is, and as it would be; `note` says what is unusual about it."""

    name: str
    label: str
    now: date
    then: date
    note: str = ""

    @property
    def moves(self) -> bool:
        return self.now != self.then


def dates_of(of: Round) -> dict[str, date]:
    """Every date by its name; the cut-off as a day."""
    if of.cut_off_at is None:
        msg = f"{of.name} is a past month: when its steps were due was not recorded."
        raise Refusal(msg)
    found = {name: getattr(of, name) for name in LABELS if name != CUT_OFF} | {CUT_OFF: london(of.cut_off_at).date()}
    return {name: found[name] for name in LABELS if found[name] is not None}


def lines(of: Round, chosen: Mapping[str, date], *, today: date, rules: Rulebook) -> list[Line]:
    """Every date as it is and as it would be. Refuses what cannot be, naming each."""
    before = dates_of(of)
    after = _after(before, chosen, rules.calendar)
    faults = _faults(before, after, chosen, today, rules)
    if faults:
        raise Faulty("These dates cannot be. Nothing was changed.", faults)
    return [Line(name, LABELS[name], before[name], after[name], _note(of, name, after, rules)) for name in before]


def move(of: Round, chosen: Mapping[str, date], *, today: date, rules: Rulebook) -> list[Fact]:
    """Move the chosen dates, and what follows them with them; until the month is given out."""
    if of.state not in {RoundState.PLANNED, RoundState.OPEN}:
        msg = f"{of.name} has been given out, so its dates stand. Who needs longer for an audit asks for more time."
        raise Refusal(msg)
    moved = [line for line in lines(of, chosen, today=today, rules=rules) if line.moves]
    for line in moved:
        if line.name == CUT_OFF and of.cut_off_at is not None:
            of.cut_off_at = at_london(line.then, london(of.cut_off_at).time())
        else:
            setattr(of, line.name, line.then)
    return [RoundDatesMoved(about=of.month, moved=len(moved))] if moved else []


def _after(before: Mapping[str, date], chosen: Mapping[str, date], calendar: Calendar) -> dict[str, date]:
    """What follows a moved date keeps its distance in working days. Sign-off keeps its own day where it can."""
    after, shift = {}, 0
    for name, day in before.items():
        if name in chosen:
            shift = _apart(day, chosen[name], calendar) if name in MUST_FOLLOW else 0
            after[name] = chosen[name]
        elif name == SIGN_OFF:
            after[name] = max(day, calendar.after(after["comments_by"], 1))
        else:
            after[name] = calendar.after(day, shift) if shift else day
    return after


def _apart(one: date, other: date, calendar: Calendar) -> int:
    """So many working days on, or back."""
    if other >= one:
        return len(calendar.working_days_between(one, other)) - 1
    return 1 - len(calendar.working_days_between(other, one))


def _faults(
    before: Mapping[str, date], after: Mapping[str, date], chosen: Mapping[str, date], today: date, rules: Rulebook
) -> list[Fault]:
    faults = [
        Fault(LABELS[name], f"{day:%A %-d %B} is no working day.")
        for name, day in chosen.items()
        if not rules.calendar.is_working(day)
    ]
    faults += [
        Fault(LABELS[name], f"{day:%A %-d %B} is over.")
        for name, day in chosen.items()
        if day < today and day != before[name]
    ]
    faults += [
        Fault(LABELS[name], f"{after[name]:%A %-d %B} does not come after {LABELS[first].lower()}.")
        for first, name in pairwise(MUST_FOLLOW)
        if after[name] < after[first] or (after[name] == after[first] and name not in MAY_SHARE_A_DAY)
    ]
    return faults or _crowded(after, rules)


def _crowded(after: Mapping[str, date], rules: Rulebook) -> list[Fault]:
    """Two reminders of one audit never fall on one day."""
    ladder = audit_ladder(after["due_on"], after[CUT_OFF], rules)
    days = [step.on for step in ladder]
    doubled = _twice(days)
    return [Fault(LABELS[CUT_OFF], f"two reminders would fall on {day:%A %-d %B}. Leave more time.") for day in doubled]


def _twice(days: Collection[date]) -> list[date]:
    return sorted({day for day in days if list(days).count(day) > 1})


def _note(of: Round, name: str, after: Mapping[str, date], rules: Rulebook) -> str:
    day = after[name]
    in_month = name in MUST_FOLLOW[: MUST_FOLLOW.index("moderate_on") + 1]
    if in_month and f"{day:%Y-%m}" != of.month:
        return "in the next month" if f"{day:%Y-%m}" > of.month else "before the month"
    if (
        name == "due_on"
        and rules.calendar.after(day, -rules.policy.reminders.check_in_before) <= after["distribute_on"]
    ):
        return "too near the giving out for a first reminder"
    return ""
