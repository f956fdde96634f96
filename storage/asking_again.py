"""Asking Heads of Service once more for what they have not answered of a month."""

from collections import defaultdict
from collections.abc import Iterator

from programme import unanswered
from programme.allocations import Allocation
from programme.people import Person
from programme.rounds import Round
from programme.unanswered import Unanswered
from storage import find, journal
from storage.chasing import who_leads
from storage.office import Office
from storage.session import Session


def not_answered(session: Session, office: Office) -> list[Unanswered]:
    """Everything that waits for a Head of Service, by whom and month."""
    at = office.now(session)
    leader = who_leads(session, at=at)
    waiting: dict[tuple[Person, Round], list[Allocation]] = defaultdict(list)
    for audit in find.chasing.audits(session, find.chasing.audits_unanswered(session, at=at)):
        head = leader(audit.holder) if audit.holder else None
        if head is not None:
            waiting[head, audit.round].append(audit)
    return [unanswered.of_head(head, of, audits) for (head, of), audits in waiting.items()]


def to_ask(session: Session, office: Office) -> Iterator[str]:
    """Those of whom something is due: references."""
    today, found = office.today(session), not_answered(session, office)
    steps = find.chasing.steps(session, [one.ref for one in found])
    for one in found:
        if unanswered.due(one, steps.get(one.ref, []), today=today, rules=office.rules):
            yield one.ref


def ask(session: Session, office: Office, ref: str) -> bool:
    """Ask one of them once more, if it is still time. Of two who ask at once the rows refuse one."""
    at, today = office.now(session), office.today(session)
    for one in not_answered(session, office):
        steps = find.chasing.steps(session, [ref]).get(ref, [])
        due = unanswered.due(one, steps, today=today, rules=office.rules) if one.ref == ref else []
        if due:
            rows, facts = unanswered.ask_again(one, due, at=at)
            session.add_all(rows)
            journal.write(session, facts, by=None, at=at)
            return True
    return False
