"""A month in which nobody has Slack: every step is taken from an e-mail and on a page that it leads to.

The auditor of one audit swaps it with a peer, who returns it. The other asks for more time, and gets it.
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
from programme.words import AccountStanding, AllocationState
from scheduler.post.console import Console
from scheduler.post.email import Email, client
from scheduler.post.ways import Ways
from scheduler.work import Worker
from storage import clock, find
from storage.office import Office
from tests.bot.swapping import REF, somebody_free
from tests.cast import Cast, here
from tests.journeys import form
from tests.journeys.browser import chromium, picture
from tests.scheduler.test_work import Nothing
from tests.twins.notify import KEY, TEMPLATE, NotifyTwin
from tests.web.conftest import pages
from tests.web.served import served


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
        form.fill_in(page)
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


def follow(page: Page, link: str) -> None:
    page.locator("main").get_by_role("link", name=link).click()


def pressed(page: Page, button: str) -> None:
    """And the page that follows says that it was done."""
    page.get_by_role("button", name=button).click()
    expect(page.locator(".govuk-notification-banner--success")).to_be_visible()
