"""App Home: what it shows each account, and that somebody has opened it; and a word for who writes to the bot."""

from contextlib import suppress

from bot import who
from bot.admin import round_answer
from bot.listening import Answer, Call
from bot.views.held import held_at_home
from bot.views.home import actions_at_home, audits_at_home, closing, greeting, home, to_moderate, turns_at_home
from bot.views.parts import Block, escaped, section
from bot.views.swaps import offer, undoable
from programme.people import Person
from programme.refusals import Refusal
from storage import find, homes, swapping, turning
from storage.office import Office
from storage.session import Conflict, Session

WRITTEN_TO = "I read only commands and buttons. Type `/audit` to see what is yours, or `/audit help`."


def on_home_opened(call: Call) -> Answer:
    """The worker draws it in the next second; until then it stands as it was left."""
    event = call.body["event"]
    if event.get("tab", "home") == "home":
        with suppress(Conflict), call.office.record.writing() as session:  # opened twice at once: it is open
            homes.opened(session, call.user, shows_something=bool(event.get("view")))
    return Answer()


def on_message(call: Call) -> Answer:
    """Somebody wrote to the bot: say kindly where to go. The bot's own messages are none of ours."""
    event = call.body["event"]
    written = event.get("channel_type") == "im" and not event.get("bot_id") and not event.get("subtype")
    return Answer(text=WRITTEN_TO if written else "")


def drawn_for(session: Session, office: Office, account: str) -> Block:
    """What App Home shows this Slack account."""
    try:
        return view_for(session, office, who.person(session, office, account))
    except Refusal as refusal:
        return home([section(escaped(refusal.sentence))])


def view_for(session: Session, office: Office, me: Person) -> Block:
    today = office.today(session)
    blocks = [greeting(me.name), *actions_at_home(find.actions.open_for(session, me), today)]
    blocks += to_moderate(len(find.moderations.waiting_for(session, me)))
    blocks += [block for swap in find.swaps.waiting_for(session, me) for block in offer(swap)]
    blocks += [block for swap in swapping.may_be_undone(session, office, me) for block in undoable(swap)]
    if me.is_auditor or not me.can_see_round():
        swaps = find.swaps.open_of(session, me)
        blocks += audits_at_home(find.allocations.held_by(session, me), today, swaps)
    blocks += turns_at_home(turning.said_to(session, office, me))
    if me.can_decide_on_held():
        blocks += held_at_home(find.submissions.count_held(session))
    if me.can_see_round():
        blocks += round_answer(session, me).blocks
    return home([*blocks, *closing(office.rules.policy.programme)])
