"""Finding what ties people to teams, children's records and one another."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from programme.absences import Absence
from programme.cases import Case
from programme.people import Person
from programme.ties import Conflict, Deputy, KeptApart
from storage import tables
from storage.find.load import many, one

WHOLE_CASE = one(Conflict, "case", one(Case, "team"), one(Case, "social_worker"), one(Case, "team_manager"))
"""As allocations load a record: it is the same object, and what one select loads of it a later one must not lose."""

WITH_TIES = (many(Person, "absences"), many(Person, "postings"), many(Person, "conflicts", WHOLE_CASE))
"""All that says of one person, by themselves, what they may be given to read, and when."""

WHOLE = (
    many(Person, "absences", one(Absence, "recorded_by"), one(Absence, "person", one(Person, "manager"))),
    many(Person, "postings"),
    many(Person, "conflicts", WHOLE_CASE, one(Conflict, "team")),
    many(Person, "deputies", one(Deputy, "deputy")),
)


def apart_from(session: Session, person: Person) -> Sequence[KeptApart]:
    """The pairs that somebody is one of."""
    pair = tables.kept_apart.c
    wanted = select(KeptApart).where(or_(pair.one_id == person.id, pair.other_id == person.id)).order_by(pair.id)
    return session.scalars(wanted.options(one(KeptApart, "one"), one(KeptApart, "other"))).all()
