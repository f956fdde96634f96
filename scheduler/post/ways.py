"""Which way a message goes: chat for who is there and likes it, e-mail for everybody else.

Where no e-mail is set up there is one way only, and who is not on Slack is waited for.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from programme.accounts import Account
from programme.homes import Home
from programme.notices import Answer, Dropped, Letter, Notice, Reply
from programme.people import Person
from programme.words import Way
from scheduler.post.chat import Chat
from scheduler.post.homes import View
from storage.session import Session

BY_EMAIL_ALONE = "it goes by e-mail"
NO_EMAIL = "no e-mail is set up"
UNTIL_IT_IS_MENDED = 300.0
"""Seconds between two tries of an e-mail while Notify refuses us altogether."""

log = logging.getLogger(__name__)


class Mailing(Protocol):
    def send(self, notice: Notice, letter: Letter) -> Reply: ...


@dataclass(frozen=True)
class Ways:
    """Chat, and e-mail beside it; whoever asks for a chat may be handed this."""

    chat: Chat
    email: Mailing | None
    has_slack: bool

    def render(self, session: Session, notice: Notice) -> Letter | Dropped:
        """Of a message that goes both ways, the one that has no way to go is not needed: the other says the same."""
        if notice.way is Way.EMAIL and self.email is None:
            return Dropped(NO_EMAIL)
        if notice.way is Way.CHAT and self.email is not None and not self._chat_reaches(notice.person):
            return Dropped(BY_EMAIL_ALONE)
        return self.chat.render(session, notice)

    def together(self, letters: Sequence[Letter]) -> Letter:
        return self.chat.together(letters)

    def send(self, notice: Notice, letter: Letter) -> Reply:
        """Who is refused in chat, because the account is closed or the like, has it by e-mail."""
        if self.email is None or notice.way is Way.CHAT:
            return self.chat.send(notice, letter)
        if notice.way is Way.EMAIL or notice.person.prefers_email or not self._chat_reaches(notice.person):
            return _by(self.email, notice, letter)
        reply = self.chat.send(notice, letter)
        return _by(self.email, notice, letter) if reply.answer is Answer.PERSON else reply

    def _chat_reaches(self, person: Person) -> bool:
        """By now, or as soon as they are looked up."""
        return self.has_slack and person.may_be_on_slack

    def redraw(self, notice: Notice, letter: Letter) -> Reply:
        return self.chat.redraw(notice, letter)

    def probe(self) -> Reply:
        return self.chat.probe()

    def find_account(self, email: str) -> Account:
        return self.chat.find_account(email)

    def look_up(self, account: str) -> Account:
        return self.chat.look_up(account)

    def draw_home(self, session: Session, account: str) -> View:
        return self.chat.draw_home(session, account)

    def publish_home(self, home: Home, view: View) -> Reply:
        return self.chat.publish_home(home, view)


def _by(email: Mailing, notice: Notice, letter: Letter) -> Reply:
    """What Notify refuses altogether is tried again later. It says nothing of chat, so it must not stop that, too."""
    reply = email.send(notice, letter)
    if reply.answer is not Answer.APP:
        return reply
    log.error("GOV.UK Notify refuses us; flask doctor says what to do", extra={"code": reply.code})
    return Reply(Answer.RETRY, reply.code, wait=UNTIL_IT_IS_MENDED)
