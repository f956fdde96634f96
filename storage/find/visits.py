"""Finding sign-in links and visits by the hash of their secret."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from programme.people import Person
from programme.sign_in import SignInLink, Visit, hashed
from storage import tables
from storage.find.load import locked, one


def link(session: Session, secret: str, *, to_consume: bool = False) -> SignInLink | None:
    """A sign-in link; locked when it is about to be consumed, so that of two presses one wins."""
    wanted = select(SignInLink).where(tables.sign_in_link.c.token_hash == hashed(secret))
    wanted = wanted.options(one(SignInLink, "person"))
    return session.scalar(locked(session, wanted, tables.sign_in_link) if to_consume else wanted)


def end_all_of(session: Session, person: Person, *, at: datetime) -> None:
    """Whoever is signed in as this person is not any more, and no link that was given leads in."""
    visit, link = tables.visit.c, tables.sign_in_link.c
    under_way = (visit.person_id == person.id) & visit.ended_at.is_(None)
    session.execute(update(tables.visit).where(under_way).values(ended_at=at))
    unused = (link.person_id == person.id) & link.used_at.is_(None)
    session.execute(update(tables.sign_in_link).where(unused).values(used_at=at))


def visit(session: Session, secret: str) -> Visit | None:
    wanted = select(Visit).where(tables.visit.c.token_hash == hashed(secret))
    return session.scalar(wanted.options(one(Visit, "person")))
