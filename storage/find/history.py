"""Finding history: what waits for its seal, the chain of seals with what they are of, and a page of it to read."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, func, select, type_coerce
from sqlalchemy.orm import Session

from programme.history import Line
from programme.people import Person
from programme.planning_facts import ActionHandedOn
from programme.sealing import START, Entry, Head, Seal, Unsealed
from storage import tables

HISTORY, SEAL = tables.history.c, tables.seal.c
OF_IT = SEAL.history_id == HISTORY.id
AT_A_TIME = 1000
A_PERSON = re.compile(r"PER-([0-9]{1,9})")

# As they stand in the file: what somebody put there by hand may be no time and no JSON, and is to be told, not to fail.
AS_FOUND: tuple[ColumnElement[Any], ...] = (
    *(HISTORY.id, type_coerce(HISTORY.at, String).label("at"), HISTORY.kind, HISTORY.about),
    *(HISTORY.by_id, HISTORY.for_id),
    *(type_coerce(HISTORY.details, String).label("details"), type_coerce(HISTORY.told, String).label("told")),
)


def not_sealed(session: Session, *, beyond: int, at_most: int) -> list[Entry]:
    """Entries without a seal whose number is above `beyond`, in the order of their numbers."""
    wanted = _without_seal(select(*AS_FOUND)).where(HISTORY.id > beyond).order_by(HISTORY.id).limit(at_most)
    return [_entry(row) for row in session.execute(wanted)]


def unsealed(session: Session) -> Unsealed:
    oldest = func.min(type_coerce(HISTORY.at, String))
    many = session.scalar(_without_seal(select(func.count()).select_from(tables.history))) or 0
    since = _instant(session.scalar(_without_seal(select(oldest).select_from(tables.history))))
    return Unsealed(many, since if isinstance(since, datetime) else None)


def counts(session: Session, kinds: Collection[str], *, after: datetime, until: datetime) -> Mapping[str, int]:
    """How often each of these kinds happened between two moments, for those that did."""
    wanted = select(HISTORY.kind, func.count()).where(HISTORY.at > after, HISTORY.at <= until, HISTORY.kind.in_(kinds))
    return {row[0]: row[1] for row in session.execute(wanted.group_by(HISTORY.kind))}


def sealed_of(session: Session, numbers: Collection[int]) -> set[int]:
    """Those of these entries that have a seal."""
    return set(session.scalars(select(SEAL.history_id).where(SEAL.history_id.in_(numbers))))


def head(session: Session) -> Head:
    last = session.execute(select(SEAL.place, SEAL.digest).order_by(SEAL.place.desc()).limit(1)).first()
    return Head(last.place, last.digest) if last else START


def chain(session: Session) -> Iterator[tuple[Seal, Entry | None]]:
    """Every seal by its place, with its entry; None where there is none any more. Never all of it in memory."""
    seals = select(SEAL.place, SEAL.history_id, SEAL.digest, *AS_FOUND)
    seals = seals.select_from(tables.seal.outerjoin(tables.history, OF_IT)).order_by(SEAL.place)
    with session.execute(seals.execution_options(yield_per=AT_A_TIME)) as found:
        for row in found:
            yield Seal(row.place, row.history_id, row.digest), _entry(row) if row.id is not None else None


def lines(
    session: Session,
    *,
    about: str,
    on: tuple[datetime, datetime] | None,
    before: int | None,
    at_most: int,
    without: Collection[str] = (),
) -> list[Line]:
    """The newest first: about one reference, between two moments, and older than an entry, as far as these are said.

    `without` are kinds that are not for who reads.
    """
    wanted = select(tables.history, SEAL.id.is_not(None).label("is_sealed"))
    wanted = wanted.select_from(tables.history.outerjoin(tables.seal, OF_IT))
    if about:
        wanted = wanted.where(HISTORY.about.in_({about, about.upper()}))
    if on:
        wanted = wanted.where(HISTORY.at >= on[0], HISTORY.at < on[1])
    if before is not None:
        wanted = wanted.where(HISTORY.id < before)
    if without:
        wanted = wanted.where(HISTORY.kind.not_in(without))
    rows = session.execute(wanted.order_by(HISTORY.id.desc()).limit(at_most)).all()
    named = _named(session, rows)
    return [
        Line(
            *(row.id, row.at, row.kind, row.about, named.get(row.by_id), named.get(row.for_id)),
            is_sealed=row.is_sealed,
            about_whom=named.get(_person_in(row.about)),
            details=row.details,
        )
        for row in rows
    ]


def details(session: Session, about: str, kind: str, *, at: datetime) -> Mapping[str, str]:
    """What an entry keeps beside whom and when: the codes and numbers of what happened to something at a moment."""
    wanted = select(HISTORY.details).where(HISTORY.about == about, HISTORY.kind == kind, HISTORY.at == at)
    return session.scalars(wanted.order_by(HISTORY.id.desc()).limit(1)).first() or {}


def handed_on_at(session: Session, at: datetime, before: Person | None) -> list[str]:
    """The actions that the history says went on at this very instant; from this owner, if one is named."""
    wanted = select(HISTORY.about, HISTORY.details).where(HISTORY.kind == ActionHandedOn.kind(), HISTORY.at == at)
    rows = session.execute(wanted).all()
    return [row.about for row in rows if before is None or row.details.get("before") == before.reference]


def _named(session: Session, rows: Sequence[Row[Any]]) -> dict[int | None, Person]:
    numbers = {number for row in rows for number in (row.by_id, row.for_id, _person_in(row.about)) if number}
    return {each.id: each for each in session.scalars(select(Person).where(tables.person.c.id.in_(numbers)))}


def _person_in(reference: str) -> int | None:
    """The number in PER-7; None in every other reference."""
    found = A_PERSON.fullmatch(reference)
    return int(found[1]) if found else None


def _without_seal(wanted: Select[Any]) -> Select[Any]:
    return wanted.where(~select(SEAL.id).where(OF_IT).exists())


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.id, _instant(row.at), row.kind, row.about, row.by_id, row.for_id, row.details, row.told)


def _instant(found: object) -> datetime | str:
    """SQLite keeps a text and forgets the zone; PostgreSQL hands out a time."""
    if isinstance(found, datetime):
        return found
    try:
        return datetime.fromisoformat(str(found)).replace(tzinfo=UTC)
    except ValueError:
        return str(found)
