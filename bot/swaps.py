"""Swaps in chat: ask, accept, decline, take back, undo, offer help; and for the administrator make and approve them."""

from bot import names, who
from bot.listening import Answer, Call
from bot.views.parts import escaped
from bot.views.swaps import asked_modal, made_modal, months_swaps, my_swaps, swap_modal, to_answer_modal
from programme import swap_asking, swap_words
from programme.people import Person
from programme.refusals import Refusal
from programme.swap_board import Board, board
from programme.words import SwapKind
from storage import find, helping, swapping
from storage.session import Session


def on_swap(call: Call) -> Answer:
    """Who could take it for a turn in the month after, best first; nothing is changed."""
    return _who_could(call, SwapKind.TWO_WAY)


def on_cover(call: Call) -> Answer:
    return _who_could(call, SwapKind.COVER)


def on_exchange(call: Call) -> Answer:
    return _who_could(call, SwapKind.EXCHANGE)


def _who_could(call: Call, kind: SwapKind) -> Answer:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, call.value)
        holder = swap_asking.for_whom(allocation, me)
        swap_asking.must_be_in_time(allocation, holder=holder, today=call.office.today(session))
        peers = swapping.who_may_be_asked(session, call.office, allocation, holder, kind)
        at_most = 1 if holder is not me else call.office.rules.policy.swaps.ask_at_most
        return Answer(view=swap_modal(allocation, kind, peers, at_most=at_most, arranges=holder is not me))


def on_swap_sent(call: Call) -> Answer:
    """Ask those who were chosen; where the administrator sends it, it is made at once."""
    ref, _, kind = call.about.partition(" ")
    by_list = [call.filled(names.PEER_FIELD), call.filled(names.OTHER_PEER_FIELD)]
    chosen = [*call.all_filled(names.PEER_FIELD), *filter(None, by_list)]
    everybody = bool(call.all_filled(names.EVERYBODY_FIELD))
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        allocation = find.allocations.by_ref(session, ref)
        if swap_asking.for_whom(allocation, me) is not me:
            swap = swapping.make(session, call.office, ref, next(iter(chosen), ""), me, SwapKind(kind))
            return Answer(view=made_modal(swap))
        swap = swapping.ask(session, call.office, ref, chosen, me, SwapKind(kind), everybody=everybody)
        return Answer(view=asked_modal(swap))


def on_found_nobody_sent(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swapping.found_nobody(session, call.office, call.about, me)
    return Answer(text=swap_words.FOUND_NOBODY)


def on_accept(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.accept(session, call.office, call.value, me)
    return Answer(text=escaped(swap_words.accepted(swap)))


def on_decline(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.decline(session, call.office, call.value, me)
    return Answer(text=escaped(swap_words.declined(swap)))


def on_withdraw(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.withdraw(session, call.office, call.value, me)
    return Answer(text=escaped(swap_words.withdrawn(swap, me)))


def on_undo(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.undo(session, call.office, call.value, me)
    return Answer(text=escaped(swap_words.undone(swap)))


def on_approve(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.approve(session, call.office, call.value, me)
    return Answer(text=escaped(swap_words.approved(swap)))


def on_turn_down(call: Call) -> Answer:
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        swap = swapping.turn_down(session, call.office, call.value, me)
    return Answer(text=escaped(swap_words.turned_down(swap)))


def on_can_take_one(call: Call) -> Answer:
    """What is asked for already can be answered at once; else it is noted."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        asked = helping.offer_help(session, call.office, me)
        if asked:
            return Answer(view=to_answer_modal(asked, approval=call.office.rules.policy.swaps.approval))
    return Answer(text=swap_words.NOTED)


def _seen_by(session: Session, me: Person) -> Board | None:
    """The swaps of the month whose audits are out; none where there is no such month."""
    of = find.rounds.given_out(session)
    if of is None:
        return None
    return board(find.swaps.of_month(session, of.month), find.swaps.failed(session, of.month), me)


def on_my_swaps(call: Call) -> Answer:
    """`/audit swap`: what I am asked, what I have asked, what I could swap or undo, and whether I can take one; for who
    arranges swaps, the month's.
    """
    with call.office.record.reading() as session:
        me, rules = who.person(session, call.office, call.user), call.office.rules
        if me.can_arrange_swaps() and not me.is_auditor:
            return Answer(text="Swaps", blocks=months_swaps(_seen_by(session, me)))
        asked = find.swaps.waiting_for(session, me)
        taken = {swap: swap.undo_until(rules) for swap in swapping.may_be_undone(session, call.office, me)}
        mine = find.swaps.open_of(session, me)
        held = find.allocations.open_with(session, me)
        if not asked and not held and not me.can_take_one():
            raise Refusal(swap_words.NOTHING_TO_SWAP)
        today, approval = call.office.today(session), rules.policy.swaps.approval
        blocks = my_swaps(me, asked, held, mine, taken, today, approval=approval)
        return Answer(text="Swaps", blocks=blocks)
