"""Which Slack account is whose: each match once, whoever decides at the same moment, and all of it in the history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from programme.accounts import Account, Knock
from programme.homes import Home
from programme.people import Person
from programme.refusals import NotAllowed, Refusal
from programme.sign_in import SignInLink, Visit
from programme.words import AccountStanding, NoticeState
from storage import clock, find, homes, introducing, tables
from storage.office import Office
from storage.session import Session
from tests.accounts import ours
from tests.cast import NOW, Cast, here
from tests.storage.crowd import at_once

ACCOUNT = "USTRANGER"
KINDS = ("slack_account_matched", "slack_account_unmatched", "slack_account_set_aside", "slack_account_brought_back")


@contextmanager
def acting(office: Office, cast: Cast) -> Iterator[tuple[Session, Person]]:
    with office.record.writing() as session:
        yield session, here(session, cast.administrator)


def without(office: Office, *people: Person) -> None:
    with office.record.writing() as session:
        for person in people:
            here(session, person).slack_user_id = None


def knocked(office: Office, account: str = ACCOUNT, standing: AccountStanding | None = AccountStanding.OURS) -> None:
    introducing.knock(office, account)
    with office.record.writing() as session:
        knock = find.knocks.by_account(session, account)
        assert knock is not None
        knock.note(Account(standing, account, "Somebody New", "new@example.org"), at=NOW)


def account_of(office: Office, person: Person) -> str | None:
    with office.record.reading() as session:
        return here(session, person).slack_user_id


def waiting(office: Office) -> list[tuple[str, int]]:
    with office.record.reading() as session:
        return [(each.slack_user_id, each.times) for each in find.knocks.waiting(session)]


def history(office: Office) -> list[tuple[str, str, dict[str, str], int | None]]:
    rows = tables.history.c
    with office.record.reading() as session:
        wanted = select(rows.kind, rows.about, rows.details, rows.by_id).where(rows.kind.in_(KINDS)).order_by(rows.id)
        return [(kind, about, details, by) for kind, about, details, by in session.execute(wanted)]


def test_a_knock_is_one_row_that_counts(office: Office, cast: Cast) -> None:
    for _ in range(3):
        introducing.knock(office, ACCOUNT)
    introducing.knock(office, str(cast.auditor.slack_user_id))
    introducing.knock(office, "no account/at all")
    assert waiting(office) == [(ACCOUNT, 3)]


@pytest.mark.usefixtures("cast")
def test_many_knocks_at_once_are_one_row(office: Office) -> None:
    at_once(6, lambda _: introducing.knock(office, ACCOUNT))
    [(account, times)] = waiting(office)
    assert (account, 1 <= times <= 6) == (ACCOUNT, True)


@pytest.mark.usefixtures("cast")
def test_no_more_knock_than_a_workspace_has_people(office: Office) -> None:
    with office.record.writing() as session:
        session.add_all(Knock(f"U{n}", NOW, NOW) for n in range(introducing.KEPT_AT_MOST))
    introducing.knock(office, ACCOUNT)
    introducing.knock(office, "U7")
    with office.record.reading() as session:
        again = find.knocks.by_account(session, "U7")
        assert again is not None
        kept = (find.knocks.count(session), find.knocks.by_account(session, ACCOUNT), again.times)
    assert kept == (introducing.KEPT_AT_MOST, None, 2)


@pytest.mark.parametrize(("later", "left"), [(timedelta(days=90), 1), (timedelta(days=90, seconds=1), 0)])
@pytest.mark.usefixtures("cast")
def test_who_has_not_knocked_for_ninety_days_is_forgotten(office: Office, later: timedelta, left: int) -> None:
    introducing.knock(office, ACCOUNT)
    with office.record.writing() as session:
        clock.set_to(session, NOW + later)
        introducing.forget(session, now=office.now(session))
    assert len(waiting(office)) == left


@pytest.mark.parametrize(("later", "again"), [(timedelta(hours=1), []), (timedelta(hours=1, seconds=1), [ACCOUNT])])
@pytest.mark.usefixtures("cast")
def test_who_knocks_again_after_an_hour_is_looked_up_again(office: Office, later: timedelta, again: list[str]) -> None:
    knocked(office, standing=AccountStanding.GUEST)
    with office.record.writing() as session:
        clock.set_to(session, NOW + later)
        assert find.knocks.to_look_up(session, at_most=9) == []
    introducing.knock(office, ACCOUNT)
    with office.record.reading() as session:
        assert find.knocks.to_look_up(session, at_most=9) == again
        assert [each.said for each in find.knocks.waiting(session)] == ["A guest"]


@pytest.mark.usefixtures("cast")
def test_nobodys_app_home_is_forgotten_with_their_knock(office: Office) -> None:
    introducing.knock(office, ACCOUNT)
    introducing.knock(office, "ULATER")
    with office.record.writing() as session:
        session.add_all(Home(each, stale=False) for each in (ACCOUNT, "ULATER", "UASHA"))
        session.flush()
        for each in (ACCOUNT, "ULATER", "UASHA"):
            homes.changed(session, each)
        clock.set_to(session, NOW + timedelta(days=60))
    introducing.knock(office, "ULATER")
    with office.record.writing() as session:
        introducing.forget(session, now=NOW + timedelta(days=91))
        left = session.scalars(select(tables.app_home.c.account).order_by(tables.app_home.c.id)).all()
        changes = session.scalar(select(func.count()).select_from(tables.home_change))
    assert (left, changes) == (["ULATER", "UASHA"], 2)


def test_a_match_is_kept_told_of_and_lets_out_what_waited(office: Office, cast: Cast) -> None:
    without(office, cast.auditor)
    knocked(office)
    with office.record.writing() as session:
        for each in find.notices.in_state(session, NoticeState.WAITING):
            each.retry_at = office.real_now() + timedelta(hours=1)
    with acting(office, cast) as (session, me):
        introducing.match(session, office, cast.auditor.email, ACCOUNT, me)
    with office.record.reading() as session:
        held_up = {each.person.email for each in find.notices.in_state(session, NoticeState.WAITING) if each.retry_at}
    assert (account_of(office, cast.auditor), waiting(office), held_up) == (ACCOUNT, [], {cast.peer.email})
    matched = (KINDS[0], cast.auditor.reference, {"account": ACCOUNT}, cast.administrator.id)
    assert history(office) == [matched]


REFUSED: list[tuple[AccountStanding | None, str]] = [
    (AccountStanding.GUEST, "This account cannot be matched. Slack says: a guest."),
    (AccountStanding.ELSEWHERE, "This account cannot be matched. Slack says: of another workspace."),
    (AccountStanding.CLOSED, "This account cannot be matched. Slack says: closed."),
    (AccountStanding.BOT, "This account cannot be matched. Slack says: a bot."),
    (AccountStanding.NONE, "This account cannot be matched. Slack says: slack does not know it."),
    (None, "Slack has not said yet whose account this is. Try again in a few minutes."),
]


@pytest.mark.parametrize(("standing", "sentence"), REFUSED)
def test_only_an_account_of_ours_is_matched(
    office: Office, cast: Cast, standing: AccountStanding | None, sentence: str
) -> None:
    without(office, cast.auditor)
    knocked(office, standing=standing)
    assert (
        refused(office, cast, lambda s, me: introducing.match(s, office, cast.auditor.email, ACCOUNT, me)) == sentence
    )
    assert (account_of(office, cast.auditor), history(office)) == (None, [])


def refused(office: Office, cast: Cast, step: Callable[[Session, Person], object]) -> str:
    with pytest.raises(Refusal) as refusal, acting(office, cast) as (session, me):
        step(session, me)
    return refusal.value.sentence


def test_what_is_somebodys_already_is_not_given_to_another(office: Office, cast: Cast) -> None:
    knocked(office)
    theirs = str(cast.peer.slack_user_id)

    def match(email: str, account: str) -> str:
        return refused(office, cast, lambda session, me: introducing.match(session, office, email, account, me))

    assert match(cast.auditor.email, theirs) == "This account is Kofi Lindqvist's already. Take that match back first."
    assert match(cast.auditor.email, ACCOUNT) == "Asha Thornbury has an account already. Take that match back first."
    assert match("nobody@example.org", ACCOUNT) == "Choose somebody on the people list."
    assert match(cast.auditor.email, "UELSE").startswith("This account has not knocked.")
    assert history(office) == []


def test_who_has_moved_on_gets_no_account(office: Office, cast: Cast) -> None:
    without(office, cast.auditor)
    knocked(office)
    with office.record.writing() as session:
        here(session, cast.auditor).ends = (NOW - timedelta(days=1)).date()
    match = introducing.match
    said = refused(office, cast, lambda session, me: match(session, office, cast.auditor.email, ACCOUNT, me))
    assert said == "Asha Thornbury is not in post today."


def test_a_wrong_match_is_taken_back_with_all_that_hung_on_it(office: Office, cast: Cast) -> None:
    with acting(office, cast) as (session, me):
        asha = here(session, cast.auditor)
        visit, _ = Visit.begin(asha, at=office.real_now())
        link, secret = SignInLink.make(asha, leads_to="/", at=office.real_now())
        session.add_all([visit, link])
        [notice] = [each for each in find.notices.in_state(session, NoticeState.WAITING) if each.person is asha]
        notice.state, notice.sent_at, notice.channel, notice.stamp = NoticeState.SENT, NOW, "DUASHA", "1.0"
        session.flush()
        introducing.take_back(session, office, cast.auditor.email, me)
    with office.record.reading() as session:
        asha, old = here(session, cast.auditor), find.notices.by_key(session, notice.key)
        ended = session.scalars(select(tables.visit.c.ended_at)).all()
        used = find.visits.link(session, secret)
        assert old is not None
        assert used is not None
        assert (asha.slack_user_id, asha.slack_standing) == (None, AccountStanding.TAKEN_BACK)
        assert (old.stamp, used.used_at is None, None in ended) == ("", False, False)
        assert asha not in find.people.not_yet_on_slack(session, on=NOW.date())
    assert waiting(office) == [("UASHA", 0)]
    unmatched = (KINDS[1], cast.auditor.reference, {"account": "UASHA"}, cast.administrator.id)
    assert history(office) == [unmatched]
    again = refused(office, cast, lambda s, me: introducing.take_back(s, office, cast.auditor.email, me))
    assert again == "Asha Thornbury has no account to take back."


def test_after_a_match_was_taken_back_only_an_administrator_matches(office: Office, cast: Cast) -> None:
    with acting(office, cast) as (session, me):
        introducing.take_back(session, office, cast.auditor.email, me)
    with office.record.writing() as session:
        assert not introducing.meet(session, office, here(session, cast.auditor), ours("UASHA"))
    knocked(office)
    with acting(office, cast) as (session, me):
        introducing.match(session, office, cast.auditor.email, ACCOUNT, me)
    assert account_of(office, cast.auditor) == ACCOUNT


def test_set_aside_and_brought_back(office: Office, cast: Cast) -> None:
    knocked(office)
    steps = (introducing.set_aside, introducing.bring_back)
    for step, left in zip(steps, (0, 1), strict=True):
        with acting(office, cast) as (session, me):
            step(session, office, ACCOUNT, me)
        assert len(waiting(office)) == left
        said = refused(office, cast, lambda session, me, step=step: step(session, office, ACCOUNT, me))  # type: ignore[misc] # bound at once
        assert said == introducing.NOT_OPEN
    assert [(kind, about) for kind, about, _, _ in history(office)] == [(KINDS[2], ACCOUNT), (KINDS[3], ACCOUNT)]


def test_one_account_for_two_people_at_once_is_one_match(office: Office, cast: Cast) -> None:
    without(office, cast.auditor, cast.peer)
    knocked(office)
    people = [cast.auditor.email, cast.peer.email]
    assert sorted(at_once(6, lambda n: matched(office, cast, people[n % 2], ACCOUNT))) == [False] * 5 + [True]
    assert sorted([str(account_of(office, each)) for each in (cast.auditor, cast.peer)]) == ["None", ACCOUNT]
    assert len(history(office)) == 1


def test_two_accounts_for_one_person_at_once_are_one_match(office: Office, cast: Cast) -> None:
    without(office, cast.auditor)
    accounts = [ACCOUNT, "UOTHER"]
    for account in accounts:
        knocked(office, account)
    assert sorted(at_once(6, lambda n: matched(office, cast, cast.auditor.email, accounts[n % 2]))) == [False] * 5 + [
        True
    ]
    assert [account for account, _ in waiting(office)] == [
        each for each in accounts if each != account_of(office, cast.auditor)
    ]
    assert len(history(office)) == 1


def matched(office: Office, cast: Cast, email: str, account: str) -> bool:
    try:
        with acting(office, cast) as (session, me):
            introducing.match(session, office, email, account, me)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("who", ["auditor", "head_of_service", "outsider"])
def test_only_who_runs_the_month_says_whose_an_account_is(office: Office, cast: Cast, who: str) -> None:
    knocked(office)
    steps: list[Callable[[Session, Person], object]] = [
        lambda session, me: introducing.match(session, office, cast.peer.email, ACCOUNT, me),
        lambda session, me: introducing.take_back(session, office, cast.peer.email, me),
        lambda session, me: introducing.set_aside(session, office, ACCOUNT, me),
        lambda session, me: introducing.bring_back(session, office, ACCOUNT, me),
    ]
    with office.record.reading() as session:
        for step in steps:
            with pytest.raises(NotAllowed):
                step(session, here(session, getattr(cast, who)))
