"""What a person does in the chat workspace, for tests: types, presses, fills in, reads.

Everything goes over the page's own websocket, as the page does it, and waits for what the page would show.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.request import urlopen

from websocket import WebSocket, WebSocketTimeoutException, create_connection

from demo.chat import APP_ID, BOT_USER_ID, ChatWorkspace, Member

Block = dict[str, Any]
Message = dict[str, Any]
Found = TypeVar("Found")

PATIENCE_SECONDS = 30


@dataclass
class Chat:
    """The workspace as its page sees it: every message, the open modals and each App Home."""

    workspace: ChatWorkspace
    socket: WebSocket = field(init=False)
    messages: list[Message] = field(default_factory=list)
    modals: list[Block] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    homes: dict[str, Block] = field(default_factory=dict)
    modals_told: int = 0

    def open(self) -> Self:
        self.socket = create_connection(f"ws://127.0.0.1:{self.workspace.port}/ui", timeout=0.2)
        self.wait_for(lambda: True)
        return self

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_why: object) -> None:
        self.socket.close()

    def look_anew(self) -> None:
        """Read all that stands there now, whatever was told meanwhile and not listened to."""
        self.socket.close()
        self.open()

    def be(self, member: Member) -> "Somebody":
        return Somebody(self, member)

    def say(self, **words: object) -> None:
        self.socket.send(json.dumps(words))

    def wait_for(self, found: Callable[[], Found | None], what: str = "what was expected") -> Found:
        """Read what the workspace tells until `found` finds something, for a while at most."""
        limit = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < limit:
            self.listen()
            if (result := found()) is not None and result is not False:
                return result
        raise AssertionError(f"{what} did not come; messages: {[m.get('text') for m in self.messages][-5:]}")

    def listen(self) -> None:
        """Take in what the workspace tells next, if anything."""
        try:
            told = json.loads(self.socket.recv())
        except WebSocketTimeoutException:
            return
        if told["t"] == "init":
            self.messages = [each for channel in told["state"]["messages"].values() for each in channel]
        elif told["t"] == "message":
            self.messages.append(told["message"])
        elif told["t"] == "message_update":
            changed = told["message"]
            self.messages = [changed if each["ts"] == changed["ts"] else each for each in self.messages]
        elif told["t"] == "view":
            self.modals, self.errors = told.get("stack") or [], {}
            self.modals_told += 1
        elif told["t"] == "view_errors":
            self.errors = told.get("errors") or {}
            self.modals_told += 1
        elif told["t"] == "home":
            self.homes[told["user"]] = told["view"]


@dataclass(frozen=True)
class Somebody:
    """One person at the keyboard."""

    chat: Chat
    member: Member

    def command(self, words: str = "", channel: str = "C0PRACTICE") -> Message:
        """Type /audit and read the answer only this person sees."""
        seen = len(self.private_answers())
        self.chat.say(
            t="slash_command", appId=APP_ID, channel=channel, user=self.member.id, command="/audit", text=words
        )
        self.chat.wait_for(lambda: len(self.private_answers()) > seen, f"an answer to /audit {words}")
        return self.private_answers()[-1]

    def private_answers(self) -> list[Message]:
        return [each for each in self.chat.messages if each.get("ephemeral_to") == self.member.id]

    def direct_messages(self) -> list[Message]:
        """What the bot wrote to this person, oldest first."""
        mine = self._dm_channels()
        return [
            each
            for each in self.chat.messages
            if each["channel"] in mine and each["user"] == BOT_USER_ID and "ephemeral_to" not in each
        ]

    def message(self, words: str) -> Message:
        """Wait for a direct message that holds these words."""
        return self.chat.wait_for(
            lambda: next(
                (each for each in self.direct_messages() if words in json.dumps(each, ensure_ascii=False)), None
            ),
            f"a message with '{words}' to {self.member.name}",
        )

    def press(self, label: str, on: Message) -> None:
        """Press the button with this label on a message; whatever modal was open is closed."""
        self.chat.modals = []
        self.chat.say(
            t="block_action",
            channel=on["channel"],
            messageTs=on["ts"],
            user=self.member.id,
            action=button(on["blocks"], label),
            appId=APP_ID,
        )

    def press_at_home(self, label: str) -> None:
        self.chat.say(t="block_action", user=self.member.id, action=button(self.home()["blocks"], label), appId=APP_ID)

    def press_in_modal(self, label: str) -> None:
        """Press a button of the modal on top; what it leads to opens as another.

        The workspace's own page draws such a button but does not listen to it; it is sent as App Home's are.
        """
        pressed = button(self.modal()["blocks"], label)
        self.chat.modals = []
        self.chat.say(t="block_action", user=self.member.id, action=pressed, appId=APP_ID)

    def home(self) -> Block:
        """Open App Home and read it."""
        self.chat.homes.pop(self.member.id, None)
        self.chat.say(t="open_home", appId=APP_ID, user=self.member.id)
        return self.chat.wait_for(lambda: self.chat.homes.get(self.member.id), "App Home")

    def modal(self) -> Block:
        """The modal on top. The workspace has one stack for everybody, so one person at a time."""
        return self.chat.wait_for(lambda: self.chat.modals[-1] if self.chat.modals else None, "a modal")

    def submit(self, **values: dict[str, Any]) -> None:
        """Send the open modal and wait until it closes, changes or shows what is wrong (`chat.errors`).

        Keys are block ids; values are {action id: state}.
        """
        told = self.chat.modals_told
        self.chat.say(t="view_submit", user=self.member.id, values=values)
        self.chat.wait_for(lambda: self.chat.modals_told > told, "an answer to the modal")

    def _dm_channels(self) -> set[str]:
        state = fetch_json(f"{self.chat.workspace.address}/_control/state")
        return {channel["id"] for channel in state["channels"] if _is_dm_with(channel, self.member.id)}


def _is_dm_with(channel: Block, user_id: str) -> bool:
    return bool(channel["is_im"]) and set(channel["members"]) == {user_id, BOT_USER_ID}


def fetch_json(address: str) -> Any:  # noqa: ANN401 - whatever the workspace tells
    with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own workspace
        return json.load(answer)


def buttons(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield from block.get("elements", []) if block["type"] == "actions" else []
        if block.get("accessory", {}).get("type") == "button":
            yield block["accessory"]


def button(blocks: list[Block], label: str) -> Block:
    """The button with this label, with its block's id, as a press sends it."""
    for block in blocks:
        for each in buttons([block]):
            if each["text"]["text"] == label:
                return {**each, "block_id": block.get("block_id", "")}
    labels = [each["text"]["text"] for each in buttons(blocks)]
    raise AssertionError(f"there is no button '{label}'; there are {labels}")
