"""The one way to listen: every command, press and sent modal goes through here.

A listener is a plain function from a `Call` to an `Answer`. It writes first; only then do we answer Slack. A refusal
reaches the person who asked, in the place where they are looking; anything unforeseen gets a short code, which is
logged too. Nothing is ever raised into Bolt, whose own answer would be none.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.views.parts import Block, modal, section
from programme.refusals import Refusal
from storage.office import Office
from storage.session import Conflict

log = logging.getLogger(__name__)

FIRST = "Somebody was quicker: this has changed meanwhile. Type /audit to see how it stands."


@dataclass(frozen=True)
class Call:
    """What came from Slack, and what it is answered with."""

    office: Office
    body: Mapping[str, Any]
    client: WebClient

    @property
    def user(self) -> str:
        """Who asked: a command says it in one place, everything else in another."""
        return str(self.body.get("user_id") or self.body.get("user", {}).get("id") or self.body["event"]["user"])

    @property
    def words(self) -> str:
        return str(self.body.get("text") or "").strip()

    @property
    def value(self) -> str:
        """The reference a pressed button carries."""
        return str(self.body["actions"][0].get("value", ""))

    @property
    def about(self) -> str:
        """The reference a modal was opened with."""
        return str(self.body["view"]["private_metadata"])

    def filled(self, name: str) -> str:
        """What stands in a modal's field; empty where it was left."""
        state = self.body["view"]["state"]["values"].get(name, {}).get(name, {})
        return str(state.get("value") or (state.get("selected_option") or {}).get("value") or "")


@dataclass(frozen=True)
class Answer:
    """What to show: words and blocks, a modal, errors under fields, or nothing."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    view: Block | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


Listener = Callable[[Call], Answer]
Handler = Callable[..., None]


def to_command(office: Office, listener: Listener) -> Handler:
    """The answer is seen by the asker alone, in the same breath as the ack."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer = _ask(listener, Call(office, body, client))
        ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")

    return handle


def to_press(office: Office, listener: Listener) -> Handler:
    """A press or a shortcut has no answer of its own: what there is to say comes in a modal."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer = _ask(listener, Call(office, body, client))
        view = answer.view or (modal("Auditloop", [section(answer.text)]) if answer.text else None)
        if view is not None:
            _open(client, str(body.get("trigger_id", "")), view)
        ack()

    return handle


def to_modal(office: Office, listener: Listener) -> Handler:
    """A sent modal closes, shows what is wrong under its fields, or says something in its place."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer = _ask(listener, Call(office, body, client))
        if answer.errors:
            ack(response_action="errors", errors=dict(answer.errors))
        elif answer.view or answer.text:
            ack(response_action="update", view=answer.view or modal("Auditloop", [section(answer.text)]))
        else:
            ack()

    return handle


def to_event(office: Office, listener: Listener) -> Handler:
    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        _ask(listener, Call(office, body, client))
        ack()

    return handle


def _ask(listener: Listener, call: Call) -> Answer:
    try:
        return listener(call)
    except Refusal as refusal:
        shown_there = refusal.field and "view" in call.body and refusal.field in _fields(call.body)
        return Answer(errors={refusal.field: refusal.sentence}) if shown_there else Answer(text=refusal.sentence)
    except Conflict:
        return Answer(text=FIRST)
    except Exception:
        code = secrets.token_hex(3).upper()
        log.exception("a listener broke", extra={"code": code})
        return Answer(text=f"Sorry, that did not work. Nothing was half done. Try again, or tell us this code: {code}.")


def _fields(body: Mapping[str, Any]) -> set[str]:
    return {str(block.get("block_id")) for block in body["view"].get("blocks", [])}


def _open(client: WebClient, trigger: str, view: Block) -> None:
    """Slack takes a trigger once and for three seconds; too late is the person's to press again."""
    try:
        client.views_open(trigger_id=trigger, view=view)
    except (SlackClientError, OSError):
        log.warning("a modal could not be opened")
