"""What happened to messages that wait or failed, by somebody's hand. Why is kept with the message itself."""

from dataclasses import dataclass

from programme.facts import Fact


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
