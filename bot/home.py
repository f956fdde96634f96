"""App Home, drawn anew each time it is opened and after what changes it, and a word for who writes to the bot."""

from bot import calls, who
from bot.homes import Look, offered, parts_for
from bot.listening import Answer, Call
from bot.views.home import closing, home, page
from bot.views.home_parts import FOR_A_SOCIAL_WORKER, NOTHING_YET
from bot.views.parts import Block, escaped, section
from programme.people import Person
from programme.refusals import Refusal
from programme.words import Role
from storage.office import Office
from storage.session import Session

WRITTEN_TO = "I read only commands and buttons. Type `/audit` to see what is yours, or `/audit help`."


def on_home_opened(call: Call) -> Answer:
    if call.body["event"].get("tab", "home") == "home":
        on_home_changed(call)
    return Answer()


def on_home_changed(call: Call) -> Answer:
    calls.publish_home(call.client, user=call.user, view=home(_blocks(call)))
    return Answer()


def on_message(call: Call) -> Answer:
    """Somebody wrote to the bot: say kindly where to go. The bot's own messages are none of ours."""
    event = call.body["event"]
    if event.get("channel_type") == "im" and not event.get("bot_id") and not event.get("subtype"):
        calls.say_privately(call.client, user=call.user, channel=event["channel"], words=WRITTEN_TO)
    return Answer()


def _blocks(call: Call) -> list[Block]:
    with call.office.record.reading() as session:
        try:
            me = who.person(session, call.office, call.user)
        except Refusal as refusal:
            return list(stranger(refusal)["blocks"])
        return list(view_for(session, call.office, me)["blocks"])


def view_for(session: Session, office: Office, person: Person) -> Block:
    """The whole App Home of one person, a complete view."""
    look = Look.of(session, office, person)
    empty = FOR_A_SOCIAL_WORKER if Role.SOCIAL_WORKER in person.roles else NOTHING_YET
    end = closing(office.rules.policy.programme, offered(look))
    return page(person.name, parts_for(look), empty, end)


def stranger(refusal: Refusal) -> Block:
    """The App Home of who is unknown: whom to ask, and nothing of anybody."""
    return home([section(escaped(refusal.sentence))])
