"""Audits beside the month's own: a practice case that many score, a dip sample, and a re-audit of an earlier one.

They are given out at once, come in by the same way, and stay out of the month's account and its figures.
"""

from collections.abc import Sequence
from datetime import datetime

from programme.allocations import Allocation, new_token
from programme.cases import Case
from programme.facts import Fact
from programme.people import Person
from programme.refusals import Refusal
from programme.returns import Return
from programme.rounds import Round
from programme.tool import AuditTool
from programme.words import RETURNED, AllocationState, AuditType, Grade


def practice(
    of: Round, case: Case, people: Sequence[Person], *, numbered_from: int, at: datetime
) -> tuple[list[Allocation], list[Fact]]:
    """One child's record to everybody in a group, so that they can compare how they judge."""
    if not people:
        msg = "There is nobody to give it to."
        raise Refusal(msg)
    numbered = enumerate(people, start=numbered_from)
    made = [_beside(of, case, person, AuditType.PRACTICE, number) for number, person in numbered]
    return made, [fact for each in made for fact in each.give_out(at=at)]


def re_audit(
    of: Round, first: Allocation, person: Person, *, number: int, at: datetime
) -> tuple[Allocation, list[Fact]]:
    """The same child's record again, by somebody outside the team who did not audit it before."""
    if first.state not in RETURNED:
        msg = f"{first.ref} has not been returned, so nothing can be looked at again."
        raise Refusal(msg)
    if first.holder is person:
        msg = f"{person.name} audited it the first time. Choose somebody else."
        raise Refusal(msg)
    _must_be_outside(first.case, person)
    made = _beside(of, first.case, person, AuditType.RE_AUDIT, number)
    made.first = first
    return made, made.give_out(at=at)


def dip_sample(
    of: Round, case: Case, person: Person, tool: AuditTool, *, number: int, at: datetime
) -> tuple[Allocation, list[Fact]]:
    """A short look at one record, by the questions of a version made for it."""
    _must_be_outside(case, person)
    made = _beside(of, case, person, AuditType.DIP_SAMPLE, number)
    made.own_tool = tool
    return made, made.give_out(at=at)


def compared(again: Return, first: Return) -> str:
    """'better', 'the same' or 'worse' than the first time, by the judgement that stands; '' where there is none."""
    now, then = again.agreed or again.overall, first.agreed or first.overall
    return "" if now is None or then is None else direction(now, then)


def direction(now: Grade, then: Grade) -> str:
    return "the same" if now == then else "better" if float(now) > float(then) else "worse"


def _must_be_outside(case: Case, person: Person) -> None:
    if person.works_in(case.team) or person.leads(case.team):
        msg = f"{person.name} works in the child's team or leads it. Choose somebody else."
        raise Refusal(msg)


def _beside(of: Round, case: Case, person: Person, kind: AuditType, number: int) -> Allocation:
    if of.due_on is None:
        msg = f"{of.name} is a past month; nothing can be given out in it."
        raise Refusal(msg)
    if not person.is_auditor:
        msg = f"{person.name} is no auditor."
        raise Refusal(msg)
    return Allocation(
        ref=f"AUD-{of.month}-{number:02d}",
        round=of,
        case=case,
        holder=person,
        state=AllocationState.PLANNED,
        due_on=of.due_on,
        because=kind.value.replace("_", " "),
        token=new_token(),
        kind=kind,
    )
