"""How people, where they work, when they are away and what ties them are laid onto their tables."""

from sqlalchemy import Column
from sqlalchemy.orm import RelationshipProperty, relationship

from programme.absences import Absence
from programme.accounts import Knock
from programme.cases import Case
from programme.people import AuditGroup, Person, RoleHeld, Service, Team
from programme.roll_check import RollCheck
from programme.ties import Conflict, Deputy, KeptApart, Posting
from programme.vacancies import Vacancy
from storage.tables import people
from storage.tables.base import lay


def lay_people() -> None:
    _people()
    _ties()


def _people() -> None:
    lay(Service, people.service)
    lay(Team, people.team, properties={"service": relationship(Service, lazy="joined", innerjoin=True)})
    lay(AuditGroup, people.audit_group)
    lay(RoleHeld, people.role_held)
    lay(Knock, people.knock)
    lay(
        Absence,
        people.absence,
        properties={
            "person": person_at(people.absence.c.person_id, back_populates="absences"),
            "recorded_by": person_at(people.absence.c.recorded_by_id),
        },
    )
    lay(
        Person,
        people.person,
        properties={
            "roles_held": relationship(RoleHeld, lazy="selectin", cascade="all, delete-orphan"),
            "team": relationship(Team, lazy="joined"),
            "service": relationship(Service, lazy="joined"),
            "manager": relationship(Person, lazy="raise", remote_side=people.person.c.id),
            "group": relationship(AuditGroup, lazy="joined"),
            "absences": _own(Absence, people.absence.c.person_id),
            "postings": _own(Posting, people.posting.c.person_id),
            "conflicts": _own(Conflict, people.conflict.c.person_id),
            "deputies": _own(Deputy, people.deputy.c.person_id),
        },
    )


def _own(kind: type[object], key: Column[int]) -> RelationshipProperty[object]:
    """What belongs to a person, found by the one key that says whose it is."""
    return relationship(
        kind,
        lazy="raise",
        back_populates="person",
        foreign_keys=key,
        order_by=key.table.c.id,
        cascade="all, delete-orphan",
    )


def person_at(key: Column[int], back_populates: str | None = None) -> RelationshipProperty[Person]:
    """One of several people that a row names."""
    return relationship(Person, lazy="raise", foreign_keys=key, back_populates=back_populates)


def _ties() -> None:
    posting, conflict, apart, deputy = people.posting.c, people.conflict.c, people.kept_apart.c, people.deputy.c
    vacancy, check = people.vacancy.c, people.roll_check.c
    team = relationship(Team, lazy="joined", innerjoin=True)
    lay(Posting, people.posting, properties={"person": person_at(posting.person_id, "postings"), "team": team})
    lay(
        Conflict,
        people.conflict,
        properties={
            "person": person_at(conflict.person_id, "conflicts"),
            "case": relationship(Case, lazy="raise"),
            "team": relationship(Team, lazy="joined"),
        },
    )
    lay(KeptApart, people.kept_apart, properties={"one": person_at(apart.one_id), "other": person_at(apart.other_id)})
    lay(
        Deputy,
        people.deputy,
        properties={"person": person_at(deputy.person_id, "deputies"), "deputy": person_at(deputy.deputy_id)},
    )
    lay(
        Vacancy,
        people.vacancy,
        properties={
            "left": person_at(vacancy.left_id),
            "filled_by": person_at(vacancy.filled_by_id),
            "group": relationship(AuditGroup, lazy="joined"),
            "service": relationship(Service, lazy="joined"),
            "team": relationship(Team, lazy="joined"),
        },
    )
    lay(
        RollCheck,
        people.roll_check,
        properties={
            "service": relationship(Service, lazy="joined", innerjoin=True),
            "head": person_at(check.head_id),
            "answered_by": person_at(check.answered_by_id),
        },
    )
