"""Swapping an audit with a peer of the next month: ask, accept, decline, take back."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.swaps import answer_by, my_swaps, swap_modal
from programme import swaps
from programme.calendar import london, month_name
from programme.refusals import Refusal
from storage import find, swapping


def on_swap(call: Call) -> Answer:
    """Who could take it, best first; nothing is changed."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value)
        swaps.must_be_in_time(allocation, by=me, at=call.office.now(session))
        peers = swapping.who_may_be_asked(session, call.office, allocation, me)
        return Answer(view=swap_modal(allocation, peers))


def on_swap_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.ask(session, call.office, call.about, call.filled(names.PEER_FIELD), me)
    return Answer(text=f"{swap.peer.name} has been asked, and can answer {answer_by(swap)}. Until then it stays yours.")


def on_accept(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.accept(session, call.office, call.value, me)
    later = month_name(swap.later_month)
    return Answer(text=f"Thank you. The audit is yours now, and {swap.asker.name} takes your turn in {later}.")


def on_decline(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.decline(session, call.office, call.value, me)
    return Answer(text=f"Thank you for answering. {swap.asker.name} is told.")


def on_withdraw(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swapping.withdraw(session, call.office, call.value, me)
    return Answer(text="Taken back. The audit stays yours.")


def on_my_swaps(call: Call) -> Answer:
    """`/audit swap`: what I am asked, what I have asked, and what I could swap."""
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        asked = find.swaps.waiting_for(session, me)
        mine = find.swaps.open_of(session, me)
        held = [each for each in find.allocations.held_by(session, me) if each.is_open]
        today = london(call.office.now(session)).date()
    if not asked and not held:
        msg = "You have no audit at the moment, so there is nothing to swap."
        raise Refusal(msg)
    return Answer(text="Swaps", blocks=my_swaps(asked, held, mine, today))
