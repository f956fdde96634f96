"""App Home, drawn anew each time it is opened and after what changes it."""

from contextlib import suppress

from bot import calls, who
from bot.admin import round_answer
from bot.listening import Answer, Call
from bot.views.held import held_at_home
from bot.views.home import actions_at_home, audits_at_home, closing, greeting, home, to_moderate, turns_at_home
from bot.views.parts import Block, escaped, section
from bot.views.swaps import offer, undoable
from programme.refusals import NotAllowed
from storage import find, swapping, turning


def on_home_opened(call: Call) -> Answer:
    if call.body["event"].get("tab", "home") == "home":
        _draw(call)
    return Answer()


def on_home_changed(call: Call) -> Answer:
    with suppress(NotAllowed):
        _draw(call)
    return Answer()


def _draw(call: Call) -> None:
    """Draw it for who asked; for who may not see it a kind no stands there instead, whatever stood there before."""
    try:
        blocks = _blocks(call)
    except NotAllowed as refusal:
        calls.publish_home(call.client, user=call.account, view=home([section(escaped(refusal.sentence))]))
        raise
    calls.publish_home(call.client, user=call.account, view=home(blocks))


def _blocks(call: Call) -> list[Block]:
    with call.office.record.reading() as session:
        me = who.person(session, call.office, call.user)
        today = call.office.today(session)
        blocks = [greeting(me.name), *actions_at_home(find.actions.open_for(session, me), today)]
        blocks += to_moderate(len(find.moderations.waiting_for(session, me)))
        blocks += [block for swap in find.swaps.waiting_for(session, me) for block in offer(swap)]
        blocks += [block for swap in swapping.may_be_undone(session, call.office, me) for block in undoable(swap)]
        if me.is_auditor or not me.can_see_round():
            swaps = find.swaps.open_of(session, me)
            blocks += audits_at_home(find.allocations.held_by(session, me), today, swaps)
        blocks += turns_at_home(turning.said_to(session, call.office, me))
        if me.can_decide_on_held():
            blocks += held_at_home(find.submissions.count_held(session))
        if me.can_see_round():
            blocks += round_answer(session, me).blocks
    return [*blocks, *closing(call.office.rules.policy.programme)]
