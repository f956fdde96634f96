"""Giving out audits beside the month's own: practice cases, re-audits and dip samples."""

from collections.abc import Sequence

from programme import beside
from programme.allocations import Allocation
from programme.cases import Case
from programme.facts import Fact
from programme.people import Person
from programme.refusals import Refusal
from programme.rounds import Round
from storage import find, journal
from storage.office import Office
from storage.session import Session


def practice(
    session: Session, office: Office, month: str, case_ref: str, group: str, by: Person
) -> Sequence[Allocation]:
    of = find.rounds.of_month(session, month, to_change=True)
    named = find.people.group_named(session, group)
    if named is None:
        msg = f"There is no audit group '{group}'."
        raise Refusal(msg, field="group")
    today = office.today(session)
    people = [person for person in find.people.auditors_of(session, named) if person.is_here_on(today)]
    made, facts = beside.practice(
        of, _case(session, case_ref), people, numbered_from=_number(session, of), at=office.now(session)
    )
    return _keep(session, office, made, facts, by)


def re_audit(
    session: Session, office: Office, month: str, first_ref: str, email: str, by: Person
) -> Sequence[Allocation]:
    of = find.rounds.of_month(session, month, to_change=True)
    first = find.allocations.by_ref(session, first_ref)
    made, facts = beside.re_audit(
        of, first, _person(session, email), number=_number(session, of), at=office.now(session)
    )
    return _keep(session, office, [made], facts, by)


def dip_sample(
    session: Session, office: Office, month: str, case_ref: str, email: str, version: str, by: Person
) -> Sequence[Allocation]:
    of = find.rounds.of_month(session, month, to_change=True)
    tool = find.tools.by_version(session, version)
    if tool is None:
        msg = f"There is no version '{version}' of the audit tool."
        raise Refusal(msg, field="tool")
    case, person = _case(session, case_ref), _person(session, email)
    made, facts = beside.dip_sample(of, case, person, tool, number=_number(session, of), at=office.now(session))
    return _keep(session, office, [made], facts, by)


def _keep(
    session: Session, office: Office, made: Sequence[Allocation], facts: Sequence[Fact], by: Person
) -> Sequence[Allocation]:
    session.add_all(made)
    journal.write(session, facts, by=by, at=office.now(session))
    return made


def _number(session: Session, of: Round) -> int:
    return find.allocations.next_number(session, of)


def _case(session: Session, case_ref: str) -> Case:
    found = find.cases.by_refs(session, [case_ref]).get(case_ref)
    if found is None:
        msg = f"No child's record has the reference '{case_ref[:40]}'. Bring it in first: flask cases import"
        raise Refusal(msg, field="case")
    return found


def _person(session: Session, email: str) -> Person:
    found = find.people.by_email(session, email)
    if found is None:
        msg = f"{email} is not on the people list."
        raise Refusal(msg, field="to")
    return found
