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


def end_all(session: Session, *, at: datetime, of: Person | None = None) -> None:
    """Whoever is signed in, as this person where one is said, is not any more, and no link that was given leads in."""
    for table, ended in ((tables.visit, "ended_at"), (tables.sign_in_link, "used_at")):
        still_open = update(table).where(table.c[ended].is_(None)).values({ended: at})
        session.execute(still_open.where(table.c.person_id == of.id) if of else still_open)


def visit(session: Session, secret: str) -> Visit | None:
    wanted = select(Visit).where(tables.visit.c.token_hash == hashed(secret))
    return session.scalar(wanted.options(one(Visit, "person")))
