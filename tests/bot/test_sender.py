"""What becomes of a message, reply by reply, and that what may have gone out is looked for before it goes again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from errno import ECONNREFUSED, EHOSTUNREACH, EIO, ENETUNREACH
from socket import gaierror
from ssl import SSLCertVerificationError
from urllib.error import URLError

import pytest
from slack_sdk import WebClient

from bot.codes import BY_CODE
from bot.sender import Sender, classified
from programme.notices import UNHEARD_OF, Answer, Letter, Notice, Reply
from programme.people import Person
from programme.words import NoticeState
from tests.twins.slack import BOT_TOKEN, Fault, SlackTwin

AT = datetime(2017, 10, 2, 8, 5, tzinfo=UTC)
LETTER = Letter("An audit is ready", [{"type": "section", "text": {"type": "mrkdwn", "text": "Yours"}}])


@pytest.fixture
def twin() -> Iterator[SlackTwin]:
    twin = SlackTwin(users={"asha@example.org": "UASHA"}).start()
    yield twin
    twin.stop()


def sender(twin: SlackTwin, token: str = BOT_TOKEN) -> Sender:
    return Sender(WebClient(token=token, base_url=twin.url, retry_handlers=[], timeout=5))


def notice(key: str = "k1", *, slack: str | None = "UASHA", doubtful: bool = False) -> Notice:
    asha = Person("asha@example.org", "Asha Thornbury", slack_user_id=slack)
    return Notice(key, "case_given_out", "AUD-2017-10-01", asha, NoticeState.LEASED, AT, AT, doubtful=doubtful)


def test_a_message_goes_out_once_with_its_key_and_without_previews(twin: SlackTwin) -> None:
    assert sender(twin).send(notice(), LETTER) == Reply(Answer.OK, "", "DUASHA", "1.000100")
    [sent] = twin.called("chat.postMessage")
    assert {name: sent[name] for name in ("channel", "text", "blocks", "metadata")} == {
        "channel": "DUASHA",
        "text": "An audit is ready",
        "blocks": LETTER.blocks,
        "metadata": {"event_type": "auditloop_notice", "event_payload": {"key": "k1"}},
    }
    assert [str(sent[name]).lower() for name in ("unfurl_links", "unfurl_media")] in (["0", "0"], ["false", "false"])


FOR_THE_PERSON = [
    *("user_not_found", "users_not_found", "channel_not_found", "is_archived", "not_in_channel", "cannot_dm_bot"),
    *("user_disabled", "user_not_visible", "messages_tab_disabled"),
    *("message_not_found", "cant_update_message", "edit_window_closed"),
]
FOR_THE_APP = [
    *("invalid_auth", "token_revoked", "account_inactive", "not_authed", "missing_scope", "token_expired"),
    *("restricted_action", "ekm_access_denied", "access_denied", "org_login_required", "team_access_not_granted"),
    *("no_permission", "not_allowed_token_type", "enterprise_is_restricted", "accesslimited"),
]
LATER = ["hash_conflict", "message_limit_exceeded", "request_timeout", "service_unavailable", "team_added_to_org"]
OUR_MISTAKE = [
    *("invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"),
    *("too_many_attachments", "invalid_arguments", "invalid_arg_name", "invalid_metadata_format"),
    *("invalid_metadata_schema", "metadata_too_large", "metadata_must_be_sent_from_app", "invalid_form_data"),
    *("invalid_post_type", "missing_post_type", "unknown_method"),
]
NEVER_HEARD_OF = ["a_code_of_tomorrow", "deprecated_endpoint"]

CODES: list[tuple[str, Answer]] = [
    *((code, Answer.PERSON) for code in FOR_THE_PERSON),
    *((code, Answer.APP) for code in FOR_THE_APP),
    *((code, Answer.RETRY) for code in LATER),
    *((code, Answer.AMBIGUOUS) for code in ("internal_error", "fatal_error")),
    *((code, Answer.BUG) for code in [*OUR_MISTAKE, *NEVER_HEARD_OF]),
]


@pytest.mark.parametrize(("code", "answer"), CODES)
def test_slacks_own_codes(twin: SlackTwin, code: str, answer: Answer) -> None:
    twin.fail_next("chat.postMessage", Fault(error=code))
    said = f"{UNHEARD_OF}{code}" if code in NEVER_HEARD_OF else code
    assert sender(twin).send(notice(), LETTER) == Reply(answer, said)


def test_the_table_of_codes_is_the_one_tried() -> None:
    assert dict(BY_CODE) == {code: answer for code, answer in CODES if code not in NEVER_HEARD_OF}


PAGE = b"<html><title>MDW-0417</title></html>"
FAULTS = [
    (Fault(status=429, error="ratelimited", retry_after="7"), Reply(Answer.RETRY, "ratelimited", wait=7.0)),
    (Fault(status=429, error="ratelimited", retry_after="120"), Reply(Answer.RETRY, "ratelimited", wait=120.0)),
    (Fault(status=429, error="ratelimited"), Reply(Answer.RETRY, "ratelimited", wait=30.0)),
    (Fault(status=429, error="ratelimited", retry_after="soon"), Reply(Answer.RETRY, "ratelimited", wait=30.0)),
    (Fault(status=429, error="ratelimited", retry_after="-1"), Reply(Answer.RETRY, "ratelimited", wait=30.0)),
    (Fault(status=429, raw=b"", retry_after="9"), Reply(Answer.RETRY, "ratelimited", wait=9.0)),
    (Fault(status=429, raw=PAGE, retry_after="9"), Reply(Answer.RETRY, "ratelimited", wait=9.0)),
    (Fault(error="rate_limited"), Reply(Answer.RETRY, "ratelimited", wait=30.0)),
    (Fault(status=500, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_500")),
    (Fault(status=502, raw=b""), Reply(Answer.AMBIGUOUS, "http_502")),
    (Fault(status=503, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_503")),
    (Fault(status=504, raw=b"upstream"), Reply(Answer.AMBIGUOUS, "http_504")),
    (Fault(status=503, error="service_unavailable"), Reply(Answer.RETRY, "service_unavailable")),
    (Fault(status=500, error="a_code_of_tomorrow"), Reply(Answer.AMBIGUOUS, "http_500")),
    (Fault(status=403, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_403")),
    (Fault(status=404, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_404")),
    (Fault(raw=PAGE), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b""), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b'{"ok": fal'), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b'{"ok": false}'), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b'{"ok": false, "error": ["x"]}'), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b"\xff\xfe"), Reply(Answer.AMBIGUOUS, "UnicodeDecodeError")),
    (Fault(drop=True), Reply(Answer.AMBIGUOUS, "RemoteDisconnected")),
    (Fault(drop=True, acts=True), Reply(Answer.AMBIGUOUS, "RemoteDisconnected")),
    (Fault(halves=True, acts=True), Reply(Answer.AMBIGUOUS, "IncompleteRead")),
    (Fault(hangs=True), Reply(Answer.AMBIGUOUS, "TimeoutError")),
]


@pytest.mark.parametrize(("fault", "reply"), FAULTS)
def test_what_goes_wrong_on_the_way(twin: SlackTwin, fault: Fault, reply: Reply) -> None:
    twin.fail_next("chat.postMessage", fault)
    assert sender(twin).send(notice(), LETTER) == reply
    assert len(twin.called("chat.postMessage")) == 1


@pytest.mark.parametrize(("fault", "reply"), FAULTS)
def test_before_the_message_itself_nothing_is_doubtful(twin: SlackTwin, fault: Fault, reply: Reply) -> None:
    twin.fail_next("conversations.open", fault)
    assert sender(twin).send(notice(), LETTER) == Reply(Answer.RETRY, reply.code, wait=reply.wait)
    assert twin.called("chat.postMessage") == []


def test_nobody_at_slacks_address(twin: SlackTwin) -> None:
    twin.stop()
    assert sender(twin).send(notice(), LETTER) == Reply(Answer.RETRY, "not_reached")


BEFORE_A_CONNECTION = [
    ConnectionRefusedError(ECONNREFUSED, "refused"),
    gaierror(-2, "unknown name"),
    SSLCertVerificationError("not Slack's certificate"),
    OSError(ENETUNREACH, "no network"),
    OSError(EHOSTUNREACH, "no way there"),
]
PERHAPS_AFTER = [ConnectionResetError(), BrokenPipeError(), TimeoutError(), OSError(EIO, "broken"), "proxy said no"]


@pytest.mark.parametrize("reason", BEFORE_A_CONNECTION, ids=repr)
def test_what_never_left_is_tried_again(reason: OSError) -> None:
    assert classified(URLError(reason)) == Reply(Answer.RETRY, "not_reached")


@pytest.mark.parametrize("reason", PERHAPS_AFTER, ids=repr)
def test_what_may_have_left_is_doubtful(reason: OSError | str) -> None:
    assert classified(URLError(reason)) == Reply(Answer.AMBIGUOUS, "URLError")


def test_a_wrong_token_is_the_apps(twin: SlackTwin) -> None:
    assert sender(twin, "xoxb-other").send(notice(), LETTER) == Reply(Answer.APP, "invalid_auth")


def test_who_is_not_on_slack_yet_waits_a_minute(twin: SlackTwin) -> None:
    assert sender(twin).send(notice(slack=None), LETTER) == Reply(Answer.RETRY, "not_on_slack_yet", wait=60)
    assert twin.calls == []


DOUBTS = [
    Fault(drop=True, acts=True),
    Fault(halves=True, acts=True),
    Fault(error="fatal_error", acts=True),
    Fault(error="internal_error", acts=True),
    Fault(status=503, raw=PAGE, acts=True),
]


@pytest.mark.parametrize("fault", DOUBTS)
def test_what_went_out_in_spite_of_all_is_found_and_not_repeated(twin: SlackTwin, fault: Fault) -> None:
    twin.fail_next("chat.postMessage", fault)
    assert sender(twin).send(notice("k1"), LETTER).answer is Answer.AMBIGUOUS
    sender(twin).send(notice("k2"), LETTER)
    assert sender(twin).send(notice("k1", doubtful=True), LETTER) == Reply(Answer.OK, "found", "DUASHA", "1.000100")
    assert [each["metadata"]["event_payload"]["key"] for each in twin.sent_to("UASHA")] == ["k1", "k2"]


def test_what_is_doubtful_and_did_not_go_out_goes_out(twin: SlackTwin) -> None:
    twin.fail_next("chat.postMessage", Fault(drop=True))
    assert sender(twin).send(notice("k1"), LETTER).answer is Answer.AMBIGUOUS
    assert sender(twin).send(notice("k1", doubtful=True), LETTER).answer is Answer.OK
    assert len(twin.sent_to("UASHA")) == 1


def test_while_it_cannot_be_looked_up_it_is_not_repeated(twin: SlackTwin) -> None:
    twin.fail_next("conversations.history", Fault(status=500, raw=PAGE))
    assert sender(twin).send(notice(doubtful=True), LETTER) == Reply(Answer.RETRY, "http_500")
    assert twin.called("chat.postMessage") == []


def test_a_message_is_drawn_again_where_it_stands(twin: SlackTwin) -> None:
    sent = sender(twin).send(notice(), LETTER)
    told = replace(notice(), channel=sent.channel, stamp=sent.stamp)
    assert sender(twin).redraw(told, Letter("It is settled")) == Reply(Answer.OK)
    assert [message["text"] for message in twin.sent_to("UASHA")] == ["It is settled"]


def test_a_message_that_is_gone_cannot_be_drawn_again(twin: SlackTwin) -> None:
    told = replace(notice(), channel="DUASHA", stamp="9.9")
    assert sender(twin).redraw(told, Letter("It is settled")) == Reply(Answer.PERSON, "message_not_found")
