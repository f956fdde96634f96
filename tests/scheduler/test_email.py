"""What becomes of an e-mail, reply by reply; what it says; and that a link in it is burnt by nobody but its reader."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from programme.notices import Answer, Letter, Notice, Reply
from programme.people import Person
from programme.words import NoticeState
from scheduler.post.email import Email, client
from scheduler.post.notify_says import WHAT_TO_DO
from storage import find
from storage.office import Office
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import Cast, here
from tests.scheduler.test_notify_says import PAGE, REPLIES
from tests.twins.notify import FIND, KEY, LOOK, SEND, SERVICE, TEMPLATE, Fault, NotifyTwin

AT = datetime(2017, 10, 2, 8, 5, tzinfo=UTC)
LETTER = Letter("An audit is ready", [{"type": "section", "text": {"type": "mrkdwn", "text": "*Yours* is here"}}])
SENT, FOUND = Reply(Answer.OK, "", "email"), Reply(Answer.OK, "found", "email")

pytestmark = ON_ONE_DATABASE


@pytest.fixture
def twin() -> Iterator[NotifyTwin]:
    twin = NotifyTwin().start()
    yield twin
    twin.stop()


@pytest.fixture
def asha(office: Office, cast: Cast) -> Person:
    with office.record.reading() as session:
        return here(session, cast.auditor)


@pytest.fixture
def email(office: Office, twin: NotifyTwin) -> Email:
    return Email(office, client(KEY, twin.url), TEMPLATE)


def notice(asha: Person, key: str = "k1", *, doubtful: bool = False) -> Notice:
    return Notice(key, "case_given_out", "AUD-2017-10-01", asha, NoticeState.LEASED, AT, AT, doubtful=doubtful)


def test_it_goes_out_once_with_its_key_as_reference(twin: NotifyTwin, email: Email, asha: Person) -> None:
    assert email.send(notice(asha), LETTER) == SENT
    [sent] = twin.emails
    assert (sent["email_address"], sent["template_id"], sent["reference"]) == (asha.email, TEMPLATE, "k1")
    assert sent["personalisation"]["subject"] == "An audit is ready"
    assert sent["personalisation"]["body"].startswith("Yours is here\n\nAnswer here: http://127.0.0.1:5000/sign-in/")
    assert twin.calls == [SEND]


@pytest.mark.parametrize(("fault", "reply"), REPLIES)
def test_what_goes_wrong_on_the_way(office: Office, twin: NotifyTwin, asha: Person, fault: Fault, reply: Reply) -> None:
    twin.fail_next(SEND, fault)
    notify = client(KEY, twin.url)
    assert Email(office, notify, TEMPLATE).send(notice(asha), LETTER) == reply
    assert twin.calls == [SEND]


def test_nobody_at_notifys_address(twin: NotifyTwin, email: Email, asha: Person) -> None:
    twin.stop()
    assert email.send(notice(asha), LETTER) == Reply(Answer.RETRY, "notify_not_reached")


def test_a_wrong_key_is_the_apps(office: Office, twin: NotifyTwin, asha: Person) -> None:
    other = client(f"twin-{SERVICE}-{SERVICE}", twin.url)
    assert Email(office, other, TEMPLATE).send(notice(asha), LETTER) == Reply(Answer.APP, "notify_key")


def test_an_address_that_is_none_is_its_persons(email: Email, asha: Person) -> None:
    asha.email = "asha"
    assert email.send(notice(asha), LETTER) == Reply(Answer.PERSON, "bad_address")


class TestWhatIsDoubtful:
    @pytest.mark.parametrize("fault", [Fault(drop=True), Fault(503, raw=PAGE), Fault(halves=True)])
    def test_what_went_out_in_spite_of_all_is_found_and_not_repeated(
        self, twin: NotifyTwin, email: Email, asha: Person, fault: Fault
    ) -> None:
        twin.fail_next(SEND, replace(fault, acts=True))
        assert email.send(notice(asha), LETTER).answer is Answer.AMBIGUOUS
        email.send(notice(asha, "k2"), LETTER)
        assert email.send(notice(asha, doubtful=True), LETTER) == FOUND
        assert [each["reference"] for each in twin.emails] == ["k1", "k2"]

    def test_what_did_not_go_out_goes_out(self, twin: NotifyTwin, email: Email, asha: Person) -> None:
        twin.fail_next(SEND, Fault(drop=True))
        assert email.send(notice(asha), LETTER).answer is Answer.AMBIGUOUS
        assert email.send(notice(asha, doubtful=True), LETTER) == SENT
        assert len(twin.emails) == 1

    @pytest.mark.parametrize("fault", [Fault(500, raw=PAGE), Fault(drop=True), Fault(raw=PAGE)])
    def test_while_it_cannot_be_looked_up_it_is_not_repeated(
        self, twin: NotifyTwin, email: Email, asha: Person, fault: Fault
    ) -> None:
        twin.fail_next(FIND, fault)
        assert email.send(notice(asha, doubtful=True), LETTER).answer is Answer.RETRY
        assert twin.emails == []


class TestWhatTheDoctorHears:
    def test_all_is_well(self, email: Email) -> None:
        assert email.state() == ""

    @pytest.mark.parametrize("place", ["subject", "body"])
    def test_a_template_that_is_not_the_one(self, twin: NotifyTwin, email: Email, place: str) -> None:
        setattr(twin, place, "Hello ((name))")
        assert email.state() == WHAT_TO_DO["notify_template"]

    def test_no_such_template(self, office: Office, twin: NotifyTwin) -> None:
        assert Email(office, client(KEY, twin.url), SERVICE).state() == WHAT_TO_DO["notify_template"]

    def test_a_key_that_is_refused(self, office: Office, twin: NotifyTwin) -> None:
        assert Email(office, client(f"{SERVICE}-{SERVICE}", twin.url), TEMPLATE).state() == WHAT_TO_DO["notify_key"]

    def test_what_nobody_foresaw_says_its_code(self, twin: NotifyTwin, email: Email) -> None:
        twin.fail_next(LOOK, Fault(500, raw=PAGE))
        assert email.state() == "GOV.UK Notify did not answer as it should (http_500)."

    def test_nobody_is_there(self, twin: NotifyTwin, email: Email) -> None:
        twin.stop()
        assert email.state() == WHAT_TO_DO["notify_not_reached"]


def test_no_call_is_made_while_the_record_is_being_written(office: Office, asha: Person) -> None:
    """On SQLite one writer keeps out all others, so the twin could not write if it were called within a transaction."""

    class Writing(NotifyTwin):
        def _send(self, said: dict[str, object]) -> tuple[int, dict[str, object]]:
            with office.record.writing():
                return super()._send(said)

    other = Writing().start()
    assert Email(office, client(KEY, other.url), TEMPLATE).send(notice(asha), LETTER) == SENT
    other.stop()


def test_each_try_has_its_own_link_of_three_days(office: Office, twin: NotifyTwin, email: Email, asha: Person) -> None:
    for key in ("k1", "k2"):
        email.send(notice(asha, key), LETTER)
    links = {said["body"].split("/sign-in/")[1].split()[0] for said in twin.sent_to(asha.email)}
    assert len(links) == 2
    with office.record.reading() as session:
        lives = [found.expires_at - office.real_now() for each in links if (found := find.visits.link(session, each))]
    assert all(timedelta(days=2, hours=23) < life <= timedelta(days=3) for life in lives)
