"""The report: who may read it and its appendix, and its way from draft to frozen."""

from datetime import date, datetime, time

import pytest

from programme.calendar import at_london
from programme.people import Person, RoleHeld
from programme.submissions import Submission
from programme.words import AllocationState, Grade, Reason, Role, RoundState, SubmissionState
from storage import clock, find, journal, reporting
from storage.office import Office
from tests.cast import MONTH, NOW, Cast, here, whole_answers
from tests.web.conftest import Browser

PAGE = f"/reports/{MONTH}"
CLOSED = at_london(date(2017, 10, 19), time(13))


def returned(office: Office, cast: Cast, *, agreed: Grade | None = Grade.NOT_YET_GOOD) -> None:
    """The auditor's audit is in and, unless agreed is None, moderated."""
    with office.record.writing() as session:
        audit, me = find.allocations.by_ref(session, cast.allocation.ref), here(session, cast.auditor)
        circle = find.people.circle_of(session, audit.case, on=NOW.date())
        arrived = Submission("SUB-1", "form", "r1", "d", "{}", NOW, SubmissionState.KEPT)
        made, actions, facts = audit.record_return(
            whole_answers(cast.tool), arrived, by=me, at=NOW, circle=circle, rules=office.rules
        )
        assert made is not None
        made.agreed = agreed
        session.add_all([arrived, made, *actions])
        journal.write(session, facts, by=me, at=NOW)


def set_clock(office: Office, instant: datetime = CLOSED) -> None:
    with office.record.writing() as session:
        clock.set_to(session, instant)


def leader(office: Office) -> Person:
    with office.record.writing() as session:
        person = Person("shirin@example.org", "Shirin Okonjo", [RoleHeld(Role.LEADERSHIP)])
        session.add(person)
    return person


def issued(office: Office, cast: Cast, *, gap: str = "") -> None:
    boss = leader(office)
    for step, who in (("draft", cast.administrator), ("sign_off", boss)):
        with office.record.writing() as session:
            getattr(reporting, step)(session, office, MONTH, here(session, who))
    with office.record.writing() as session:
        reporting.issue(session, office, MONTH, here(session, cast.head_of_quality), gap=gap)


class TestReading:
    @pytest.mark.parametrize("who", ["administrator", "head_of_quality", "head_of_service", "childs_head_of_service"])
    def test_who_sees_the_month_reads_it_as_it_grows(self, browser: Browser, cast: Cast, who: str) -> None:
        assert browser(getattr(cast, who)).get(PAGE).status_code == 200

    @pytest.mark.parametrize("who", ["auditor", "team_manager", "peer"])
    def test_other_auditors_read_it_once_it_is_issued(
        self, office: Office, browser: Browser, cast: Cast, who: str
    ) -> None:
        assert browser(getattr(cast, who)).get(PAGE).status_code == 404
        set_clock(office)
        issued(office, cast)
        assert [browser(getattr(cast, who)).get(f"{PAGE}{end}").status_code for end in ("", ".json")] == [200, 200]

    @pytest.mark.parametrize("who", ["outsider", "social_worker"])
    def test_nobody_else_does(self, office: Office, browser: Browser, cast: Cast, who: str) -> None:
        set_clock(office)
        issued(office, cast)
        for end in ("", ".json", "/appendix"):
            assert browser(getattr(cast, who)).get(f"{PAGE}{end}").status_code == 404

    def test_a_month_that_is_none_is_not_found(self, browser: Browser, cast: Cast) -> None:
        assert browser(cast.administrator).get("/reports/2019-01").status_code == 404


class TestTheAppendix:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            *(("administrator", True), ("head_of_quality", True), ("childs_head_of_service", True)),
            *(("team_manager", True), ("head_of_service", False), ("auditor", False), ("peer", False)),
        ],
    )
    def test_each_sees_the_children_of_their_own_line(
        self, office: Office, browser: Browser, cast: Cast, who: str, *, sees: bool
    ) -> None:
        returned(office, cast)
        set_clock(office)
        issued(office, cast)
        assert (cast.allocation.case.ref in browser(getattr(cast, who)).get(f"{PAGE}/appendix").text) is sees

    def test_no_childs_record_stands_in_the_report_itself(self, office: Office, browser: Browser, cast: Cast) -> None:
        returned(office, cast)
        client = browser(cast.administrator)
        assert ["MDW-" in client.get(f"{PAGE}{end}").text for end in ("", ".json")] == [False, False]


class TestItsLife:
    def test_before_the_closing_it_is_not_drafted(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        client.post(f"{PAGE}/draft")
        assert "October 2017 is not closed yet: audits can still come in." in client.get(PAGE).text
        assert client.get(f"{PAGE}.json").get_json()["status"] == "not drafted"

    def test_drafting_ends_what_is_still_out_with_its_reason_or_none(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, cast.allocation.ref)
            audit.reason = Reason.CAPACITY
        set_clock(office)
        client = browser(cast.administrator)
        assert client.post(f"{PAGE}/draft").location == PAGE
        account = client.get(f"{PAGE}.json").get_json()["account"]
        assert (account["not_returned"], account["no_reason_given"], account["balances"]) == ({"capacity": 1}, 1, True)
        with office.record.reading() as session:
            states = [each.state for each in find.allocations.of_round(session, find.rounds.of_month(session, MONTH))]
        assert states == [AllocationState.NOT_RETURNED] * 2

    @pytest.mark.parametrize("who", ["auditor", "team_manager", "head_of_service", "outsider"])
    def test_only_those_who_run_the_month_draft_it(
        self, office: Office, browser: Browser, cast: Cast, who: str
    ) -> None:
        set_clock(office)
        assert browser(getattr(cast, who)).post(f"{PAGE}/draft").status_code == 404

    def test_sign_off_is_leaderships_and_issuing_the_head_of_qualitys(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        set_clock(office)
        boss = leader(office)
        browser(cast.administrator).post(f"{PAGE}/draft")
        for who in (cast.administrator, cast.head_of_quality):
            assert browser(who).post(f"{PAGE}/sign-off").status_code == 404
        browser(boss).post(f"{PAGE}/sign-off")
        for who in (cast.administrator, boss):
            assert browser(who).post(f"{PAGE}/issue").status_code == 404
        browser(cast.head_of_quality).post(f"{PAGE}/issue")
        assert browser(cast.administrator).get(f"{PAGE}.json").get_json()["status"] == "issued"
        with office.record.reading() as session:
            assert find.rounds.of_month(session, MONTH).state is RoundState.REPORTED

    def test_it_is_not_issued_before_it_is_signed_off(self, office: Office, browser: Browser, cast: Cast) -> None:
        set_clock(office)
        client = browser(cast.head_of_quality)
        client.post(f"{PAGE}/draft")
        client.post(f"{PAGE}/issue")
        assert "The report for October 2017 is not signed off yet." in client.get(PAGE).text

    def test_what_does_not_balance_needs_a_sentence(self, office: Office, browser: Browser, cast: Cast) -> None:
        with office.record.writing() as session:
            find.allocations.by_ref(session, cast.allocation.ref).state = AllocationState.UNACCOUNTED
        set_clock(office)
        boss, client = leader(office), browser(cast.head_of_quality)
        client.post(f"{PAGE}/draft")
        browser(boss).post(f"{PAGE}/sign-off")
        client.post(f"{PAGE}/issue")
        assert "The account does not balance. Say in a sentence what is missing and why" in client.get(PAGE).text
        client.post(f"{PAGE}/issue", data={"gap": "One was mislaid in the office move."})
        assert "One was mislaid in the office move. Unaccounted for: AUD-2017-10-01." in client.get(PAGE).text

    def test_once_issued_nothing_changes_it(self, office: Office, browser: Browser, cast: Cast) -> None:
        returned(office, cast)
        set_clock(office)
        issued(office, cast)
        client = browser(cast.administrator)
        before = client.get(f"{PAGE}.json").get_json()
        assert (before["status"], before["not_yet_good"]["n"]) == ("issued", 1)
        with office.record.writing() as session:
            made = find.submissions.return_of(session, find.allocations.by_ref(session, cast.allocation.ref))
            assert made is not None
            made.agreed = Grade.OUTSTANDING
        assert client.get(f"{PAGE}.json").get_json() == before

    def test_a_step_that_is_none_is_not_found(self, browser: Browser, cast: Cast) -> None:
        assert browser(cast.administrator).post(f"{PAGE}/nonsense").status_code == 404
