"""The steps of a month that commands and pages take alike: open it, give out, and close.

Each holds the round first, so that of two people who press at once the second finds it done.
"""

from collections.abc import Sequence
from dataclasses import replace

from programme.allocations import Allocation
from programme.calendar import first_of
from programme.facts import Fact
from programme.people import AuditGroup, Person
from programme.refusals import Refusal
from programme.rounds import Round, open_round
from programme.words import AllocationState, SwapState
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


def give_out(
    session: Session, office: Office, month: str, by: Person, *, most: int | None = None
) -> Sequence[Allocation]:
    """Give out what is allocated and not out yet, all of it or the first so many; a message for each holder waits."""
    opened = find.rounds.of_month(session, month, to_change=True)
    planned = find.allocations.in_state(session, opened, AllocationState.PLANNED, to_change=True)[:most]
    now = office.now(session)
    facts = opened.distribute(planned, at=now)
    journal.write(session, _touching_their_records(session, month, planned, facts), by=by, at=now)
    return planned


def _touching_their_records(
    session: Session, month: str, given: Sequence[Allocation], facts: Sequence[Fact]
) -> list[Fact]:
    """Who works with a child was told that the record was chosen; by now it is known who reads it."""
    entries = find.cases.entries_of(session, month, [each.case for each in given])
    of_case = {entry.case: entry.reference for entry in entries}
    touched = {audit.ref: of_case[audit.case] for audit in given if audit.case in of_case}
    return [replace(fact, touches=(touched[fact.about],)) if fact.about in touched else fact for fact in facts]


def withdraw(session: Session, office: Office, month: str, by: Person, why: str) -> Sequence[Allocation]:
    """Take back all that is out, and what waits to be said of it; requests to swap it end without a word."""
    of = find.rounds.of_month(session, month, to_change=True)
    out = find.allocations.in_state(session, of, AllocationState.OUT, to_change=True)
    now, swaps = office.now(session), [each for each in find.swaps.under_way(session, month) if each.allocation in out]
    heard = find.outbox.who_has_heard(session, [audit.ref for audit in out])
    holders = [audit.holder for audit in out if audit.holder and (audit.holder.id, audit.ref) in heard]
    facts = of.recall(out, why, heard=holders)
    facts += [fact for swap in swaps for fact in swap.end(SwapState.WITHDRAWN, now, by=by)]
    about = [*(audit.ref for audit in out), *(swap.ref for swap in swaps)]
    find.outbox.drop_about(session, about, "given out by mistake")
    journal.write(session, _touching_their_records(session, month, out, facts), by=by, at=now)
    return out


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
