"""The way from chat to what is held."""

from bot import who
from bot.allocations import link_for
from bot.listening import Answer, Call
from bot.views.audits import link_modal
from bot.views.held import ALL
from programme.refusals import NotAllowed
from storage import find


def on_look(call: Call) -> Answer:
    """A link to what is held, for who sent it or decides about it."""
    with call.office.record.writing() as session:
        me = who.person(session, call.office, call.user)
        if call.value != ALL and not me.can_see_held(find.submissions.by_ref(session, call.value)):
            msg = "This is with somebody else. Type /audit to see what is yours."
            raise NotAllowed(msg)
        address = link_for(session, call.office, me, "/held" if call.value == ALL else f"/held/{call.value}")
    return Answer(view=link_modal("Look at it", "What arrived, and what can be done.", "Go to the page", address))
