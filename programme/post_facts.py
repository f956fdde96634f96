"""What happened to messages that wait or failed, by somebody's hand (why is kept with the message itself); and that
Slack refuses the app.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from programme.facts import Fact, LinkAsked
from programme.words import Way


@dataclass(frozen=True, kw_only=True)
class MessageHeld(Fact):
    """Somebody holds one message back."""

    message: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class MessageReleased(Fact):
    """What was held may go out, if it still applies."""

    message: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class MessageDropped(Fact):
    """Somebody decided that one message is not sent."""

    message: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class MessageSentAgain(Fact):
    """What failed is tried once more."""

    message: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class AppRefused(Fact):
    """Slack refuses the app itself, so whoever runs the month is told another way: once, as it begins."""

    why: str

    ways: ClassVar[tuple[Way, ...]] = (Way.EMAIL,)


WAITED_FOR: Mapping[str, str] = {
    LinkAsked.kind(): "Somebody waits for this link.",
    AppRefused.kind(): "It says that Slack refuses the app.",
}
"""What neither a pause nor the night keeps: without it nobody could come in, or would know that nothing goes out."""
