"""What each may see of what will be sent, what is changed by hand, and what a pause leaves to be sent."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot import messages
from programme.calendar import at_london
from programme.daily_facts import HeadTold
from programme.facts import ChildUnsafe, LinkAsked, MessagesPaused
from programme.notices import Answer, Letter, Notice, Reply
from programme.people import Person
from programme.refusals import NotAllowed
from programme.words import NoticeState, Way
from scheduler.post.postman import Postman
from scheduler.sweeps.reminders import Reminders
from storage import clock, find, journal, outbox, tables
from storage.chasing import AUDITS
from storage.office import Office
from tests.cast import NOW, Cast, here

FIRST, SECOND = "AUD-2017-10-01", "AUD-2017-10-02"


def moved_to(office: Office, day: int, hour: int = 9) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, day), time(hour, 5)))


def delivered(office: Office) -> list[tuple[str, str]]:
    """What goes out now: to whom, and what a lock screen shows."""
    sent: list[tuple[str, str]] = []

    def send(notice: Notice, letter: Letter) -> Reply:
        sent.append((notice.person.email, letter.text))
        return Reply(Answer.OK, "", "D1", "1.1")

    Postman(office, lambda session, it: messages.render(session, office, it), send, "w").deliver_until_empty()
    return sent


def tell(office: Office, *facts: object) -> None:
    with office.record.writing() as session:
        journal.write(session, facts, by=None, at=office.now(session))  # type: ignore[arg-type]


def seen(office: Office, reader: Person, words: str = "", page: int = 1) -> list[tuple[str, str]]:
    with office.record.reading() as session:
        found, _ = find.outbox.still_to_go(session, here(session, reader), words, page)
        return [(each.person.email, each.about) for each in found]


def switched(office: Office, cast: Cast, *, paused: bool) -> None:
    with office.record.writing() as session:
        (outbox.pause if paused else outbox.resume)(session, office, here(session, cast.administrator))


ASHAS, KOFIS = ("asha@example.org", FIRST), ("kofi@example.org", SECOND)


class TestWhoSees:
    def test_each_their_own_a_head_their_services_and_those_who_run_the_month_all(
        self, office: Office, cast: Cast
    ) -> None:
        shown = {who.email: seen(office, who) for who in cast.everyone}
        assert shown == {who: list[tuple[str, str]]() for who in shown} | {
            cast.auditor.email: [ASHAS],
            cast.peer.email: [KOFIS],
            cast.head_of_service.email: [ASHAS, KOFIS],
            cast.administrator.email: [ASHAS, KOFIS],
            cast.head_of_quality.email: [ASHAS, KOFIS],
        }

    def test_what_is_listed_is_what_the_rule_lets_through(self, office: Office, cast: Cast) -> None:
        """An alert may be about one of the service: its head reads only what they are told themselves."""
        told = {who.email: who for who in (cast.auditor, cast.head_of_service, cast.administrator)}
        with office.record.writing() as session:
            everyone = tuple(here(session, each) for each in told.values())
            facts = [ChildUnsafe(about="SAFE-1", tell=everyone), MessagesPaused(about="x", paused=True, tell=everyone)]
            journal.write(session, facts, by=None, at=NOW)
        with office.record.reading() as session:
            waiting = find.notices.in_state(session, NoticeState.WAITING)
            for reader in (here(session, each) for each in cast.everyone):
                listed, many = find.outbox.still_to_go(session, reader, "", 1)
                assert {each.id for each in listed} == {each.id for each in waiting if reader.can_see_message(each)}
                assert many == len(listed)

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("thornbury", [ASHAS]),
            ("KOFI@", [KOFIS]),
            ("10-02", [KOFIS]),
            ("%", []),
            ("nobody", []),
            ("a", [ASHAS, KOFIS]),
        ],
    )
    def test_it_is_found_by_person_and_reference(
        self, office: Office, cast: Cast, words: str, found: list[tuple[str, str]]
    ) -> None:
        assert seen(office, cast.administrator, words) == found

    def test_a_page_has_fifty(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            auditor = here(session, cast.auditor)
            facts = [MessagesPaused(about=f"x {n}", paused=True, tell=(auditor,)) for n in range(60)]
            journal.write(session, facts, by=None, at=NOW)
        assert [len(seen(office, cast.administrator, "", page)) for page in (1, 2, 3)] == [50, 12, 0]

    def test_reminders_of_the_next_days_are_seen_alike(self, office: Office, cast: Cast) -> None:
        moved_to(office, 13)
        with office.record.reading() as session:
            shown = {
                who.email: [
                    (each.at.day, each.to.email, each.about, each.step)
                    for each in outbox.foreseen_by(session, office, here(session, who))
                ]
                for who in cast.everyone
            }
        ashas = [(13, *ASHAS, "day_before"), (16, *ASHAS, "was_due"), (17, *ASHAS, "head_told")]
        kofis = [(13, *KOFIS, "day_before"), (16, *KOFIS, "was_due"), (17, *KOFIS, "head_told")]
        heads = [(17, "maren@example.org", each, "head_told") for each in (FIRST, SECOND)]
        assert sorted(shown[cast.administrator.email]) == sorted([*ashas, *kofis, *heads])
        assert sorted(shown[cast.head_of_service.email]) == sorted([*ashas, *kofis, *heads])
        assert (shown[cast.auditor.email], shown[cast.peer.email]) == (ashas, kofis)
        assert shown[cast.outsider.email] == shown[cast.childs_head_of_service.email] == []


class TestByHand:
    def test_what_is_held_does_not_go_and_is_judged_again_when_released(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            by = here(session, cast.administrator)
            first = find.notices.in_state(session, NoticeState.WAITING)[0]
            number = first.id or 0
            outbox.hold(session, office, number, by, "Not yet.")
        assert [to for to, _ in delivered(office)] == ["kofi@example.org"]
        with office.record.writing() as session:
            audit = find.allocations.by_ref(session, FIRST)
            audit.hand_over_to(here(session, cast.peer))
            outbox.release(session, office, number, here(session, cast.administrator))
        assert delivered(office) == []
        with office.record.reading() as session:
            kept = find.outbox.by_number(session, number)
            assert (kept.state, kept.why) == (NoticeState.DROPPED, "not theirs to do any more")
            h = tables.history.c
            said = session.execute(select(h.kind, h.by_id).where(h.about == kept.reference).order_by(h.id)).all()
            assert [tuple(row) for row in said] == [(kind, by.id) for kind in ("message_held", "message_released")]

    def test_what_failed_goes_when_it_is_sent_again(self, office: Office, cast: Cast) -> None:
        fail = Postman(office, lambda *_: Letter("x"), lambda *_: Reply(Answer.PERSON, "user_not_found"), "w")
        fail.deliver_until_empty()
        with office.record.writing() as session:
            failed = find.notices.in_state(session, NoticeState.FAILED)
            outbox.send_again(session, office, failed[0].id or 0, here(session, cast.administrator))
        assert [to for to, _ in delivered(office)] == ["asha@example.org"]


class TestAPause:
    def test_only_those_who_run_the_month_pause_and_it_is_noted_once(self, office: Office, cast: Cast) -> None:
        with office.record.writing() as session, pytest.raises(NotAllowed):
            outbox.pause(session, office, here(session, cast.auditor))
        for _ in range(2):
            switched(office, cast, paused=True)
        with office.record.reading() as session:
            kinds = session.scalars(select(tables.history.c.kind)).all()
            assert (find.notices.paused(session), kinds.count("messages_paused")) == (True, 1)

    def test_an_alert_goes_out_all_the_same(self, office: Office, cast: Cast) -> None:
        switched(office, cast, paused=True)
        with office.record.writing() as session:
            told = (here(session, cast.team_manager),)
            journal.write(session, [ChildUnsafe(about="SAFE-1", tell=told)], by=None, at=NOW)
        sent: list[tuple[str, Way]] = []

        def send(notice: Notice, _letter: Letter) -> Reply:
            sent.append((notice.kind, notice.way))
            return Reply(Answer.OK)

        Postman(office, lambda *_: Letter("Act now"), send, "w").deliver_until_empty()
        assert sent == [("child_unsafe", Way.CHAT), ("child_unsafe", Way.EMAIL)]

    def test_a_link_that_somebody_asked_for_goes_out_all_the_same(self, office: Office, cast: Cast) -> None:
        """Who is to let messages go again has to come in first."""
        switched(office, cast, paused=True)
        tell(office, LinkAsked(about=cast.administrator.reference, tell=(cast.administrator,)))
        assert [to for to, _ in delivered(office)] == [cast.administrator.email]

    def test_after_days_of_it_each_hears_once_of_each_audit(self, office: Office, cast: Cast) -> None:
        delivered(office)
        switched(office, cast, paused=True)
        for day in (6, 12, 16, 17):
            moved_to(office, day)
            Reminders(office, AUDITS).sweep()
            assert delivered(office) == []
        switched(office, cast, paused=False)
        assert sorted(to for to, _ in delivered(office)) == [
            "asha@example.org",
            "kofi@example.org",
            "maren@example.org",
        ]

    def test_at_night_nothing_goes_that_is_not_urgent(self, office: Office, cast: Cast) -> None:
        switched(office, cast, paused=True)
        moved_to(office, 3, 22)
        switched(office, cast, paused=False)
        assert delivered(office) == []
        moved_to(office, 4)
        assert len(delivered(office)) == 2

    def test_at_night_a_link_that_somebody_asked_for_goes(self, office: Office, cast: Cast) -> None:
        switched(office, cast, paused=True)
        moved_to(office, 3, 22)
        tell(office, LinkAsked(about=cast.auditor.reference, tell=(cast.auditor,)))
        switched(office, cast, paused=False)
        assert [to for to, _ in delivered(office)] == [cast.auditor.email]

    def test_of_the_same_only_the_newest_is_left_but_of_digests_and_alerts_all(
        self, office: Office, cast: Cast
    ) -> None:
        switched(office, cast, paused=True)
        with office.record.writing() as session:
            head = (here(session, cast.head_of_service),)
            for n in range(3):
                twice = MessagesPaused(about="x", paused=True, tell=head)
                digest, alert = HeadTold(about="2017-10", late=n, tell=head), ChildUnsafe(about="SAFE-1", tell=head)
                journal.write(session, [twice, digest, alert], by=None, at=NOW + timedelta(minutes=n))
        switched(office, cast, paused=False)
        with office.record.reading() as session:
            left = [each.kind for each in find.notices.in_state(session, NoticeState.WAITING)]
            gone = find.notices.in_state(session, NoticeState.DROPPED)
            counts = [left.count(kind) for kind in ("messages_paused", "head_told", "child_unsafe", "case_given_out")]
            assert counts == [1, 3, 3 * len(ChildUnsafe.ways), 2]
            assert [each.why for each in gone] == ["replaced by a newer one"] * 2
