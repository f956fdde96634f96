"""People and where they work. What a person may do stands in `rights/`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from programme.absences import Absence
from programme.facts import Fact, PersonMovedOn
from programme.planning_facts import PersonStays
from programme.refusals import Refusal
from programme.rights import Rights
from programme.ties import Conflict, Deputy, Posting
from programme.words import AUDITING_ROLES, AccountStanding, Competency, Role


@dataclass(eq=False)
class Service:
    """A service, led by a Head of Service; it takes part from a date."""

    name: str
    takes_part_from: date | None = None
    id: int | None = None


@dataclass(eq=False)
class Team:
    name: str
    service: Service
    id: int | None = None


@dataclass(eq=False)
class AuditGroup:
    """People who take the same turn in the rotation."""

    name: str
    id: int | None = None


@dataclass(eq=False)
class RoleHeld:
    role: Role
    id: int | None = None


@dataclass(eq=False)
class Person(Rights):
    email: str
    name: str
    roles_held: list[RoleHeld] = field(default_factory=list)
    team: Team | None = None
    service: Service | None = None
    manager: "Person | None" = None
    group: AuditGroup | None = None
    competency: Competency | None = None
    moderates: bool = False
    employment: str = ""
    starts: date | None = None
    ends: date | None = None
    slack_user_id: str | None = None
    absences: list[Absence] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    deputies: list[Deputy] = field(default_factory=list)
    knowledge: list[str] = field(default_factory=list)
    slack_gone_on: date | None = None
    slack_standing: AccountStanding | None = None
    prefers_email: bool = False
    id: int | None = None

    @property
    def reference(self) -> str:
        """How the history and the logs name a person."""
        return f"PER-{self.id}"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.roles_held)

    @property
    def is_on_slack(self) -> bool:
        """Whether messages reach them there, and what they press counts: a known account, and still one of ours."""
        return self.slack_user_id is not None and self.slack_gone_on is None

    @property
    def may_be_on_slack(self) -> bool:
        """Whether to wait for Slack: they are on it, or nobody has looked them up yet."""
        return self.is_on_slack or (self.slack_user_id is None and self.slack_standing is None)

    @property
    def is_auditor(self) -> bool:
        return bool(self.roles & (AUDITING_ROLES | {Role.AUDITOR}))

    def is_here_on(self, day: date) -> bool:
        """Whether the person is in post that day (not whether they are at work)."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def is_at_work_on(self, day: date) -> bool:
        """In post and not away: the only days on which anybody is reminded."""
        return self.is_here_on(day) and not any(absence.covers(day) for absence in self.absences)

    def is_away_throughout(self, days: Sequence[date]) -> bool:
        """Whether there is none of these days on which the person is at work, be it by one absence or by several."""
        return bool(days) and all(any(absence.covers(day) for absence in self.absences) for day in days)

    def moves_on(self, last_day: date) -> list[Fact]:
        """Leave the programme after this day. What they did stays in their name."""
        if self.starts is not None and last_day < self.starts:
            msg = f"{self.name} starts on {self.starts:%-d %B %Y}; the last day cannot be before it."
            raise Refusal(msg, field="last_day")
        if self.ends == last_day:
            return []  # said twice: it is known
        self.ends = last_day
        return [PersonMovedOn(about=self.reference, last_day=last_day.isoformat())]

    def stays(self) -> list[Fact]:
        """Not to move on after all."""
        if self.ends is None:
            return []
        self.ends = None
        return [PersonStays(about=self.reference)]

    def joins(self, team: Team | None, *, since: date | None) -> None:
        """Work in another team from a day on. The time in the last one is kept: a former team stays too near."""
        if team is self.team:
            return
        until_now = next((each for each in self.postings if each.last_day is None), None)
        kept = [each for each in self.postings if each is not until_now]
        if until_now is not None and since is not None and until_now.first_day != since:
            until_now.last_day = since - timedelta(days=1)
            kept.append(until_now)
        if team is not None:
            kept.append(Posting(self, team, since))
        self.postings, self.team = kept, team
