"""While Slack refuses the app, whoever runs the month hears so by e-mail: one each in an outage, no more after it."""

from collections import Counter
from dataclasses import replace
from datetime import date, time

import pytest

from programme.calendar import at_london
from programme.facts import CaseGivenOut
from programme.notices import Letter, Notice, Reply
from programme.post_facts import AppRefused
from programme.words import NoticeState
from scheduler.post.postman import Postman
from scheduler.post.ways import NO_EMAIL, Ways
from storage import clock, journal, outbox
from storage.office import Office
from tests.cast import NOW, Cast, here
from tests.scheduler.later import later
from tests.scheduler.test_ways import REF, SLOWLY, deliver, told
from tests.storage.crowd import at_once
from tests.twins.notify import Fault, NotifyTwin
from tests.twins.slack import Fault as SlackFault
from tests.twins.slack import SlackTwin

SUBJECT = "Slack refuses our messages"


@pytest.fixture(autouse=True)
def revoked(slack: SlackTwin) -> None:
    slack.down = SlackFault(error="token_revoked")


def heard(notify: NotifyTwin) -> Counter[str]:
    return Counter(each["email_address"] for each in notify.emails if each["personalisation"]["subject"] == SUBJECT)


def one_each(cast: Cast) -> Counter[str]:
    return Counter([cast.administrator.email, cast.head_of_quality.email])


def test_once_each_and_nothing_more_when_it_is_over(
    office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
) -> None:
    for minutes in (0, 1, 2, 30, 61):
        deliver(later(office, minutes=minutes), ways)
    assert heard(notify) == one_each(cast)
    [said] = [each for each in notify.sent_to(cast.administrator.email) if each["subject"] == SUBJECT]
    assert [words in said["body"] for words in ("Our token was revoked in Slack", "Nothing is lost")] == [True] * 2
    slack.down = None
    for minutes in (63, 64):
        deliver(later(office, minutes=minutes), ways)
    assert (heard(notify), len(slack.sent_to("UASHA"))) == (one_each(cast), 1)
    assert len(slack.sent_to(str(cast.administrator.slack_user_id))) == 0


def test_once_more_when_it_begins_again_hours_later(
    office: Office, cast: Cast, ways: Ways, slack: SlackTwin, notify: NotifyTwin
) -> None:
    for minutes in (0, 1):
        deliver(later(office, minutes=minutes), ways)
    slack.down = None
    deliver(later(office, minutes=3), ways)
    slack.down = SlackFault(error="token_revoked")
    with office.record.writing() as session:
        given_out = CaseGivenOut(about=REF, tell=(here(session, cast.auditor),))
        journal.write(session, [given_out], by=None, at=NOW)
    for minutes in (300, 301):
        deliver(later(office, minutes=minutes), ways)
    assert heard(notify) == one_each(cast) + one_each(cast)


def test_while_slack_takes_messages_or_cannot_be_reached_nobody_hears_that(
    office: Office, ways: Ways, slack: SlackTwin, notify: NotifyTwin
) -> None:
    for fault in (SlackFault(status=503, raw=b"down"), SLOWLY, None):
        slack.down = fault
        deliver(later(office, minutes=10), ways)
    assert heard(notify) == Counter()


def test_two_workers_at_once_tell_each_once(office: Office, cast: Cast, ways: Ways, notify: NotifyTwin) -> None:
    at_once(2, lambda n: Postman(office, ways.render, ways.send, f"w{n}", probe=ways.probe).deliver_until_empty())
    deliver(later(office, minutes=1), ways)
    assert heard(notify) == one_each(cast)


def test_a_worker_that_is_killed_when_it_has_told_one_tells_nobody_twice(
    office: Office, cast: Cast, ways: Ways, notify: NotifyTwin
) -> None:
    def sent_and_killed(notice: Notice, letter: Letter) -> Reply:
        reply = ways.send(notice, letter)
        if notice.kind == AppRefused.kind():
            raise SystemExit
        return reply

    deliver(office, ways)
    for minutes in (1, 4):
        with pytest.raises(SystemExit):
            Postman(
                later(office, minutes=minutes), ways.render, sent_and_killed, "dead", probe=ways.probe
            ).deliver_until_empty()
    deliver(later(office, minutes=7), ways)
    assert heard(notify) == one_each(cast)


def test_at_night_and_while_messages_are_paused_too(office: Office, cast: Cast, ways: Ways, notify: NotifyTwin) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 2), time(23, 30)))
        outbox.is_refused(session, office, "token_revoked")
        outbox.pause(session, office, here(session, cast.administrator))
    deliver(office, ways)
    assert heard(notify) == one_each(cast)


def test_what_did_not_go_in_time_is_not_said_when_it_is_over(
    office: Office, ways: Ways, slack: SlackTwin, notify: NotifyTwin
) -> None:
    notify.down = Fault(503, raw=b"down")
    deliver(office, ways)
    slack.down = notify.down = None
    for minutes in (2, 30):
        deliver(later(office, minutes=minutes), ways)
    assert heard(notify) == Counter()


def test_without_email_it_is_not_needed(office: Office, cast: Cast, ways: Ways) -> None:
    for minutes in (0, 1):
        deliver(later(office, minutes=minutes), replace(ways, email=None))
    assert told(office, AppRefused.kind(), cast.administrator) == [(NoticeState.DROPPED, "", NO_EMAIL)]
