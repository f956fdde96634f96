"""One message per person and day: what is of the day goes out together, whoever dies, doubts or comes later."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from programme.daily_facts import OwnerReminded
from programme.facts import MessagesPaused
from programme.notices import FOUND, Answer, Dropped, Letter, Notice, Rank, Reply
from programme.people import Person
from programme.words import NoticeState
from scheduler.post.postman import Postman
from scheduler.post.redrawing import Redrawing
from storage import clock, find, journal
from storage.office import Office
from storage.session import Session
from tests.cast import NOW, Cast, here
from tests.scheduler.later import later
from tests.storage.crowd import at_once

RANKS = {"late": Rank.LATE, "ends": Rank.ENDS_TODAY, "thanks": Rank.THANKS}


def drawn(_session: Session, notice: Notice) -> Letter:
    """Says what it is about; where it stands is the first word of that."""
    return Letter(notice.about, rank=RANKS.get(notice.about.split()[0], Rank.DUE_SOON))


@dataclass
class Chat:
    """What has been sent: to whom, by which key, in which words; and what is answered, at first."""

    replies: list[Reply] = field(default_factory=list)
    sent: list[tuple[str, str, str]] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)

    def send(self, notice: Notice, letter: Letter) -> Reply:
        self.sent.append((notice.person.email, notice.posted_as, letter.text))
        return self.replies.pop(0) if self.replies else Reply(Answer.OK, "", "D1", f"{len(self.sent)}")

    def redraw(self, notice: Notice, letter: Letter) -> Reply:
        self.drawn.append(f"{notice.stamp}: {letter.text}")
        return Reply(Answer.OK)

    @property
    def said(self) -> list[str]:
        return [text for _, _, text in self.sent]


@pytest.fixture(autouse=True)
def nothing_else_waits(office: Office, cast: Cast) -> None:  # noqa: ARG001 - the cast's own two messages are sent first
    Postman(office, drawn, lambda *_: Reply(Answer.OK), "before").deliver_until_empty()


def due(office: Office, person: Person, *about: str) -> None:
    """So many things of the day for one person."""
    with office.record.writing() as session:
        told = (here(session, person),)
        facts = [OwnerReminded(about=each, step="day_before", tell=told) for each in about]
        journal.write(session, facts, by=None, at=office.now(session))


def deliver(office: Office, chat: Chat, name: str = "w") -> list[str]:
    """What was said by now, after the postman came once more."""
    Postman(office, drawn, chat.send, name).deliver_until_empty()
    return chat.said


def kept(office: Office) -> dict[str, Notice]:
    with office.record.reading() as session:
        return {each.about: each for each in find.notices.of_kind(session, OwnerReminded.kind())}


def states(office: Office) -> dict[str, NoticeState]:
    return {about: each.state for about, each in kept(office).items()}


def next_morning(office: Office) -> None:
    with office.record.writing() as session:
        clock.set_to(session, office.rules.calendar.next_morning(office.today(session)))


def dies(_notice: Notice, _letter: Letter) -> Reply:
    """As if the process were gone: nothing is marked."""
    raise KeyboardInterrupt


class TestTogether:
    def test_all_that_is_due_for_one_person_is_one_message_what_presses_first(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "thanks", "late", "ends")
        due(office, cast.peer, "alone")
        assert deliver(office, chat) == ["ends. late. soon. thanks", "alone"]
        assert {(each.channel, each.stamp) for about, each in kept(office).items() if about != "alone"} == {("D1", "1")}
        assert set(states(office).values()) == {NoticeState.SENT}

    def test_an_event_goes_by_itself(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "late")
        with office.record.writing() as session:
            told = (here(session, cast.auditor),)
            journal.write(session, [MessagesPaused(about="event", paused=True, tell=told)], by=None, at=NOW)
        assert sorted(deliver(office, chat)) == ["event", "late. soon"]

    @pytest.mark.parametrize(("of_the_day", "said"), [(True, ["late. soon"]), (False, ["event"])])
    def test_a_postman_may_take_only_one_of_the_two(
        self, office: Office, cast: Cast, of_the_day: bool, said: list[str]
    ) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "late")
        with office.record.writing() as session:
            told = (here(session, cast.auditor),)
            journal.write(session, [MessagesPaused(about="event", paused=True, tell=told)], by=None, at=NOW)
        Postman(office, drawn, chat.send, "w", of_the_day=of_the_day).deliver_until_empty()
        assert chat.said == said

    def test_what_is_not_needed_is_dropped_what_is_not_for_now_waits_and_the_rest_goes_out(
        self, office: Office, cast: Cast
    ) -> None:
        chat, tomorrow = Chat(), office.rules.calendar.next_morning(NOW.date())
        due(office, cast.auditor, "over", "not now", "broken", "soon", "late")

        def judge(session: Session, notice: Notice) -> Letter | Dropped:
            if notice.about == "broken":
                raise KeyError(notice.about)
            why = {"over": Dropped("over"), "not now": Dropped("not now", until=tomorrow)}
            return why.get(notice.about) or drawn(session, notice)

        Postman(office, judge, chat.send, "w").deliver_until_empty()
        assert chat.said == ["late. soon"]
        assert states(office) == {
            "over": NoticeState.DROPPED,
            "not now": NoticeState.WAITING,
            "broken": NoticeState.FAILED,
            "soon": NoticeState.SENT,
            "late": NoticeState.SENT,
        }

    def test_nothing_goes_out_while_messages_are_paused_and_then_it_is_one(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        for paused, about in ((True, "late"), (True, "soon"), (False, "more")):
            with office.record.writing() as session:
                find.notices.set_paused(session, paused=paused)
            due(office, cast.auditor, about)
            deliver(office, chat)
        assert chat.said == ["late. soon. more"]


class TestOncePerDay:
    def test_what_comes_later_that_day_is_heard_the_next_morning_judged_again(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon")
        deliver(office, chat)
        due(office, cast.auditor, "late", "thanks")
        assert deliver(office, chat) == ["soon"]
        assert {kept(office)[about].why for about in ("late", "thanks")} == {"has had the day's message"}
        next_morning(office)
        due(office, cast.auditor, "more")
        assert deliver(office, chat) == ["soon", "late. more. thanks"]

    def test_what_would_be_over_by_then_comes_as_a_second(self, office: Office, cast: Cast) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon")
        deliver(office, chat)
        due(office, cast.auditor, "late", "ends today")
        assert deliver(office, chat) == ["soon", "ends today"]
        assert states(office)["late"] is NoticeState.WAITING

    def test_an_outage_of_three_days_ends_in_one_message(self, office: Office, cast: Cast) -> None:
        for about in ("soon", "late", "ends"):
            due(office, cast.auditor, about)
            next_morning(office)
        assert deliver(office, Chat()) == ["ends. late. soon"]

    def test_an_outage_in_which_every_send_is_doubtful_ends_in_one_message(self, office: Office, cast: Cast) -> None:
        """What may have gone out goes before what came since, and that waits for the next morning."""
        down = Chat([Reply(Answer.AMBIGUOUS, "http_503")] * 50)
        for number, about in enumerate(["soon", "late", "more"]):
            due(office, cast.auditor, about)
            deliver(later(office, hours=24 * number), down)
            next_morning(office)
        assert set(down.said) == {"soon"}
        chat = Chat()
        assert deliver(later(office, hours=96), chat) == ["soon"]
        next_morning(office)
        assert deliver(later(office, hours=120), chat) == ["soon", "late. more"]


class TestDoubt:
    def test_who_takes_over_sends_the_same_ones_by_the_same_key_and_nobody_joins_them(
        self, office: Office, cast: Cast
    ) -> None:
        chat = Chat()
        due(office, cast.auditor, "soon", "late")
        with pytest.raises(KeyboardInterrupt):
            Postman(office, drawn, dies, "dead").deliver_until_empty()
        due(office, cast.auditor, "more")
        assert deliver(office, chat) == []
        deliver(later(office, minutes=3), chat)
        assert chat.said == ["late. soon"]
        first = kept(office)["soon"]
        assert [key for _, key, _ in chat.sent] == [first.key]
        assert {each.doubtful for about, each in kept(office).items() if about != "more"} == {True}
        assert states(office)["more"] is NoticeState.WAITING

    def test_what_may_have_gone_out_is_looked_up_by_the_same_key_though_its_first_is_over(
        self, office: Office, cast: Cast
    ) -> None:
        chat = Chat([Reply(Answer.AMBIGUOUS, "timeout", wait=60), Reply(Answer.OK, FOUND, "D1", "7")])
        due(office, cast.auditor, "soon", "late")

        def judge(session: Session, notice: Notice) -> Letter | Dropped:
            return Dropped("over") if chat.sent and notice.about == "soon" else drawn(session, notice)

        Postman(office, judge, chat.send, "w").deliver_until_empty()
        due(office, cast.auditor, "more")
        Postman(later(office, seconds=61), judge, chat.send, "w").deliver_until_empty()
        key = kept(office)["soon"].key
        assert [(key_then, text) for _, key_then, text in chat.sent[:2]] == [(key, "late. soon"), (key, "late")]
        # What was found says what was true at the first try.
        Redrawing(later(office, seconds=61), judge, chat.redraw).sweep()
        assert chat.drawn == ["7: late"]

    def test_what_certainly_did_not_go_out_goes_with_what_has_come_since(self, office: Office, cast: Cast) -> None:
        chat = Chat([Reply(Answer.RETRY, "ratelimited", wait=30)])
        due(office, cast.auditor, "soon")
        deliver(office, chat)
        due(office, cast.auditor, "late")
        assert deliver(later(office, seconds=31), chat)[1:] == ["late. soon"]

    def test_when_slack_refuses_the_app_all_of_them_wait_and_no_try_is_spent(self, office: Office, cast: Cast) -> None:
        chat = Chat([Reply(Answer.APP, "token_revoked")])
        due(office, cast.auditor, "soon", "late")
        deliver(office, chat)
        assert {(each.state, each.tries) for each in kept(office).values()} == {(NoticeState.WAITING, 0)}
        deliver(later(office, minutes=2), chat)
        theirs = [text for email, _, text in chat.sent if email == cast.auditor.email]
        assert theirs == ["late. soon"] * 2


class TestTwoWorkers:
    def test_while_a_message_is_on_its_way_nothing_else_of_its_person_is(self, office: Office, cast: Cast) -> None:
        chat, other = Chat(), Chat()

        def slow(notice: Notice, letter: Letter) -> Reply:
            due(office, cast.auditor, "more")
            deliver(office, other, "quick")
            return chat.send(notice, letter)

        due(office, cast.auditor, "soon")
        Postman(office, drawn, slow, "slow").deliver_until_empty()
        assert (chat.said, other.said) == (["soon"], [])

    def test_whoever_lost_the_lease_meanwhile_changes_nothing(self, office: Office, cast: Cast) -> None:
        due(office, cast.auditor, "soon", "late")

        def slow(_notice: Notice, _letter: Letter) -> Reply:
            deliver(later(office, minutes=3), Chat(), "quick")
            return Reply(Answer.PERSON, "user_not_found")

        Postman(office, drawn, slow, "slow").deliver_until_empty()
        assert set(states(office).values()) == {NoticeState.SENT}

    def test_eight_at_once_send_each_person_one_message(self, office: Office, cast: Cast) -> None:
        people: Sequence[Person] = cast.everyone
        for person in people:
            due(office, person, *(f"{person.email} {number}" for number in range(5)))
        chats = [Chat() for _ in range(8)]
        at_once(8, lambda number: deliver(office, chats[number], f"w{number}"))
        assert Counter(email for chat in chats for email, _, _ in chat.sent) == {each.email: 1 for each in people}
        assert set(states(office).values()) == {NoticeState.SENT}
