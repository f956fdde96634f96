"""Actions that go to another owner: each line in the history, and one message to each who is concerned."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from programme import handing_over
from programme.actions import Action
from programme.allocations import Allocation
from programme.facts import Fact
from programme.handing_over import HandOver
from programme.oversight_facts import ActionsGiven, ActionsTakenOver
from programme.people import Person
from programme.refusals import Refusal
from storage import acting, find, journal
from storage.office import Office
from storage.session import Session

Move = tuple[Action, Person]
"""An action and its owner to be."""


def give(session: Session, moves: Sequence[Move], *, by: Person | None, at: datetime, tell_before: bool) -> None:
    """Hand each on. Who has them now hears once of all that were sent, and with `tell_before` who had them, too."""
    told: Counter[Person] = Counter(to for action, to in moves if action.is_open)
    of: dict[Person, list[Move]] = defaultdict(list)
    for action, to in moves:
        of[action.owner].append((action, to))
    for before, theirs in of.items():
        lines: list[Fact] = [fact for action, to in theirs for fact in action.hand_on_to(to)]
        for action, _ in theirs:
            acting.close_requests(session, action, by=by, at=at)
        gone = sum(action.is_open for action, _ in theirs)
        if tell_before and gone and before is not by:
            lines.append(ActionsTakenOver(about=before.reference, actions=gone, tell=(before,)))
        journal.write(session, lines, by=by, at=at, on_behalf_of=None if before is by else before)
    news = [ActionsGiven(about=to.reference, actions=n, tell=(to,)) for to, n in told.items() if to is not by]
    journal.write(session, news, by=by, at=at)


def wanted(session: Session, office: Office, refs: Sequence[str], to: str, by: Person, *, hold: bool) -> HandOver:
    """What somebody ticked and whom they chose, if it may be done; held against others where it is."""
    taker = find.people.by_email(session, to)
    if taker is None:
        raise Refusal("Choose who takes them on.", field="to")
    actions = [find.actions.by_ref(session, ref, to_change=hold) for ref in sorted(set(refs))]
    hidden = [each.ref for each in actions if is_hidden_from_team(session, each.allocation)]
    asked = HandOver(actions, taker)
    handing_over.must_be_possible(asked, by=by, on=office.today(session), hidden_from_team=hidden)
    return asked


def hand_over(session: Session, office: Office, refs: Sequence[str], to: str, by: Person) -> HandOver:
    """All of them as one unit."""
    asked = wanted(session, office, refs, to, by, hold=True)
    give(session, [(each, asked.to) for each in asked.actions], by=by, at=office.now(session), tell_before=True)
    return asked


def who_may_own(session: Session, office: Office, by: Person) -> list[Person]:
    """Whom somebody may choose, by name."""
    today = office.today(session)
    managers = find.people.with_role(session, *handing_over.MAY_OWN, on=today)
    return [each for each in managers if handing_over.may_own(each, by, on=today)]


def is_hidden_from_team(session: Session, audit: Allocation) -> bool:
    """Whether the worry is about a member of staff: then nobody in the team hears of it."""
    alert = find.alerts.of_audit(session, audit.ref)
    return alert is not None and alert.staff_conduct
