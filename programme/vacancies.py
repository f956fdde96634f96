"""A place that somebody left and nobody has taken yet: it ages, and is asked for until somebody takes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from programme.calendar import Calendar
from programme.facts import Fact
from programme.people import AuditGroup, Person, Service, Team
from programme.planning_facts import VacancyAsked, VacancyFilled


@dataclass(eq=False)
class Vacancy:
    """`since` is the first day on which the place was empty."""

    left: Person
    since: date
    group: AuditGroup | None = None
    service: Service | None = None
    team: Team | None = None
    asked_on: date | None = None
    filled_by: Person | None = None
    filled_on: date | None = None
    id: int | None = None

    @property
    def ref(self) -> str:
        return f"PLACE-{self.id}"

    def age(self, today: date) -> str:
        """How long it has been empty, in words."""
        weeks = (today - self.since).days // 7
        if self.since > today:
            return f"empty from {self.since:%-d %B %Y}"
        if weeks < 1:
            return "empty since this week"
        return f"empty for {weeks} {'week' if weeks == 1 else 'weeks'}"

    def is_to_be_asked_for(self, today: date, calendar: Calendar, *, every: int) -> bool:
        """From its first empty day, and again after so many working days."""
        if self.filled_on is not None or today < self.since:
            return False
        return self.asked_on is None or calendar.after(self.asked_on, every) <= today

    def ask(self, told: Sequence[Person], *, on: date) -> list[Fact]:
        self.asked_on = on
        return [VacancyAsked(about=self.ref, tell=tuple(told))]

    def fill(self, person: Person, *, on: date) -> list[Fact]:
        self.filled_by, self.filled_on = person, on
        return [VacancyFilled(about=self.ref)]


def left_by(person: Person, last_day: date) -> list[Vacancy]:
    """The place in the rota that somebody leaves; none where they had no turns."""
    if not person.is_auditor or person.group is None:
        return []
    return [Vacancy(person, last_day + timedelta(days=1), person.group, person.own_service, person.team)]


def taken(still_empty: Iterable[Vacancy], joined: Sequence[Person], *, on: date) -> list[Fact]:
    """Each who has joined a group takes its oldest empty place."""
    facts: list[Fact] = []
    empty = sorted(still_empty, key=lambda each: each.since)
    for person in joined:
        place = next((each for each in empty if each.group is person.group and each.filled_on is None), None)
        if place is not None:
            facts += place.fill(person, on=on)
    return facts
