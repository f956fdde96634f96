"""App Homes are drawn anew for whom something has changed, once for however much it was, and only where it shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from programme.facts import Fact, MessagesPaused
from programme.homes import LOOKED_AT_EVERY, TAKEN_FOR, Home
from programme.notices import Answer, Reply
from programme.people import Person
from programme.unmet import Lack, Unmet
from scheduler.post.homes import Homes, View
from scheduler.sweeps.people import Accounts
from storage import aside, auditing, find, homes, introducing, journal
from storage.office import Office
from storage.session import Session
from tests.accounts import known, ours
from tests.cast import NOW, Cast, here
from tests.scheduler.later import later
from tests.storage.crowd import at_once

SOON = 3
"""Seconds after which one may be drawn again."""


@dataclass
class Slack:
    """What was published, by account; what is drawn is what `says` says at that moment."""

    reply: Reply = field(default_factory=lambda: Reply(Answer.OK, stamp="h1"))
    says: str = "first"
    published: list[tuple[str, str, str]] = field(default_factory=list)

    def draw(self, _session: Session, account: str) -> View:
        return {"type": "home", "blocks": [account, self.says]}

    def publish(self, home: Home, view: View) -> Reply:
        self.published.append((home.account, view["blocks"][1], home.mark))
        return self.reply

    def sweep(self, office: Office) -> int:
        return Homes(office, self.draw, self.publish).sweep()


def opened(office: Office, *people: Person, shows_something: bool = True) -> None:
    for each in people:
        with office.record.writing() as session:
            homes.opened(session, str(each.slack_user_id), shows_something=shows_something)


def happens(office: Office, about: str, *, by: Person | None = None, tell: Iterable[Person] = ()) -> None:
    with office.record.writing() as session:
        told = tuple(here(session, each) for each in tell)
        facts: list[Fact] = [MessagesPaused(about=about, paused=True, tell=told)]
        journal.write(session, facts, by=here(session, by) if by else None, at=NOW)


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def drawn(office: Office, cast: Cast, slack: Slack) -> tuple[Office, Slack]:
    """Auditor, peer, administrator and outsider have theirs open, and each was drawn a while ago."""
    opened(office, cast.auditor, cast.peer, cast.administrator, cast.outsider)
    slack.sweep(office)
    slack.published.clear()
    slack.says = "second"
    return later(office, seconds=SOON), slack


def test_one_that_was_opened_is_drawn_once(office: Office, cast: Cast, slack: Slack) -> None:
    opened(office, cast.auditor)
    assert [slack.sweep(office), slack.sweep(later(office, seconds=SOON))] == [1, 0]
    assert slack.published == [("UASHA", "first", "")]


def test_nobody_who_never_opened_theirs_has_one(office: Office, cast: Cast, slack: Slack) -> None:
    happens(office, cast.allocation.ref, by=cast.auditor, tell=[cast.peer])
    assert (slack.sweep(office), slack.published) == (0, [])


class TestForWhom:
    def test_who_did_it_whom_it_tells_and_who_oversees_the_month(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        happens(office, "SW-NEW", by=cast.auditor, tell=[cast.peer])
        slack.sweep(office)
        assert sorted(slack.published) == [(each, "second", "h1") for each in ("UASHA", "UBRONWEN", "UKOFI")]

    def test_who_had_a_message_about_the_same(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        happens(office, cast.allocation.ref)
        slack.sweep(office)
        assert sorted(each for each, *_ in slack.published) == ["UASHA", "UBRONWEN"]

    def test_nobody_else(self, drawn: tuple[Office, Slack]) -> None:
        office, slack = drawn
        happens(office, "SW-NEW")
        slack.sweep(office)
        assert [each for each, *_ in slack.published] == ["UBRONWEN"]


class TestWhoseAccountItIs:
    """The account itself reads something else: it was nobody's, is nobody's from now on, or does not count any more."""

    def published(self, drawn: tuple[Office, Slack]) -> list[str]:
        office, slack = drawn
        slack.sweep(office)
        return sorted(account for account, *_ in slack.published)

    def test_taken_back(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        with drawn[0].record.writing() as session:
            me = here(session, cast.administrator)
            introducing.take_back(session, drawn[0], cast.auditor.email, me)
        assert self.published(drawn) == ["UASHA", "UBRONWEN"]

    def test_found_by_the_address(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        with drawn[0].record.writing() as session:
            here(session, cast.auditor).slack_user_id = None
        with drawn[0].record.writing() as session:
            introducing.meet(session, drawn[0], here(session, cast.auditor), ours("UASHA"))
        assert self.published(drawn) == ["UASHA", "UBRONWEN"]

    def test_closed_and_open_again(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        everybody = {str(each.slack_user_id): each.slack_user_id for each in cast.everyone}
        Accounts(drawn[0], known(everybody | {"UYUSUF": None})).sweep()
        assert self.published(drawn) == ["UBRONWEN", "UYUSUF"]
        drawn[1].says = "third"
        Accounts(drawn[0], known(everybody)).sweep()
        assert self.published((later(drawn[0], minutes=1), drawn[1])) == ["UBRONWEN", "UYUSUF", "UYUSUF"]


class TestHowOften:
    def test_however_much_happens_once(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        for _ in range(20):
            happens(office, "SW-NEW", by=cast.auditor)
            slack.sweep(office)
        assert [each for each in slack.published if each[0] == "UASHA"] == [("UASHA", "second", "h1")]
        slack.says = "third"
        slack.sweep(later(office, minutes=1))
        assert [each for each in slack.published if each[0] == "UASHA"][1:] == [("UASHA", "third", "h1")]

    def test_what_would_look_the_same_is_not_published(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        slack.says = "first"
        happens(office, "SW-NEW", by=cast.auditor)
        assert (slack.sweep(office), slack.published) == (2, [])
        assert slack.sweep(later(office, seconds=SOON)) == 0

    def test_what_changes_by_itself_is_seen_after_a_while(self, drawn: tuple[Office, Slack]) -> None:
        office, slack = drawn
        slack.sweep(later(office, seconds=LOOKED_AT_EVERY.seconds + SOON))
        assert sorted(each for each, *_ in slack.published) == ["UASHA", "UBRONWEN", "UKOFI", "UYUSUF"]

    def test_what_slack_has_lost_is_published_again(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        slack.says = "first"
        opened(office, cast.auditor)
        opened(office, cast.peer, shows_something=False)
        slack.sweep(office)
        assert slack.published == [("UKOFI", "first", "")]


class TestWhatGoesWrong:
    @pytest.mark.parametrize("answer", [Answer.RETRY, Answer.AMBIGUOUS])
    def test_what_could_not_be_published_is_drawn_anew_later(
        self, drawn: tuple[Office, Slack], cast: Cast, answer: Answer
    ) -> None:
        office, slack = drawn
        slack.reply = Reply(answer, "ratelimited", wait=30)
        opened(office, cast.auditor)
        assert [slack.sweep(office), slack.sweep(later(office, seconds=20))] == [1, 0]
        slack.reply, slack.says = Reply(Answer.OK), "by then"
        slack.sweep(later(office, minutes=1))
        assert slack.published == [("UASHA", "second", "h1"), ("UASHA", "by then", "")]

    def test_while_slack_refuses_the_app_the_others_are_not_tried(
        self, drawn: tuple[Office, Slack], cast: Cast
    ) -> None:
        office, slack = drawn
        slack.reply = Reply(Answer.APP, "token_revoked")
        opened(office, cast.auditor, cast.peer)
        slack.sweep(office)
        assert len(slack.published) == 1

    def test_whom_none_can_be_shown_is_left_until_something_changes(
        self, drawn: tuple[Office, Slack], cast: Cast
    ) -> None:
        office, slack = drawn
        slack.reply = Reply(Answer.PERSON, "user_not_found")
        opened(office, cast.auditor)
        assert [slack.sweep(office), slack.sweep(later(office, seconds=SOON))] == [1, 0]

    def test_one_that_cannot_be_drawn_does_not_stop_the_others(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn

        def breaks_for_one(session: Session, account: str) -> dict[str, Any]:
            if account == "UASHA":
                raise ValueError("the record is odd")
            return slack.draw(session, account)

        opened(office, cast.auditor, cast.peer)
        assert Homes(office, breaks_for_one, slack.publish).sweep() == 2
        assert slack.published == [("UKOFI", "second", "h1")]

    def test_a_worker_that_dies_with_one_in_hand_leaves_it_to_the_next(
        self, drawn: tuple[Office, Slack], cast: Cast
    ) -> None:
        office, slack = drawn
        opened(office, cast.auditor)
        with office.record.writing() as session:
            theirs = find.homes.of_account(session, "UASHA")
            assert theirs is not None
            find.homes.taken(session, theirs, real_now=office.real_now())
        assert slack.sweep(office) == 0
        assert slack.sweep(later(office, seconds=TAKEN_FOR.seconds + SOON)) == 1

    def test_while_messages_are_paused_none_is_drawn(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        opened(office, cast.auditor)
        with office.record.writing() as session:
            find.notices.set_paused(session, paused=True)
        assert slack.sweep(office) == 0

    def test_of_many_workers_one_draws_it(self, drawn: tuple[Office, Slack], cast: Cast) -> None:
        office, slack = drawn
        opened(office, cast.auditor, cast.peer, cast.outsider)
        at_once(8, lambda _: slack.sweep(office))
        assert sorted(each for each, *_ in slack.published) == ["UASHA", "UKOFI", "UYUSUF"]


def test_what_is_set_aside_or_missing_draws_the_homes_of_those_who_run_the_month(
    drawn: tuple[Office, Slack], cast: Cast
) -> None:
    office, slack = drawn
    lost = Unmet(Lack.LOST, "reminded:AUD-2017-10-01:1:1", "AUD-2017-10-01", NOW)
    with office.record.writing() as session:
        auditing.keep(session, [lost])
    slack.sweep(office)
    slack.says = "third"
    with office.record.writing() as session:
        for _ in range(5):
            aside.failed(session, "remind", "AUD-2017-10-01", "KeyError", at=NOW, gives_up=True)
    slack.sweep(later(office, seconds=2 * SOON))
    administrator = str(cast.administrator.slack_user_id)
    assert [each[:2] for each in slack.published] == [(administrator, "second"), (administrator, "third")]
