"""October 2017 from giving out to the issued report, day by day, as people play it in chat and in the browser.

Four audits are given out. The first comes back by the form, is moderated, and its action is done. The second is swapped
with a peer of the next month. The third finds a child who is unsafe now. The fourth is late, and its auditor says why.
At the end everybody has had exactly the messages they should have had, and the account balances.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot import names
from programme.allocations import Allocation
from programme.words import RETURNED
from storage import find
from storage.session import Session
from tests.databases import Databases, Kind
from tests.journeys import alerts, form
from tests.journeys.browser import picture
from tests.journeys.month import MONTH, Month, done, email_of, given_out, month_begun
from tests.journeys.running import BOROUGH
from tests.journeys.test_import_to_return import ADMINISTRATOR, link_in

QUALITY = "bronagh.tierney@fernleigh.example"
LEADERSHIP = "shirin.daneshvar@fernleigh.example"
REPORT = f"/reports/{MONTH}"

ACTION = {
    "action_1.step": "Agree with the school who rings whom.",
    "action_1.measure": "The agreement is on the record.",
    "action_1.priority": "standard",
}


@pytest.fixture
def october(databases: Databases, database_kind: Kind, tmp_path: Path) -> Iterator[Month]:
    with (
        databases.lent(database_kind) as url,
        month_begun(tmp_path, url, datetime(2017, 10, 2, 9, tzinfo=UTC), sample=4) as month,
    ):
        month.flask("months", "import", str(BOROUGH / "past-months.yaml"), "--as", ADMINISTRATOR)
        yield month


@pytest.mark.parametrize("database_kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True)
def test_a_whole_month(october: Month) -> None:
    october.at(2)
    first, second, third, fourth = given_out(october, 4)
    october.expect(ADMINISTRATOR, QUALITY, kind="month_may_fall_short")
    peer = swapped(october, second)
    kept = [email_of(each) for each in (first, third, fourth)]
    october.at(6)
    october.expect(*kept, peer, kind="reminded")
    returned(october, first, action=True)
    unsafe(october, third)
    october.at(12)
    alerts.checked(october, third)
    october.expect(peer, email_of(fourth), kind="reminded")
    october.expect(ADMINISTRATOR, QUALITY, kind="month_may_fall_short")
    returned(october, now_of(october, second))
    late(october, fourth)
    moderated(october, first)
    action_done(october, first)
    reported(october)
    for kind in ("roll_check_asked", "roll_check_asked_again"):
        october.expect(*heads(october), kind=kind)  # of November, whose lists nobody has answered
    assert october.heard() == october.expected
    assert {(each.person.email, each.kind) for each in october.sent(by_email=True)} == {
        each for each in october.expected if each[1] == "child_unsafe"
    }
    stand = october.messages()
    october.chat.look_anew()
    october.chat.wait_for(lambda: october.in_chat() == stand, "every message that was sent, once")


def heads(october: Month) -> list[str]:
    return [each.email for each in october.look(lambda session: find.roll_checks.heads(session, on=date(2017, 10, 18)))]


def now_of(october: Month, audit: Allocation) -> Allocation:
    return next(each for each in october.audits() if each.ref == audit.ref)


def swapped(october: Month, audit: Allocation) -> str:
    """The auditor asks the first who could take it; they accept; the old message is settled and the old form dead."""
    october.at(3)
    asker = october.somebody(email_of(audit))
    asker.press("Swap", asker.message("audit is ready for you"))
    [field] = [block for block in asker.modal()["blocks"] if block.get("block_id") == names.PEER_FIELD]
    chosen = field["element"]["options"][0]
    asker.submit(**{names.PEER_FIELD: {names.PEER_FIELD: {"type": "checkboxes", "selected_options": [chosen]}}})
    october.sweep()
    peer = october.somebody(chosen["value"])
    offer = peer.message("asks you to swap")
    assert audit.case.ref not in json.dumps(offer)
    peer.press("Accept", offer)
    october.chat.wait_for(lambda: "The audit is yours now" in json.dumps(october.chat.modals), "the swap")
    october.sweep()
    assert asker.message("With somebody else now.")["ts"] == asker.direct_messages()[0]["ts"]
    assert "Open the form" in json.dumps(peer.message("Thank you for swapping"))
    with october.page(asker.member.email, f"/returns/{audit.token}") as page:
        expect(page).to_have_title(re.compile("We cannot find that page"))
    october.expect(peer.member.email, kind="swap_asked")
    october.expect(asker.member.email, peer.member.email, ADMINISTRATOR, kind="swap_accepted")
    return peer.member.email


def returned(october: Month, audit: Allocation, *, action: bool = False) -> None:
    """The holder opens the form from chat and sends it in from a phone."""
    holder = october.somebody(email_of(audit))
    holder.press("Open the form", holder.message("Open the form"))
    page = october.browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(link_in(holder.modal()))
    form.go_on(page, "Sign in")
    form.fill_in(page, **(ACTION if action else {}))
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Your audit has arrived")).to_be_visible()
    page.close()
    october.sweep()
    october.expect(holder.member.email, kind="return_recorded")


def unsafe(october: Month, audit: Allocation) -> None:
    """In the middle of the form, at night. One has it in hand; the action is done, and with it the child is safe."""
    october.at(10, time(21, 40))
    with october.page(email_of(audit), f"/returns/{audit.token}") as page:
        told = alerts.raised_in_the_form(october, audit, page)
        alerts.taken_in_hand(october, told[0], told)
        alerts.sent_in(october, audit, page, rang="The Team Manager", at="21:35")
    october.at(11, time(8))
    circle = october.circle(audit)
    assert circle.head_of_service is not None
    owner, head = circle.owner.email, circle.head_of_service.email
    alerts.confirmed(october, owner, email_of(audit), "An audit asks you to act now")
    october.expect(*(each for each in told if each != owner), kind="child_made_safe")
    alerts.agreed(october, head, [*told, email_of(audit)])


def late(october: Month, audit: Allocation) -> None:
    """Asked on the day after, told on to the Head of Service the day after that, once; then a reason, then nothing."""
    auditor, head = email_of(audit), head_of(october, audit)
    october.at(16)
    october.expect(auditor, kind="reminded")
    assert "It can still be in time" in json.dumps(october.somebody(auditor).message("Your audit was due"))
    october.at(17)
    october.expect(auditor, kind="reminded")
    october.expect(head, kind="head_told")
    october.at(17, time(16))
    somebody = october.somebody(auditor)
    somebody.press("I can't do this one", somebody.direct_messages()[-1])
    assert somebody.modal()["callback_id"] == names.REASON_VIEW
    reason: dict[str, Any] = {"type": "static_select", "selected_option": {"value": "capacity"}}
    somebody.submit(**{names.REASON_FIELD: {names.REASON_FIELD: reason}})
    october.chat.wait_for(lambda: "Thank you for saying so" in json.dumps(october.chat.modals), "the reason")
    october.expect(ADMINISTRATOR, kind="reason_given")
    for day in (18, 19):
        october.at(day)


def head_of(october: Month, audit: Allocation) -> str:
    """Who leads the service the auditor works in; their own manager where they lead one themselves."""

    def found(session: Session) -> str:
        late = find.people.by_email(session, email_of(audit))
        heads, _ = find.chasing.who_is_told(session)
        assert late is not None
        return next(head.email for head in heads if head.leads_person(late) and head is not late)

    return october.look(found)


def moderated(october: Month, audit: Allocation) -> None:
    """Pairs are named on the board; both read blind, and one writes down what they agreed."""
    october.at(20)
    with october.page(ADMINISTRATOR, f"/rounds/{MONTH}/pairs") as page:
        page.get_by_role("button", name="Open the day with these pairs").click()
        done(page)
    october.sweep()
    pairs = october.look(lambda session: find.moderations.of_round(session, find.rounds.of_month(session, MONTH)))
    readers = {reading.moderator.email for each in pairs.values() for reading in each.readings}
    october.expect(*readers, kind="moderation_asked")
    others = {reading.moderator.email for ref, of in pairs.items() if ref != audit.ref for reading in of.readings}
    for _ in range(3):  # what is not read on the day is asked for on each of three days after it
        october.expect(*others, kind="moderator_reminded")
    pair = [reading.moderator.email for reading in pairs[audit.ref].readings]
    for email in pair:
        with october.page(email, f"/audits/{audit.ref}/moderate") as page:
            picture(page, "blind")
            choose_all(page, "2")
            page.get_by_role("button", name="Keep my judgement").click()
            done(page)
    with october.page(pair[1], f"/audits/{audit.ref}/moderate") as page:
        picture(page, "side-by-side")
        agreed_lower(page)
        page.get_by_role("button", name="Keep what we agreed").click()
        done(page)
        expect(page).to_have_title(re.compile(audit.ref))
    october.sweep()
    october.expect(email_of(audit), kind="audit_moderated")
    outcome_sent(october, audit)


def outcome_sent(october: Month, audit: Allocation) -> None:
    """Confirmed as shown, by the administrator; from then on the child's team reads it, and its action begins."""
    with october.page(ADMINISTRATOR, f"/rounds/{MONTH}/outcomes") as page:
        picture(page, "outcomes")
        page.get_by_role("button", name="Send").click()
        page.get_by_role("button", name="Send").click()
        done(page)
    october.sweep()
    circle, worker = october.circle(audit), audit.case.social_worker
    near = [email_of(audit), circle.owner.email, *([worker.email] if worker else [])]
    october.expect(*near, kind="outcome_sent")
    october.expect(circle.owner.email, kind="actions_started")


def agreed_lower(page: Page) -> None:
    """Every judgement is another than the auditor's, and says why; the audit itself is well done."""
    while page.locator("details:not([open])").count():
        page.locator("details:not([open]) > summary").first.click()
    choose_all(page, "1.5", but_for="mark.")
    for why in page.locator("select[name$='.why']").all():
        why.select_option("no_evidence")
    for words in page.locator("textarea[name$='.words']").all():
        words.fill("The plan has no dates.")
    page.locator("textarea[name='discussed']").fill("What good needs here.")
    for yes in page.locator("input[name^='mark.'][value='yes']").all():
        yes.check()
    page.locator("textarea[name='note']").fill("You know this child well.")


def choose_all(page: Page, grade: str, *, but_for: str = "?") -> None:
    names = page.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(each => each.name))]")
    for group in [name for name in names if not name.startswith(but_for)]:
        page.locator(f"input[name='{group}'][value='{grade}']").check()


def action_done(october: Month, audit: Allocation) -> None:
    october.at(23)
    owner = october.circle(audit).owner.email
    alerts.confirmed(october, owner, email_of(audit), "from an audit of")
    october.expect(email_of(audit), owner, kind="audit_closed")


def reported(october: Month) -> None:
    """Day by day to the sign-off: drafted by the administrator, signed off, and issued by the Head of Quality."""
    for day in (24, 25, 26):
        october.at(day)
    pressed(october, ADMINISTRATOR, "Draft the report")
    for day, month in ((27, 10), (30, 10), (31, 10), *((day, 11) for day in (1, 2, 3, 6, 7, 8))):
        october.at(day, month=month)
    pressed(october, LEADERSHIP, "Sign off")
    pressed(october, QUALITY, "Issue the report")
    with october.page(ADMINISTRATOR, f"{REPORT}.json") as page:
        report: dict[str, Any] = json.loads(page.locator("body").inner_text())
    account = report["account"]
    assert (report["status"], account["given_out"], account["returned_in_time"]) == ("issued", 4, 3)
    assert (account["not_returned"], account["balances"]) == ({"capacity": 1}, True)
    assert (report["moderated"], report["waiting"], report["not_yet_good"]["n"]) == (1, 2, 1)
    assert (report["actions"]["set"], report["actions"]["confirmed"], report["children_unsafe"]) == (2, 2, 1)
    assert report["swaps"] == {"asked": 1, "made": 1, "failed": 0}
    october.at(9, month=11)
    october.expect(*(email_of(each) for each in october.audits() if each.state in RETURNED), kind="auditor_thanked")


def pressed(october: Month, email: str, label: str) -> None:
    with october.page(email, REPORT) as page:
        page.get_by_role("button", name=label).click()
        done(page)
        picture(page, "report")
