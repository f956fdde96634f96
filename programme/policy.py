"""Every number the programme works by: one typed, dated object, with defaults, read from TOML."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any

from programme.refusals import Refusal
from programme.words import Priority

KINDS = {
    str: 'a text in quotes, like "Early Help"',
    int: "a whole number, like 30",
    date: "a day, like 2017-12-27",
    time: "an hour, like 12:00:00",
    tuple: "a list of days, like [2017-12-27]",
}


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
    """The steps of a month, in working days."""

    roll_check_before: int = 10
    sample_before: int = 5
    distribute: int = 1
    due: int = 10
    cut_off: int = 14
    cut_off_hour: time = time(12)
    moderate: int = 15
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


@dataclass(frozen=True)
class Capacity:
    """How many children's records one person is given in a month."""

    auditor: int = 1
    core: int = 5


@dataclass(frozen=True)
class ActionDays:
    """How long an action may take: clock hours for an immediate one, working days for the others."""

    immediate_hours: int = 24
    urgent: int = 5
    standard: int = 20
    planned: int = 30

    def working_days(self, priority: Priority) -> int:
        return {
            Priority.URGENT: self.urgent,
            Priority.STANDARD: self.standard,
            Priority.PLANNED: self.planned,
        }[priority]


@dataclass(frozen=True)
class Policy:
    since: date = date(2017, 4, 1)
    programme: About = field(default_factory=About)
    month: MonthDays = field(default_factory=MonthDays)
    calendar: Closures = field(default_factory=Closures)
    safety: SafetyRules = field(default_factory=SafetyRules)
    capacity: Capacity = field(default_factory=Capacity)
    actions: ActionDays = field(default_factory=ActionDays)

    @classmethod
    def read(cls, tables: Mapping[str, Any]) -> "Policy":
        """Build a policy from parsed TOML; an unknown table, key or a value of the wrong kind is refused by name."""
        sections = {part.name: type(getattr(cls(), part.name)) for part in fields(cls) if part.name != "since"}
        _refuse_unknown("The policy", tables, {*sections, "since"})
        since = _value("since", tables.get("since", cls.since), cls.since)
        built = {name: _section(name, sections[name], tables[name]) for name in sections if name in tables}
        return cls(since=since, **built)


def _section(name: str, kind: type[Any], given: object) -> Any:  # noqa: ANN401 - one of the classes above
    if not isinstance(given, Mapping):
        msg = f"'{name}' in the policy must be a table: write [{name}] on a line of its own."
        raise Refusal(msg, field=name)
    _refuse_unknown(f"[{name}]", given, {part.name for part in fields(kind)})
    default = kind()
    return kind(**{key: _value(f"{name}.{key}", value, getattr(default, key)) for key, value in given.items()})


def _value(where: str, given: object, default: object) -> Any:  # noqa: ANN401 - of the default's kind
    """A setting of its default's kind: a number is above 0, and a list holds days."""
    if isinstance(given, list) and isinstance(default, tuple):
        return tuple(_of_kind(where, each, date) for each in given)
    if type(default) is int and type(given) is int and given < 1:
        msg = f"{where} in the policy is {given}; it must be above 0."
        raise Refusal(msg, field=where)
    return _of_kind(where, given, type(default))


def _of_kind(where: str, given: object, kind: type[Any]) -> object:
    if type(given) is not kind:
        msg = f"{where} in the policy is {given!r}; it must be {KINDS[kind]}."
        raise Refusal(msg, field=where)
    return given


def _refuse_unknown(where: str, given: Mapping[str, Any], known: set[str]) -> None:
    for key in given:
        if key not in known:
            msg = f"{where} has '{key}', which is not a policy setting. Known here: {', '.join(sorted(known))}."
            raise Refusal(msg, field=key)
