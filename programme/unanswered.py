"""What a Head of Service was asked and has not answered: why an audit did not come back, whether there is more time.

Once more is asked on the morning of the day at whose end more time is given by itself, on the moderation day, and on
the day before the report is drafted, in which silence is printed as silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from programme.allocations import Allocation
from programme.calendar import london
from programme.chasing import Step, StepTaken
from programme.daily_facts import HeadReminded
from programme.facts import Fact
from programme.people import Person
from programme.rounds import Round
from programme.rulebook import Rulebook


@dataclass(frozen=True)
class Unanswered:
    """`silent` are audits past the cut-off without a word why; for `asked` somebody wants more time."""

    head: Person
    round: Round
    silent: Sequence[Allocation]
    asked: Sequence[Allocation]

    @property
    def ref(self) -> str:
        """ASK-2017-10-7 is what the seventh person has not answered of October 2017."""
        return f"ASK-{self.round.month}-{self.head.id}"


def of_head(head: Person, of: Round, audits: Sequence[Allocation]) -> Unanswered:
    asked = [audit for audit in audits if audit.asked_until is not None]
    return Unanswered(head, of, [audit for audit in audits if audit not in asked], asked)


def ladder(one: Unanswered, rules: Rulebook) -> list[Step]:
    """When a Head of Service is asked once more, and of what."""
    after, within = rules.calendar.after, rules.policy.reminders.more_time_answered_within
    asked_on = {london(audit.asked_at).date() for audit in one.asked if audit.asked_at}
    steps = [Step(f"more time {day}", after(day, within)) for day in asked_on]
    if one.silent and one.round.moderate_on and one.round.draft_by:
        steps += [Step("moderation", one.round.moderate_on), Step("drafting", after(one.round.draft_by, -1))]
    return sorted(steps, key=lambda step: step.on)


def due(one: Unanswered, taken: Iterable[StepTaken], *, today: date, rules: Rulebook) -> list[Step]:
    """Nothing while the Head of Service is not at work."""
    done = {(step.step, step.due_on) for step in taken}
    return [
        step
        for step in ladder(one, rules)
        if step.on <= today and (step.name, step.on) not in done and one.head.is_at_work_on(today)
    ]


def ask_again(one: Unanswered, steps: Sequence[Step], *, at: datetime) -> tuple[list[StepTaken], list[Fact]]:
    """Once for all of them; the older steps count as taken with the newest."""
    rows = [StepTaken(one.ref, step.name, step.on, at) for step in steps]
    many = len(one.silent) + len(one.asked)
    return rows, [HeadReminded(about=one.round.month, audits=many, tell=(one.head,))]
