"""Not at work: which days, and nothing more than has to be known."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from programme.facts import AbsenceRecorded, Fact
from programme.planning_facts import CameBack
from programme.refusals import Refusal
from programme.words import AbsenceKind

if TYPE_CHECKING:  # people imports this room
    from programme.people import Person

KIND_LABELS = {
    AbsenceKind.FINISHES: "What is open stays theirs",
    AbsenceKind.HANDS_OVER: "What is open goes to somebody else",
}
LONGEST = timedelta(days=732)
"""Two years: what is longer is a year mistyped, or somebody who has moved on."""


@dataclass(eq=False)
class Absence:
    """First and last day included. Why is health data and is not asked; the kind is optional."""

    person: "Person"
    first_day: date
    last_day: date
    kind: AbsenceKind | None = None
    recorded_by: "Person | None" = None
    id: int | None = None

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            msg = "The last day is before the first."
            raise Refusal(msg, field="last_day")
        if self.last_day - self.first_day > LONGEST:
            msg = "That is more than two years. Look at the year again."
            raise Refusal(msg, field="last_day")

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def facts(self) -> list[Fact]:
        return [
            AbsenceRecorded(
                about=self.person.reference, first_day=self.first_day.isoformat(), last_day=self.last_day.isoformat()
            )
        ]


@dataclass(frozen=True)
class Away:
    """What is said of somebody who will not be at work."""

    first_day: date | None
    last_day: date | None
    kind: AbsenceKind | None = None

    def covers(self, day: date | None) -> bool:
        """Whether they will not be at work on a day."""
        return bool(day and self.first_day and self.last_day and self.first_day <= day <= self.last_day)


def note(person: "Person", said: Away, *, by: "Person") -> tuple[list[Absence], list[Fact]]:
    """Write down when somebody is not at work. The same days said twice are known; their kind may be put right."""
    if said.first_day is None:
        msg = "Choose the first day."
        raise Refusal(msg, field="first_day")
    if said.last_day is None:
        msg = "Choose the last day."
        raise Refusal(msg, field="last_day")
    known = [each for each in person.absences if (each.first_day, each.last_day) == (said.first_day, said.last_day)]
    if known:
        changed = [absence for absence in known if said.kind and said.kind is not absence.kind]
        for absence in changed:
            absence.kind = said.kind
        return [], [fact for absence in changed for fact in absence.facts()]
    made = Absence(person, said.first_day, said.last_day, said.kind, recorded_by=by)
    return [made], made.facts()


def come_back(person: "Person", day: date) -> list[Fact]:
    """Every absence over a day ends the day before; one that had not begun is none."""
    ended = [absence for absence in person.absences if absence.covers(day)]
    if not ended:
        msg = f"{person.name} is not noted as away on {day:%A %-d %B}."
        raise Refusal(msg, field="first_day")
    for absence in ended:
        _end(person, absence, day)
    return [CameBack(about=person.reference, back_on=day.isoformat())]


def take_back(person: "Person", absence: Absence, *, today: date) -> list[Fact]:
    """One absence ends today, or is none where it had not begun; any other over the same days stays."""
    if absence.last_day < today:
        msg = "That is over already."
        raise Refusal(msg)
    back_on = max(absence.first_day, today)
    _end(person, absence, back_on)
    return [CameBack(about=person.reference, back_on=back_on.isoformat())]


def _end(person: "Person", absence: Absence, day: date) -> None:
    if absence.first_day == day:
        person.absences.remove(absence)
    else:
        absence.last_day = day - timedelta(days=1)
