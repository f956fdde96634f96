"""The form as everybody can use it: named groups, no fault that axe knows, and no scrolling sideways when enlarged."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast
from tests.forms.filling import address, fill_in, parts, returned, without
from tests.forms.looking import signed_in
from tests.journeys.browser import chromium
from tests.web.conftest import Browser
from tests.web.served import served

pytestmark = ON_ONE_DATABASE

FAULTLESS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"region": {"enabled": False}},
}
"""The Design System's back link stands before the main part of a page, in no region of its own."""

PHONE = 320
"""As wide as the smallest phone, and as a screen of 1280 points at 400 %."""


class Groups(HTMLParser):
    """Which boxes to choose from stand in a group that has a name."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.unnamed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "fieldset":
            self.open.append(False)
        elif tag == "legend":
            self.open[-1] = True
        elif tag == "input" and _is_one_of_several(said) and not (self.open and self.open[-1]):
            self.unnamed.append(said.get("name") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self.open.pop()


def _is_one_of_several(said: dict[str, str | None]) -> bool:
    return said.get("type") in {"radio", "checkbox"} or ".due." in (said.get("name") or "")


def pages(cast: Cast) -> list[str]:
    names = [part.name for part in parts(cast)]
    return [*names, *(f"{name}?back=check" for name in names), "check", "later", "print"]


def test_every_group_of_choices_has_a_legend(browser: Browser, cast: Cast) -> None:
    """A tool that walks the page sees a label for each choice, and not that nobody says what is chosen."""
    client = browser(cast.auditor)
    fill_in(client, cast, without("impact", "overall"))
    for page in pages(cast):
        groups = Groups()
        groups.feed(client.get(address(cast, page)).text)
        assert (page, groups.unnamed) == (page, [])


@pytest.fixture(scope="module")
def chrome() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_every_page_is_faultless_and_fits_a_phone(
    app: Flask, browser: Browser, cast: Cast, chrome: Chromium, filled: bool
) -> None:
    client = browser(cast.auditor)
    if filled:
        fill_in(client, cast, without("impact", safety="not_assured", **{"child.asked": "no", "action_1.due.day": "x"}))
    with served(app) as where:
        page = signed_in(chrome, client, where, width=PHONE).new_page()
        for name in pages(cast):
            page.goto(where + address(cast, name))
            assert (name, faults(page), page.evaluate("document.documentElement.scrollWidth")) == (name, [], PHONE)
        page.context.close()


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=FAULTLESS).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def test_what_is_refused_is_faultless_and_has_the_focus(
    app: Flask, browser: Browser, cast: Cast, chrome: Chromium
) -> None:
    client = browser(cast.auditor)
    with served(app) as where:
        page = signed_in(chrome, client, where, width=PHONE).new_page()
        page.goto(where + address(cast, "check"))
        with page.expect_navigation():
            page.get_by_role("button", name="Send").click()
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        assert faults(page) == []
        page.context.close()


def test_the_telephone_page_is_faultless_before_and_after_the_alert(
    app: Flask, browser: Browser, cast: Cast, chrome: Chromium
) -> None:
    client = browser(cast.auditor)
    with served(app) as where:
        page = signed_in(chrome, client, where, width=PHONE).new_page()
        page.goto(where + address(cast, "core"))
        for button in ("The child is unsafe now", "No: tell the managers now"):
            with page.expect_navigation():
                page.get_by_role("button", name=button).click()
            assert (button, faults(page)) == (button, [])
        page.context.close()


def test_the_receipt_is_faultless(app: Flask, browser: Browser, cast: Cast, chrome: Chromium) -> None:
    client = browser(cast.auditor)
    returned(client, cast)
    with served(app) as where:
        page = signed_in(chrome, client, where, width=PHONE).new_page()
        page.goto(where + address(cast))
        assert faults(page) == []
        page.context.close()


def test_by_keyboard_alone(app: Flask, browser: Browser, cast: Cast, chrome: Chromium) -> None:
    """Choose with the space bar and the arrows, go on with Enter, which sends nothing and alarms nobody."""
    client = browser(cast.auditor)
    with served(app) as where:
        page = signed_in(chrome, client, where, width=PHONE).new_page()
        page.goto(where + address(cast))
        page.locator("[name='part_in_case']").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_url(where + address(cast, "strengths"))
        page.goto(where + address(cast, "about"))
        assert page.locator("[name='part_in_case'][value='no']").is_checked()
        page.context.close()


def test_what_follows_from_an_answer_appears_with_it(
    app: Flask, browser: Browser, cast: Cast, chrome: Chromium
) -> None:
    client = browser(cast.auditor)
    with served(app) as where:
        page = signed_in(chrome, client, where, width=PHONE).new_page()
        page.goto(where + address(cast, "voices"))
        shown = {}
        for answer in ("", "yes", "no", "nobody"):
            if answer:
                page.locator(f"[name='mother.asked'][value='{answer}']").check()
            visible = [
                name for name in ("how", "why_not") if page.locator(f"[name='mother.{name}']").first.is_visible()
            ]
            shown[answer] = visible
        assert shown == {"": [], "yes": ["how"], "no": ["why_not"], "nobody": []}
        page.context.close()
