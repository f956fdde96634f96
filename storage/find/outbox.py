"""Finding messages as people look through them, and making way before they go out again after a standstill."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from programme.competency_facts import ABOUT_COMPETENCY
from programme.daily_facts import HeadTold, HeadToldOfActions
from programme.notices import Notice
from programme.people import Person
from programme.refusals import NotFound
from programme.words import NoticeState, Role
from storage import tables
from storage.find import services
from storage.find.load import locked
from storage.find.notices import GOES_AT_ONCE, WITH_PERSON

PAGE = 50
DIGESTS = (HeadTold.kind(), HeadToldOfActions.kind())
"""Each tells of what became late that day, so none says what an older one does."""


def by_number(session: Session, number: int, *, to_change: bool = False) -> Notice:
    """One message, held until the transaction ends when it is to be changed."""
    wanted = select(Notice).where(tables.notice.c.id == number).options(*WITH_PERSON)
    found = session.scalar(locked(session, wanted, tables.notice) if to_change else wanted)
    if found is None:
        raise NotFound("We cannot find that message.")
    return found


def still_to_go(session: Session, reader: Person, words: str, page: int) -> tuple[Sequence[Notice], int]:
    """What waits, is held or on its way, as far as the reader may see it, in the order it goes; and how many in all."""
    n = tables.notice.c
    states = (NoticeState.WAITING, NoticeState.HELD, NoticeState.LEASED)
    wanted = _seen(reader, words).where(n.state.in_(states))
    return _page(session, wanted, [n.urgent.desc(), n.due_at, n.id], page)


def settled(session: Session, reader: Person, words: str, page: int) -> tuple[Sequence[Notice], int]:
    """What was sent, failed or was dropped, the newest first; and how many in all."""
    n = tables.notice.c
    states = (NoticeState.SENT, NoticeState.FAILED, NoticeState.DROPPED)
    return _page(session, _seen(reader, words).where(n.state.in_(states)), [n.id.desc()], page)


def _page(
    session: Session, wanted: Select[Notice], order: Collection[ColumnElement[object]], page: int
) -> tuple[Sequence[Notice], int]:
    many = session.scalar(wanted.with_only_columns(func.count(tables.notice.c.id))) or 0
    ordered = wanted.order_by(*order).offset((page - 1) * PAGE).limit(PAGE)
    return session.scalars(ordered.options(*WITH_PERSON)).all(), many


def _seen(reader: Person, words: str) -> Select[Notice]:
    """Those that `Person.can_see_message` lets through, whose person or reference has these words in it."""
    n, person = tables.notice.c, tables.person.c
    wanted = select(Notice).join(tables.person, n.person_id == person.id).where(_may_be_seen_by(reader))
    if words:
        found = [each.icontains(words, autoescape=True) for each in (person.name, person.email, n.about)]
        wanted = wanted.where(or_(*found))
    return wanted


def _may_be_seen_by(reader: Person) -> ColumnElement[bool]:
    n = tables.notice.c
    not_private = n.kind.not_in(ABOUT_COMPETENCY)
    if reader.can_see_all_messages():
        return true() if reader.can_steer_competency() else not_private | (n.person_id == reader.id)
    if Role.HEAD_OF_SERVICE in reader.roles and reader.service is not None:
        theirs = n.person_id.in_(services.people_of(reader.service)) & n.urgent.is_(False) & not_private
        return (n.person_id == reader.id) | theirs
    return n.person_id == reader.id


def drop_what_a_newer_one_says(session: Session) -> None:
    """Of several that wait for one person about one thing, and are of one kind, only the newest is still to go.

    One statement, so that what a worker has in hand by then is left to it.
    """
    n, newer = tables.notice.c, aliased(tables.notice)
    same = (newer.c.kind == n.kind) & (newer.c.about == n.about) & (newer.c.person_id == n.person_id)
    waits = newer.c.state == NoticeState.WAITING
    outdone = exists().where(same, waits, newer.c.id > n.id)
    older = n.urgent.is_(False) & (n.state == NoticeState.WAITING) & n.kind.not_in(DIGESTS) & outdone
    said = {"state": NoticeState.DROPPED, "why": "replaced by a newer one"}
    session.execute(update(tables.notice).where(older).values(said))


def put_off(session: Session, until: datetime) -> None:
    """What waits goes out no sooner, but for what goes at once."""
    n = tables.notice.c
    waits = (n.state == NoticeState.WAITING) & ~GOES_AT_ONCE & (n.due_at < until)
    session.execute(update(tables.notice).where(waits).values(due_at=until))


def who_has_heard(session: Session, refs: Collection[str]) -> set[tuple[int, str]]:
    """Which people, by number, a message about which of these has reached, or is on its way to."""
    n = tables.notice.c
    out = n.state.in_([NoticeState.SENT, NoticeState.LEASED])
    return {(row[0], row[1]) for row in session.execute(select(n.person_id, n.about).where(n.about.in_(refs), out))}


def drop_about(session: Session, refs: Collection[str], why: str) -> None:
    """What waits or is held about these is not sent; an alert is."""
    n = tables.notice.c
    waits = n.state.in_([NoticeState.WAITING, NoticeState.HELD]) & n.urgent.is_(False)
    said = {"state": NoticeState.DROPPED, "why": why, "set_by_id": None}
    session.execute(update(tables.notice).where(n.about.in_(refs), waits).values(said))
