"""Every reply and every fault of GOV.UK Notify, and which of the six answers each is."""

from errno import ECONNREFUSED
from ssl import SSLCertVerificationError

import pytest
import requests
from notifications_python_client.errors import HTTPError
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError, SSLError

from programme import post_words
from programme.notices import Answer, Reply
from scheduler.post.notify_says import TELLS, WHAT_TO_DO, classified
from tests.twins.notify import Fault

SOON, LATER = 60.0, 3600.0


def no(status: int, error: str, message: str) -> Fault:
    return Fault(status, error, message)


PAGE = b"<html><title>MDW-0417</title></html>"
REPLIES = [
    (no(400, "ValidationError", "email_address Not a valid email address"), Reply(Answer.PERSON, "bad_address")),
    (no(400, "ValidationError", "email_address is a required property"), Reply(Answer.PERSON, "bad_address")),
    (no(400, "ValidationError", "template_id is not a valid UUID"), Reply(Answer.APP, "notify_template")),
    (no(400, "BadRequestError", "Template not found"), Reply(Answer.APP, "notify_template")),
    (no(400, "BadRequestError", "Template has been deleted"), Reply(Answer.APP, "notify_template")),
    (no(400, "BadRequestError", "Missing personalisation: name"), Reply(Answer.APP, "notify_template")),
    (
        no(400, "BadRequestError", "Can't send to this recipient using a team-only API key"),
        Reply(Answer.APP, "notify_team_only"),
    ),
    (
        no(400, "BadRequestError", "Can't send to this recipient when service is in trial mode - see the docs"),
        Reply(Answer.APP, "notify_trial"),
    ),
    (no(400, "BadRequestError", "Service is not allowed to send emails"), Reply(Answer.APP, "notify_may_not")),
    (no(400, "ValidationError", "Emails cannot be longer than 2000000 bytes"), Reply(Answer.BUG, "notify_400")),
    (no(400, "BadRequestError", "A sentence of tomorrow"), Reply(Answer.BUG, "notify_400")),
    (no(409, "Conflict", "A status of tomorrow"), Reply(Answer.BUG, "notify_409")),
    (no(401, "AuthError", "Unauthorized: authentication token must be provided"), Reply(Answer.APP, "notify_key")),
    (Fault(401, raw=PAGE), Reply(Answer.APP, "notify_key")),
    (no(403, "AuthError", "Invalid token: API key not found"), Reply(Answer.APP, "notify_key")),
    (no(403, "AuthError", "Invalid token: service is archived"), Reply(Answer.APP, "notify_key")),
    (
        no(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
        Reply(Answer.APP, "notify_clock"),
    ),
    (no(404, "NoResultFound", "No result found"), Reply(Answer.APP, "notify_template")),
    (
        no(429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
        Reply(Answer.RETRY, "notify_ratelimited", wait=SOON),
    ),
    (
        no(429, "TooManyRequestsError", "Exceeded send limits (250000) for today"),
        Reply(Answer.RETRY, "notify_limit_of_the_day", wait=LATER),
    ),
    (Fault(429, raw=PAGE), Reply(Answer.RETRY, "notify_ratelimited", wait=SOON)),
    (Fault(429, raw=b""), Reply(Answer.RETRY, "notify_ratelimited", wait=SOON)),
    (no(500, "Exception", "Internal server error"), Reply(Answer.AMBIGUOUS, "http_500")),
    (Fault(500, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_500")),
    (Fault(502, raw=b""), Reply(Answer.AMBIGUOUS, "http_502")),
    (Fault(503, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_503")),
    (Fault(504, raw=b"upstream"), Reply(Answer.AMBIGUOUS, "http_504")),
    (Fault(403, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_403")),
    (Fault(404, raw=PAGE), Reply(Answer.AMBIGUOUS, "http_404")),
    (Fault(400, raw=b'{"errors": "x"}'), Reply(Answer.AMBIGUOUS, "http_400")),
    (Fault(raw=PAGE), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b""), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b'{"id": "hal'), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(raw=b"[]"), Reply(Answer.AMBIGUOUS, "unreadable")),
    (Fault(204, raw=b""), Reply(Answer.AMBIGUOUS, "unreadable")),
    (Fault(raw=b"\xff\xfe"), Reply(Answer.AMBIGUOUS, "http_200")),
    (Fault(drop=True), Reply(Answer.AMBIGUOUS, "ConnectionError")),
    (Fault(drop=True, acts=True), Reply(Answer.AMBIGUOUS, "ConnectionError")),
    (Fault(halves=True, acts=True), Reply(Answer.AMBIGUOUS, "ChunkedEncodingError")),
    (Fault(hangs=True), Reply(Answer.AMBIGUOUS, "ReadTimeout")),
]


def test_every_sentence_of_the_table_is_tried() -> None:
    assert {told.code for told in TELLS} <= {reply.code for _, reply in REPLIES}
    assert {told.code for told in TELLS if told.answer is Answer.APP} <= set(WHAT_TO_DO)


NOWHERE = NewConnectionError(HTTPConnection("notify.example"), "no such name")
POOL = HTTPConnectionPool("notify.example")
ON_THE_WAY = [
    (requests.ConnectTimeout(), Reply(Answer.RETRY, "notify_not_reached")),
    (requests.ConnectionError(MaxRetryError(POOL, "/", NOWHERE)), Reply(Answer.RETRY, "notify_not_reached")),
    (
        requests.exceptions.SSLError(MaxRetryError(POOL, "/", SSLError(SSLCertVerificationError("not theirs")))),
        Reply(Answer.RETRY, "notify_not_reached"),
    ),
    (requests.exceptions.SSLError(SSLError("broken off")), Reply(Answer.AMBIGUOUS, "SSLError")),
    (
        requests.ConnectionError(ProtocolError("reset", ConnectionResetError())),
        Reply(Answer.AMBIGUOUS, "ConnectionError"),
    ),
    (requests.ConnectionError(ECONNREFUSED), Reply(Answer.AMBIGUOUS, "ConnectionError")),
    (requests.ReadTimeout(), Reply(Answer.AMBIGUOUS, "ReadTimeout")),
    (requests.TooManyRedirects(), Reply(Answer.AMBIGUOUS, "TooManyRedirects")),
]


def test_whoever_runs_the_month_reads_what_each_code_means() -> None:
    """And of none that Slack gave it."""
    codes = {told.code for told in TELLS} | set(WHAT_TO_DO)
    assert codes <= set(post_words.CODES)
    every = {code: post_words.code_in_words(code) for code in codes | {reply.code for _, reply in REPLIES + ON_THE_WAY}}
    assert {code: said for code, said in every.items() if "Slack" in said or not said[0].isupper()} == {}
    assert every["notify_409"] == "GOV.UK Notify gave an answer that we do not know: 409"
    assert every["http_503"] == "What came back was http_503"


@pytest.mark.parametrize(("cause", "reply"), ON_THE_WAY, ids=repr)
def test_what_never_left_is_tried_again_and_the_rest_is_doubtful(
    cause: requests.RequestException, reply: Reply
) -> None:
    fault = HTTPError.create(cause)
    fault.__cause__ = cause
    assert classified(fault) == reply
