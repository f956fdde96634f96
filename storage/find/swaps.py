"""Finding swaps, each with its audit, who asked and who was asked; and who may be asked."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from programme.allocations import Allocation
from programme.calendar import following, london, months_before
from programme.people import Person
from programme.refusals import NotFound
from programme.rounds import Round
from programme.swap_board import Step
from programme.swap_peers import Helper, Peer
from programme.swaps import Swap
from programme.words import UNDER_WAY, AllocationState, OfferState, SwapKind, SwapState
from storage import tables
from storage.find import allocations, people, rounds, submissions, turns
from storage.find.load import locked, many, one
from storage.find.ties import WITH_TIES

WHOLE = (
    one(Swap, "allocation", *allocations.READ_WITH),
    one(Swap, "asker", *WITH_TIES),
    one(Swap, "settled_by"),
    # Few swaps have one; a further select is made only where one does.
    many(Swap, "other", *allocations.READ_WITH),
    many(Swap, "offers"),
)


def _swaps() -> Select[Swap]:
    return select(Swap).options(*WHOLE)


def by_ref(session: Session, ref: str) -> Swap:
    found = session.scalar(_swaps().where(tables.swap.c.ref == ref))
    if found is None:
        msg = "We cannot find that swap. Type /audit to see what is yours."
        raise NotFound(msg)
    return found


def to_change(session: Session, ref: str) -> Swap:
    """One swap, held."""
    return hold(session, by_ref(session, ref))


def hold(session: Session, swap: Swap, *, taker: Person | None = None) -> Swap:
    """A swap as it is once it is held. The audits it moves are held before it, in the order of their references: always
    in that order, so that no two who press at once wait for each other. `taker`'s own audit is one of them in an
    exchange.
    """
    moved = [swap.allocation, *([swap.other] if swap.other else [])]
    if swap.kind is SwapKind.EXCHANGE and taker is not None:
        moved += [each for each in [_audit_of(session, swap.allocation.round, taker)] if each]
    for audit in sorted(set(moved), key=lambda each: each.ref):
        allocations.by_ref(session, audit.ref, to_change=True)
    held = session.scalar(locked(session, _swaps().where(tables.swap.c.ref == swap.ref), tables.swap))
    return held or swap


def open_of(session: Session, asker: Person) -> dict[str, Swap]:
    """The requests of one person that are under way, by the audit they are for."""
    wanted = select(Swap).where(tables.swap.c.asker_id == asker.id, tables.swap.c.state.in_(UNDER_WAY))
    wanted = wanted.options(one(Swap, "allocation"), many(Swap, "offers"))
    return {swap.allocation.ref: swap for swap in session.scalars(wanted)}


def open_for(session: Session, ref: str) -> Swap | None:
    """The request that an audit, by its reference, is offered in at present."""
    under_way = tables.swap.c.state.in_(UNDER_WAY) & (tables.allocation.c.ref == ref)
    of_swap = tables.swap.c.allocation_id == tables.allocation.c.id
    return session.scalar(_swaps().join(tables.allocation, of_swap).where(under_way))


def under_way(session: Session, month: str) -> Sequence[Swap]:
    """Every request of a month that is not settled, the soonest to end first, held until the transaction ends."""
    wanted = _of_month(month).where(tables.swap.c.state.in_(UNDER_WAY))
    # Many end at the same moment: in no order among these, two who hold them all would wait for each other.
    wanted = wanted.order_by(tables.swap.c.ends_at, tables.swap.c.id)
    return session.scalars(locked(session, wanted, tables.swap)).all()


def of_month(session: Session, month: str) -> Sequence[Swap]:
    """Every swap of a month, however it ended, the newest first."""
    return session.scalars(_of_month(month).order_by(tables.swap.c.id.desc())).all()


def steps(session: Session, swaps: Sequence[Swap], *, at_most: int) -> list[Step]:
    """What was done in these swaps, the newest first."""
    history, by_ref = tables.history.c, {swap.ref: swap for swap in swaps}
    wanted = select(tables.history).where(history.about.in_(by_ref)).order_by(history.id.desc()).limit(at_most)
    rows = session.execute(wanted).all()
    numbers = {number for row in rows for number in (row.by_id, row.for_id) if number}
    named = {each.id: each for each in session.scalars(select(Person).where(tables.person.c.id.in_(numbers)))}
    return [
        Step(row.at, row.kind, by_ref[row.about], named.get(row.by_id), named.get(row.for_id), row.details)
        for row in rows
    ]


def failed(session: Session, month: str) -> Sequence[Swap]:
    """The last search for each open audit of a month, where it found nobody and its holder asks no more."""
    wanted = _of_month(month).where(tables.allocation.c.state == AllocationState.OUT).order_by(tables.swap.c.id)
    last = {swap.allocation: swap for swap in session.scalars(wanted)}
    return [swap for swap in last.values() if swap.has_failed and swap.allocation.holder is swap.asker]


def ending(session: Session, month: str, *, by: datetime) -> Sequence[Swap]:
    """Requests of a month that wait for an answer and end by then, the soonest first."""
    soon = (tables.swap.c.state == SwapState.OPEN) & (tables.swap.c.ends_at <= by)
    return session.scalars(_of_month(month).where(soon).order_by(tables.swap.c.ends_at, tables.swap.c.id)).all()


def to_approve(session: Session) -> Sequence[Swap]:
    """What somebody would take, and waits for a yes, the soonest to end first."""
    wanted = _swaps().where(tables.swap.c.state == SwapState.AWAITING_APPROVAL)
    return session.scalars(wanted.order_by(tables.swap.c.ends_at, tables.swap.c.id)).all()


def _of_month(month: str) -> Select[Swap]:
    of_swap = tables.swap.c.allocation_id == tables.allocation.c.id
    return _swaps().join(tables.allocation, of_swap).join(tables.round_).where(tables.round_.c.month == month)


def waiting_for(session: Session, peer: Person) -> Sequence[Swap]:
    """What somebody was asked and has not answered, the soonest to end first."""
    asked = tables.swap_offer.c
    wanted = _swaps().join(tables.swap_offer, asked.swap_id == tables.swap.c.id)
    wanted = wanted.where(asked.peer_id == peer.id, asked.state == OfferState.WAITING)
    return session.scalars(wanted.order_by(tables.swap.c.ends_at)).all()


def agreed_to(session: Session, peer: Person) -> Sequence[Swap]:
    """What somebody would take, and the administrator has not said yes or no to."""
    asked = tables.swap_offer.c
    wanted = _swaps().join(tables.swap_offer, asked.swap_id == tables.swap.c.id)
    wanted = wanted.where(asked.peer_id == peer.id, asked.state == OfferState.ACCEPTED)
    return session.scalars(wanted.where(tables.swap.c.state == SwapState.AWAITING_APPROVAL)).all()


def taken_by(session: Session, person: Person, *, since: datetime) -> Sequence[Swap]:
    """What somebody took over since then and may still undo, the newest first."""
    asked = tables.swap_offer.c
    wanted = _swaps().join(tables.swap_offer, asked.swap_id == tables.swap.c.id)
    wanted = wanted.where(asked.peer_id == person.id, asked.state == OfferState.ACCEPTED)
    wanted = wanted.where(tables.swap.c.state == SwapState.ACCEPTED, tables.swap.c.settled_at >= since)
    return session.scalars(wanted.order_by(tables.swap.c.id.desc())).all()


def to_end(session: Session, *, now: datetime) -> list[str]:
    """Requests whose time is over, or whose audit is due, has ended or gone elsewhere: their references."""
    swap, audit = tables.swap.c, tables.allocation.c
    late = or_(swap.ends_at < now, audit.due_on <= london(now).date())
    over = or_(late, audit.state != AllocationState.OUT, audit.holder_id != swap.asker_id)
    of_swap = swap.allocation_id == audit.id
    wanted = select(swap.ref).join(tables.allocation, of_swap).where(swap.state.in_(UNDER_WAY), over)
    return list(session.scalars(wanted.order_by(swap.id)))


def every(session: Session, at_most: int | None = None) -> Sequence[Swap]:
    """All swaps, the newest first."""
    return session.scalars(_swaps().order_by(tables.swap.c.id.desc()).limit(at_most)).all()


def peers(session: Session, of: Round, *, today: date) -> list[Peer]:
    """Every auditor in post, with what they have in this month and the one after."""
    held = allocations.load_by_holder(session, of)
    now = {turn.person for turn in turns.of_months(session, [of.month])}
    later = {turn.person: turn for turn in turns.of_months(session, _months_to_give(session, of))}
    audits = {each.holder: each for each in reversed(_to_exchange(session, of))}
    taken, helpers = _taken(session, today), set(who_help(session, of.month))
    return [
        Peer(
            each,
            later.get(each),
            held.get(each, 0),
            each in now,
            audits.get(each),
            taken.get(each.id or 0, 0),
            each in helpers,
        )
        for each in people.auditors(session)
        if each.is_here_on(today)
    ]


def peer(session: Session, of: Round, person: Person) -> Peer:
    """The same of one person."""
    person = people.with_ties(session, person)
    given = (turns.of_person(session, person, month) for month in _months_to_give(session, of))
    turn = next(given, None)
    has_turn_now = turns.of_person(session, person, of.month) is not None
    holds = allocations.load_by_holder(session, of).get(person, 0)
    return Peer(person, turn, holds, has_turn_now, _audit_of(session, of, person))


def _months_to_give(session: Session, of: Round) -> list[str]:
    """The month after, as long as it has not been given out: a turn in it can still change hands."""
    later = following(of.month)
    return [] if rounds.is_given_out(session, later) else [later]


def _audit_of(session: Session, of: Round, person: Person) -> Allocation | None:
    """The open audit of a month that somebody holds and has not sent, the first of several."""
    return next((each for each in _to_exchange(session, of) if each.holder is person), None)


def _to_exchange(session: Session, of: Round) -> list[Allocation]:
    """What is out in a month; what came and is held stays with who sent it."""
    return submissions.without_held(session, allocations.in_state(session, of, AllocationState.OUT))


def _taken(session: Session, today: date) -> dict[int, int]:
    """How many audits each person, by number, took over in the last 12 months."""
    offer, swap = tables.swap_offer.c, tables.swap.c
    since = f"{months_before(today, 12):%Y-%m}"
    made = (
        select(offer.peer_id, func.count())
        .join(tables.swap, and_(swap.id == offer.swap_id, swap.state == SwapState.ACCEPTED))
        .join(tables.allocation, tables.allocation.c.id == swap.allocation_id)
        .join(tables.round_)
        .where(offer.state == OfferState.ACCEPTED, tables.round_.c.month > since)
        .group_by(offer.peer_id)
    )
    return {row[0]: row[1] for row in session.execute(made)}


def who_help(session: Session, month: str) -> Sequence[Person]:
    """Who has said that they can take an audit in a month, the first to say so first."""
    helper = tables.help_offered.c
    wanted = select(Person).join(tables.help_offered, helper.person_id == tables.person.c.id)
    return session.scalars(wanted.where(helper.month == month).options(*WITH_TIES).order_by(helper.id)).all()


def helper(session: Session, person: Person, month: str) -> Helper | None:
    offered = tables.help_offered.c
    return session.scalar(select(Helper).where(offered.person_id == person.id, offered.month == month))


def looking_for_somebody(session: Session, of: Round) -> list[Allocation]:
    """Open audits whose holder said that they cannot do it, or whose search for a swap failed."""
    said = [each for each in allocations.in_state(session, of, AllocationState.OUT) if each.reason]
    return list(dict.fromkeys([*said, *(swap.allocation for swap in failed(session, of.month))]))


def given_away(session: Session, months: Sequence[str]) -> set[tuple[Person, str]]:
    """Who gave which month's turn away: the asker this month's, and in a two-way swap the taker the next one's."""
    accepted = session.scalars(_swaps().where(tables.swap.c.state == SwapState.ACCEPTED)).all()
    moved = [swap for swap in accepted if swap.was.moved]
    given = {(swap.asker, swap.allocation.round.month) for swap in moved}
    given |= {(swap.taker, swap.later_month) for swap in moved if swap.taker and swap.kind is SwapKind.TWO_WAY}
    return {(person, month) for person, month in given if month in months}
