"""Who writes to the bot, or names it in a channel: told once, privately, where to go. Nothing of the text is kept."""

from collections.abc import Mapping
from typing import Any

from bot import who
from bot.listening import Answer, Call
from bot.views.parts import escaped
from programme.policy import Policy
from programme.privacy import kinds_in

WHERE_TO_GO = (
    "I read only commands and buttons. Type `/audit` to see what is yours, `/audit help` for all I can do, or look"
    " at my Home tab."
)
TAKE_IT_OUT = "What you wrote looks like it is about somebody. This is no place for that: please delete it."
SAID_BY_SOMEBODY = frozenset({"", "file_share", "thread_broadcast", "me_message"})
"""The kinds of message that somebody has just written; others are edits, deletions and Slack's own notes."""


def on_message(call: Call) -> Answer:
    """A direct message to the bot. What stands in channels is none of ours, nor is what another bot writes."""
    return _told(call) if call.body["event"].get("channel_type") == "im" else Answer()


def on_mention(call: Call) -> Answer:
    """The bot is named in a channel or a thread: the answer is seen by who named it only."""
    return _told(call)


def _told(call: Call) -> Answer:
    event = call.body["event"]
    if not _is_new_and_somebodys(event):
        return Answer()
    return Answer(text=_words(call, str(event.get("text") or "")))


def _is_new_and_somebodys(event: Mapping[str, Any]) -> bool:
    """Written just now by a person. Slack tells of edits and deletions, too, and of what bots write: nobody asked."""
    by_a_bot = event.get("bot_id") or event.get("bot_profile") or not event.get("user")
    return not by_a_bot and not event.get("edited") and str(event.get("subtype") or "") in SAID_BY_SOMEBODY


def _words(call: Call, text: str) -> str:
    with call.office.record.reading() as session:
        who.person(session, call.office, call.user)
    ring = whom_to_ring(call.office.rules.policy)
    return "\n".join([TAKE_IT_OUT, ring, WHERE_TO_GO] if kinds_in(text) else [WHERE_TO_GO, ring])


def whom_to_ring(policy: Policy) -> str:
    """Said to whoever writes: a list of words that sound like worry would miss the one that matters."""
    duty = escaped(policy.safety.duty_team_phone)
    number = f" on {duty}" if duty else ""
    return f"Worried about a child? Do not write it here: ring their Team Manager; out of hours the duty team{number}."
