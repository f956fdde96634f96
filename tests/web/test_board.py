"""The month's board: who sees which line, what the figures say, and the steps that are taken on it."""

import re

import pytest
from flask.testing import FlaskClient

from programme.people import Person, RoleHeld, Team
from programme.rota import Turn
from programme.words import AllocationState, Reason, Role
from storage import clock, find
from storage.office import Office
from tests.cast import MONTH, Cast, here
from tests.storage.crowd import at_once
from tests.storage.test_finders import add_to_sample
from tests.web.conftest import Browser

BOARD = f"/rounds/{MONTH}"
ASHAS = ["AUD-2017-10-01", "With the auditor", "Asha Thornbury", "MDW-0417", "13 October", ""]
KOFIS = ["AUD-2017-10-02", "With the auditor", "Kofi Lindqvist", "MDW-0502", "13 October", ""]


def rows(page: str) -> list[list[str]]:
    """The cells of the audits' table, as words."""
    table = page.partition('id="audits"')[2].partition("</table>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    ][1:]


def plain(page: str) -> str:
    """What a page says, without what is different each time it is asked for."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def planned(office: Office, ref: str) -> None:
    with office.record.writing() as session:
        allocation = find.allocations.by_ref(session, ref)
        allocation.state, allocation.given_out_at = AllocationState.PLANNED, None


def ask_for_more(office: Office, cast: Cast) -> None:
    """One more child's record is drawn, and one more auditor's turn it is."""
    with office.record.writing() as session:
        add_to_sample(session, "MDW-0903", 3, here(session, cast.team_manager).team)
        auditor = here(session, cast.auditor)
        more = Person("ines@example.org", "Ines Marr", [RoleHeld(Role.AUDITOR)], team=auditor.team, group=auditor.group)
        session.add(Turn(more, MONTH))


def told(client: FlaskClient) -> str:
    """What the board says was done, or could not be."""
    page = client.get(BOARD).text
    found = re.search(r'govuk-notification-banner__heading">\s*(.*?)\s*</p>', page, re.DOTALL)
    return found[1] if found else ""


class TestWhoSeesWhat:
    @pytest.mark.parametrize("who", ["administrator", "head_of_quality", "head_of_service"])
    def test_lines(self, browser: Browser, cast: Cast, who: str) -> None:
        assert rows(browser(getattr(cast, who)).get(BOARD).text) == [ASHAS, KOFIS]

    @pytest.mark.parametrize("who", ["auditor", "peer", "outsider", "team_manager", "social_worker"])
    @pytest.mark.parametrize("address", ["/rounds", BOARD, f"{BOARD}/allocate", f"{BOARD}/give-out"])
    def test_it_does_not_exist_for_others(self, browser: Browser, cast: Cast, who: str, address: str) -> None:
        client = browser(getattr(cast, who))
        assert plain(client.get(address).text) == plain(client.get("/nowhere").text).replace("/nowhere", address)
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("who", ["head_of_service", "childs_head_of_service"])
    def test_the_steps_are_for_those_who_run_the_month(self, browser: Browser, cast: Cast, who: str) -> None:
        client = browser(getattr(cast, who))
        steps = (f"{BOARD}/allocate", f"{BOARD}/give-out")
        assert [client.get(step).status_code for step in steps] == [404, 404]
        assert [client.post(step).status_code for step in steps] == [404, 404]
        assert [step in client.get(BOARD).text for step in steps] == [False, False]

    def test_another_head_of_service_gets_the_same_bytes_whatever_is_hidden(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        client = browser(cast.childs_head_of_service)
        before = plain(client.get(BOARD).text)
        with office.record.writing() as session:
            hidden = find.allocations.by_ref(session, "AUD-2017-10-01")
            hidden.case.ref, hidden.reason = "ZZZ-0001", Reason.CAPACITY
            here(session, cast.auditor).name = "Somebody Else"
        assert plain(client.get(BOARD).text) == before

    def test_a_head_of_service_sees_only_the_own(self, browser: Browser, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            elsewhere = here(session, cast.childs_head_of_service).service
            assert elsewhere is not None
            peer = here(session, cast.peer)
            peer.service, peer.team = elsewhere, Team("Brook", elsewhere)
        assert rows(browser(cast.head_of_service).get(BOARD).text) == [ASHAS]
        assert rows(browser(cast.childs_head_of_service).get(BOARD).text) == [KOFIS]


class TestWhatItSays:
    def test_the_shortfall(self, browser: Browser, cast: Cast) -> None:
        said = "2 of 2 children&#39;s records drawn. The target is 30: 28 short."
        assert said in browser(cast.administrator).get(BOARD).text

    def test_the_account_balances_or_says_what_is_missing(self, browser: Browser, office: Office, cast: Cast) -> None:
        client = browser(cast.administrator)
        assert "The account balances." in client.get(BOARD).text
        with office.record.writing() as session:
            find.allocations.by_ref(session, "AUD-2017-10-01").state = AllocationState.UNACCOUNTED
        page = client.get(BOARD).text
        assert ("The account balances." in page, "2 were given out and 1 are accounted for" in page) == (False, True)

    def test_what_is_late_and_what_cannot_be_done(self, browser: Browser, office: Office, cast: Cast) -> None:
        client = browser(cast.administrator)
        with office.record.writing() as session:
            find.allocations.by_ref(session, "AUD-2017-10-01").reason = Reason.CAPACITY
            for _ in range(10):
                clock.set_to(session, office.rules.calendar.next_morning(office.today(session)))
        assert [row[1] for row in rows(client.get(BOARD).text)] == ["Cannot be done", "Was due"]

    def test_a_month_that_is_none(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        assert [client.get(f"/rounds/{month}").status_code for month in ("2017-13", "x", "2031-01")] == [404] * 3

    def test_the_list_of_months(self, browser: Browser, cast: Cast) -> None:
        assert '<a class="govuk-link" href="/rounds/2017-10">October 2017</a>: Fathers' in (
            browser(cast.administrator).get("/rounds").text
        )


class TestAllocating:
    def test_looking_changes_nothing_and_pressing_does_it_once(
        self, browser: Browser, office: Office, cast: Cast
    ) -> None:
        ask_for_more(office, cast)
        client = browser(cast.administrator)
        preview = client.get(f"{BOARD}/allocate").text
        assert [words in preview for words in ("MDW-0903", "Ines Marr", "another service")] == [True] * 3
        assert len(rows(client.get(BOARD).text)) == 2
        seen = re.search(r'name="seen" value="(\w+)"', preview)
        assert seen is not None
        assert client.post(f"{BOARD}/allocate", data={"seen": seen[1]}).location == BOARD
        assert told(client) == "1 allocated. Nobody has been told yet: give them out when you are ready."
        line = ["AUD-2017-10-03", "Not given out yet", "Ines Marr", "MDW-0903", "13 October", ""]
        assert rows(client.get(BOARD).text)[2] == line
        client.post(f"{BOARD}/allocate", data={"seen": seen[1]})
        assert told(client).startswith("There is nothing to allocate for October 2017")

    def test_what_has_changed_since_is_not_done(self, browser: Browser, office: Office, cast: Cast) -> None:
        ask_for_more(office, cast)
        client = browser(cast.administrator)
        assert client.post(f"{BOARD}/allocate", data={"seen": "another"}).location == BOARD
        assert told(client).startswith("Something has changed since you looked at October 2017.")
        assert len(rows(client.get(BOARD).text)) == 2

    def test_what_cannot_be_placed_is_named_with_its_reason(self, browser: Browser, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            add_to_sample(session, "MDW-0903", 3, here(session, cast.team_manager).team)
        page = browser(cast.administrator).get(f"{BOARD}/allocate").text
        assert ("MDW-0903</span>: nobody" in page, "Nothing can be allocated now." in page) == (True, True)


class TestGivingOut:
    def test_it_is_asked_first_and_done_once(self, browser: Browser, office: Office, cast: Cast) -> None:
        planned(office, "AUD-2017-10-02")
        client = browser(cast.administrator)
        assert "MDW-0502 to Kofi Lindqvist" in client.get(f"{BOARD}/give-out").text
        assert client.post(f"{BOARD}/give-out").location == BOARD
        assert told(client) == "1 given out. Each auditor gets one message in the next minute."
        client.post(f"{BOARD}/give-out")
        assert told(client).startswith("Everything that is allocated is given out already.")

    def test_of_two_who_press_at_once_one_does_it(self, browser: Browser, office: Office, cast: Cast) -> None:
        planned(office, "AUD-2017-10-02")
        clients = [browser(cast.administrator), browser(cast.head_of_quality)]
        answers = at_once(2, lambda number: clients[number].post(f"{BOARD}/give-out").location)
        assert answers == [BOARD, BOARD]
        assert sorted(told(client)[:11] for client in clients) == ["1 given out", "Everything "]
        with office.record.reading() as session:
            sent = [each.about for each in find.notices.of_kind(session, "case_given_out")]
        assert sorted(sent) == ["AUD-2017-10-01", "AUD-2017-10-02", "AUD-2017-10-02"]
