"""Finding people, and the circle round one child's record."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from programme.actions import STILL_TO_DO
from programme.cases import Case
from programme.circle import Circle
from programme.people import AuditGroup, Person, Service, Team
from programme.people_file import Roster
from programme.refusals import NotFound
from programme.words import (
    AUDITING_ROLES,
    UNDER_WAY,
    AbsenceKind,
    AccountStanding,
    AllocationState,
    OfferState,
    Role,
    SwapState,
)
from storage import tables
from storage.find import ties
from storage.find.load import locked, many, one


def by_email(session: Session, email: str) -> Person | None:
    named = select(Person).where(tables.person.c.email == email.strip().lower())
    return session.scalar(named.options(one(Person, "manager")))


def by_id(session: Session, number: int) -> Person | None:
    return session.scalar(select(Person).where(tables.person.c.id == number))


def whole(session: Session, number: int, *, to_change: bool = False) -> Person:
    """One person with everything that is known of them, held against others when it is to be changed."""
    wanted = select(Person).where(tables.person.c.id == number).options(*ties.WHOLE, one(Person, "manager"))
    found = session.scalar(locked(session, wanted, tables.person) if to_change else wanted)
    if found is None:
        msg = "We cannot find that person."
        raise NotFound(msg)
    return found


def with_ties(session: Session, person: Person) -> Person:
    """The same person, with all that says what they may be given to read, and when."""
    wanted = select(Person).where(tables.person.c.id == person.id).options(*ties.WITH_TIES)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def with_absences(session: Session, numbers: Sequence[int]) -> Sequence[Person]:
    """These people with when they are not at work."""
    wanted = select(Person).where(tables.person.c.id.in_(numbers)).options(many(Person, "absences"))
    return session.scalars(wanted.order_by(tables.person.c.name)).all()


def by_reference(session: Session, reference: str) -> Person:
    """One person by how the history and messages name them: PER-7."""
    found = by_id(session, int(reference.removeprefix("PER-")))
    if found is None:
        msg = "We cannot find that person."
        raise NotFound(msg)
    return found


def by_slack(session: Session, slack_user_id: str) -> Person | None:
    return session.scalar(select(Person).where(tables.person.c.slack_user_id == slack_user_id))


def everyone(session: Session) -> Sequence[Person]:
    """All people by name, with their managers, the teams they have worked in, and when they are not at work."""
    wanted = select(Person).options(one(Person, "manager"), many(Person, "postings"), many(Person, "absences"))
    return session.scalars(wanted.order_by(tables.person.c.name)).all()


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(tables.person)) or 0


def not_yet_on_slack(session: Session, *, on: date) -> Sequence[Person]:
    """Those in post that day whose Slack account is to be found by their address: not once a match was taken back."""
    person = tables.person.c
    by_address = or_(person.slack_standing.is_(None), person.slack_standing != AccountStanding.TAKEN_BACK)
    unknown = select(Person).where(person.slack_user_id.is_(None), by_address, _in_post(on))
    return session.scalars(unknown.order_by(person.id)).all()


def missing_on_slack(session: Session, *, on: date) -> Sequence[Person]:
    """Those in post that day whom Slack did not know by their address, and who do not read e-mail instead.

    Who was not looked up yet is not missed: nobody ever is, where a council uses no Slack.
    """
    person = tables.person.c
    in_vain = person.slack_standing.is_not(None) & (person.slack_standing != AccountStanding.TAKEN_BACK)
    missing = person.slack_user_id.is_(None) & in_vain & person.prefers_email.is_(False)
    return session.scalars(select(Person).where(missing, _in_post(on)).order_by(person.id)).all()


def not_reached_on_slack(session: Session, *, on: date) -> Sequence[Person]:
    """Those in post that day who have no Slack account, or one that does not count any more; by name."""
    person = tables.person.c
    missing = or_(person.slack_user_id.is_(None), person.slack_gone_on.is_not(None))
    return session.scalars(select(Person).where(missing, _in_post(on)).order_by(person.name)).all()


def on_slack(session: Session, *, on: date) -> Sequence[Person]:
    """Those in post that day who have a Slack account, or had one, in a steady order."""
    known = select(Person).where(tables.person.c.slack_user_id.is_not(None), _in_post(on))
    return session.scalars(known.order_by(tables.person.c.id)).all()


def matched_on_slack(session: Session) -> Sequence[Person]:
    """Everybody who has a Slack account, by name, even who has moved on."""
    matched = select(Person).where(tables.person.c.slack_user_id.is_not(None))
    return session.scalars(matched.order_by(tables.person.c.name)).all()


def left_behind(session: Session, today: date) -> Sequence[Person]:
    """Who has moved on, or is away and hands over, and still has something open."""
    audit, action = tables.allocation.c, tables.action.c
    swap, offer = tables.swap.c, tables.swap_offer.c
    holding = (
        select(audit.holder_id).where(audit.state == AllocationState.OUT),
        select(action.owner_id).where(action.state.in_(STILL_TO_DO)),
        select(swap.asker_id).where(swap.state.in_(UNDER_WAY)),
        select(offer.peer_id).where(offer.state == OfferState.WAITING),
        select(offer.peer_id)
        .join(tables.swap, swap.id == offer.swap_id)
        .where(offer.state == OfferState.ACCEPTED, swap.state == SwapState.AWAITING_APPROVAL),
    )
    person, absence = tables.person.c, tables.absence.c
    handing_over = select(absence.person_id).where(
        absence.kind == AbsenceKind.HANDS_OVER, absence.first_day <= today, absence.last_day >= today
    )
    cannot = or_(person.ends < today, person.id.in_(handing_over))
    open_with = or_(*(person.id.in_(each) for each in holding))
    return session.scalars(select(Person).where(cannot, open_with).order_by(person.id)).all()


def leaving_with_actions(session: Session, today: date, *, before: date) -> Sequence[Person]:
    """Who is in post today and not on that later day any more, and owns what is still to be done."""
    person, action = tables.person.c, tables.action.c
    owners = select(action.owner_id).where(action.state.in_(STILL_TO_DO))
    leaving = select(Person).where(person.ends >= today, person.ends < before, person.id.in_(owners))
    return session.scalars(leaving.order_by(person.id)).all()


def with_role(session: Session, *roles: Role, on: date) -> Sequence[Person]:
    """Those who hold one of the roles and are in post that day, by name."""
    return session.scalars(holders_of(roles, on=on)).all()


def holders_of(roles: Sequence[Role], *, on: date) -> Select[Person]:
    """The select of the same, for a finder that loads more with them."""
    wanted = select(tables.role_held.c.person_id).where(tables.role_held.c.role.in_(roles))
    holders = select(Person).where(tables.person.c.id.in_(wanted), _in_post(on))
    return holders.order_by(tables.person.c.name)


def _in_post(on: date) -> ColumnElement[bool]:
    """What `Person.is_here_on` says, for the database."""
    person = tables.person.c
    return or_(person.starts.is_(None), person.starts <= on) & or_(person.ends.is_(None), on <= person.ends)


def auditors_of(session: Session, group: AuditGroup) -> Sequence[Person]:
    """The auditors of one group, by name, with what ties them."""
    return session.scalars(_auditors().where(tables.person.c.group_id == group.id)).all()


def auditors(session: Session) -> Sequence[Person]:
    """Every auditor that ever was, by name, with what ties them."""
    return session.scalars(_auditors()).all()


def _auditors() -> Select[Person]:
    auditing = select(tables.role_held.c.person_id).where(tables.role_held.c.role.in_([*AUDITING_ROLES, Role.AUDITOR]))
    wanted = select(Person).where(tables.person.c.id.in_(auditing)).options(*ties.WITH_TIES)
    return wanted.order_by(tables.person.c.name)


def group_named(session: Session, name: str) -> AuditGroup | None:
    return session.scalar(select(AuditGroup).where(func.lower(tables.audit_group.c.name) == name.strip().lower()))


def groups(session: Session) -> Sequence[AuditGroup]:
    return session.scalars(select(AuditGroup).order_by(tables.audit_group.c.name)).all()


def teams(session: Session) -> Sequence[Team]:
    return session.scalars(select(Team).order_by(tables.team.c.name)).all()


def services(session: Session) -> Sequence[Service]:
    return session.scalars(select(Service).order_by(tables.service.c.name)).all()


def roster(session: Session) -> Roster:
    """Everybody and every place that is known, by name."""
    return Roster(
        people={person.email: person for person in everyone(session)},
        services={service.name: service for service in services(session)},
        teams={team.name: team for team in teams(session)},
        groups={group.name: group for group in groups(session)},
    )


def circle_of(session: Session, case: Case, *, on: date) -> Circle:
    """The people in post that day round a child's record. Needs the case's team loaded."""
    team = case.team
    nearby: list[ColumnElement[bool]] = [
        tables.role_held.c.role.in_([Role.HEAD_OF_QUALITY, Role.DIRECTOR, Role.ADMINISTRATOR])
    ]
    if team is not None:
        nearby += [tables.person.c.team_id == team.id, tables.person.c.service_id == team.service.id]
    wanted = select(Person).join(tables.role_held).where(or_(*nearby), _in_post(on)).order_by(tables.person.c.id)
    people = session.scalars(wanted).unique().all()

    def holding(role: Role, *, in_team: bool = False) -> list[Person]:
        return [person for person in people if role in person.roles and (not in_team or person.works_in(team))]

    heads = [person for person in holding(Role.HEAD_OF_SERVICE) if person.leads(team)]
    managers = holding(Role.TEAM_MANAGER, in_team=True)
    return Circle(
        team_manager=managers[0] if managers else None,
        deputies=tuple(holding(Role.DEPUTY_TEAM_MANAGER, in_team=True)),
        head_of_service=heads[0] if heads else None,
        heads_of_quality=tuple(holding(Role.HEAD_OF_QUALITY)),
        directors=tuple(holding(Role.DIRECTOR)),
        administrators=tuple(holding(Role.ADMINISTRATOR)),
    )
