"""Finding messages that wait. Claiming is the postman's: the only finder that many workers call at once."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from programme.calendar import at_london, end_of
from programme.notices import PACED, UNHEARD_OF, Notice
from programme.people import Person
from programme.post_facts import WAITED_FOR
from programme.post_switch import PostSwitch
from programme.words import NoticeState, Way
from storage import tables
from storage.find.load import locked, many, one

Columns = ReadOnlyColumnCollection[str, Any]
"""Those of a table, or of the same table under another name."""

WITH_PERSON = (
    one(Notice, "person"),
    # Few were held or dropped by hand; a further select is made only where one was.
    many(Notice, "set_by"),
)

# Written into the statement, not bound to it: else no database can see that the partial index holds all of these.
TO_SEND: BindParameter[list[NoticeState]] = bindparam(
    "to_send", [NoticeState.WAITING, NoticeState.LEASED], expanding=True, literal_execute=True
)

GOES_AT_ONCE = tables.notice.c.urgent.is_(True) | tables.notice.c.kind.in_(WAITED_FOR)
"""What neither a pause nor the night keeps: `Notice.goes_at_once`."""


def next_to_send(
    session: Session,
    *,
    now: datetime,
    real_now: datetime,
    of_the_day: bool | None = None,
    only_at_once: bool = False,
    only_by_email: bool = False,
) -> Notice | None:
    """Due, or leased by a worker whose lease has run out; urgent first. What another worker is taking is skipped.

    A message is due by the programme's time; retries and leases count in the machine's. Of what is of the day only the
    first of each person's is found, and none while another of theirs is on its way; `of_the_day` leaves out what is, or
    what is not.
    """
    n = tables.notice.c
    due = (n.state == NoticeState.WAITING) & (n.due_at <= now) & _rested(n, real_now)
    forsaken = (n.state == NoticeState.LEASED) & (n.leased_until < real_now)
    wanted = select(Notice).where(n.state.in_(TO_SEND), or_(due, forsaken))
    wanted = wanted.where(or_(n.of_the_day.is_(False), _is_first_of_theirs(now, real_now)))
    if of_the_day is not None:
        wanted = wanted.where(n.of_the_day.is_(of_the_day))
    wanted = wanted.where(GOES_AT_ONCE) if only_at_once else wanted
    wanted = wanted.where(_by_email()) if only_by_email else wanted
    ordered = wanted.order_by(n.urgent.desc(), n.due_at, n.id).limit(1).options(*WITH_PERSON)
    return session.scalar(ordered.with_for_update(of=tables.notice, skip_locked=True))


def _by_email() -> ColumnElement[bool]:
    """What need not go through Slack, where e-mail is set up."""
    n, p = tables.notice.c, tables.person.c
    elsewhere = (
        p.prefers_email | p.slack_gone_on.is_not(None) | (p.slack_user_id.is_(None) & p.slack_standing.is_not(None))
    )
    return (n.way == Way.EMAIL) | ((n.way == Way.ANY) & n.person_id.in_(select(p.id).where(elsewhere)))


def _rested(n: Columns, real_now: datetime) -> ColumnElement[bool]:
    return or_(n.retry_at.is_(None), n.retry_at <= real_now)


def _is_first_of_theirs(now: datetime, real_now: datetime) -> ColumnElement[bool]:
    """What is on its way, or may have gone out, goes before what came since; otherwise the oldest is first.

    So two workers cannot both begin, and an outage in which every send is doubtful does not end in many messages.
    """
    n, other = tables.notice.c, tables.notice.alias("other")
    o = other.c
    ready = or_(_may_be_out(o), (o.due_at <= now) & _rested(o, real_now))
    waits_behind = _may_be_out(o) & ~_may_be_out(n)
    before = or_(waits_behind, (_may_be_out(o) == _may_be_out(n)) & (o.id < n.id))
    theirs = (o.person_id == n.person_id) & o.of_the_day.is_(True) & o.state.in_(TO_SEND)
    return ~exists().select_from(other).where(theirs, ready, before)


def _may_be_out(n: Columns) -> ColumnElement[bool]:
    return or_(n.state == NoticeState.LEASED, n.doubtful.is_(True))


def that_go_with(session: Session, first: Notice, *, now: datetime) -> Sequence[Notice]:
    """What goes out in one message with the first of the day's for its person, by number, held.

    Of a message that may have gone out already it is what went with it then, and nothing else. With what goes apart
    nothing goes.
    """
    if not first.of_the_day or first.apart:
        return []
    n = tables.notice.c
    same = n.state.in_(TO_SEND) & (n.sent_with == first.posted_as)
    due = (n.state == NoticeState.WAITING) & (n.due_at <= now) & n.doubtful.is_(False) & n.apart.is_(False)
    theirs = (n.person_id == first.person.id) & n.of_the_day.is_(True) & (n.id != first.id)
    wanted = select(Notice).where(theirs, same if first.may_be_out else due).options(*WITH_PERSON)
    return session.scalars(locked(session, wanted.order_by(n.id), tables.notice)).all()


def has_had_todays(session: Session, person: Person, today: date) -> bool:
    """Whether a message of the day has gone to them on this day."""
    n = tables.notice.c
    sent = (n.state == NoticeState.SENT) & (n.sent_at >= at_london(today, time.min)) & (n.sent_at <= end_of(today))
    return (
        session.scalar(select(n.id).where(n.person_id == person.id, n.of_the_day.is_(True), sent).limit(1)) is not None
    )


def leased_by(session: Session, notice_id: int, worker: str) -> Notice | None:
    """A notice that this worker still holds; None when its lease was taken over meanwhile."""
    n = tables.notice.c
    mine = select(Notice).where(n.id == notice_id, n.state == NoticeState.LEASED, n.leased_by == worker)
    return session.scalar(locked(session, mine.options(*WITH_PERSON), tables.notice))


def next_to_redraw(session: Session, *, after: int, real_now: datetime) -> Notice | None:
    """The next message that was sent and tells what has changed since, by number, beyond `after`."""
    n = tables.notice.c
    stale = select(Notice).where(n.undrawn > 0, n.state == NoticeState.SENT, n.stamp != "", n.id > after)
    stale = stale.where(_rested(n, real_now))
    return session.scalar(stale.order_by(n.id).limit(1).options(*WITH_PERSON))


def standing_together(session: Session, notice: Notice) -> Sequence[Notice]:
    """All that stands in the same message as this one, in its order."""
    if not notice.of_the_day:
        return [notice]
    n = tables.notice.c
    same = (n.person_id == notice.person.id) & (n.channel == notice.channel) & (n.stamp == notice.stamp)
    wanted = select(Notice).where(same, n.state == NoticeState.SENT).order_by(n.rank, n.id)
    return session.scalars(wanted.options(*WITH_PERSON)).all()


def by_key(session: Session, key: str) -> Notice | None:
    return session.scalar(select(Notice).where(tables.notice.c.key == key).options(*WITH_PERSON))


def keys_of(kind: str, about: str, person: int | None, number: int, ways: Sequence[Way]) -> dict[Way, str]:
    """What the message of each way is known by: the line of history that left it, and whom it is for."""
    key = f"{kind}:{about}:{person}:{number}"
    return {way: key if way is ways[0] else f"{key}:{way}" for way in ways}


def in_state(session: Session, *states: NoticeState) -> Sequence[Notice]:
    wanted = select(Notice).where(tables.notice.c.state.in_(states)).options(*WITH_PERSON)
    return session.scalars(wanted.order_by(tables.notice.c.due_at, tables.notice.c.id)).all()


def of_kind(session: Session, kind: str) -> Sequence[Notice]:
    """Every message of one kind, whatever became of it, oldest first."""
    wanted = select(Notice).where(tables.notice.c.kind == kind).options(*WITH_PERSON)
    return session.scalars(wanted.order_by(tables.notice.c.id)).all()


def undelivered(session: Session) -> Sequence[Notice]:
    """What failed; and what was sent, and could not be drawn again because Slack gave an answer that we do not know."""
    n = tables.notice.c
    unheard_of = (n.state == NoticeState.SENT) & n.why.startswith(UNHEARD_OF)
    wanted = select(Notice).where((n.state == NoticeState.FAILED) | unheard_of).options(*WITH_PERSON)
    return session.scalars(wanted.order_by(n.due_at, n.id)).all()


def is_newest_of_kind(session: Session, notice: Notice, *, about: str | None = None) -> bool:
    """Whether nothing of the same kind, about this where it is named, was made for the same person since."""
    n = tables.notice.c
    later = select(n.id).where(n.person_id == notice.person.id, n.kind == notice.kind, n.id > (notice.id or 0))
    later = later if about is None else later.where(n.about == about)
    return session.scalar(later.limit(1)) is None


def was_made_since(session: Session, kind: str, about: str, since: datetime) -> bool:
    n = tables.notice.c
    return bool(session.scalar(select(exists().where(n.kind == kind, n.about == about, n.made_at > since))))


def who_has_heard(session: Session, kind: str, about: str, *, made_at: datetime) -> Sequence[Person]:
    """Whom what was made at this very instant has reached, or is on its way to, by number."""
    n, out = tables.notice.c, [NoticeState.SENT, NoticeState.LEASED]
    theirs = select(n.person_id).where(n.kind == kind, n.about == about, n.made_at == made_at, n.state.in_(out))
    return session.scalars(select(Person).where(tables.person.c.id.in_(theirs)).order_by(tables.person.c.id)).all()


def waiting_count(session: Session) -> int:
    return session.scalar(select(func.count()).where(tables.notice.c.state.in_(TO_SEND))) or 0


def counts(session: Session) -> dict[NoticeState, int]:
    """How many messages there are in each state."""
    n = tables.notice.c
    counted = session.execute(select(n.state, func.count()).group_by(n.state))
    return dict.fromkeys(NoticeState, 0) | {row[0]: row[1] for row in counted}


def oldest_waiting(session: Session) -> datetime | None:
    waiting = select(tables.notice.c.due_at).where(tables.notice.c.state == NoticeState.WAITING)
    return session.scalar(waiting.order_by(tables.notice.c.due_at).limit(1))


def held_up(session: Session) -> str | None:
    """Why the app is refused, or the message that was tried last could not go out yet; None when all is well."""
    if (known := switch(session)).refused:
        return known.refused_why
    n = tables.notice.c
    tried = select(n.why).where(n.state == NoticeState.WAITING, n.retry_at.is_not(None), n.why != PACED)
    return session.scalar(tried.order_by(n.retry_at.desc()).limit(1))


def try_now(session: Session, person: Person) -> None:
    """What waits for another try to reach this person need not wait any longer."""
    n = tables.notice
    theirs = (n.c.person_id == person.id) & (n.c.state == NoticeState.WAITING)
    session.execute(update(n).where(theirs).values(retry_at=None))


def leave_where_they_stand(session: Session, person: Person) -> None:
    """What was sent to this person so far is never drawn again: it stands with somebody else."""
    n = tables.notice
    sent = (n.c.person_id == person.id) & (n.c.state == NoticeState.SENT)
    session.execute(update(n).where(sent).values(channel="", stamp="", undrawn=0))


def switch(session: Session, *, to_change: bool = False) -> PostSwitch:
    """Whether messages go out. There is one row, put there with its table."""
    wanted = select(PostSwitch)
    found = session.scalar(locked(session, wanted, tables.post_switch) if to_change else wanted)
    return found or PostSwitch()


def paused(session: Session) -> bool:
    return bool(session.scalar(select(tables.post_switch.c.paused)))


def stand_still(session: Session) -> bool:
    """Somebody has paused them, or Slack refuses the app itself."""
    return switch(session).stands_still


def set_paused(session: Session, *, paused: bool) -> None:
    session.execute(update(tables.post_switch).values(paused=paused))
