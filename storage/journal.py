"""The one funnel: what was decided becomes history, and a waiting message for each person it tells."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from programme.facts import Fact
from programme.notices import Notice
from programme.people import Person
from programme.swap_facts import SwapAsked
from programme.words import NoticeState
from storage import find, homes, tables


def write(
    session: Session,
    facts: Iterable[Fact],
    *,
    by: Person | None,
    at: datetime,
    on_behalf_of: Person | None = None,
) -> None:
    """Per fact one history entry (who, for whom, what, when) and one waiting notice per person the fact tells.

    What is told both in chat and by e-mail makes two, each leased, tried and marked by itself. What was sent earlier
    about the same thing, or is on its way, is drawn again, so that no message goes on offering what is settled, and so
    is the App Home of everybody whom it concerns.
    """
    facts = list(facts)
    session.flush()
    for fact in facts:
        _draw_again(session, [fact.about, *fact.touches])
        entry = {
            "at": at,
            "kind": fact.kind(),
            "about": fact.about,
            "by_id": by.id if by else None,
            "for_id": on_behalf_of.id if on_behalf_of else None,
            "details": fact.details(),
            "told": [person.id for person in fact.tell],
        }
        number = session.execute(insert(tables.history).values(entry).returning(tables.history.c.id)).scalar_one()
        session.add_all(notice for person in fact.tell for notice in _notices(fact, person, number, at))
    session.flush()
    if facts:
        homes.note(session, facts, by, on_behalf_of)


def _draw_again(session: Session, about: Sequence[str]) -> None:
    n = tables.notice.c
    # What is on its way may be drawn already, by what was true before.
    out = (n.state == NoticeState.LEASED) | ((n.state == NoticeState.SENT) & (n.stamp != ""))
    # What was said of a swap speaks of its audit, too; who is only asked reads nothing of it.
    swap, audit = tables.swap.c, tables.allocation.c
    moved = or_(swap.allocation_id == audit.id, swap.other_id == audit.id)
    swaps = select(swap.ref).join(tables.allocation, moved).where(audit.ref.in_(about))
    spoken_of = n.about.in_(about) | (n.about.in_(swaps) & (n.kind != SwapAsked.kind()))
    changed = update(tables.notice).where(spoken_of, out)
    session.execute(changed.values(undrawn=n.undrawn + 1, retry_at=None))


def _notices(fact: Fact, person: Person, number: int, at: datetime) -> Iterator[Notice]:
    keys = find.notices.keys_of(fact.kind(), fact.about, person.id, number, fact.ways)
    for way, key in keys.items():
        yield Notice(
            key=key,
            kind=fact.kind(),
            about=fact.about,
            person=person,
            state=NoticeState.WAITING,
            due_at=at,
            made_at=at,
            urgent=fact.urgent,
            of_the_day=fact.of_the_day,
            way=way,
        )
