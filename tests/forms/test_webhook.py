"""The signed webhook: only what is signed is read, what is kept is kept once, and nothing else leaves a trace."""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from forms.guard import DEEPEST, LARGEST
from forms.webhook import BAD_A_MINUTE
from programme.tool import FormItem
from programme.words import AllocationState, SubmissionState
from storage import find, tables
from storage.office import Office
from tests.cast import NOW, Cast
from tests.forms.arriving import REF, told
from tests.forms.delivering import OLD_SECRET, SECRET, Post, post_office
from tests.forms.responses import ANSWERS, Response, sent_by_script

ASHAS = Response(NOW, "asha@example.org", "MDW-0417", ANSWERS, "r1")
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def post(office: Office, cast: Cast) -> Post:  # noqa: ARG001 - the cast is on record before anything comes
    return post_office(office)


@pytest.fixture
def body(cast: Cast) -> bytes:
    return sent_by_script(ASHAS, cast.tool)


def kept(office: Office) -> int:
    with office.record.reading() as session:
        return session.scalar(select(func.count()).select_from(tables.submission)) or 0


def standing(office: Office, reference: str) -> tuple[SubmissionState, str]:
    with office.record.reading() as session:
        submission = find.submissions.by_ref(session, reference)
        return submission.state, submission.held_because


def test_a_whole_audit_becomes_a_return_with_our_reference(post: Post, office: Office, body: bytes) -> None:
    answer = post.deliver(body)
    assert answer.status_code == 202
    assert standing(office, answer.json["reference"]) == (SubmissionState.ACCEPTED, "")  # type: ignore[index]
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, REF).state is AllocationState.RETURNED_IN_TIME
    assert (told(office, "return_recorded"), told(office, "action_raised")) == (["Asha"], ["Tomasz"])


def test_the_very_bytes_are_kept(post: Post, office: Office, body: bytes) -> None:
    reference = post.deliver(body).json["reference"]  # type: ignore[index]
    with office.record.reading() as session:
        assert find.submissions.by_ref(session, reference).body.encode() == body


def test_the_same_delivery_again_is_had_already(post: Post, office: Office, body: bytes) -> None:
    first, again = (post.deliver(body, delivery="msg_1") for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (202, 200, again.json)
    assert kept(office) == 1


def test_the_same_response_in_another_delivery_is_had_already(post: Post, office: Office, body: bytes) -> None:
    assert [post.deliver(body).status_code for _ in range(3)] == [202, 200, 200]
    assert (kept(office), told(office, "return_recorded")) == (1, ["Asha"])


def test_a_second_body_under_one_delivery_is_refused(post: Post, office: Office, cast: Cast, body: bytes) -> None:
    post.deliver(body, delivery="msg_1")
    other = sent_by_script(ASHAS.with_answers(impact="Other."), cast.tool)
    assert (post.deliver(other, delivery="msg_1").status_code, kept(office)) == (409, 1)


def test_changed_answers_are_a_newer_version(post: Post, office: Office, cast: Cast, body: bytes) -> None:
    post.deliver(body)
    later = Response(NOW + timedelta(minutes=1), "asha@example.org", "MDW-0417", ANSWERS, "r1")
    post.deliver(sent_by_script(later.with_answers(impact="Home is calm now."), cast.tool))
    with office.record.reading() as session:
        newest = find.submissions.return_of(session, find.allocations.by_ref(session, REF))
    # Sent after the office's clock, which stands: what counts is when it came.
    assert newest is not None
    assert (newest.version, newest.impact) == (2, "Home is calm now.")


def test_what_our_rules_hold_is_kept_and_answered_alike(post: Post, office: Office, cast: Cast) -> None:
    answer = post.deliver(sent_by_script(ASHAS.with_answers(impact="", overall=""), cast.tool))
    assert answer.status_code == 202
    assert standing(office, answer.json["reference"]) == (  # type: ignore[index]
        SubmissionState.HELD,
        "Some answers are still needed.",
    )


STILL_NEEDED = "Some answers are still needed."
NOT_SURE: Mapping[str, tuple[Change, str]] = {
    "a question of nobody's": (
        lambda sent: sent["answers"].append({"item": "", "title": "Mood?", "value": "Good"}),
        STILL_NEEDED,
    ),
    "an answer twice": (
        lambda sent: sent["answers"].append({**sent["answers"][-1], "value": "Other"}),
        STILL_NEEDED,
    ),
    "a stranger": (
        lambda sent: sent.update(respondent="no@example.org"),
        "MDW-0417 was not given to no@example.org.",
    ),
    "nothing at all": (lambda sent: sent.update(answers=[]), "It names no case reference."),
}


@pytest.mark.parametrize("how", NOT_SURE)
def test_what_is_not_sure_is_held(post: Post, office: Office, body: bytes, how: str) -> None:
    sent, (change, because) = json.loads(body), NOT_SURE[how]
    change(sent)
    answer = post.deliver(json.dumps(sent).encode())
    assert (answer.status_code, *standing(office, answer.json["reference"])) == (  # type: ignore[index]
        202,
        SubmissionState.HELD,
        because,
    )


def test_what_only_looks_like_an_escape_is_kept(post: Post, office: Office, cast: Cast) -> None:
    answer = post.deliver(sent_by_script(ASHAS.with_answers(strengths="They wrote \\u0000 in the notes."), cast.tool))
    assert standing(office, answer.json["reference"]) == (SubmissionState.ACCEPTED, "")  # type: ignore[index]


def test_a_renamed_question_is_still_known_by_its_item(post: Post, office: Office, cast: Cast, body: bytes) -> None:
    with office.record.writing() as session:
        tool = find.tools.by_version(session, cast.tool.version)
        assert tool is not None
        tool.link("https://docs.google.com/forms/d/e/1F/viewform", [FormItem("impact", "77", "1")])
    sent = json.loads(body)
    for answer in sent["answers"]:
        if answer["title"].startswith("What difference"):
            answer.update(item="77", title="What changed?")
    reference = post.deliver(json.dumps(sent).encode()).json["reference"]  # type: ignore[index]
    assert standing(office, reference) == (SubmissionState.ACCEPTED, "")


@pytest.mark.parametrize("secret", [SECRET, OLD_SECRET])
def test_while_secrets_change_both_are_good(post: Post, body: bytes, secret: str) -> None:
    assert post.deliver(body, secret=secret).status_code == 202


FORGED: Mapping[str, dict[str, Any]] = {
    "another secret": {"secret": "nobody knows this one at all"},
    "no signature": {"headers": {"webhook-signature": ""}},
    "another scheme": {"headers": {"webhook-signature": "v1a," + "A" * 43 + "="}},
    "accents": {"headers": {"webhook-signature": "v1,é"}},
    "hex": {"headers": {"webhook-signature": "v1," + "0" * 64}},
    "no id": {"headers": {"webhook-id": ""}},
    "another id": {"headers": {"webhook-id": "msg_other"}},
    "an id with a dot moved": {"delivery": "msg.1", "headers": {"webhook-id": "msg"}},
    "an id too long": {"delivery": "m" * 201},
    "another time": {"headers": {"webhook-timestamp": "1"}},
    **{f"time {odd!r}": {"timestamp": odd} for odd in ("nan", "inf", "+1506933900", " 1506933900", "1_506_933_900")},
    **{f"time {odd!r}": {"timestamp": odd} for odd in ("-1", "0x59", "1e9", "1506933900.0", "9" * 13)},
}


@pytest.mark.parametrize("how", FORGED)
def test_what_is_not_surely_ours_leaves_no_trace(post: Post, office: Office, body: bytes, how: str) -> None:
    answer = post.deliver(body, **FORGED[how])
    assert (answer.status_code, answer.json, kept(office)) == (401, {"error": "The signature is not right."}, 0)


@pytest.mark.parametrize(("seconds", "status"), [(-299, 202), (299, 202), (-302, 401), (302, 401)])
def test_five_minutes_either_way_and_no_more(
    post: Post, office: Office, body: bytes, seconds: int, status: int
) -> None:
    timestamp = str(int(office.real_now().timestamp()) + seconds)
    assert post.deliver(body, timestamp=timestamp).status_code == status


MALFORMED: Mapping[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "another kind": b"[]",
    "not a number": b'{"response_id": NaN}',
    "endless": b'{"response_id": Infinity}',
    "too large a number": b'{"response_id": 1e999}',
    "names twice": b'{"response_id": "a", "response_id": "b"}',
    "utf-16": '{"response_id": "a"}'.encode("utf-16"),
    "no utf-8": b'{"response_id": "\xff"}',
    "too deep": b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
    "deep enough to break a parser": b"[" * 100_000,
    "a huge number": b'{"response_id": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("how", MALFORMED)
def test_what_is_malformed_is_named_and_not_kept(post: Post, office: Office, how: str) -> None:
    answer = post.deliver(MALFORMED[how])
    assert (answer.status_code, sorted(answer.json), kept(office)) == (400, ["error"], 0)  # type: ignore[arg-type]


CHANGES: Mapping[str, Change] = {
    "something more": lambda sent: sent.update(extra=1),
    "something less": lambda sent: sent.pop("respondent"),
    "another type": lambda sent: sent.update(response_id=7),
    "no id": lambda sent: sent.update(response_id=""),
    "an answer that is a number": lambda sent: sent["answers"][0].update(value=7),
    "an answer that is nothing": lambda sent: sent["answers"][0].update(value=None),
    "an answer with more": lambda sent: sent["answers"][0].update(more="x"),
    "a NUL": lambda sent: sent["answers"][0].update(value="a\0b"),
    "a NUL in a name": lambda sent: sent.update(respondent="a\0b"),
    "half a character": lambda sent: sent["answers"][0].update(value="\ud800"),
    "no time": lambda sent: sent.update(submitted_at="yesterday"),
    "a time without zone": lambda sent: sent.update(submitted_at="2017-08-14T09:30:00"),
    "a day that is none": lambda sent: sent.update(submitted_at="2017-02-30T09:30:00Z"),
    "Arabic digits": lambda sent: sent.update(submitted_at="٢٠١٧-08-14T09:30:00Z"),
    "too many answers": lambda sent: sent.update(answers=sent["answers"][:1] * 501),
}


@pytest.mark.parametrize("how", CHANGES)
def test_what_is_no_response_is_named_and_not_kept(post: Post, office: Office, body: bytes, how: str) -> None:
    sent = json.loads(body)
    CHANGES[how](sent)
    assert (post.deliver(json.dumps(sent).encode()).status_code, kept(office)) == (400, 0)


@pytest.mark.parametrize("kind", ["text/plain", "application/vnd.api+json", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(post: Post, body: bytes, kind: str) -> None:
    assert post.deliver(body, headers={"Content-Type": kind}).status_code == 400


def test_what_is_too_large_is_not_read_whatever_length_it_says(post: Post, office: Office) -> None:
    large = b'"' + b"x" * LARGEST + b'"'
    assert post.deliver(large).status_code == 413
    chunked = post.client.post("/forms/returns", input_stream=BytesIO(large), headers={"Transfer-Encoding": "chunked"})
    assert (chunked.status_code in {401, 413}, kept(office)) == (True, 0)


def test_who_knocks_badly_too_often_is_told_to_wait_and_the_good_still_pass(post: Post, body: bytes) -> None:
    answers = [post.deliver(body, secret="nobody knows this one at all") for _ in range(BAD_A_MINUTE + 10)]
    assert [each.status_code for each in answers] == [401] * BAD_A_MINUTE + [429] * 10
    assert answers[-1].headers["Retry-After"] == "60"
    assert post.deliver(body).status_code == 202


def test_nothing_of_what_came_stands_in_the_logs(
    post: Post, cast: Cast, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post.deliver(body)
    post.deliver(sent_by_script(ASHAS.with_answers(impact="", strengths="Canary words."), cast.tool))
    post.deliver(body, secret="nobody knows this one at all")
    post.deliver(b'{"respondent": "asha@example.org"}')
    written = " ".join(str(vars(each)) for each in caplog.records if not each.name.startswith("sqlalchemy"))
    assert [word for word in ("asha@", "MDW-0417", "Canary", SECRET) if word in written] == []
