"""Sending a message to one person in Slack, or publishing their App Home, and saying what became of it.

Slack has no way to ask for a thing once only. So every message carries its notice's key in its metadata, and where it
is doubtful whether a message went out, the person's direct messages are looked through for that key first.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from errno import EHOSTUNREACH, ENETUNREACH
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.calls import FAULTS, UNREADABLE, code_of
from bot.codes import BY_CODE
from bot.pace import Pace, TooSoon
from bot.views.parts import Block
from programme.homes import Home
from programme.notices import FOUND, PACED, UNHEARD_OF, Answer, Letter, Notice, Reply

EVENT_TYPE = "auditloop_notice"
LOOK_BACK = 100
ACCOUNT_GONE = "account_gone"
"""Closed, a guest's or of another workspace by now: what is for its person waits until they have one again."""

TOO_MANY_REQUESTS = 429
INTERNAL_SERVER_ERROR = 500
NO_WAY_THERE = {ENETUNREACH, EHOSTUNREACH}
SECONDS = re.compile(r"[0-9]{1,6}", re.ASCII)
RATE_LIMITED = "ratelimited"
RATE_LIMITS = {RATE_LIMITED, "rate_limited"}


@dataclass(frozen=True)
class Sender:
    client: WebClient
    pace: Pace = field(default_factory=Pace)
    channels: dict[str, str] = field(default_factory=dict)
    """Account → the channel of our direct messages, once Slack has said which: it stays the same."""

    def send(self, notice: Notice, letter: Letter) -> Reply:
        """One try, never a repeat of what may have gone out already."""
        user = notice.person.slack_user_id
        if not user:
            return Reply(Answer.RETRY, "not_on_slack_yet", wait=60)
        if not notice.person.is_on_slack:
            return Reply(Answer.RETRY, ACCOUNT_GONE, wait=60)
        try:
            channel = self._channel_of(user)
            stamp = self._found_again(channel, notice.posted_as) if notice.doubtful else ""
        except FAULTS as error:
            return classified(error).before_it_was_sent()
        if stamp:
            return Reply(Answer.OK, FOUND, channel, stamp)
        return self._post(channel, notice.posted_as, letter)

    def redraw(self, notice: Notice, letter: Letter) -> Reply:
        """Draw a message again where it stands. Done twice it comes to the same, so it may always be repeated.

        Where the account is not one of ours any more, it stays as it was read.
        """
        if not notice.person.is_on_slack:
            return Reply(Answer.PERSON, ACCOUNT_GONE)
        try:
            self._ask(
                "chat.update",
                lambda: self.client.chat_update(
                    channel=notice.channel,
                    ts=notice.stamp,
                    text=letter.text,
                    blocks=letter.blocks,
                    # Here, unlike where a message is new, Slack looks for names and addresses unless it is told not to.
                    parse="none",
                    link_names=False,
                ),
            )
        except FAULTS as error:
            return classified(error)
        return Reply(Answer.OK)

    def publish_home(self, home: Home, view: Block) -> Reply:
        """Put this view where that App Home stands, if it still looks as it did when it was published last."""
        try:
            shown = self._ask(
                "views.publish",
                lambda: self.client.views_publish(user_id=home.account, hash=home.mark or None, view=view),
            )
        except FAULTS as error:
            return classified(error)
        kept: dict[str, Any] = shown.get("view") or {}
        return Reply(Answer.OK, stamp=str(kept.get("hash", "")))

    def probe(self) -> Reply:
        """Whether Slack knows us: the only call that is made while it refuses the app."""
        try:
            self.client.auth_test()
        except FAULTS as error:
            return classified(error)
        return Reply(Answer.OK)

    def _post(self, channel: str, key: str, letter: Letter) -> Reply:
        try:
            posted = self._ask(
                "chat.postMessage",
                lambda: self.client.chat_postMessage(
                    channel=channel,
                    text=letter.text,
                    blocks=letter.blocks,
                    metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                    unfurl_links=False,
                    unfurl_media=False,
                    parse="none",
                    link_names=False,
                ),
                channel,
            )
        except FAULTS as error:
            return classified(error)
        return Reply(Answer.OK, "", channel, str(posted["ts"]))

    def _channel_of(self, user: str) -> str:
        if user not in self.channels:
            opened = self._ask("conversations.open", lambda: self.client.conversations_open(users=user))
            self.channels[user] = str(opened["channel"]["id"])
        return self.channels[user]

    def _ask(self, method: str, call: Callable[[], SlackResponse], channel: str = "") -> SlackResponse:
        """Call Slack where the call's time has come; where Slack says it has not, nobody asks before it says."""
        self.pace.must_allow(method, channel)
        try:
            return call()
        except SlackApiError as refusal:
            if (reply := classified(refusal)).code == RATE_LIMITED:
                self.pace.told_to_wait(method, reply.wait or 0.0)
            raise

    def _found_again(self, channel: str, key: str) -> str:
        """The stamp of the message with this key, where it did go out."""
        history = self._ask(
            "conversations.history",
            lambda: self.client.conversations_history(channel=channel, limit=LOOK_BACK, include_all_metadata=True),
        )
        messages: list[dict[str, Any]] = history["messages"]
        found = [each for each in messages if each.get("metadata", {}).get("event_payload", {}).get("key") == key]
        return str(found[0]["ts"]) if found else ""


def classified(fault: Exception) -> Reply:
    """Every refusal and every fault as one of the six answers; a code that nobody foresaw is a bug, never silence: it
    is marked, and shown to whoever runs the month.
    """
    if isinstance(fault, SlackApiError):
        return _refused(fault)
    if isinstance(fault, TooSoon):
        return Reply(Answer.RETRY, PACED, wait=fault.seconds, asked=False, everybody=fault.everybody)
    if isinstance(fault, URLError) and _never_left(fault.reason):
        return Reply(Answer.RETRY, "not_reached")
    return Reply(Answer.AMBIGUOUS, code_of(fault))


def _never_left(reason: object) -> bool:
    """No connection was made, so Slack has heard nothing."""
    refused = isinstance(reason, ConnectionRefusedError | gaierror | SSLCertVerificationError)
    return refused or (isinstance(reason, OSError) and reason.errno in NO_WAY_THERE)


def _refused(refusal: SlackApiError) -> Reply:
    response, code = refusal.response, code_of(refusal)
    if response.status_code == TOO_MANY_REQUESTS or code in RATE_LIMITS:
        return Reply(Answer.RETRY, RATE_LIMITED, wait=_wait(response.headers))
    if code in BY_CODE:
        return Reply(BY_CODE[code], code)
    if code == UNREADABLE or response.status_code >= INTERNAL_SERVER_ERROR:
        # A gateway's page, or half an answer: what stands behind it may have done its work.
        return Reply(Answer.AMBIGUOUS, f"http_{response.status_code}")
    return Reply(Answer.BUG, UNHEARD_OF + code)


def _wait(headers: Mapping[str, str]) -> float:
    """The seconds a rate limit asks for; half a minute where it does not say."""
    asked = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(asked) if SECONDS.fullmatch(asked) else 30.0
