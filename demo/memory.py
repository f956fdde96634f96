"""What was said in chat, kept from one run of the demo to the next: the chat workspace forgets when it stops.

Only messages are kept. An answer that one person alone could see is gone, as it is in Slack.
"""

import json
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from demo.chat import BOT_TOKEN, BOT_USER_ID, ChatWorkspace

Said = dict[str, Any]


def keep(chat: ChatWorkspace, file: Path) -> None:
    """Write down every message and where it was said, oldest first."""
    channels = _ask(chat, "/_control/state")["channels"]
    messages = [
        {**message, "members": channel["members"], "direct": channel["is_im"]}
        for channel in channels
        for message in _ask(chat, f"/_control/messages/{channel['id']}")["messages"]
        if "ephemeral_to" not in message
    ]
    file.write_text(json.dumps(sorted(messages, key=lambda said: str(said["ts"])), ensure_ascii=False))


def bring_back(chat: ChatWorkspace, file: Path) -> None:
    """Say it all again, in the same order, in a workspace that has just started."""
    for said in json.loads(file.read_text()) if file.exists() else []:
        channel = _direct_channel(chat, said) if said["direct"] else said["channel"]
        words = {"channel": channel, "text": said.get("text", "")}
        if said["user"] == BOT_USER_ID:
            _ask(chat, "/api/chat.postMessage", {**words, "blocks": said.get("blocks", [])})
        else:
            _ask(chat, "/_control/message", {**words, "user": said["user"]})


def _direct_channel(chat: ChatWorkspace, said: Said) -> str:
    people = [member for member in said["members"] if member != BOT_USER_ID]
    opened: str = _ask(chat, "/api/conversations.open", {"users": ",".join(people)})["channel"]["id"]
    return opened


def _ask(chat: ChatWorkspace, path: str, body: Said | None = None) -> Said:
    connection = HTTPConnection("127.0.0.1", chat.port, timeout=10)
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {BOT_TOKEN}"}
        connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, headers)
        answer: Said = json.load(connection.getresponse())
        return answer
    finally:
        connection.close()
