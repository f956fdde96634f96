"""People are found on Slack by their address, once, and what waited for them goes out at once."""

from datetime import timedelta

import pytest

from programme.accounts import Account
from programme.notices import Answer, Letter, Notice, Reply
from programme.words import NoticeState
from scheduler.post.postman import Postman
from scheduler.sweeps.introductions import Introductions
from storage import find
from storage.office import Office
from storage.session import Session
from tests.accounts import NOBODY, known, ours
from tests.cast import NOW, Cast, here

LATER = 60.0


def accounts(office: Office) -> dict[str, str | None]:
    with office.record.reading() as session:
        return {each.email: each.slack_user_id for each in find.people.everyone(session)}


def forget(office: Office, *emails: str) -> None:
    with office.record.writing() as session:
        for email in emails:
            person = find.people.by_email(session, email)
            assert person
            person.slack_user_id = None


def waiting_for(session: Session, email: str) -> Notice:
    [notice] = [each for each in find.notices.in_state(session, NoticeState.WAITING) if each.person.email == email]
    return notice


def test_whoever_slack_knows_is_introduced(office: Office, cast: Cast) -> None:
    forget(office, cast.auditor.email, cast.peer.email)
    met = Introductions(office, known({cast.auditor.email: "UFOUND"})).sweep()
    assert met == 1
    assert accounts(office)[cast.auditor.email] == "UFOUND"
    assert accounts(office)[cast.peer.email] is None


def test_an_account_is_never_given_to_two(office: Office, cast: Cast) -> None:
    forget(office, cast.auditor.email)
    assert Introductions(office, lambda _email: ours(str(cast.peer.slack_user_id))).sweep() == 0
    assert accounts(office)[cast.auditor.email] is None


def test_while_slack_cannot_be_reached_nobody_is_lost(office: Office, cast: Cast) -> None:
    def unreachable(_email: str) -> Account:
        raise ConnectionError

    forget(office, cast.auditor.email)
    assert Introductions(office, unreachable).sweep() == 0
    assert Introductions(office, lambda _email: ours("UFOUND")).sweep() == 1


def test_what_waited_for_them_need_not_wait_longer(office: Office, cast: Cast) -> None:
    forget(office, cast.auditor.email, cast.peer.email)
    with office.record.writing() as session:
        for each in find.notices.in_state(session, NoticeState.WAITING):
            each.retry_at = office.real_now() + timedelta(seconds=LATER)
    Introductions(office, known({cast.auditor.email: "UFOUND"})).sweep()
    with office.record.reading() as session:
        assert waiting_for(session, cast.auditor.email).retry_at is None
        assert waiting_for(session, cast.peer.email).retry_at is not None


@pytest.mark.parametrize("found_meanwhile", [True, False])
def test_somebody_found_while_we_tried_without_is_tried_again_at_once(
    office: Office, cast: Cast, *, found_meanwhile: bool
) -> None:
    forget(office, cast.auditor.email)

    def send(notice: Notice, _letter: Letter) -> Reply:
        if found_meanwhile:
            with office.record.writing() as session:
                here(session, cast.auditor).slack_user_id = "UFOUND"
        return Reply(Answer.RETRY if notice.person.slack_user_id is None else Answer.OK, wait=LATER)

    delivered = Postman(office, lambda _session, _notice: Letter("ready"), send, "w").deliver_until_empty()
    with office.record.reading() as session:
        sent = [each.person.email for each in find.notices.in_state(session, NoticeState.SENT)]
    both = sorted([cast.auditor.email, cast.peer.email])
    assert (delivered, sorted(sent)) == ((3, both) if found_meanwhile else (2, [cast.peer.email]))


def test_somebody_who_cannot_be_looked_up_does_not_keep_the_others_waiting(office: Office, cast: Cast) -> None:
    def look_up(email: str) -> Account:
        if email == cast.auditor.email:
            raise KeyError(email)
        return ours("UFOUND")

    forget(office, cast.auditor.email, cast.peer.email)
    assert Introductions(office, look_up).sweep() == 1
    assert [accounts(office)[each.email] for each in (cast.auditor, cast.peer)] == [None, "UFOUND"]


def test_of_two_workers_the_slower_leaves_it_as_it_is(office: Office, cast: Cast) -> None:
    def slow(_email: str) -> Account:
        assert Introductions(office, lambda _email: ours("UQUICK")).sweep() == 1
        return ours("USLOW")

    forget(office, cast.auditor.email)
    assert Introductions(office, slow).sweep() == 0
    assert accounts(office)[cast.auditor.email] == "UQUICK"


def test_who_has_moved_on_is_not_looked_up(office: Office, cast: Cast) -> None:
    asked: list[str] = []

    def look_up(email: str) -> Account:
        asked.append(email)
        return NOBODY

    forget(office, cast.auditor.email, cast.peer.email)
    with office.record.writing() as session:
        here(session, cast.auditor).ends = (NOW - timedelta(days=1)).date()
    Introductions(office, look_up).sweep()
    assert asked == [cast.peer.email]


def test_a_worker_that_is_told_to_stop_looks_nobody_else_up(office: Office, cast: Cast) -> None:
    asked: list[str] = []

    def look_up(email: str) -> Account:
        asked.append(email)
        return NOBODY

    forget(office, cast.auditor.email, cast.peer.email)
    Introductions(office, look_up, enough=lambda: bool(asked)).sweep()
    assert len(asked) == 1
