"""App Home: what needs this person, drawn anew each time it is opened."""

import logging

from slack_sdk.errors import SlackClientError

from bot import names, who
from bot.admin import round_answer
from bot.listening import Answer, Call
from bot.views.audits import my_audits
from bot.views.parts import Block, button, buttons, escaped, header, quiet, section
from programme.actions import Action
from programme.policy import About
from programme.refusals import Refusal
from storage import find

log = logging.getLogger(__name__)


def on_home_opened(call: Call) -> Answer:
    if call.body["event"].get("tab", "home") == "home":
        _publish(call, {"type": "home", "blocks": _blocks(call)})
    return Answer()


def on_message(call: Call) -> Answer:
    """Somebody wrote to the bot: say kindly where to go. The bot's own messages are none of ours."""
    event = call.body["event"]
    if event.get("channel_type") == "im" and not event.get("bot_id") and not event.get("subtype"):
        text = "I read only commands and buttons. Type `/audit` to see what is yours, or `/audit help`."
        try:
            call.client.chat_postMessage(channel=event["channel"], text=text, unfurl_links=False, unfurl_media=False)
        except (SlackClientError, OSError):
            log.warning("a kind answer could not be sent")
    return Answer()


def _blocks(call: Call) -> list[Block]:
    about = call.office.rules.policy.programme
    with call.office.record.reading() as session:
        try:
            me = who.person(session, call.office, call.user)
        except Refusal as refusal:
            return [section(refusal.sentence)]
        today = call.office.today(session)
        blocks = [header(f"Hello, {me.name}")]
        blocks += [block for action in find.actions.open_for(session, me)[:10] for block in _action(action)]
        if me.is_auditor or not me.can_see_round():
            blocks += [section("*Your audits*"), *my_audits(find.allocations.held_by(session, me), today)]
        if me.can_see_round():
            blocks += round_answer(session, me).blocks
    return [*blocks, buttons("pages", [button("Sign in to the pages", names.SIGN_IN, "/")]), _footer(about)]


def _action(action: Action) -> list[Block]:
    return [section(f"*{action.ref}*  {action.priority}", f"Due {action.due_on:%A %-d %B}. Read it on the pages.")]


def _footer(about: About) -> Block:
    said = f"{escaped(about.name)}. Questions: {escaped(about.contact_name)} {escaped(about.contact_email)}"
    link = f" · <{about.framework_url}|How we assure quality>" if about.framework_url else ""
    return quiet(said + link)


def _publish(call: Call, view: Block) -> None:
    try:
        call.client.views_publish(user_id=call.user, view=view)
    except (SlackClientError, OSError):
        log.warning("App Home could not be published")
