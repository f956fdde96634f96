"""Finding what an allocation goes by: who stands how to what, what was said by hand, and what everybody did before."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from programme.allocating import Past
from programme.cases import Case, FrameEntry
from programme.people import Person
from programme.rounds import Round
from programme.steering import Steer
from programme.ties import KeptApart
from programme.words import RETURNED, AuditType, Reason
from storage import tables
from storage.find import people
from storage.find.load import one


def past(session: Session, of: Round, everybody: Sequence[Person], *, since: str) -> dict[Person, Past]:
    """What each of these people audited in the months before; `lately` counts from the month `since`."""
    audit, by_id = tables.allocation.c, {person.id: person for person in everybody}
    teams = {team.id: team for team in people.teams(session)}
    wanted = select(audit.holder_id, tables.round_.c.month, tables.audit_case.c.team_id)
    wanted = wanted.select_from(tables.allocation).join(tables.round_).join(tables.audit_case)
    wanted = wanted.where(audit.kind == AuditType.MONTHLY, audit.state.in_(RETURNED), audit.holder_id.in_(by_id))
    wanted = wanted.where(tables.round_.c.month < of.month).order_by(tables.round_.c.month, audit.id)
    found: dict[Person, Past] = {}
    for holder, month, team in session.execute(wanted):
        person = by_id[holder]
        lately = found[person].lately if person in found else 0
        found[person] = Past(month, teams.get(team), lately + (month >= since))
    return found


def handed_back(session: Session, cases: Sequence[Case], everybody: Sequence[Person]) -> set[tuple[Case, Person]]:
    """Who said, of which of these children's records, that they had a part in it, in any month."""
    audit = tables.allocation.c
    by_id, of_id = {person.id: person for person in everybody}, {case.id: case for case in cases}
    wanted = select(audit.audit_case_id, audit.holder_id).where(
        audit.reason == Reason.PART_IN_CASE, audit.audit_case_id.in_(of_id)
    )
    return {(of_id[case], by_id[who]) for case, who in session.execute(wanted) if who in by_id}


def kept_apart(session: Session) -> list[tuple[Person, Person]]:
    """Every pair of people of whom neither reads what the other did."""
    found = session.scalars(select(KeptApart).options(one(KeptApart, "one"), one(KeptApart, "other")))
    return [(each.one, each.other) for each in found]


def released(session: Session, month: str) -> dict[Case, Person]:
    """The restricted records of a month that were released, each to one person."""
    entry = tables.frame_entry.c
    wanted = select(FrameEntry).where(entry.month == month, entry.released_to_id.is_not(None))
    found = session.scalars(wanted.options(one(FrameEntry, "case"), one(FrameEntry, "released_to")))
    return {each.case: each.released_to for each in found if each.released_to}


def steers(session: Session, month: str) -> Sequence[Steer]:
    """What was said by hand of a month's allocation, in the order of the references."""
    wanted = select(Steer).join(tables.audit_case).where(tables.steer.c.month == month)
    wanted = wanted.options(one(Steer, "case"), one(Steer, "person"), one(Steer, "by"))
    return session.scalars(wanted.order_by(tables.audit_case.c.ref, tables.steer.c.id)).all()
