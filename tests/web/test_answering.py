"""What is said of an audit on a page, as in chat: by its auditor, and by who leads them."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from programme.words import AllocationState
from storage import drafts, find, more_time
from storage.office import Office
from tests.bot.test_messages import returned
from tests.bot.test_reminders import on
from tests.cast import Cast, here
from tests.forms.arriving import arrives
from tests.web.conftest import Browser
from tests.web.served import faults_of, page_of

REF = "AUD-2017-10-01"
PAGE = f"/audits/{REF}/answer"


def audit(office: Office) -> tuple[date | None, date | None, str | None, AllocationState]:
    with office.record.reading() as session:
        found = find.allocations.by_ref(session, REF)
        return found.due_on, found.remind_on, found.reason, found.state


@pytest.fixture
def asked(office: Office, cast: Cast) -> None:
    """The auditor has had more time once, and asks for more."""
    with office.record.writing() as session:
        for to in (date(2017, 10, 17), date(2017, 10, 19)):
            more_time.have(session, office, REF, to, here(session, cast.auditor))


def test_the_auditor_finds_it_from_the_start_page(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    assert f'href="{PAGE}"' in client.get("/").text
    page = client.get(PAGE).text
    offered = ("On track", "More time", "Remind me on…", "I can&#39;t do this one")
    assert [words in page for words in offered] == [True] * 4


@pytest.mark.parametrize("who", ["peer", "team_manager", "social_worker", "outsider"])
def test_nobody_else_does(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    client = browser(getattr(cast, who))
    assert client.get(PAGE).status_code == 404
    before = audit(office)
    for step in ("on_track", "more_time", "remind_me", "cannot", "give", "refuse"):
        said = {"step": step, "more_time": "2017-10-17", "remind_me": "2017-10-09", "reason": "capacity"}
        assert client.post(PAGE, data=said).status_code == 404
    assert audit(office) == before


def test_each_answer_is_kept_and_said(office: Office, browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    for said, read in (
        ({"step": "on_track"}, "Thank you. It is noted that your audit is on its way."),
        ({"step": "remind_me", "remind_me": "2017-10-09"}, "We remind you on Monday 9 October, and not before."),
        ({"step": "more_time", "more_time": "2017-10-17"}, "Your audit is due on Tuesday 17 October now."),
        ({"step": "more_time", "more_time": "2017-10-19"}, "Your Head of Service is asked: without an answer"),
        ({"step": "cannot", "reason": "capacity"}, "A swap, or more time, may still help."),
    ):
        assert client.post(PAGE, data=said).location == "/"
        assert read in client.get("/").text
    assert audit(office) == (date(2017, 10, 17), None, "capacity", AllocationState.OUT)


def test_a_part_in_the_record_hands_it_back(office: Office, browser: Browser, cast: Cast) -> None:
    assert browser(cast.auditor).post(PAGE, data={"step": "cannot", "reason": "part_in_case"}).location == "/"
    assert audit(office)[3] is AllocationState.WITHDRAWN


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"step": "more_time"}, "Choose the day on which it will be ready."),
        ({"step": "more_time", "more_time": "2017-12-24"}, "Choose one of the working days on the list."),
        ({"step": "remind_me", "remind_me": "soon"}, "Choose the day on which we remind you."),
        ({"step": "cannot"}, "Choose what stops you."),
        ({"step": "cannot", "reason": "other"}, "Say in a few words what stops you."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(browser: Browser, cast: Cast, said: dict[str, str], sentence: str) -> None:
    answer = browser(cast.auditor).post(PAGE, data=said)
    field = "words" if said.get("reason") == "other" else "reason" if said["step"] == "cannot" else said["step"]
    assert (answer.status_code, f'<a href="#{field}">{sentence}</a>' in answer.text) == (422, True)


def test_a_step_that_is_none_is_not_found(browser: Browser, cast: Cast) -> None:
    assert browser(cast.auditor).post(PAGE, data={"step": "burn"}).status_code == 404


class TestSentIt:
    """The button of a reminder's message, for who reads it by e-mail: it looks, and changes nothing."""

    def pressed(self, client: FlaskClient) -> str:
        answer = client.get(PAGE, query_string={"step": "sent_it"})
        assert answer.status_code == 200
        return answer.text

    def test_it_stands_on_the_page(self, browser: Browser, cast: Cast) -> None:
        assert '<input type="hidden" name="step" value="sent_it">' in browser(cast.auditor).get(PAGE).text

    def test_what_has_not_come_says_how_to_send_it(self, browser: Browser, cast: Cast) -> None:
        page = self.pressed(browser(cast.auditor))
        assert f"{REF} has not come in yet." in page
        assert "If you have not pressed Send on the form&#39;s last page yet, that is what is missing." in page

    def test_what_is_typed_and_not_sent_is_said(self, office: Office, browser: Browser, cast: Cast) -> None:
        with office.record.writing() as session:
            found = find.allocations.by_ref(session, REF)
            drafts.keep(session, found, here(session, cast.auditor), {"overall": "2"}, at=on(16))
        assert "What you typed into the form is kept, but it was not sent" in self.pressed(browser(cast.auditor))

    def test_what_is_held_leads_to_what_is_needed(self, office: Office, browser: Browser, cast: Cast) -> None:
        arrives(office, cast, without=("overall",))
        client = browser(cast.auditor)
        page = self.pressed(client)
        assert f"{REF} has come, thank you." in page
        [way] = [line for line in page.split('"') if line.startswith("/held/SUB-")]
        assert client.get(way).status_code == 200

    def test_what_is_here_is_thanked_for(self, office: Office, browser: Browser, cast: Cast) -> None:
        returned(office, cast, at=on(16))
        page = self.pressed(browser(cast.auditor))
        assert (f"{REF} is here." in page, "Thank you; there is nothing more to do." in page) == (True, True)

    def test_what_is_not_open_any_more_is_said(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.auditor)
        client.post(PAGE, data={"step": "cannot", "reason": "part_in_case"})
        answer = client.get(PAGE, query_string={"step": "sent_it"})
        assert (answer.status_code, "This audit is not open any more." in answer.text) == (422, True)

    @pytest.mark.parametrize("who", ["peer", "head_of_service", "team_manager", "administrator"])
    def test_nobody_else_learns_whether_it_is(self, browser: Browser, cast: Cast, who: str) -> None:
        assert browser(getattr(cast, who)).get(PAGE, query_string={"step": "sent_it"}).status_code == 404


@pytest.mark.usefixtures("asked")
class TestWhoLeads:
    def test_a_head_of_service_gives_more_time(self, office: Office, browser: Browser, cast: Cast) -> None:
        client = browser(cast.head_of_service)
        assert "Asha Thornbury, AUD-2017-10-01" in client.get("/").text
        assert "Approve" in client.get(PAGE).text
        assert client.post(PAGE, data={"step": "give"}).location == "/"
        assert audit(office)[0] == date(2017, 10, 19)
        assert client.post(PAGE, data={"step": "refuse"}).status_code == 422

    def test_or_does_not(self, office: Office, browser: Browser, cast: Cast) -> None:
        assert browser(cast.administrator).post(PAGE, data={"step": "refuse"}).location == "/"
        assert audit(office)[0] == date(2017, 10, 17)

    def test_and_says_why_in_their_place(self, office: Office, browser: Browser, cast: Cast) -> None:
        client = browser(cast.head_of_service)
        assert client.post(PAGE, data={"step": "cannot", "reason": "capacity"}).location == "/"
        assert f"Noted for {REF}: its auditor is not reminded of it any more." in client.get("/").text
        assert audit(office)[2] == "capacity"

    def test_the_auditor_cannot_give_it_to_themselves(self, office: Office, browser: Browser, cast: Cast) -> None:
        assert browser(cast.auditor).post(PAGE, data={"step": "give"}).status_code == 404
        assert audit(office)[0] == date(2017, 10, 17)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("asked")
def test_it_is_clean_by_axes_rules_and_no_wider_than_a_small_phone(browser: Browser, cast: Cast) -> None:
    found = []
    for who in (cast.auditor, cast.head_of_service):
        client = browser(who)
        with page_of(client.application, client, width=320) as page:
            page.goto(f"{PAGE}?step=sent_it" if who is cast.auditor else PAGE)
            found += faults_of(page)
            page.get_by_role("button", name="Send", exact=True).click()
            found += faults_of(page)
    assert found == []
