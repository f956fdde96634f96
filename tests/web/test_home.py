"""The start page says what needs whoever opens it, and nothing of what needs others."""

import re

from programme.notices import Answer, Reply
from programme.unmet import Lack, Unmet
from programme.words import AllocationState, NoticeState, Reason
from storage import aside, auditing, clock, find
from storage.office import Office
from tests.cast import NOW, Cast, here
from tests.storage.conftest import fill
from tests.web.conftest import Browser


def said(page: str) -> list[str]:
    """The headings and sentences of a page's own part, in order."""
    main = page.partition("<main")[2].partition("</main>")[0]
    parts = re.findall(r"<(?:h1|h2|h3|p|li|a)\b[^>]*>(.*?)</(?:h1|h2|h3|p|li|a)>", main, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in parts]


def test_an_auditor_is_led_to_the_form(browser: Browser, cast: Cast) -> None:
    page = browser(cast.auditor).get("/").text
    assert said(page) == [
        "What needs you",
        "Your audit: MDW-0417",
        "Fathers. Due Friday 13 October 2017. Its reference is AUD-2017-10-01.",
        "Open the form",
        "Swap: AUD-2017-10-01",
        "On track, more time, or something in the way: AUD-2017-10-01",
    ]
    assert f'href="/returns/{cast.allocation.token}"' in page


def test_what_was_due_says_so(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    pass_the_due_day(office)
    assert "Fathers. Was due Friday 13 October 2017. Its reference is AUD-2017-10-01." in said(client.get("/").text)


def test_whom_nothing_needs_is_told_so(browser: Browser, cast: Cast) -> None:
    assert said(browser(cast.outsider).get("/").text)[:2] == ["What needs you", "Nothing needs you now."]


def test_a_team_manager_reads_what_is_to_be_done(browser: Browser, office: Office, cast: Cast) -> None:
    fill(office.record, office.rules, cast)
    page = browser(cast.team_manager).get("/").text
    shown = (
        "ACT-2017-10-01-1",
        "urgent",
        "Visit the school.",
        "The visit is on the record.",
        "Tuesday 10 October 2017",
    )
    assert [words in page for words in shown] == [True] * len(shown)
    for other in (cast.auditor, cast.peer, cast.outsider, cast.childs_head_of_service):
        assert "Visit the school." not in browser(other).get("/").text


def test_the_administrator_sees_the_month_and_its_next_step(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        find.allocations.by_ref(session, "AUD-2017-10-02").state = AllocationState.PLANNED
    assert said(browser(cast.administrator).get("/").text) == [
        "What needs you",
        "October 2017: Fathers",
        "1 given out, 0 returned, 1 still out. Due Friday 13 October 2017.",
        "2 drawn; the target is 30: 28 short.",
        "Give out 1",
        "Open the month's board",
    ]


def test_a_head_of_service_sees_the_month_without_its_buttons(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        find.allocations.by_ref(session, "AUD-2017-10-02").state = AllocationState.PLANNED
    page = said(browser(cast.head_of_service).get("/").text)
    assert ("Give out 1" in page, "Open the month's board" in page) == (False, True)


def test_what_does_not_go_by_itself_is_for_those_who_run_the_month(
    browser: Browser, office: Office, cast: Cast
) -> None:
    runs, leads = browser(cast.administrator), browser(cast.head_of_service)
    with office.record.writing() as session:
        find.allocations.by_ref(session, "AUD-2017-10-01").reason = Reason.CAPACITY
        told = find.notices.in_state(session, NoticeState.WAITING)[1]
        told.record(Reply(Answer.PERSON, "user_disabled"), at=NOW, real_now=office.real_now())
    pass_the_due_day(office)
    assert said(runs.get("/").text)[5:] == [
        "What does not go by itself",
        "AUD-2017-10-01, Asha Thornbury: cannot do it. No time this month.",
        "AUD-2017-10-02, Kofi Lindqvist: was due on Friday 13 October.",
        "AUD-2017-10-02: a message did not reach Kofi Lindqvist. Their Slack account is closed: see Messages.",
    ]
    assert "Asha Thornbury" not in leads.get("/").text


def test_before_any_month_the_administrator_is_told_how_to_open_one(
    browser: Browser, office: Office, cast: Cast
) -> None:
    client = browser(cast.administrator)
    with office.record.writing() as session:
        month = find.rounds.of_month(session, "2017-10")
        for each in find.allocations.of_round(session, month):
            each.state = AllocationState.WITHDRAWN
        month.close([])
    assert said(client.get("/").text)[1:] == [
        "No month is under way.",
        "When one is open, its next step stands here.",
        "Open a month",
    ]


def test_me_is_about_me(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.reading() as session:
        me = here(session, cast.auditor)
    page = browser(cast.auditor).get("/me").text
    shown = (me.email, "deputy team manager", "Orchard", "Help and Protection", "Rowan")
    assert [words in page for words in shown] == [True] * len(shown)
    assert "October 2017, AUD-2017-10-01: with you" in said(page)
    assert "Linden" in browser(cast.peer).get("/me").text


def pass_the_due_day(office: Office) -> None:
    with office.record.writing() as session:
        for _ in range(10):
            clock.set_to(session, office.rules.calendar.next_morning(office.today(session)))


def test_the_administrator_reads_what_is_missing_and_what_was_set_aside(
    browser: Browser, office: Office, cast: Cast
) -> None:
    with office.record.writing() as session:
        auditing.keep(session, [Unmet(Lack.LOST, "reminded:AUD-2017-10-01:1:1", "AUD-2017-10-01", NOW)])
        for _ in range(5):
            aside.failed(session, "remind", "AUD-2017-10-02", "KeyError", at=NOW, gives_up=True)
    lines = [
        "1 message is late or missing. Whoever runs the server should look: flask doctor.",
        "AUD-2017-10-02: what should go by itself failed 5 times. Whoever runs the server should look: flask doctor.",
    ]
    assert [line for line in said(browser(cast.administrator).get("/").text) if "flask doctor" in line] == lines
    assert [line for line in said(browser(cast.auditor).get("/").text) if "flask doctor" in line] == []
