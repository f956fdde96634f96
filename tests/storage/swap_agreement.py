"""Where the record and the model of swaps are laid side by side."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from programme.notices import Notice
from programme.words import RETURNED, AllocationState
from storage import find, tables
from storage.session import Session
from tests.storage.swap_model import Model
from tests.storage.swap_month import NOVEMBER, OCTOBER
from tests.storage.swap_play import name_of

TOLD = [f"swap_{each}" for each in ("asked", "accepted", "ended", "undone", "to_approve", "suggested")]
STATES = {AllocationState.OUT: "out", AllocationState.WITHDRAWN: "withdrawn"} | dict.fromkeys(RETURNED, "returned")


def agree(session: Session, model: Model) -> None:
    month = find.rounds.of_month(session, OCTOBER)
    swaps = list(reversed(find.swaps.every(session)))
    audits = find.allocations.of_round(session, month)
    assert {each.ref: (name_of(each.holder), STATES[each.state], each.due_on) for each in audits} == {
        ref: (audit.holder, audit.state, audit.due) for ref, audit in model.audits.items()
    }
    turns = find.turns.of_months(session, [OCTOBER, NOVEMBER])
    assert {(name_of(turn.person), turn.month): turn.why for turn in turns} == model.turns
    assert [
        (
            *(each.allocation.ref, name_of(each.asker), each.kind.value, each.state.value),
            {name_of(offer.peer): offer.state.value for offer in each.offers},
            *(name_of(each.taker), each.other.ref if each.other else ""),
        )
        for each in swaps
    ] == [(each.ref, each.asker, each.kind, each.state, each.offers, each.taker, each.other) for each in model.swaps]
    given_away = {(name_of(who), month) for who, month in find.swaps.given_away(session, [OCTOBER, NOVEMBER])}
    assert given_away == set(model.given_away())
    failed = {swap.allocation.ref for swap in find.swaps.failed(session, OCTOBER)}
    assert failed == set(model.looked_for_in_vain())
    assert told(session, [each.ref for each in swaps]) == model.told


def counts_agree(session: Session, model: Model) -> None:
    """How many audits each has, and the account, which balances with each audit that was given out in it once."""
    month = find.rounds.of_month(session, OCTOBER)
    load = find.allocations.load_by_holder(session, month)
    assert {name_of(who): n for who, n in load.items()} == {
        who: n for who in model.world.names if (n := model.holds(who))
    }
    account, states = find.rounds.account_of(session, month), Counter(each.state for each in model.audits.values())
    assert account.balances
    assert (account.given_out, account.awaiting, account.returned, account.withdrawn, account.swapped_out) == (
        *(len(model.audits), states["out"], states["returned"], states["withdrawn"]),
        0,
    )


def told(session: Session, refs: Sequence[str]) -> Counter[tuple[str, str, str]]:
    """Every message that waits and is about a swap, a swap being named by its number."""
    number = {ref: str(n) for n, ref in enumerate(refs)}
    waiting = session.scalars(
        select(Notice).where(tables.notice.c.kind.in_(TOLD)).options(*find.notices.WITH_PERSON)
    ).all()
    return Counter((each.kind, number.get(each.about, each.about), name_of(each.person)) for each in waiting)
