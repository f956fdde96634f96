"""What was said in one run of the chat workspace is there in the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo import memory
from demo.chat import BINARY, ChatWorkspace, Member, free_port
from tests.journeys.chat import Chat

NIAMH = Member("Niamh Gallogly", "niamh.gallogly@fernleigh.example")
ODETTE = Member("Odette Marchbanks", "odette.marchbanks@fernleigh.example")


@pytest.fixture(autouse=True)
def _has_chat() -> None:
    if not BINARY.exists():
        pytest.skip("The chat workspace is not installed")


@contextmanager
def workspace(folder: Path) -> Iterator[ChatWorkspace]:
    running = ChatWorkspace(folder, [NIAMH, ODETTE], free_port(), request_url=None).start()
    try:
        yield running
    finally:
        running.stop()


def said_in(page: Chat) -> list[tuple[str, str]]:
    return [(message["user"], message["text"]) for message in page.messages]


def test_messages_outlive_the_workspace(tmp_path: Path) -> None:
    kept = tmp_path / "chat.json"
    with workspace(tmp_path) as first, Chat(first) as page:
        for member, words in ((NIAMH, "Good morning"), (ODETTE, "Six more go out today")):
            page.say(t="post_message", channel="C0PRACTICE", user=member.id, text=words)
        page.wait_for(lambda: len(page.messages) == 2)
        memory.keep(first, kept)
    with workspace(tmp_path) as second:
        memory.bring_back(second, kept)
        with Chat(second) as page:
            assert said_in(page) == [(NIAMH.id, "Good morning"), (ODETTE.id, "Six more go out today")]


def test_a_direct_message_stays_between_two(tmp_path: Path) -> None:
    kept = tmp_path / "chat.json"
    kept.write_text(
        '[{"user": "U0AUDITLOOP", "text": "An audit is ready", "blocks": [], "direct": true, "channel": "D1",'
        ' "members": ["UNIAMHGALLOGLY", "U0AUDITLOOP"], "ts": "1.0"}]'
    )
    with workspace(tmp_path) as running:
        memory.bring_back(running, kept)
        with Chat(running) as page:
            assert [message["text"] for message in page.be(NIAMH).direct_messages()] == ["An audit is ready"]
            assert page.be(ODETTE).direct_messages() == []


def test_the_first_run_has_nothing_to_bring_back(tmp_path: Path) -> None:
    with workspace(tmp_path) as running:
        memory.bring_back(running, tmp_path / "chat.json")
        with Chat(running) as page:
            assert page.messages == []
