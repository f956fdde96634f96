"""A month in which nobody has Slack: every step is taken from an e-mail and on a page that it leads to.

The auditor of one audit swaps it with a peer, who returns it with an action. The other asks for more time, and gets it.
The first is moderated by a pair, its outcome is sent and acknowledged, and its action is done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import messages
from programme.calendar import at_london
from programme.people import Person
from programme.words import AccountStanding, ActionState, AllocationState
from scheduler.post.console import Console
from scheduler.post.email import Email, client
from scheduler.post.ways import Ways
from scheduler.work import Worker
from storage import clock, find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.swapping import REF, somebody_free
from tests.cast import MONTH, Cast, here
from tests.journeys import form
from tests.journeys.browser import chromium, picture
from tests.journeys.test_whole_month import ACTION, agreed_lower, choose_all
from tests.moderated import second_moderator
from tests.scheduler.test_work import Nothing
from tests.twins.notify import KEY, TEMPLATE, NotifyTwin
from tests.web.conftest import pages
from tests.web.served import served

pytestmark = ON_ONE_DATABASE


@dataclass
class World:
    """The pages, a browser on a phone, what Notify was given, and what day it is."""

    office: Office
    notify: NotifyTwin
    browser: Browser
    address: str

    def at(self, day: int, hour: time = time(9, 5), month: int = 10) -> None:
        with self.office.record.writing() as session:
            clock.set_to(session, at_london(date(2017, month, day), hour))
        self.sweep()

    def sweep(self) -> None:
        chat = Console(lambda session, notice: messages.render(session, self.office, notice))
        ways = Ways(chat, Email(self.office, client(KEY, self.notify.url), TEMPLATE), has_slack=False)
        Worker(self.office, ways, "host:1", Nothing()).sweep_once()

    @contextmanager
    def from_their_mail(self, person: Person, about: str) -> Iterator[Page]:
        """They open the link of their newest e-mail, which speaks of this, and sign in by it."""
        newest = self.notify.sent_to(person.email)[-1]
        assert about in f"{newest['subject']}\n{newest['body']}"
        way_in = newest["body"].partition(f"Answer here: {self.office.address}")[2].split()[0]
        context = self.browser.new_context(viewport={"width": 390, "height": 844}, base_url=self.address)
        page = context.new_page()
        page.goto(way_in)
        page.get_by_role("button", name="Sign in").click()
        yield page
        context.close()

    @contextmanager
    def who_asks_for_a_link(self, person: Person) -> Iterator[Page]:
        """They say who they are on the page, and the link comes by e-mail."""
        page = self.browser.new_page(base_url=self.address)
        page.goto("/sign-in")
        page.get_by_label("your address at work").fill(person.email)
        page.get_by_role("button", name="Send me a link").click()
        page.wait_for_load_state()
        page.close()
        self.sweep()
        with self.from_their_mail(person, "link") as theirs:
            yield theirs


@pytest.fixture
def world(office: Office, cast: Cast) -> Iterator[World]:
    with office.record.writing() as session:
        for person in cast.everyone:
            theirs = here(session, person)
            theirs.slack_user_id, theirs.slack_standing = None, AccountStanding.NONE
    office, notify = replace(office, has_email=True), NotifyTwin().start()
    with served(pages(office)) as address, chromium() as browser:
        yield World(office, notify, browser, address)
    notify.stop()


def test_a_month_by_email_and_browser_alone(world: World, cast: Cast) -> None:
    taker = somebody_free(world.office, cast)
    with world.office.record.writing() as session:
        here(session, taker).slack_user_id = None
    world.at(3)
    swapped(world, cast.auditor, taker)
    returned(world, taker)
    given_more_time(world, cast.peer, cast.head_of_service)
    moderated(world, cast)
    outcome_sent(world, cast)
    action_done(world, cast)


PEERS = "AUD-2017-10-02"


def swapped(world: World, asker: Person, taker: Person) -> None:
    with world.from_their_mail(asker, "audit") as page:
        follow(page, "Swap")
        page.get_by_label(taker.name).check()
        pressed(page, "Ask")
    world.sweep()
    with world.from_their_mail(taker, asker.name) as page:
        picture(page, "swap-by-email")
        follow(page, asker.name)
        pressed(page, "Accept")
    world.sweep()


def returned(world: World, holder: Person) -> None:
    with world.from_their_mail(holder, "audit") as page:
        page.get_by_role("button", name="Open the form").click()
        form.fill_in(page, **ACTION)
        page.get_by_role("button", name="Send").click()
        page.wait_for_load_state()
    with world.office.record.reading() as session:
        assert find.allocations.by_ref(session, REF).state is AllocationState.RETURNED_IN_TIME


def given_more_time(world: World, holder: Person, head: Person) -> None:
    """On its way; then the date is moved by who holds it, and a second time by who leads them; then it comes."""
    world.at(6)
    with world.from_their_mail(holder, PEERS) as page:
        follow(page, "On track, more time")
        pressed(page, "On track")
    world.at(12)
    with world.from_their_mail(holder, PEERS) as page:
        follow(page, "On track, more time")
        page.get_by_label("By when will it be ready?").select_option("2017-10-17")
        pressed(page, "Move the date")
    world.at(16)
    with world.from_their_mail(holder, PEERS) as page:
        follow(page, "On track, more time")
        page.get_by_label("By when will it be ready?").select_option("2017-10-18")
        pressed(page, "Ask for it")
    world.sweep()
    with world.from_their_mail(head, holder.name) as page:
        follow(page, holder.name)
        picture(page, "more-time-by-email")
        pressed(page, "Approve")
    with world.office.record.reading() as session:
        assert find.allocations.by_ref(session, PEERS).due_on == date(2017, 10, 18)


def moderated(world: World, cast: Cast) -> None:
    """The day is opened by who runs the month; both of the pair judge alone, and one writes down what they agree."""
    other = second_moderator(world.office, cast)
    with world.office.record.writing() as session:
        here(session, other).slack_user_id = None
    world.at(20)
    with world.who_asks_for_a_link(cast.administrator) as page:
        page.goto(f"/rounds/{MONTH}/pairs")
        pressed(page, "Open the day with these pairs")
    world.sweep()
    with world.from_their_mail(cast.peer, "moderat") as page:
        judged_alone(page)
    with world.from_their_mail(other, "moderat") as page:
        judged_alone(page)
        agreed_lower(page)
        pressed(page, "Keep what we agreed")


def judged_alone(page: Page) -> None:
    follow(page, REF)
    choose_all(page, form.GRADE)
    pressed(page, "Keep my judgement")


def outcome_sent(world: World, cast: Cast) -> None:
    world.at(23)
    with world.who_asks_for_a_link(cast.administrator) as page:
        page.goto(f"/rounds/{MONTH}/outcomes")
        page.get_by_role("button", name="Send").click()
        pressed(page, "Send")
    world.sweep()
    with world.from_their_mail(cast.social_worker, REF) as page:
        page.goto(f"/audits/{REF}")
        picture(page, "outcome-by-email")
        pressed(page, "Acknowledge")


def action_done(world: World, cast: Cast) -> None:
    """Its owner reads what is asked, and says what was done."""
    with world.from_their_mail(cast.team_manager, "act") as page:
        follow(page, ACTION["action_1.step"])
        for label in ("What was done?", "What changed for the child?"):
            page.get_by_label(label).fill("The school rings the worker by ten, and it works.")
        page.get_by_label("Where does the record show it?").fill("Case note of the 23rd")
        pressed(page, "Confirm complete")
    with world.office.record.reading() as session:
        [action] = find.actions.of_allocation(session, find.allocations.by_ref(session, REF))
        assert action.state is ActionState.CONFIRMED


def follow(page: Page, link: str) -> None:
    page.locator("main").get_by_role("link", name=link).click()


def pressed(page: Page, button: str) -> None:
    """And the page that follows says that it was done."""
    page.get_by_role("button", name=button).click()
    expect(page.locator(".govuk-notification-banner--success")).to_be_visible()
