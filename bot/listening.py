"""The one way to listen: every command, press, sent modal and event goes through here.

A listener is a plain function from a `Call` to an `Answer`. It writes first; only then do we answer Slack, and only
after that do we call Slack, for a modal or a private word. A refusal reaches the person who asked, in the place where
they are looking; anything unforeseen gets a short code, which is logged too. Nothing is ever raised into Bolt, whose
own answer would be none.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot import calls, who
from bot.afterwards import Afterwards
from bot.views.fitting import within_message
from bot.views.parts import Block, escaped, modal, section
from programme.refusals import Refusal
from storage.office import Office

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """What came from Slack, and what it is answered with."""

    office: Office
    body: Mapping[str, Any]
    client: WebClient

    @property
    def account(self) -> str:
        """The Slack account that asked: a command says it in one place, everything else in another."""
        return str(self.body.get("user_id") or self.body.get("user", {}).get("id") or self.body["event"]["user"])

    @property
    def user(self) -> str:
        """The account as the people list may know it. One of another workspace (Slack Connect) bears that one's name,
        so that nobody is taken for whoever has the same id here.
        """
        own, ours = self._own_workspace, self._our_workspace
        return self.account if not own or own == ours else f"{own}/{self.account}"

    @property
    def _own_workspace(self) -> str:
        """Whose account it is, where Slack says so."""
        user, event = self.body.get("user"), self.body.get("event")
        if isinstance(user, Mapping):
            return str(user.get("team_id") or "")
        said = event if isinstance(event, Mapping) else {}
        return str(said.get("user_team") or said.get("source_team") or "")

    @property
    def _our_workspace(self) -> str:
        team = self.body.get("team")
        return str(self.body.get("team_id") or (team.get("id") if isinstance(team, Mapping) else "") or "")

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

    @property
    def channel(self) -> str:
        """Where a button was pressed; empty in App Home and in modals."""
        return str((self.body.get("channel") or {}).get("id") or "")

    def filled(self, name: str) -> str:
        """What stands in a modal's field; empty where it was left."""
        state = self.body["view"]["state"]["values"].get(name, {}).get(name, {})
        return _keepable(str(state.get("value") or (state.get("selected_option") or {}).get("value") or ""))

    def all_filled(self, name: str) -> list[str]:
        """What was chosen or ticked in a modal's field of several; none where it was left."""
        state = self.body["view"]["state"]["values"].get(name, {}).get(name, {})
        return [_keepable(str(each["value"])) for each in state.get("selected_options") or []]

    @property
    def open_view(self) -> tuple[str, str]:
        """The modal a button was pressed in, and what it looked like then; empty where there is none."""
        view = self.body.get("view") or {}
        return (str(view["id"]), str(view.get("hash", ""))) if view.get("type") == "modal" else ("", "")

    def listed_day(self, name: str, *, ask: str) -> date:
        """The day chosen from a modal's list; refused in these words where it is none."""
        try:
            return date.fromisoformat(self.filled(name))
        except ValueError as error:
            raise Refusal(ask, field=name) from error

    def chosen_day(self, name: str) -> date | None:
        """The day chosen in a modal's field, as Slack writes it (2017-10-03)."""
        state = self.body["view"]["state"]["values"].get(name, {}).get(name, {})
        return date.fromisoformat(state["selected_date"]) if state.get("selected_date") else None


@dataclass(frozen=True)
class Answer:
    """What to show: words and blocks, a modal, errors under fields, or nothing."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    view: Block | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def modal(self) -> Block | None:
        """The answer as a modal, where there is anything to show."""
        return self.view or (modal("Auditloop", [section(self.text)]) if self.text else None)


Listener = Callable[[Call], Answer]
Handler = Callable[..., None]


def to_command(office: Office, listener: Listener) -> Handler:
    """The answer is seen by the asker alone, in the same breath as the ack."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer = _ask(listener, Call(office, body, client))
        ack(text=answer.text, blocks=within_message(answer.blocks), response_type="ephemeral")

    return handle


def to_press(office: Office, listener: Listener, afterwards: Afterwards) -> Handler:
    """A press or a shortcut has no answer of its own: what there is to say comes in a modal."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        call = Call(office, body, client)
        answer = _ask(listener, call)
        ack()
        if answer.modal is not None:
            afterwards.say(partial(_show, call, answer.modal))

    return handle


def to_modal(office: Office, listener: Listener) -> Handler:
    """A sent modal closes, shows what is wrong under its fields, or says something in its place."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer = _ask(listener, Call(office, body, client))
        if answer.errors:
            ack(response_action="errors", errors=dict(answer.errors))
        elif answer.modal:
            ack(response_action="update", view=answer.modal)
        else:
            ack()

    return handle


def to_event(office: Office, listener: Listener, afterwards: Afterwards) -> Handler:
    """What there is to say of an event is said privately, where it happened."""

    def handle(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        call = Call(office, body, client)
        answer = _ask(listener, call)
        ack()
        if answer.text:
            event = body["event"]
            place = {"channel": str(event.get("channel", "")), "thread": str(event.get("thread_ts") or "")}
            afterwards.say(partial(calls.say_privately, client, user=call.account, words=answer.text, **place))

    return handle


def _ask(listener: Listener, call: Call) -> Answer:
    try:
        return listener(call)
    except Refusal as refusal:
        if isinstance(refusal, who.NotKnown):
            who.note_knock(call.office, call.account)
        shown = _fields(call.body)
        errors = {field: sentence for field, sentence in refusal.by_field.items() if field in shown}
        return Answer(errors=errors) if errors else Answer(text=escaped(refusal.sentence))
    except Exception:
        code = secrets.token_hex(3).upper()
        log.exception("a listener broke", extra={"code": code})
        return Answer(text=f"Sorry, that did not work. Nothing was half done. Try again, or tell us this code: {code}.")


def _fields(body: Mapping[str, Any]) -> set[str]:
    """The fields of the modal that was sent, if one was."""
    view = body.get("view")
    blocks = view.get("blocks", []) if isinstance(view, dict) else []
    return {str(block.get("block_id")) for block in blocks}


def _show(call: Call, view: Block) -> None:
    """In a new modal, or in the one where the button was pressed."""
    shown_in, seen = call.open_view
    if shown_in:
        calls.change_modal(call.client, view_id=shown_in, seen=seen, view=view)
        return
    trigger = str(call.body.get("trigger_id", ""))
    calls.open_modal(call.client, trigger=trigger, view=view, user=call.account, channel=call.channel)


def _keepable(words: str) -> str:
    """Without NUL and halves of characters, which Slack can pass on and no database keeps."""
    return words.replace("\x00", "").encode(errors="ignore").decode()
