"""Sending a message to one person in Slack, and saying what became of it.

Slack has no way to ask for a thing once only. So every message carries its notice's key in its metadata, and where it
is doubtful whether a message went out, the person's direct messages are looked through for that key first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from programme.notices import Answer, Letter, Notice, Reply

EVENT_TYPE = "auditloop_notice"
LOOK_BACK = 100

PERSON = {
    *("user_not_found", "users_not_found", "channel_not_found", "is_archived", "not_in_channel", "cannot_dm_bot"),
    *("user_disabled", "user_not_visible", "messages_tab_disabled"),
}
APP = {
    *("invalid_auth", "token_revoked", "account_inactive", "not_authed", "missing_scope", "token_expired"),
    *("restricted_action", "ekm_access_denied", "access_denied", "org_login_required", "team_access_not_granted"),
    *("no_permission", "not_allowed_token_type", "enterprise_is_restricted", "accesslimited"),
}
RETRY = {
    "ratelimited",
    "rate_limited",
    "message_limit_exceeded",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
AMBIGUOUS = {"internal_error", "fatal_error"}
"""Slack says that some of it may have been done."""
BUG = {
    *(
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "too_many_attachments",
    ),
    *(
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
    ),
    *(
        "metadata_must_be_sent_from_app",
        "invalid_form_data",
        "invalid_post_type",
        "missing_post_type",
        "unknown_method",
    ),
}
BY_CODE: Mapping[str, Answer] = {
    **dict.fromkeys(PERSON, Answer.PERSON),
    **dict.fromkeys(APP, Answer.APP),
    **dict.fromkeys(RETRY, Answer.RETRY),
    **dict.fromkeys(AMBIGUOUS, Answer.AMBIGUOUS),
    **dict.fromkeys(BUG, Answer.BUG),
}


@dataclass(frozen=True)
class Sender:
    client: WebClient

    def send(self, notice: Notice, letter: Letter) -> Reply:
        """One try, never a repeat of what may have gone out already."""
        user = notice.person.slack_user_id
        if not user:
            return Reply(Answer.RETRY, "not_on_slack_yet", wait=60)
        try:
            channel = str(self.client.conversations_open(users=user)["channel"]["id"])
            stamp = self._found_again(channel, notice.key) if notice.doubtful else ""
        except (SlackClientError, HTTPException, OSError) as error:
            return not_yet_sent(classified(error))
        if stamp:
            return Reply(Answer.OK, "found", channel, stamp)
        return self._post(channel, notice.key, letter)

    def _post(self, channel: str, key: str, letter: Letter) -> Reply:
        try:
            posted = self.client.chat_postMessage(
                channel=channel,
                text=letter.text,
                blocks=letter.blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        except (SlackClientError, HTTPException, OSError) as error:
            return classified(error)
        return Reply(Answer.OK, "", channel, str(posted["ts"]))

    def _found_again(self, channel: str, key: str) -> str:
        """The stamp of the message with this key, where it did go out."""
        history = self.client.conversations_history(channel=channel, limit=LOOK_BACK, include_all_metadata=True)
        messages: list[dict[str, Any]] = history["messages"]
        found = [each for each in messages if each.get("metadata", {}).get("event_payload", {}).get("key") == key]
        return str(found[0]["ts"]) if found else ""


def not_yet_sent(reply: Reply) -> Reply:
    """Before the message itself was posted nothing can have gone out, so what is doubtful may simply be tried again."""
    return Reply(Answer.RETRY, reply.code, wait=reply.wait) if reply.answer is Answer.AMBIGUOUS else reply


def classified(error: Exception) -> Reply:
    """Every reply and every fault as one of the six answers; what nobody foresaw is a bug, never silence."""
    if isinstance(error, SlackApiError):
        return _refused(error)
    if isinstance(error, HTTPError):
        return _by_status(error.code, str(error.headers.get("Retry-After") or ""))
    if isinstance(error, ConnectionRefusedError) or _never_left(error):
        return Reply(Answer.RETRY, "not_reached")
    if isinstance(
        error, TimeoutError | RemoteDisconnected | IncompleteRead | ConnectionError | URLError | HTTPException
    ):
        return Reply(Answer.AMBIGUOUS, type(error).__name__)
    return Reply(Answer.BUG, type(error).__name__)


def _never_left(error: Exception) -> bool:
    return (
        isinstance(error, URLError)
        and isinstance(error.reason, ConnectionRefusedError | OSError)
        and not isinstance(error.reason, TimeoutError | ConnectionResetError)
    )


def _refused(error: SlackApiError) -> Reply:
    response = error.response
    status = int(getattr(response, "status_code", 200))
    headers = getattr(response, "headers", {}) or {}
    code = str(response.get("error", "")) if isinstance(getattr(response, "data", None), dict) else ""
    if status == 429 or status >= 500:  # noqa: PLR2004 - HTTP's own numbers
        return _by_status(status, str(headers.get("Retry-After") or headers.get("retry-after") or ""))
    if not code:
        return Reply(Answer.AMBIGUOUS, "unreadable_answer")
    return Reply(BY_CODE.get(code, Answer.BUG), code)


def _by_status(status: int, retry_after: str) -> Reply:
    if status == 429:  # noqa: PLR2004
        return Reply(Answer.RETRY, "ratelimited", wait=float(retry_after) if retry_after.isdigit() else 30.0)
    if status >= 500:  # noqa: PLR2004
        return Reply(Answer.AMBIGUOUS, f"http_{status}")
    return Reply(Answer.BUG, f"http_{status}")
