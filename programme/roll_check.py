"""Before each month a Head of Service is asked once whether their list of people is still right.

Nobody's silence counts as a yes: where no answer comes before the month begins, last month's list stands and is marked
as not confirmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from programme import absences
from programme.absences import Absence, Away
from programme.calendar import london, month_name
from programme.facts import Fact
from programme.people import Person, Service
from programme.people_file import EMAIL
from programme.planning_facts import JoinerNamed, RollConfirmed
from programme.refusals import NotAllowed, Refusal

ASKED_AGAIN = "asked again"
NOT_CONFIRMED = "not confirmed"


class Change(StrEnum):
    """What may be wrong with a list."""

    MOVED_ON = "moved_on"
    AWAY = "away"
    BACK = "back"
    JOINED = "joined"


CHANGE_LABELS = {
    Change.MOVED_ON: "Somebody has moved on",
    Change.AWAY: "Somebody is not at work",
    Change.BACK: "Somebody is back at work",
    Change.JOINED: "Somebody has joined",
}


@dataclass(frozen=True)
class Changed:
    """One change as it was said; each kind needs some of these."""

    change: Change
    who: str = ""
    first_day: date | None = None
    last_day: date | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Window:
    """From when a month's lists are asked for, and the first and last day of the month's audits."""

    month: str
    opens_on: date
    first: date
    last: date

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day < self.first


@dataclass(eq=False)
class RollCheck:
    """`joiners` are those of whom it was said that they have joined: each with a name and an address."""

    month: str
    service: Service
    head: Person
    asked_at: datetime
    answered_at: datetime | None = None
    answered_by: Person | None = None
    joiners: list[dict[str, str]] = field(default_factory=list)
    id: int | None = None

    @property
    def ref(self) -> str:
        return f"ROLL-{self.month}-{self.service.id}"

    def must_be_open_to(self, person: Person, *, on: date, window: Window) -> None:
        if not person.can_answer_roll_check(self, on):
            msg = "The Head of Service says whether this list is right."
            raise NotAllowed(msg)
        if on >= window.first:
            msg = f"{month_name(self.month)} has begun, so the list stands. Tell the administrator what has changed."
            raise Refusal(msg)

    def confirm(self, *, by: Person, at: datetime) -> list[Fact]:
        """'All correct'."""
        if self.answered_at is not None and self.answered_by is not None:
            msg = f"{self.answered_by.name} has confirmed this list already, on {london(self.answered_at):%A %-d %B}."
            raise Refusal(msg)
        self.answered_at, self.answered_by = at, by
        return [RollConfirmed(about=self.ref)]

    def name_joiner(self, name: str, email: str, administrators: Sequence[Person]) -> list[Fact]:
        """Somebody has joined; the administrator is asked to bring them onto the list."""
        name, email = name.strip(), email.strip().lower()
        if not name:
            msg = "Write the name of who has joined."
            raise Refusal(msg, field="name")
        if not EMAIL.fullmatch(email):
            msg = "Write their e-mail address, like name@example.org."
            raise Refusal(msg, field="email")
        joiner = {"name": name[:100], "email": email[:254]}
        if joiner in self.joiners:
            return []  # said twice: it is known
        self.joiners = [*self.joiners, joiner]
        return [JoinerNamed(about=self.ref, tell=tuple(administrators))]


def on_the_list(service: Service, auditors: Sequence[Person], window: Window) -> list[Person]:
    """Who of a service is foreseen for the month: its auditors who are in post when it begins."""
    return [person for person in auditors if person.works_for(service) and person.is_here_on(window.first)]


def away(person: Person, days: Sequence[date]) -> str:
    """Whether somebody is not at work over the window, and no more than that."""
    absent = [day for day in days if any(absence.covers(day) for absence in person.absences)]
    return "" if not absent else "not at work" if len(absent) == len(days) else "not at work for some of it"


def whom_to_ask(head: Person, *, on: date) -> Person | None:
    """The Head of Service, or who stands in for them that day; nobody while neither is at work."""
    stand_ins = [each.deputy for each in head.deputies if each.first_day <= on <= each.last_day]
    return next((person for person in (head, *stand_ins) if person.is_at_work_on(on)), None)


def taken_in(said: Changed, person: Person, *, by: Person) -> tuple[list[Absence], list[Fact]]:
    """What is said of somebody on the list changes them at once; with the absence that it makes, if it makes one."""
    if said.change is Change.MOVED_ON:
        return [], person.moves_on(_day(said.last_day, "last_day", "Choose their last day."))
    if said.change is Change.BACK:
        return [], absences.come_back(person, _day(said.first_day, "first_day", "Choose the first day."))
    return absences.note(person, Away(said.first_day, said.last_day), by=by)


def _day(chosen: date | None, name: str, sentence: str) -> date:
    if chosen is None:
        raise Refusal(sentence, field=name)
    return chosen
