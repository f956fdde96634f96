"""The steps of a month that commands and pages take alike: open it, allocate, and give out.

Each holds the round first, so that of two people who press at once the second finds it done.
"""

from collections.abc import Sequence

from programme.allocations import Allocation
from programme.calendar import first_of
from programme.matching import Matching
from programme.people import AuditGroup, Person
from programme.refusals import Refusal
from programme.rounds import Round, open_round, propose
from programme.rounds import allocate as made_of
from programme.words import AllocationState
from storage import find, journal, turning
from storage.office import Office
from storage.session import Session


def open_month(
    session: Session, office: Office, month: str, by: Person, *, theme: str, group: str = "", target: int | None = None
) -> Round:
    """Open the round of a month with the dates of the policy and the turns that follow from it.

    It is for the group that is named, or else for the one whose month it is by the rota.
    """
    first_of(month)
    if find.rounds.by_month(session, month):
        msg = f"The round for {month} is open already."
        raise Refusal(msg, field="month")
    tool = find.tools.newest(session, to_change=True)
    if tool is None:
        msg = "There is no audit tool yet. Bring one in first: flask tool import FILE --as EMAIL"
        raise Refusal(msg)
    whose = _group(session, group) if group else turning.whose_month(session, office, month)
    opened, facts = open_round(month, theme=theme, group=whose, tool=tool, target=target, by=by, rules=office.rules)
    session.add(opened)
    now = office.now(session)
    journal.write(session, facts, by=by, at=now)
    turning.follow(session, office, by=by, at=now)
    return opened


def _group(session: Session, name: str) -> AuditGroup:
    group = find.people.group_named(session, name)
    if group is None:
        known = ", ".join(each.name for each in find.people.groups(session)) or "none yet"
        msg = f"There is no audit group '{name}'. Known: {known}."
        raise Refusal(msg, field="group")
    return group


def preview(session: Session, office: Office, month: str) -> Matching:
    """Which of the sample would go to whom, and why. Nothing is changed."""
    return _matching(session, office, find.rounds.of_month(session, month))


def allocate(session: Session, office: Office, month: str, by: Person, *, seen: str = "") -> Sequence[Allocation]:
    """Allocate all of the sample that can be placed, as one unit. `seen` is the mark of the preview that was looked at:
    one that would come out otherwise by now is refused.
    """
    opened = find.rounds.of_month(session, month, to_change=True)
    matching = _matching(session, office, opened)
    if not matching.placed:
        msg = f"There is nothing to allocate for {opened.name}: nothing more of the sample can be placed."
        raise Refusal(msg)
    if seen and seen != matching.mark:
        msg = f"Something has changed since you looked at {opened.name}. Press Allocate again to see how it stands now."
        raise Refusal(msg)
    made, facts = made_of(opened, matching, find.allocations.next_number(session, opened))
    session.add_all(made)
    journal.write(session, facts, by=by, at=office.now(session))
    return made


def give_out(
    session: Session, office: Office, month: str, by: Person, *, most: int | None = None
) -> Sequence[Allocation]:
    """Give out what is allocated and not out yet, all of it or the first so many; a message for each holder waits."""
    opened = find.rounds.of_month(session, month, to_change=True)
    planned = find.allocations.in_state(session, opened, AllocationState.PLANNED, to_change=True)[:most]
    now = office.now(session)
    journal.write(session, opened.distribute(planned, at=now), by=by, at=now)
    return planned


def unsettled(session: Session, of: Round) -> Sequence[Allocation]:
    """What has not ended: as long as there is any, a month cannot be closed."""
    return [
        *find.allocations.in_state(session, of, AllocationState.PLANNED),
        *find.allocations.in_state(session, of, AllocationState.OUT),
    ]


def close(session: Session, office: Office, month: str, by: Person) -> Round:
    of = find.rounds.of_month(session, month, to_change=True)
    journal.write(session, of.close(unsettled(session, of)), by=by, at=office.now(session))
    return of


def _matching(session: Session, office: Office, opened: Round) -> Matching:
    waiting = find.cases.waiting_for_an_auditor(session, opened.month)
    auditors = [turn.person for turn in find.turns.of_months(session, [opened.month])]
    held = find.allocations.load_by_holder(session, opened)
    return propose(opened, waiting, auditors, held, office.rules)
