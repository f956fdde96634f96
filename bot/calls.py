"""Calls to Slack: how they fail, and those made while a person waits, which must not fail what the person asked for."""

import logging
import re
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.views.parts import Block

FAULTS = (SlackClientError, HTTPException, OSError, ValueError)
"""All that a call can raise: Slack's refusal, a broken or missing answer, no connection, bytes that are no text."""

UNREADABLE = "unreadable_answer"
CODE = re.compile(r"[a-z_]{2,60}", re.ASCII)
TOO_LATE = "That took too long to open. Please press it again."

log = logging.getLogger(__name__)


def code_of(fault: BaseException) -> str:
    """Slack's own code, else the kind of the fault: never text that may quote a whole page or message."""
    if not isinstance(fault, SlackApiError):
        return type(fault).__name__
    said = fault.response.get("error") if isinstance(fault.response.data, dict) else None
    return said if isinstance(said, str) and CODE.fullmatch(said) else UNREADABLE


def open_modal(client: WebClient, *, trigger: str, view: Block, user: str, channel: str) -> None:
    """Slack takes a trigger once and for three seconds; who was too late is told where they are, or beside App Home."""
    try:
        client.views_open(trigger_id=trigger, view=view)
    except FAULTS as fault:
        log.warning("a modal could not be opened", extra={"code": code_of(fault)})
        if isinstance(fault, SlackApiError):
            say_privately(client, user=user, channel=channel or _our_own_with(client, user), words=TOO_LATE)


def _our_own_with(client: WebClient, user: str) -> str:
    """The bot's own conversation with somebody: App Home and the shortcut name no channel. Empty if there is none."""
    try:
        return str(client.conversations_open(users=user)["channel"]["id"])
    except FAULTS as fault:
        log.warning("the bot's own conversation could not be found", extra={"code": code_of(fault)})
        return ""


def change_modal(client: WebClient, *, view_id: str, seen: str, view: Block) -> None:
    """Draw another modal where one stands. `seen` is Slack's mark of how it looked to who pressed: where it looks
    different by now, somebody was quicker, and what they did stands.
    """
    try:
        client.views_update(view_id=view_id, hash=seen or None, view=view)
    except FAULTS as fault:
        log.warning("a modal could not be changed", extra={"code": code_of(fault)})


def say_privately(client: WebClient, *, user: str, channel: str, words: str, thread: str = "") -> None:
    """Words that only this person sees, in the channel or thread where they are looking, and that do not stay."""
    if not channel:
        return
    try:
        client.chat_postEphemeral(
            channel=channel, user=user, text=words, thread_ts=thread or None, parse="none", link_names=False
        )
    except FAULTS as fault:
        log.warning("a private word could not be said", extra={"code": code_of(fault)})
