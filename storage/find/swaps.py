"""Finding swaps, each with its audit, who asked and who was asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from programme.calendar import following
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from programme.swaps import Peer, Swap
from programme.words import AllocationState, OfferState, SwapState
from storage import tables
from storage.find import allocations, turns
from storage.find.load import locked, many, one

WHOLE = (one(Swap, "allocation", *allocations.READ_WITH), one(Swap, "asker"), many(Swap, "offers"))


def _swaps() -> Select[Swap]:
    return select(Swap).options(*WHOLE)


def by_ref(session: Session, ref: str, *, to_change: bool = False) -> Swap:
    """One swap. When it is to be changed it is held, and its audit after it, always in that order."""
    wanted = _swaps().where(tables.swap.c.ref == ref)
    found = session.scalar(locked(session, wanted, tables.swap) if to_change else wanted)
    if found is None:
        msg = "We cannot find that swap. Type /audit to see what is yours."
        raise NotFound(msg)
    if to_change:
        allocations.by_ref(session, found.allocation.ref, to_change=True)
    return found


def open_of(session: Session, asker: Person) -> dict[str, Swap]:
    """The open requests of one person, by the audit they are for."""
    wanted = _swaps().where(tables.swap.c.asker_id == asker.id, tables.swap.c.state == SwapState.OPEN)
    return {swap.allocation.ref: swap for swap in session.scalars(wanted)}


def open_for(session: Session, ref: str) -> Swap | None:
    """The request that an audit, by its reference, is offered in at present."""
    open_now = (tables.swap.c.state == SwapState.OPEN) & (tables.allocation.c.ref == ref)
    return session.scalar(_swaps().join(tables.allocation).where(open_now))


def waiting_for(session: Session, peer: Person) -> Sequence[Swap]:
    """What somebody was asked and has not answered, the soonest to end first."""
    asked = tables.swap_offer.c
    wanted = _swaps().join(tables.swap_offer, asked.swap_id == tables.swap.c.id)
    wanted = wanted.where(asked.peer_id == peer.id, asked.state == OfferState.WAITING)
    return session.scalars(wanted.order_by(tables.swap.c.ends_at)).all()


def to_end(session: Session, *, now: datetime) -> list[str]:
    """Open requests whose time is over, or whose audit has ended or gone elsewhere: their references."""
    swap, audit = tables.swap.c, tables.allocation.c
    over = or_(swap.ends_at < now, audit.state != AllocationState.OUT, audit.holder_id != swap.asker_id)
    wanted = select(swap.ref).join(tables.allocation).where(swap.state == SwapState.OPEN, over)
    return list(session.scalars(wanted.order_by(swap.id)))


def every(session: Session) -> Sequence[Swap]:
    """All swaps, the newest first."""
    return session.scalars(_swaps().order_by(tables.swap.c.id.desc())).all()


def peers(session: Session, of: Round) -> list[Peer]:
    """Everybody with a turn in the month after this one, and what they have in this."""
    held = allocations.load_by_holder(session, of)
    both = turns.of_months(session, [of.month, following(of.month)])
    now = {turn.person for turn in both if turn.month == of.month}
    later = [turn for turn in both if turn.month != of.month]
    return [Peer(turn.person, turn, held.get(turn.person, 0), turn.person in now) for turn in later]


def peer(session: Session, of: Round, person: Person) -> Peer:
    """The same of one person, their turn held until the transaction ends."""
    turn = turns.of_person(session, person, following(of.month), to_change=True)
    known = turn.person if turn else person
    has_turn_now = turns.of_person(session, person, of.month) is not None
    return Peer(known, turn, allocations.load_by_holder(session, of).get(known, 0), has_turn_now)


def given_away(session: Session, months: Sequence[str]) -> set[tuple[Person, str]]:
    """Who gave which month's turn away in a swap: the asker this month's, the peer the next one's."""
    accepted = session.scalars(_swaps().where(tables.swap.c.state == SwapState.ACCEPTED)).all()
    given = {(swap.asker, swap.allocation.round.month) for swap in accepted}
    given |= {(swap.peer, swap.later_month) for swap in accepted}
    return {(person, month) for person, month in given if month in months}
