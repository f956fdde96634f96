"""The demo's chat workspace is for this machine alone, and knows the same people each time."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from demo.chat import BINARY, BOT_TOKEN, ChatWorkspace, Member, NoChat, free_port

SAOIRSE = Member("Saoirse Lindqvist", "saoirse.lindqvist@fernleigh.example")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[ChatWorkspace]:
    if not BINARY.exists():
        pytest.skip("The chat workspace is not installed")
    running = ChatWorkspace(tmp_path / "chat", [SAOIRSE], free_port(), request_url=None).start()
    yield running
    running.stop()


def test_it_cannot_be_reached_by_another_address(workspace: ChatWorkspace) -> None:
    with socket.create_connection(("127.0.0.1", workspace.port), timeout=1):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", workspace.port), timeout=1)


def test_people_are_found_by_their_address(workspace: ChatWorkspace) -> None:
    slack = WebClient(token=BOT_TOKEN, base_url=workspace.api_url, retry_handlers=[])
    assert slack.users_lookupByEmail(email=SAOIRSE.email)["user"]["id"] == "USAOIRSELINDQVIST"


def test_another_workspace_at_its_port_is_not_taken_for_its_own(workspace: ChatWorkspace, tmp_path: Path) -> None:
    second = ChatWorkspace(tmp_path / "second", [SAOIRSE], workspace.port, request_url=None)
    with pytest.raises(NoChat, match="Another chat workspace answers at"):
        second.start()


def test_a_workspace_that_cannot_start_is_said_and_not_left_running(tmp_path: Path) -> None:
    if not BINARY.exists():
        pytest.skip("The chat workspace is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        workspace = ChatWorkspace(tmp_path, [SAOIRSE], taken.getsockname()[1], request_url=None)
        with pytest.raises(NoChat, match="did not start"):
            workspace.start()
    assert workspace.process is not None
    assert workspace.process.poll() is not None
