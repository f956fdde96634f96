"""The pages of swaps in a real browser: by keyboard alone, as narrow as a small phone, clean by axe's rules."""

from flask import Flask
from playwright.sync_api import Page

from programme.people import Person
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.swapping import REF
from tests.cast import Cast
from tests.storage.test_swapping import standing
from tests.web.conftest import Browser
from tests.web.served import faults_of, page_of
from tests.web.test_swaps import CHOOSE, PAGE, free
from tests.web.test_swaps_arranged import declined

__all__ = ["free"]

pytestmark = ON_ONE_DATABASE


def test_every_page_of_swaps_is_clean_on_a_phone_and_works_by_keyboard(
    app: Flask, office: Office, browser: Browser, cast: Cast, free: Person
) -> None:
    declined(office, cast, free)
    found: dict[str, list[str]] = {}
    with page_of(app, browser(cast.administrator), width=320) as page:
        found["failed"] = judged(page, PAGE)
        by_keyboard(page, "Swap turns")
        found["make"] = faults_of(page)
        by_keyboard(page, "Make the swap")
        found["made"] = faults_of(page)
        by_keyboard(page, "Undo")
        found["undo"] = faults_of(page)
        by_keyboard(page, "Undo")
        found["choose for them"] = judged(page, f"{CHOOSE}?audit={REF}")
        by_keyboard(page, "Continue")
        found["nobody chosen"] = faults_of(page)
        assert page.locator(":focus").inner_text().startswith("There is a problem")
    with page_of(app, browser(cast.auditor), width=320) as page:
        found["mine"] = judged(page, PAGE)
        by_keyboard(page, "Swap")
        found["choose"] = faults_of(page)
        page.get_by_label(free.name).focus()
        page.keyboard.press("Space")
        by_keyboard(page, "Ask")
        found["asked"] = faults_of(page)
    with page_of(app, browser(free), width=320) as page:
        found["answer"] = judged(page, PAGE)
        by_keyboard(page, "Accept")
        found["accepted"] = faults_of(page)
    assert {at: faults for at, faults in found.items() if faults} == {}
    assert standing(office)[1][REF] == free.name


def judged(page: Page, at: str) -> list[str]:
    page.goto(at)
    return faults_of(page)


def by_keyboard(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
