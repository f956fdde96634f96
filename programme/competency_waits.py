"""Who was asked to evaluate, or to sign off, and has not answered: reminded every few working days until they have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.calendar import london
from programme.chasing import StepTaken
from programme.competency import Candidacy
from programme.competency_facts import CompetencyReminded
from programme.facts import Fact
from programme.people import Person
from programme.rulebook import Rulebook


@dataclass(frozen=True)
class Waiting:
    """One candidacy waits for one person, since they were asked."""

    candidacy: Candidacy
    person: Person
    asked_at: datetime

    @property
    def ref(self) -> str:
        """COM-7-1-12 is what the twelfth person has not answered of COM-7-1."""
        return f"{self.candidacy.ref}-{self.person.id}"


def waiting(candidacies: Iterable[Candidacy], leaders: Sequence[Person]) -> Iterator[Waiting]:
    """For each candidacy whoever it waits for."""
    for each in candidacies:
        if each.waits_for_leadership:
            asked_at = max(said.said_at for said in each.evaluations if said.said_at)
            yield from (Waiting(each, leader, asked_at) for leader in leaders if leader.can_sign_off_competency(each))
        for evaluator in each.waits_for:
            yield Waiting(each, evaluator, each.evaluation_of(evaluator).asked_at)


def due(one: Waiting, taken: Iterable[StepTaken], *, today: date, rules: Rulebook) -> list[date]:
    """The days that have come on which they are reminded and were not; none while they are not at work."""
    if not one.person.is_at_work_on(today):
        return []
    done, every = {step.due_on for step in taken}, rules.policy.competency.reminded_every
    days, day = [], rules.calendar.after(london(one.asked_at).date(), every)
    while day <= today:
        days.append(day)
        day = rules.calendar.after(day, every)
    return [day for day in days if day not in done]


def remind(one: Waiting, days: Sequence[date], *, at: datetime) -> tuple[list[StepTaken], list[Fact]]:
    """Once, however many days were missed."""
    rows = [StepTaken(one.ref, "waits", day, at) for day in days]
    return rows, [CompetencyReminded(about=one.candidacy.ref, tell=(one.person,))]
