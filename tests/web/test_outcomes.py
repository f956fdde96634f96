"""The page of a month's outcomes, and what those who were sent one do with it on the audit's page."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from programme.people import Person
from programme.sign_in import SignInLink
from storage import find
from storage.office import Office
from tests.cast import MONTH, Cast, here
from tests.moderated import REF, agreed_by, judged, pair, read_by, returned, sent_out
from tests.web.conftest import Browser
from tests.web.sent import errors_in, fields_of

PAGE, AUDIT, STEPS = f"/rounds/{MONTH}/outcomes", f"/audits/{REF}", f"/audits/{REF}/outcome"


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    both = pair(office, cast)
    read_by(office, *both)
    agreed_by(office, both[0], judged())
    return both


def chosen(page: str) -> dict[str, str | list[str]]:
    """What a browser would send: the fields, and what is chosen in each list."""
    lists = re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    picked = {name: re.findall(r'<option value="([^"]*)" selected', inside) for name, inside in lists}
    return fields_of(page) | {name: unescape(values[0]) if values else "" for name, values in picked.items()}


def is_sent(office: Office) -> bool:
    with office.record.reading() as session:
        return find.outcomes.must_be(session, REF).is_sent


@pytest.mark.usefixtures("both")
class TestTheMonth:
    def test_who_would_be_told_is_shown_before_anything_goes_out(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        client = browser(cast.administrator)
        asked = client.post(PAGE, data=chosen(client.get(PAGE).text))
        assert (asked.status_code, "Send 1 outcome?" in asked.text, is_sent(office)) == (200, True, False)
        lines = re.findall(r"<li>([^<]+)</li>", asked.text)
        assert lines[:3] == ["Asha Thornbury, Auditor", "Noor Valtonen, Social worker", "Tomasz Ferreday, Team Manager"]
        assert "1 action begins with Tomasz Ferreday." in asked.text
        page = client.post(PAGE, data=fields_of(asked.text), follow_redirects=True)
        assert ("1 outcome is sent." in page.text, is_sent(office)) == (True, True)
        assert "Noor Valtonen (Social worker): not opened yet" in page.text

    def test_nothing_ticked_is_said(self, office: Office, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        answer = client.post(PAGE, data=chosen(client.get(PAGE).text) | {"send": []})
        assert (answer.status_code, errors_in(answer.text)) == (422, {"send": "Tick the outcomes to send."})
        assert not is_sent(office)

    def test_no_team_is_refused_under_its_field(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        answer = client.post(PAGE, data=chosen(client.get(PAGE).text) | {f"team-{REF}": ""})
        assert errors_in(answer.text) == {f"team-{REF}": f"{REF}: choose the team that the child is with now."}

    def test_what_changed_since_the_sample_is_said_and_not_ticked(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        with office.record.writing() as session:
            here(session, cast.social_worker).team = here(session, cast.peer).team
        page = browser(cast.administrator).get(PAGE).text
        assert ("Noor Valtonen works in Harbour now." in page, chosen(page).get("send")) == (True, None)

    def test_who_learns_from_all_reads_it_and_sends_nothing(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        client = browser(both[1])
        assert ("1 agreed. Those who run the month send them." in client.get(PAGE).text) is True
        assert (client.post(PAGE, data={"send": REF, "sure": "yes"}).status_code, is_sent(office)) == (404, False)

    def test_it_is_closed_to_all_others(self, browser: Browser, cast: Cast) -> None:
        others = (cast.auditor, cast.team_manager, cast.social_worker, cast.childs_head_of_service, cast.outsider)
        assert [browser(each).get(PAGE).status_code for each in others] == [404] * 5


@pytest.mark.usefixtures("both")
class TestACopy:
    def post(self, browser: Browser, person: Person, **said: str) -> tuple[int, str]:
        answer = browser(person).post(STEPS, data=said, follow_redirects=True)
        return answer.status_code, answer.text

    def test_it_is_acknowledged(self, office: Office, browser: Browser, cast: Cast) -> None:
        sent_out(office, cast)
        assert (
            "Acknowledge it, or answer</a> until Monday 9 October 2017" in browser(cast.social_worker).get(AUDIT).text
        )
        assert "You acknowledged this outcome at" in self.post(browser, cast.social_worker, step="acknowledge")[1]
        page = browser(cast.administrator).get(PAGE).text
        assert "Noor Valtonen (Social worker): acknowledged on Monday 2 October 2017" in page

    def test_an_answer_stands_beside_the_audit_for_whoever_reads_it(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        sent_out(office, cast)
        assert self.post(browser, cast.team_manager, step="answer", answer_words="Visits were missed.")[0] == 200
        readers = (cast.auditor, cast.social_worker, cast.administrator, cast.childs_head_of_service)
        assert ["Visits were missed." in browser(each).get(AUDIT).text for each in readers] == [True] * 4

    def test_what_is_wrong_stands_under_its_field_and_the_words_stay(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        sent_out(office, cast)
        words = "Born on 3 May 2009, and the plan says so."
        status, page = self.post(browser, cast.team_manager, step="mistake", mistake_words=words)
        assert (status, list(errors_in(page)), words in page) == (422, ["mistake_words"], True)
        status, _ = self.post(browser, cast.team_manager, step="mistake", mistake_words=words, anyway="yes")
        assert status == 200

    def test_whether_it_helped_is_shown_with_a_name_to_two_roles_only(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        sent_out(office, cast)
        assert "Choose whether this audit helped." in self.post(browser, cast.social_worker, step="helped")[1]
        self.post(browser, cast.social_worker, step="helped", helped="no", helped_words="Helpcanary")
        others = (cast.auditor, cast.team_manager, cast.administrator, cast.childs_head_of_service)
        assert ["Helpcanary" in browser(each).get(AUDIT).text for each in others] == [False] * 4
        assert "Helpcanary" in browser(cast.head_of_quality).get(AUDIT).text
        pages = [browser(each).get(PAGE).text for each in (both[1], cast.administrator)]
        assert ["Helpcanary" in page for page in pages] == [True, False]
        assert ["No: 1 of 1." in page for page in pages] == [True, True]

    def test_nobody_acknowledges_what_was_not_sent_to_them(self, office: Office, browser: Browser, cast: Cast) -> None:
        sent_out(office, cast)
        strangers = (cast.childs_head_of_service, cast.administrator, cast.outsider)
        assert [self.post(browser, each, step="acknowledge")[0] for each in strangers] == [404] * 3
        assert self.post(browser, cast.social_worker, step="something else")[0] == 404
        assert browser(cast.social_worker).get(STEPS).location == f"{AUDIT}#outcome"

    def test_the_link_of_the_message_says_that_it_was_opened(
        self, office: Office, browser: Browser, nobody: FlaskClient, cast: Cast
    ) -> None:
        sent_out(office, cast)
        with office.record.writing() as session:
            link, secret = SignInLink.make(here(session, cast.social_worker), leads_to=AUDIT, at=office.real_now())
            session.add(link)
        assert nobody.get(f"/sign-in/{secret}").status_code == 200
        assert "Noor Valtonen (Social worker): not opened yet" in browser(cast.administrator).get(PAGE).text
        assert nobody.post(f"/sign-in/{secret}").location == AUDIT
        page = browser(cast.administrator).get(PAGE).text
        assert "Noor Valtonen (Social worker): opened on Monday 2 October 2017" in page
