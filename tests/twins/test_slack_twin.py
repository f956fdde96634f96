"""The twin is as strict as it says: each test is a thing that Slack refuses or does and that ours must do too."""

from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.twins.slack import BOT_TOKEN, TEAM_ID, Fault, SlackTwin

MODAL: dict[str, Any] = {"type": "modal", "title": {"type": "plain_text", "text": "Title"}, "blocks": []}


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    twin = SlackTwin(users={"asha@example.org": "UASHA"}).start()
    yield twin
    twin.stop()


@pytest.fixture
def client(twin: SlackTwin) -> WebClient:
    return WebClient(token=BOT_TOKEN, base_url=twin.url, retry_handlers=[], timeout=5)


def with_button(text: str = "Go", value: str = "") -> dict[str, Any]:
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": text}, "value": value}
    return {"type": "actions", "elements": [button]}


def with_options(number: int) -> dict[str, Any]:
    options = [{"text": {"type": "plain_text", "text": "x"}, "value": str(each)} for each in range(number)]
    return {"type": "actions", "elements": [{"type": "static_select", "action_id": "pick", "options": options}]}


def refused(call: Any, **said: Any) -> str:  # noqa: ANN401
    with pytest.raises(SlackApiError) as refusal:
        call(**said)
    return str(refusal.value.response["error"])


def test_a_wrong_token_is_refused(twin: SlackTwin) -> None:
    stranger = WebClient(token="xoxb-other", base_url=twin.url, retry_handlers=[])
    assert refused(stranger.auth_test) == "invalid_auth"


def test_a_message_is_kept_with_its_metadata(twin: SlackTwin, client: WebClient) -> None:
    channel = client.conversations_open(users="UASHA")["channel"]["id"]
    metadata = {"event_type": "auditloop_notice", "event_payload": {"key": "k1"}}
    client.chat_postMessage(channel=channel, text="Hello", metadata=metadata)
    found = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    assert [each["metadata"]["event_payload"] for each in found] == [{"key": "k1"}]
    assert [each["text"] for each in twin.sent_to("UASHA")] == ["Hello"]


def test_a_trigger_opens_one_view_and_not_for_long(twin: SlackTwin, client: WebClient) -> None:
    trigger = twin.trigger()
    client.views_open(trigger_id=trigger, view=MODAL)
    assert refused(client.views_open, trigger_id=trigger, view=MODAL) == "exchanged_trigger_id"
    late = twin.trigger()
    twin.now += 3.1
    assert refused(client.views_open, trigger_id=late, view=MODAL) == "expired_trigger_id"


def test_an_old_hash_conflicts(client: WebClient) -> None:
    home = {"type": "home", "blocks": []}
    first = client.views_publish(user_id="UASHA", view=home)["view"]["hash"]
    client.views_publish(user_id="UASHA", view=home, hash=first)
    assert refused(client.views_publish, user_id="UASHA", view=home, hash=first) == "hash_conflict"


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")  # which is what is tried
@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        (
            {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "y" * 3001}}]},
            "invalid_blocks",
        ),
        ({"text": "x", "blocks": [{"type": "actions", "elements": []}]}, "invalid_blocks"),
    ],
)
def test_the_limits_of_a_message(client: WebClient, said: dict[str, Any], error: str) -> None:
    assert refused(client.chat_postMessage, channel="DUASHA", **said) == error


def test_a_rate_limit_says_how_long(twin: SlackTwin, client: WebClient) -> None:
    twin.fail_next("chat.postMessage", Fault(status=429, error="ratelimited", retry_after="7"))
    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel="DUASHA", text="x")
    assert refusal.value.response.headers["Retry-After"] == "7"
    assert twin.sent_to("UASHA") == []


def test_a_connection_dropped_after_the_deed_leaves_the_message(twin: SlackTwin, client: WebClient) -> None:
    twin.fail_next("chat.postMessage", Fault(drop=True, acts=True))
    with pytest.raises((HTTPException, OSError)):
        client.chat_postMessage(channel="DUASHA", text="Once")
    assert [each["text"] for each in twin.sent_to("UASHA")] == ["Once"]


def test_a_connection_dropped_before_the_deed_leaves_nothing(twin: SlackTwin, client: WebClient) -> None:
    twin.fail_next("chat.postMessage", Fault(drop=True))
    with pytest.raises((HTTPException, OSError)):
        client.chat_postMessage(channel="DUASHA", text="Never")
    assert twin.sent_to("UASHA") == []
    client.chat_postMessage(channel="DUASHA", text="At the second try")
    assert [each["text"] for each in twin.sent_to("UASHA")] == ["At the second try"]


def test_an_answer_can_break_off_in_the_middle(twin: SlackTwin, client: WebClient) -> None:
    twin.fail_next("chat.postMessage", Fault(halves=True, acts=True))
    with pytest.raises(IncompleteRead):
        client.chat_postMessage(channel="DUASHA", text="Once")
    assert len(twin.sent_to("UASHA")) == 1


def test_a_page_in_place_of_an_answer(twin: SlackTwin, client: WebClient) -> None:
    twin.fail_next("chat.postMessage", Fault(raw=b"<html>Back soon</html>"))
    with pytest.raises(SlackApiError, match="Back soon"):
        client.chat_postMessage(channel="DUASHA", text="x")
    assert twin.sent_to("UASHA") == []


def test_a_hanging_call_is_answered_once_released(twin: SlackTwin, client: WebClient) -> None:
    twin.fail_next("auth.test", Fault(hangs=True, acts=True))
    hurried = WebClient(token=BOT_TOKEN, base_url=twin.url, retry_handlers=[], timeout=1)
    with pytest.raises(TimeoutError):
        hurried.auth_test()
    twin.fail_next("auth.test", Fault(hangs=True, acts=True))
    twin.released.set()
    assert client.auth_test()["team_id"] == TEAM_ID


def test_while_it_is_down_every_call_fails(twin: SlackTwin, client: WebClient) -> None:
    twin.down = Fault(error="token_revoked")
    assert refused(client.auth_test) == refused(client.views_publish, user_id="UASHA", view=MODAL) == "token_revoked"
    twin.down = None
    assert client.auth_test()["team_id"] == TEAM_ID


def test_an_old_modal_is_not_written_over_a_newer_one(twin: SlackTwin, client: WebClient) -> None:
    opened = client.views_open(trigger_id=twin.trigger(), view=MODAL)["view"]
    newer = client.views_update(view_id=opened["id"], view=MODAL, hash=opened["hash"])["view"]
    assert refused(client.views_update, view_id=opened["id"], view=MODAL, hash=opened["hash"]) == "hash_conflict"
    assert [view["hash"] for view in twin.views] == [newer["hash"]]


def test_nobody_is_written_to_who_is_not_there(client: WebClient) -> None:
    assert refused(client.users_lookupByEmail, email="nobody@example.org") == "users_not_found"
    assert refused(client.conversations_open, users="UNOBODY") == "user_not_found"
    assert refused(client.chat_postMessage, channel="DUNOBODY", text="x") == "channel_not_found"


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({"title": {"type": "plain_text", "text": "x" * 24}}, True),
        ({"title": {"type": "plain_text", "text": "x" * 25}}, False),
        ({"private_metadata": "x" * 3000}, True),
        ({"private_metadata": "x" * 3001}, False),
        ({"blocks": [{"type": "divider"}] * 100}, True),
        ({"blocks": [{"type": "divider"}] * 101}, False),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 150}}]}, True),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]}, False),
        ({"blocks": [{"type": "divider", "block_id": "x" * 255}]}, True),
        ({"blocks": [{"type": "divider", "block_id": "x" * 256}]}, False),
        ({"blocks": [with_button(text="x" * 75)]}, True),
        ({"blocks": [with_button(text="x" * 76)]}, False),
        ({"blocks": [with_button(value="x" * 2000)]}, True),
        ({"blocks": [with_button(value="x" * 2001)]}, False),
        ({"blocks": [with_options(100)]}, True),
        ({"blocks": [with_options(101)]}, False),
    ],
)
def test_the_limits_of_a_view(twin: SlackTwin, client: WebClient, change: dict[str, Any], fits: bool) -> None:
    said: dict[str, Any] = {"trigger_id": twin.trigger(), "view": {**MODAL, **change}}
    if fits:
        client.views_open(**said)
    else:
        assert refused(client.views_open, **said) == "invalid_arguments"
    assert len(twin.views) == int(fits)
