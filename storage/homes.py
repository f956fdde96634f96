"""Which App Homes no longer show what is true. The journal notes it with what it writes, and the worker draws them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from programme.facts import Fact
from programme.homes import Home
from programme.people import Person
from programme.rights.standing import SEES_THE_ROUND
from storage import find, tables


def opened(session: Session, account: str, *, shows_something: bool) -> None:
    """Somebody opens theirs. Where Slack has nothing to show, whatever was published is gone."""
    home = find.homes.of_account(session, account)
    if home is None:
        session.add(Home(account))
    elif shows_something:
        session.execute(insert(tables.home_change).values(home_id=home.id))
    else:
        home.shows, home.mark, home.stale = "", "", True


def changed(session: Session, account: str) -> None:
    """Whose an account is, or whether it counts, has changed: its own is drawn anew, though it may be nobody's now."""
    home = tables.app_home.c
    session.execute(insert(tables.home_change).from_select(["home_id"], select(home.id).where(home.account == account)))


def forget(session: Session) -> None:
    """Of accounts that are neither anybody's nor known to have knocked. One that a worker has in hand waits."""
    home, person, knock = tables.app_home.c, tables.person.c, tables.knock.c
    theirs = exists().where(person.slack_user_id == home.account)
    knocked = exists().where(knock.slack_user_id == home.account)
    nobodys = select(home.id).where(~theirs, ~knocked, home.stale.is_(False)).with_for_update(of=tables.app_home)
    gone = session.scalars(nobodys).all()
    session.execute(delete(tables.home_change).where(tables.home_change.c.home_id.in_(gone)))
    session.execute(delete(tables.app_home).where(home.id.in_(gone)))


def note(session: Session, facts: Sequence[Fact], *people: Person | None) -> None:
    """Drawn anew for who did it and for whom, whom it tells, whoever had a message about the same, and who oversees
    the month.

    Changes are rows that are only added, so that two who write at once never wait for each other here.
    """
    person, notice, held = tables.person.c, tables.notice.c, tables.role_held.c
    told = _numbers([*people, *(each for fact in facts for each in fact.tell)])
    about = {about for fact in facts for about in (fact.about, *fact.touches)}
    concerned = or_(
        person.id.in_(told),
        person.id.in_(select(notice.person_id).where(notice.about.in_(about))),
        person.id.in_(select(held.person_id).where(held.role.in_(SEES_THE_ROUND))),
    )
    theirs = select(tables.app_home.c.id).join(tables.person, person.slack_user_id == tables.app_home.c.account)
    session.execute(insert(tables.home_change).from_select(["home_id"], theirs.where(concerned)))


def _numbers(people: Iterable[Person | None]) -> set[int]:
    return {person.id for person in people if person is not None and person.id is not None}
