"""A postman that sends to the twin, second by second of a clock that both share and nobody waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.pace import Pace
from bot.sender import Sender
from programme.facts import MessagesPaused
from programme.notices import Letter, Notice
from programme.people import Person
from programme.words import NoticeState
from scheduler.post.postman import Postman
from storage import find, journal
from storage.office import Office
from tests.cast import NOW
from tests.scheduler.later import later
from tests.twins.slack import BOT_TOKEN, Body, SlackTwin

LETTER = Letter("An audit is ready", [{"type": "section", "text": {"type": "mrkdwn", "text": "Yours"}}])


@dataclass
class Clockwork:
    office: Office
    twin: SlackTwin

    def __post_init__(self) -> None:
        client = WebClient(token=BOT_TOKEN, base_url=self.twin.url, retry_handlers=[], timeout=5)
        self.sender = Sender(client, Pace(lambda: self.twin.now))

    def tell(self, many: int, *, each: int = 1) -> list[Person]:
        """So many people, new and on Slack, and for each of them so many messages."""
        people = [Person(f"p{n}@example.org", f"Person {n}", slack_user_id=f"UP{n}") for n in range(many)]
        self.twin.users |= {person.email: person.slack_user_id or "" for person in people}
        with self.office.record.writing() as session:
            session.add_all(people)
            session.flush()
            facts = [MessagesPaused(about=f"x {n}", paused=True, tell=tuple(people)) for n in range(each)]
            journal.write(session, facts, by=None, at=NOW)
        return people

    def goes_on(self, seconds: int, *, every: int = 1) -> None:
        """The worker comes by once in so many seconds."""
        for _ in range(0, seconds, every):
            office = later(self.office, seconds=self.twin.now)
            postman = Postman(office, lambda *_: LETTER, self.sender.send, "w", probe=self.sender.probe)
            postman.deliver_until_empty()
            self.twin.now += every

    def notices(self) -> Sequence[Notice]:
        with self.office.record.reading() as session:
            return find.notices.in_state(session, *NoticeState)

    def keys_sent(self) -> list[str]:
        messages: list[Body] = [each for said in self.twin.messages.values() for each in said]
        return [each["metadata"]["event_payload"]["key"] for each in messages]

    def called(self, method: str) -> list[float]:
        return [at for name, at in self.twin.times if name == method]
