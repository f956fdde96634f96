"""The way in without a password: a link that works once, made the same for chat, for e-mail and on the host."""

from datetime import timedelta

from programme.facts import LinkAsked, SignInLinkMade
from programme.people import Person
from programme.sign_in import LINK_LIFE, SignInLink
from storage import find, journal
from storage.office import Office
from storage.session import Session

ASKED_AGAIN_AFTER = timedelta(minutes=10)


def ask_for_link(session: Session, office: Office, email: str) -> None:
    """Who is on the list gets an e-mail, one in ten minutes at most. Who asked is not told whether anybody is."""
    person, at = find.people.by_email(session, email) if email.isprintable() else None, office.now(session)
    if person is None or not person.is_here_on(office.today(session)):
        return
    asked = LinkAsked(about=person.reference, tell=(person,))
    if not find.notices.was_made_since(session, asked.kind(), asked.about, at - ASKED_AGAIN_AFTER):
        journal.write(session, [asked], by=None, at=at, on_behalf_of=person)


def link_for(
    session: Session,
    office: Office,
    person: Person,
    *,
    by_way_of: str,
    by: Person | None = None,
    leads_to: str = "/",
    life: timedelta = LINK_LIFE,
) -> str:
    """The address of a new link. Only its hash is kept, so it cannot be had again; that it was made is."""
    made, secret = SignInLink.make(person, leads_to=leads_to, at=office.real_now(), life=life)
    session.add(made)
    facts = [SignInLinkMade(about=person.reference, by_way_of=by_way_of)]
    journal.write(session, facts, by=by, at=office.now(session), on_behalf_of=None if by is person else person)
    return office.link(f"/sign-in/{secret}")
