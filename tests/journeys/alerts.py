"""A child who is unsafe now, from the telephone page to the end of the alert, as people play it."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from bot import names
from programme.allocations import Allocation
from programme.checking import CheckAnswer
from storage import find
from tests.journeys import form
from tests.journeys.browser import picture
from tests.journeys.month import Month, email_of

STRENGTHS = "The school knows this child well."


def raised_in_the_form(month: Month, audit: Allocation, page: Page) -> list[str]:
    """Telephone first, in the middle of the form; the managers are told that minute. Who was told."""
    circle = month.circle(audit)
    told = [who.email for who in circle.told_of_danger(staff_conduct=False)]
    form.fill_in_part(page)
    form.go_on(page)
    page.locator("textarea[name='strengths']").fill(STRENGTHS)
    page.get_by_role("button", name="The child is unsafe now", exact=True).click()
    page.get_by_role("button", name="No: tell the managers now").click()
    expect(page.get_by_role("heading", name="Ring now")).to_be_visible()
    picture(page, "ring-now")
    month.sweep()
    month.expect(*told, kind="child_unsafe")
    month.expect(circle.owner.email, kind="action_raised")
    return told


def sent_in(month: Month, audit: Allocation, page: Page, *, rang: str, at: str) -> None:
    """Whom they rang; then the rest of the form."""
    page.locator("input[name='spoken_to']").fill(rang)
    page.locator("input[name='spoken_at']").fill(at)
    form.go_on(page, "I have rung: back to the form")
    expect(page.locator("textarea[name='strengths']")).to_have_value(STRENGTHS)
    form.fill_in(page, safety="unsafe_now", safety_detail="Nobody has seen the child for three weeks.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Your audit has arrived")).to_be_visible()
    month.expect(email_of(audit), kind="return_recorded")


def taken_in_hand(month: Month, who: str, told: list[str]) -> None:
    somebody = month.somebody(who)
    somebody.press("I have this", somebody.message("Act now."))
    month.chat.wait_for(lambda: "You have this" in json.dumps(month.chat.modals), "having it")
    month.sweep()
    month.expect(*(each for each in told if each != who), kind="alert_taken")


def said_to_be_safe(month: Month, who: str, *, day: str, hour: str) -> None:
    """By who has it, in chat."""
    somebody = month.somebody(who)
    somebody.press("Child seen or made safe", somebody.message("Child seen or made safe"))
    assert somebody.modal()["callback_id"] == names.MADE_SAFE_VIEW
    filled: dict[str, Any] = {
        names.DAY_FIELD: {"type": "datepicker", "selected_date": day},
        names.HOUR_FIELD: {"type": "plain_text_input", "value": hour},
        names.WORDS_FIELD: {"type": "plain_text_input", "value": "The duty team saw the child at home."},
    }
    somebody.submit(**{name: {name: state} for name, state in filled.items()})
    month.chat.wait_for(lambda: "is asked to agree" in json.dumps(month.chat.modals), "what was said")
    month.sweep()


def agreed(month: Month, who: str, hear: list[str]) -> None:
    """By a Head of Service who does not own it; everybody who was told hears that it is over."""
    head = month.somebody(who)
    head.press("Look and agree", head.message("Look and agree"))
    assert head.modal()["callback_id"] == names.AGREE_SAFE_VIEW
    head.submit()
    month.chat.wait_for(lambda: "has come to its end" in json.dumps(month.chat.modals), "the agreement")
    month.sweep()
    month.expect(*(each for each in dict.fromkeys(hear) if each != who), kind="alert_ended")
    assert month.somebody(hear[0]).message("agreed on")["ts"]


def confirmed(month: Month, owner: str, auditor: str, words: str) -> None:
    """The owner says in chat what was done; the auditor hears that something came of it."""
    somebody = month.somebody(owner)
    somebody.press("Confirm complete", somebody.message(words))
    dates = [block for block in somebody.modal()["blocks"] if block.get("element", {}).get("type") == "datepicker"]
    told = {names.DONE_FIELD: "Visited, with the health visitor.", names.CHANGED_FIELD: "She is with the grandmother."}
    told[names.RECORDED_WHERE_FIELD] = "Case note of the visit"
    filled: dict[str, Any] = {name: {"type": "plain_text_input", "value": written} for name, written in told.items()}
    for block in dates:
        filled[block["block_id"]] = {"type": "datepicker", "selected_date": block["element"]["initial_date"]}
    somebody.submit(**{name: {name: state} for name, state in filled.items()})
    month.chat.wait_for(lambda: "is done" in json.dumps(month.chat.modals), "the confirmation")
    month.sweep()
    assert somebody.message("was confirmed complete on")["ts"]
    month.expect(auditor, kind="action_confirmed")


def checked(month: Month, audit: Allocation) -> None:
    """Whoever is asked looks it up in the child's record, and says in chat that the record shows it."""
    [check] = month.look(lambda session: find.checks.these(session, find.checks.waiting(session)))
    assert check.checker is not None
    assert check.action.allocation.ref == audit.ref
    month.expect(check.checker.email, kind="check_asked")
    checker = month.somebody(check.checker.email)
    checker.press("Check", checker.message(check.action.ref))
    assert checker.modal()["callback_id"] == names.CHECK_VIEW
    shows: dict[str, Any] = {"type": "static_select", "selected_option": {"value": CheckAnswer.SHOWN}}
    checker.submit(**{names.ANSWER_FIELD: {names.ANSWER_FIELD: shows}})
    month.chat.wait_for(lambda: "the record shows" in json.dumps(month.chat.modals), "the check")
