"""A new version of the questions in a real browser: by keyboard alone, as wide as a phone, clean by axe's rules."""

from flask import Flask
from playwright.sync_api import Page

from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast, audit_tool
from tests.web.conftest import Browser
from tests.web.served import faults_of, page_of

pytestmark = ON_ONE_DATABASE

NEW = "/tool/2017-10/new"
ASKED = [question.text for question in audit_tool().questions]


def test_a_version_is_written_by_keyboard_alone_and_every_page_is_clean(
    app: Flask, office: Office, browser: Browser, cast: Cast
) -> None:
    """Enter in a field looks it over; nothing is moved or taken out by it."""
    with page_of(app, browser(cast.head_of_quality), width=390) as page:
        found = {at: judged(page, at) for at in ("/tool", "/tool/2017-10", NEW)}
        press(page, "Add a theme question")
        assert page.url.endswith("#question-6")
        for name, said in {"text": "Is he heard?", "standard": "He is.", "definition": "His words."}.items():
            page.locator(f"[name='questions.6.{name}']").focus()
            page.keyboard.type(said)
        page.locator("[name='questions.6.area']").focus()
        enter(page)
        found["faults"] = faults_of(page)
        assert page.locator(":focus").inner_text().startswith("There is a problem")
        for name, said in {"questions.6.area": "Fathers", "version": "2017-11"}.items():
            page.locator(f"[name='{name}']").focus()
            page.keyboard.type(said)
        press(page, "Take out question 2")
        found["taken out"] = faults_of(page)
        press(page, "Look it over")
        found["looked over"] = faults_of(page)
        press(page, "Save this version")
        found["saved"] = faults_of(page)
        found["remove"] = judged(page, "/tool/2017-11/remove")
    assert {at: faults for at, faults in found.items() if faults} == {}
    with office.record.reading() as session:
        saved = find.tools.must_be(session, "2017-11")
    assert [question.text for question in saved.questions] == [
        ASKED[0],
        *ASKED[2:],
        "Is he heard?",
    ]


def judged(page: Page, at: str) -> list[str]:
    page.goto(at)
    return faults_of(page)


def press(page: Page, name: str) -> None:
    """Press a button as the keyboard does."""
    page.get_by_role("button", name=name).first.focus()
    enter(page)


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")
