"""Which way a message goes: chat or e-mail, both where a child is not safe; each once, whatever goes wrong."""

from dataclasses import replace

import pytest

from programme.facts import CaseGivenOut
from programme.notices import Letter, Notice, Reply
from programme.people import Person
from programme.words import AccountStanding, NoticeState, Reason
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from scheduler.post.ways import BY_EMAIL_ALONE, NO_EMAIL, Ways
from storage import alarming, find, reasons, staffing
from storage.office import Office
from tests.cast import Cast, here
from tests.scheduler.later import later
from tests.twins.notify import FIND, SEND, Fault, NotifyTwin
from tests.twins.slack import Fault as SlackFault
from tests.twins.slack import SlackTwin

REF = "AUD-2017-10-01"
BY_EMAIL = (NoticeState.SENT, "email", "")
SLOWLY = SlackFault(status=429, error="ratelimited", retry_after="120")


def deliver(office: Office, ways: Ways) -> None:
    Postman(office, ways.render, ways.send, "w", probe=ways.probe).deliver_until_empty()


def not_on_slack(office: Office, person: Person, standing: AccountStanding | None = AccountStanding.NONE) -> None:
    with office.record.writing() as session:
        kept = here(session, person)
        kept.slack_user_id, kept.slack_standing = None, standing


def told(office: Office, kind: str, person: Person) -> list[tuple[NoticeState, str, str]]:
    with office.record.reading() as session:
        theirs = [each for each in find.notices.of_kind(session, kind) if each.person.email == person.email]
        return [(each.state, each.channel, each.why) for each in theirs]


def audit_of(office: Office, person: Person) -> tuple[NoticeState, str, str]:
    [only] = told(office, CaseGivenOut.kind(), person)
    return only


class TestOneWay:
    def test_who_is_on_slack_reads_it_there(
        self, office: Office, ways: Ways, slack: SlackTwin, notify: NotifyTwin
    ) -> None:
        deliver(office, ways)
        assert len(slack.sent_to("UASHA")) == 1
        assert notify.calls == []

    def test_who_is_not_reads_it_by_email_and_it_stays_as_it_was_read(
        self, office: Office, cast: Cast, ways: Ways, notify: NotifyTwin
    ) -> None:
        not_on_slack(office, cast.auditor)
        deliver(office, ways)
        [said] = notify.sent_to(cast.auditor.email)
        assert [words in said["body"] for words in (REF, "MDW-0417", "Answer here: ")] == [True] * 3
        assert [words in said["subject"] for words in (REF, "MDW-0417")] == [False] * 2
        assert audit_of(office, cast.auditor) == BY_EMAIL
        with office.record.writing() as session:
            reasons.give(session, office, REF, Reason.CAPACITY, "", here(session, cast.auditor))
        assert Redrawing(office, ways.render, ways.redraw).sweep() == 0

    def test_who_was_never_looked_up_is_waited_for(self, office: Office, cast: Cast, ways: Ways) -> None:
        not_on_slack(office, cast.auditor, None)
        deliver(office, ways)
        assert audit_of(office, cast.auditor) == (NoticeState.WAITING, "", "not_on_slack_yet")
        not_on_slack(office, cast.auditor)
        deliver(later(office, minutes=2), ways)
        assert audit_of(office, cast.auditor) == BY_EMAIL

    def test_without_slack_everybody_reads_email(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
    ) -> None:
        not_on_slack(office, cast.auditor, None)
        deliver(office, replace(ways, has_slack=False))
        assert (len(notify.emails), slack.calls) == (2, [])

    def test_who_likes_email_better_reads_that_at_once(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin
    ) -> None:
        slack.fail_next("conversations.open", SLOWLY, SLOWLY)
        deliver(office, ways)
        with office.record.writing() as session:
            me = here(session, cast.auditor)
            staffing.choose_way(session, office, me, me, by_email=True)
        deliver(office, ways)
        assert audit_of(office, cast.auditor) == BY_EMAIL
        assert slack.sent_to("UASHA") == []

    def test_who_is_refused_in_slack_has_it_by_email(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin
    ) -> None:
        slack.users.pop(cast.auditor.email)
        deliver(office, ways)
        assert audit_of(office, cast.auditor) == BY_EMAIL
        assert len(slack.sent_to("UKOFI")) == 1

    def test_without_email_slacks_answer_stands(self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin) -> None:
        slack.users.pop(cast.auditor.email)
        deliver(office, replace(ways, email=None))
        assert audit_of(office, cast.auditor) == (NoticeState.FAILED, "", "user_not_found")


class TestNothingIsLostOrDoubled:
    def test_killed_between_sending_and_marking_it_is_found_again(
        self, office: Office, cast: Cast, ways: Ways, notify: NotifyTwin
    ) -> None:
        not_on_slack(office, cast.auditor)

        def sent_and_killed(notice: Notice, letter: Letter) -> Reply:
            ways.send(notice, letter)
            raise SystemExit

        with pytest.raises(SystemExit):
            Postman(office, ways.render, sent_and_killed, "dead").deliver_until_empty()
        deliver(later(office, minutes=3), ways)
        assert (notify.calls, len(notify.emails)) == ([SEND, FIND], 1)
        assert audit_of(office, cast.auditor) == BY_EMAIL

    @pytest.mark.parametrize("fault", [Fault(503, raw=b"down"), Fault(drop=True, acts=True)])
    def test_an_hour_without_notify(
        self, office: Office, cast: Cast, ways: Ways, notify: NotifyTwin, fault: Fault
    ) -> None:
        for each in (cast.auditor, cast.peer):
            not_on_slack(office, each)
        notify.down = fault
        for minutes in (0, 1, 5, 20, 59):
            deliver(later(office, minutes=minutes), ways)
            assert audit_of(office, cast.auditor)[0] is NoticeState.WAITING
        notify.down = None
        deliver(later(office, hours=2), ways)
        assert [len(notify.sent_to(each.email)) for each in (cast.auditor, cast.peer)] == [1, 1]
        assert [audit_of(office, each) for each in (cast.auditor, cast.peer)] == [BY_EMAIL] * 2

    def test_what_notify_refuses_altogether_stops_nothing_in_slack(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
    ) -> None:
        not_on_slack(office, cast.auditor)
        notify.down = Fault(403, "AuthError", "Invalid token: API key not found")
        deliver(office, ways)
        assert audit_of(office, cast.auditor) == (NoticeState.WAITING, "", "notify_key")
        assert len(slack.sent_to("UKOFI")) == 1
        notify.down = None
        deliver(later(office, minutes=6), ways)
        assert audit_of(office, cast.auditor) == BY_EMAIL


class TestAChildWhoIsNotSafe:
    @pytest.fixture(autouse=True)
    def alarm(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, REF, to_change=True)
            alarming.raise_alert(session, office, audit, here(session, cast.auditor), staff_conduct=False)

    def heard(self, office: Office, who: Person) -> list[tuple[NoticeState, str, str]]:
        return told(office, "child_unsafe", who)

    def alerts(self, notify: NotifyTwin, who: Person) -> int:
        return sum("Act now" in said["subject"] for said in notify.sent_to(who.email))

    def alerts_in_slack(self, slack: SlackTwin, who: Person) -> int:
        return sum("Act now" in said["text"] for said in slack.sent_to(str(who.slack_user_id)))

    def test_it_goes_both_ways_once_each(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
    ) -> None:
        for _ in range(2):
            deliver(office, ways)
        for who in (cast.team_manager, cast.childs_head_of_service, cast.head_of_quality):
            assert (self.alerts_in_slack(slack, who), self.alerts(notify, who)) == (1, 1)

    def test_both_ways_for_who_likes_email_better_too(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
    ) -> None:
        with office.record.writing() as session:
            here(session, cast.team_manager).prefers_email = True
        deliver(office, ways)
        assert (self.alerts_in_slack(slack, cast.team_manager), self.alerts(notify, cast.team_manager)) == (1, 1)

    def test_who_is_not_on_slack_reads_one_email(
        self, office: Office, cast: Cast, ways: Ways, notify: NotifyTwin
    ) -> None:
        not_on_slack(office, cast.team_manager)
        deliver(office, ways)
        assert self.alerts(notify, cast.team_manager) == 1
        assert self.heard(office, cast.team_manager) == [(NoticeState.DROPPED, "", BY_EMAIL_ALONE), BY_EMAIL]

    def test_who_is_refused_in_slack_reads_one_email(
        self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
    ) -> None:
        slack.users.pop(cast.team_manager.email)
        deliver(office, ways)
        assert self.alerts(notify, cast.team_manager) == 1
        assert self.heard(office, cast.team_manager) == [(NoticeState.FAILED, "", "user_not_found"), BY_EMAIL]

    def test_without_email_it_goes_in_slack(self, office: Office, cast: Cast, ways: Ways, slack: SlackTwin) -> None:
        deliver(office, replace(ways, email=None))
        assert self.alerts_in_slack(slack, cast.team_manager) == 1
        assert self.heard(office, cast.team_manager)[1] == (NoticeState.DROPPED, "", NO_EMAIL)


def test_while_slack_refuses_us_what_goes_by_email_goes(
    office: Office, cast: Cast, ways: Ways, slack: SlackTwin
) -> None:
    not_on_slack(office, cast.peer)
    slack.down = SlackFault(error="token_revoked")
    for seconds in (0, 10):
        deliver(later(office, seconds=seconds), ways)
    assert audit_of(office, cast.peer) == BY_EMAIL
    assert audit_of(office, cast.auditor) == (NoticeState.WAITING, "", "token_revoked")
    assert len(slack.called("conversations.open")) == 1
