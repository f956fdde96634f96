"""A whole month at work, for tests: pages and chat as people meet them, and the worker's day done at a word.

The worker runs in this process, one sweep at a time, so that each day's messages are all there before the next begins.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, Page, expect

from commands.tools import Tools
from programme.allocations import Allocation
from programme.calendar import at_london
from programme.circle import Circle
from programme.daily_facts import MonthTold
from programme.notices import Notice
from programme.words import AllocationState, NoticeState, Way
from storage import clock, find
from storage.session import Session
from tests.journeys.browser import chromium
from tests.journeys.chat import Chat, Somebody
from tests.journeys.running import BOROUGH, House, house
from tests.journeys.test_import_to_return import ADMINISTRATOR, give_out_in_chat, members

MONTH = "2017-10"

Found = TypeVar("Found")


@dataclass
class Month:
    """The house, its chat and a browser, what day it is, and who must have heard what."""

    house: House
    chat: Chat
    browser: Browser
    name: str = MONTH
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def tools(self) -> Tools:
        return self.house.tools

    @property
    def first(self) -> date:
        return date.fromisoformat(f"{self.name}-01")

    def flask(self, *words: str) -> str:
        return self.house.flask_here(*words)

    def at(self, day: int, hour: time = time(9, 5), *, month: int | None = None) -> datetime:
        """It becomes this moment, of this month or of another, and the worker does what is due."""
        now = at_london(self.first.replace(month=month or self.first.month, day=day), hour)
        with self.tools.office.record.writing() as session:
            clock.set_to(session, now)
        self.sweep()
        return now

    def sweep(self) -> None:
        self.tools.worker().sweep_once()
        self.tools.worker().sweep_once()  # what the first sweep's sending has changed is drawn again

    def expect(self, *people: str, kind: str) -> None:
        """Each of these gets one message of this kind; whatever else anybody gets by the end is a fault."""
        self.expected.update((person, kind) for person in people)

    def heard(self) -> Counter[tuple[str, str]]:
        """Who has been sent what, but for the day's digest of whoever runs the month."""
        return Counter((notice.person.email, notice.kind) for notice in self.sent() if notice.kind != MonthTold.kind())

    def sent(self, *, by_email: bool = False) -> Sequence[Notice]:
        """What went to chat; or what went by e-mail beside it, as an alert does."""
        sent = self.look(lambda session: find.notices.in_state(session, NoticeState.SENT))
        return [notice for notice in sent if (notice.way is Way.EMAIL) is by_email]

    def messages(self) -> Counter[str]:
        """How many messages each person was sent, by the record: of a day's reminders they are one."""
        stand = {(notice.person.email, notice.channel, notice.stamp) for notice in self.sent()}
        return Counter(email for email, _, _ in stand)

    def in_chat(self) -> Counter[str]:
        """How many direct messages stand in chat for each person."""
        everybody = [self.chat.be(each) for each in self.chat.workspace.members]
        return Counter({each.member.email: len(each.direct_messages()) for each in everybody if each.direct_messages()})

    def somebody(self, email: str) -> Somebody:
        return self.chat.be(next(each for each in self.chat.workspace.members if each.email == email))

    def look(self, found: Callable[[Session], Found]) -> Found:
        with self.tools.office.record.reading() as session:
            return found(session)

    def audits(self) -> list[Allocation]:
        return self.look(
            lambda session: [*find.allocations.of_round(session, find.rounds.of_month(session, self.name))]
        )

    def circle(self, audit: Allocation) -> Circle:
        """The people round an audit's child's record."""

        def found(session: Session) -> Circle:
            case = find.allocations.by_ref(session, audit.ref).case
            return find.people.circle_of(session, case, on=self.first)

        return self.look(found)

    @contextmanager
    def page(self, email: str, path: str) -> Iterator[Page]:
        """The pages as somebody who has signed in, at one of them, on a phone."""
        context = self.browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(f"{self.house.address}/demo?next={path}")
        for folded in page.locator("summary").all():
            folded.click()
        page.locator(f"button[value='{email}']").click()
        page.wait_for_url(lambda address: "/demo" not in address)
        yield page
        context.close()


@contextmanager
def month_begun(folder: Path, url: str, begins: datetime, *, sample: int) -> Iterator[Month]:
    """Everything up to the sample is done, and pages and chat are open."""
    name, me = f"{begins:%Y-%m}", ("--as", ADMINISTRATOR)
    with house(folder, url, members()) as running, Chat(running.chat) as chat, chromium() as browser:
        lots_fall_on_nobody(running)
        month = Month(running, chat, browser, name)
        month.flask("demo", "clock", f"{begins:%Y-%m-%dT%H:%M}")
        month.flask("people", "import", str(BOROUGH / "people.csv"), *me)
        month.flask("tool", "import", str(BOROUGH / "tool-2017-10.toml"), *me)
        month.flask("cases", "import", str(BOROUGH / "cases-2017-10.csv"), "--round", name, *me)
        month.flask("round", "open", name, "--theme", "Safeguarding and planning", "--group", "Rowan", *me)
        month.flask("round", "sample", name, "--size", str(sample), "--seed", "1710", *me)
        running.start_pages()
        yield month
        month.tools.office.record.close()


def lots_fall_on_nobody(running: House) -> None:
    """Of what is neither immediate nor urgent nothing is drawn to be checked, so that each run of this is alike."""
    policy = running.folder / "policy.toml"
    policy.write_text(f"{running.policy.read_text(encoding='utf-8')}\n[checks]\none_in = 1000000\n", encoding="utf-8")
    running.policy = policy


def given_out(month: Month, many: int) -> list[Allocation]:
    """The administrator allocates and gives out in chat."""
    give_out_in_chat(month.chat, month.somebody(ADMINISTRATOR), many=many)
    month.sweep()
    audits = month.audits()
    assert [each.state for each in audits] == [AllocationState.OUT] * many
    month.expect(*map(email_of, audits), kind="case_given_out")
    near = [who.email for each in audits for who in (each.case.social_worker, each.case.team_manager) if who]
    month.expect(*near, kind="record_chosen")
    return audits


def email_of(audit: Allocation) -> str:
    assert audit.holder is not None
    return audit.holder.email


def done(page: Page) -> None:
    """The page that follows says that it was done."""
    expect(page.locator(".govuk-notification-banner--success")).to_be_visible()
