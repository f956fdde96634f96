"""The page of swaps for those who only see them, where it is linked from, and a month's history."""

from dataclasses import replace

from programme.people import Person, RoleHeld
from programme.words import Role, SwapState
from storage import find, swapping
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.bot.swapping import REF, asked, now
from tests.cast import Cast, here
from tests.web.conftest import Browser
from tests.web.test_swaps import CHOOSE, PAGE, free, main, press
from tests.web.test_swaps_arranged import QUIET

__all__ = ["free"]

pytestmark = ON_ONE_DATABASE


class TestWhoOnlySees:
    def test_a_head_of_service_reads_the_swaps_of_own_people_and_changes_none(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        swap = asked(office, cast, free)
        mine, theirs = (browser(who).get(PAGE).text for who in (cast.head_of_service, cast.childs_head_of_service))
        assert [f"Asha Thornbury asks {free.name}" in main(each) for each in (mine, theirs)] == [True, False]
        assert [REF in each or "Asha Thornbury" in each for each in (mine, theirs)] == [True, False]
        assert [each in mine for each in ('value="withdraw"', "Make a swap", "/undo")] == [False] * 3
        steps = ("withdraw", "approve", "turn_down", "undo", "accept")
        assert [press(browser, cast.head_of_service, step, swap)[0] for step in steps] == [404] * 5
        assert browser(cast.head_of_service).get(f"{CHOOSE}?audit={REF}").status_code == 404
        assert now(office, swap.ref).state is SwapState.OPEN

    def test_leadership_reads_all_and_changes_none(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        with office.record.writing() as session:
            leader = Person("sol@example.org", "Sol Ibarra", [RoleHeld(Role.LEADERSHIP)])
            session.add(leader)
        swap = asked(office, cast, free)
        page = browser(leader).get(PAGE).text
        assert f"Asha Thornbury asks {free.name}" in main(page)
        assert ('name="step"' in page, "I can take one" in page) == (False, False)
        assert press(browser, leader, "withdraw", swap)[0] == 404

    def test_it_is_in_the_navigation_on_the_board_and_on_the_start_page(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        asked(office, cast, free)
        link, board = 'href="/swaps"', 'href="/swaps?month=2017-10"'
        assert [link in browser(who).get("/me").text for who in (cast.auditor, cast.outsider)] == [True, False]
        assert board in browser(cast.administrator).get("/rounds/2017-10").text
        assert "Asha Thornbury asks you" in browser(free).get("/").text
        assert f"{CHOOSE}?audit={REF}" in browser(cast.auditor).get("/").text


class TestTheMonth:
    def test_another_one_is_picked(self, browser: Browser, office: Office, cast: Cast, free: Person) -> None:
        asked(office, cast, free)
        with office.record.writing() as session:
            october = find.rounds.of_month(session, "2017-10")
            november = replace(october, month="2017-11", theme="Neglect", id=None, version=1)
            session.add(november)
        client = browser(cast.administrator)
        shown = {month: main(client.get(f"{PAGE}?month={month}").text) for month in ("2017-10", "2017-11")}
        assert [f"Asha Thornbury asks {free.name}" in each for each in shown.values()] == [True, False]
        assert QUIET in shown["2017-11"]
        assert [client.get(f"{PAGE}?month={month}").status_code for month in ("2017-12", "x")] == [404, 404]

    def test_the_history_is_bounded_and_says_so(
        self, browser: Browser, office: Office, cast: Cast, free: Person
    ) -> None:
        for _ in range(51):
            swap = asked(office, cast, free)
            with office.record.writing() as session:
                swapping.withdraw(session, office, swap.ref, here(session, cast.auditor))
        page = browser(cast.administrator).get(PAGE).text
        assert (page.count(">2 October<"), "These are the newest 100 steps." in page) == (100, True)
