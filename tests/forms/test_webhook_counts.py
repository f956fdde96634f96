"""The webhook under many at once, chance and death: every return once, and no fault of ours."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from forms import intake
from programme.words import SubmissionState
from storage import tables
from storage.office import Office
from tests.cast import NOW, Cast
from tests.forms.arriving import told
from tests.forms.delivering import SECRET, post_office
from tests.forms.responses import ANSWERS, Response, give_out_more, sent_by_script
from tests.storage.crowd import at_once
from tests.storage.test_races import url_of

HOUSE = Path(__file__).resolve().parents[2]
ASHAS = Response(NOW, "asha@example.org", "MDW-0417", ANSWERS, "r1")
UNHURRIED = list(HealthCheck)


def kept(office: Office) -> int:
    with office.record.reading() as session:
        return session.scalar(select(func.count()).select_from(tables.submission)) or 0


def returns(office: Office) -> int:
    with office.record.reading() as session:
        return session.scalar(select(func.count()).select_from(tables.audit_return)) or 0


def deliver_in_any_order(office: Office, cast: Cast, many: int) -> None:
    """So many audits by so many auditors, each delivered four times, by four threads, in any order."""
    given_out = give_out_more(office.record, cast, many)
    bodies = [
        sent_by_script(Response(NOW, who, case, ANSWERS, f"r-{case}"), cast.tool)
        for who, case in given_out
        for _ in range(4)
    ]
    random.Random(2017).shuffle(bodies)

    def deliver(quarter: int) -> list[int]:
        post = post_office(office)
        return [post.deliver(body).status_code for body in bodies[quarter::4]]

    statuses = [status for each in at_once(4, deliver) for status in each]
    assert (statuses.count(202), statuses.count(200)) == (many, 3 * many)
    assert (kept(office), returns(office)) == (many, many)


def test_twenty_audits_delivered_four_times_in_any_order_are_twenty_returns(office: Office, cast: Cast) -> None:
    deliver_in_any_order(office, cast, 20)


@pytest.mark.soak
def test_a_thousand_audits_delivered_four_times_are_a_thousand_returns(office: Office, cast: Cast) -> None:
    deliver_in_any_order(office, cast, 1000)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def broken(body: bytes) -> st.SearchStrategy[bytes]:
    """Anything at all; any JSON; or the right body with one part of it taken away, or put in the place of another."""
    whole = json.loads(body)
    replaced = st.tuples(st.sampled_from([*whole, "answers.0"]), JSONS).map(lambda pair: _with(whole, *pair))
    cut = st.integers(0, len(body) - 1).map(lambda at: body[:at])
    return st.binary(max_size=400) | JSONS.map(_as_bytes) | replaced.map(_as_bytes) | cut


def _with(whole: Mapping[str, Any], where: str, value: object) -> dict[str, Any]:
    if where == "answers.0":
        return {**whole, "answers": [value, *whole["answers"][1:]]}
    return {**whole, where: value}


def _as_bytes(value: object) -> bytes:
    return json.dumps(value).encode(errors="surrogatepass")


def fuzz(office: Office, body: bytes, many: int, *, signed: bool) -> None:
    secret = SECRET if signed else "nobody knows this one at all"
    post = post_office(office)

    @settings(
        max_examples=many, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(broken(body))
    def knock(sent: bytes) -> None:
        answer = post.deliver(sent, secret=secret)
        assert answer.status_code in ({400, 429} if signed else {401, 429}) or _is_a_response(sent)

    knock()
    with office.record.reading() as session:
        accepted = session.scalar(select(func.count()).where(tables.submission.c.state == SubmissionState.ACCEPTED))
    assert (accepted, kept(office) == 0 or signed) == (0, True)


def _is_a_response(sent: bytes) -> bool:
    """What chance made right after all, like another respondent: kept and held, as it should be."""
    try:
        return set(json.loads(sent)) == {"response_id", "submitted_at", "respondent", "answers"}
    except ValueError:
        return False


@pytest.mark.parametrize("signed", [False, True])
def test_two_hundred_broken_bodies_are_never_accepted_and_never_a_fault_of_ours(
    office: Office, cast: Cast, signed: bool
) -> None:
    fuzz(office, sent_by_script(ASHAS.with_answers(overall=""), cast.tool), 200, signed=signed)


@pytest.mark.soak
@pytest.mark.parametrize("signed", [False, True])
def test_ten_thousand_broken_bodies_are_never_accepted_and_never_a_fault_of_ours(
    office: Office, cast: Cast, signed: bool
) -> None:
    fuzz(office, sent_by_script(ASHAS.with_answers(overall=""), cast.tool), 10_000, signed=signed)


def killed_between(office: Office, cast: Cast, many: int) -> None:
    """A process is killed each time it has kept a return and not settled it; two others take all of them up."""
    given_out = give_out_more(office.record, cast, many)
    for who, case in given_out:
        command = [sys.executable, "-m", "tests.forms.dying", url_of(office.record), who, case]
        assert subprocess.run(command, cwd=HOUSE, check=False).returncode == -signal.SIGKILL
    assert (kept(office), returns(office)) == (many, 0)
    at_once(2, lambda _: intake.take_up_all(office))
    intake.take_up_all(office)
    assert (kept(office), returns(office)) == (many, many)
    assert len(told(office, "return_recorded")) == many


def test_killed_between_kept_and_accepted_each_is_taken_up_once(office: Office, cast: Cast) -> None:
    killed_between(office, cast, 3)


@pytest.mark.soak
def test_killed_a_hundred_times_between_kept_and_accepted_each_is_taken_up_once(office: Office, cast: Cast) -> None:
    killed_between(office, cast, 100)
