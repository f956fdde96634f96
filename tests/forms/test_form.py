"""The built-in form: who may see it, what it asks, and that nothing typed is ever lost."""

import re
from datetime import date, time
from html import unescape

import pytest
from flask.testing import FlaskClient

from programme.calendar import at_london
from programme.words import AllocationState, Grade, SubmissionState
from storage import clock, find
from storage.office import Office
from tests.cast import Cast
from tests.web.conftest import Browser

RIGHT: dict[str, str] = {
    "response_id": "r-1",
    "part_in_case": "no",
    "strengths": "The worker knows this child well.",
    **{f"core.{key}": "1" for key in ("assessment", "plan", "voice")},
    "core.voice.evidence": "Three visits.",
    "theme.father_known": "2",
    "theme.father_known.evidence": "Named in the assessment.",
    "theme.father_involved": "na",
    "overall": "1.5",
    "impact": "Home is calmer.",
    "safety": "no_concern",
    "with_practitioner": "yes",
    **{f"{who}.asked": "yes" for who in ("child", "mother", "father")},
    **{f"{who}.how": "By telephone." for who in ("child", "mother", "father")},
    "carer.asked": "nobody",
    "outcomes": "drift_or_delay",
    "action_1.step": "Write to the school.",
    "action_1.measure": "The letter is on the record.",
    "action_1.priority": "urgent",
}


def address(cast: Cast) -> str:
    return f"/returns/{cast.allocation.token}"


def without(*names: str, **instead: str) -> dict[str, str]:
    return {name: value for name, value in RIGHT.items() if name not in names} | instead


def errors_of(page: str) -> list[str]:
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [unescape(text) for text in re.findall(r'<a href="#[^"]+">([^<]+)</a>', summary)]


def test_a_whole_return_is_kept_accepted_and_receipted(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    answer = client.post(address(cast), data=RIGHT)
    assert (answer.status_code, answer.location) == (303, address(cast))
    assert "Your audit has arrived" in client.get(address(cast)).text
    with office.record.reading() as session:
        allocation = find.allocations.by_ref(session, "AUD-2017-10-01")
        made = find.submissions.return_of(session, allocation)
        actions = find.actions.of_allocation(session, allocation)
        told = {kind: _told(session, kind) for kind in ("return_recorded", "action_raised")}
    assert allocation.state is AllocationState.RETURNED_IN_TIME
    assert made is not None
    assert (made.overall, made.impact, [seen.tag for seen in made.outcomes]) == (
        Grade.NEARLY_GOOD,
        "Home is calmer.",
        ["drift_or_delay"],
    )
    assert {each.question_key: each.grade for each in made.judgements} == {
        "core.assessment": Grade.NOT_YET_GOOD,
        "core.plan": Grade.NOT_YET_GOOD,
        "core.voice": Grade.NOT_YET_GOOD,
        "theme.father_known": Grade.GOOD,
        "theme.father_involved": Grade.NOT_APPLICABLE,
    }
    assert [(action.ref, action.owner.email) for action in actions] == [("ACT-2017-10-01-1", cast.team_manager.email)]
    assert told == {"return_recorded": [cast.auditor.email], "action_raised": [cast.team_manager.email]}


def _told(session: object, kind: str) -> list[str]:
    return sorted(notice.person.email for notice in find.notices.of_kind(session, kind))  # type: ignore[arg-type]


def test_pressed_twice_it_arrives_once(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    assert [client.post(address(cast), data=RIGHT).status_code for _ in range(2)] == [303, 303]
    with office.record.reading() as session:
        assert len(find.submissions.with_id(session, "form", "r-1")) == 1


def test_other_answers_after_it_is_in_are_kept_and_held(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    client.post(address(cast), data=RIGHT)
    answer = client.post(address(cast), data=RIGHT | {"impact": "Something else."})
    assert (answer.status_code, "Kept, and not counted yet" in answer.text) == (409, True)
    with office.record.reading() as session:
        states = [each.state for each in find.submissions.with_id(session, "form", "r-1")]
    assert states == [SubmissionState.ACCEPTED, SubmissionState.HELD]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (without("part_in_case"), "Say whether you have had any part in this child's case."),
        (without("strengths"), "Say what is strong here. It stands first."),
        (
            without("core.plan"),
            "Choose a judgement for 'Does the plan say who will do what?'. 'Not applicable' is an answer too.",
        ),
        (without("theme.father_known.evidence"), "Say what shows it, for 'Is the father known?'."),
        (without("overall"), "Choose the overall judgement."),
        (without("impact"), "Say what difference the work made for the child."),
        (without("safety"), "Say whether the child is safe."),
        (without(safety="not_assured"), "Say what worries you, or what must be checked."),
        (without("with_practitioner"), "Say whether you did this audit with the social worker."),
        (without(with_practitioner="no"), "Say why it was done without the social worker."),
        (without("child.asked"), "Say whether the child was asked for feedback."),
        (without(**{"mother.asked": "no"}), "Choose why the mother was not asked."),
        (without("father.how"), "Say how the father was asked."),
        (without("action_1.measure"), "Action 1: say how it will be seen that it worked."),
        (without("action_1.priority"), "Action 1: choose how soon it is needed."),
        (without(**{"action_1.due": "soon"}), "'soon' is not a date. Write it as 2017-10-31."),
        (without(overall="7"), "'7' is not one of the answers here."),
        (without(impact="x" * 5001), "This answer has 5,001 characters. Shorten it to 5,000."),
        (without(impact="a\x00b"), "There is a character in this answer that cannot be kept. Type it again."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    browser: Browser, office: Office, cast: Cast, sent: dict[str, str], sentence: str
) -> None:
    answer = browser(cast.auditor).post(address(cast), data=sent)
    assert (answer.status_code, errors_of(answer.text)) == (422, [sentence])
    assert "<title>Error: " in answer.text
    typed = unescape(answer.text)
    lost = [name for name, value in sent.items() if "\x00" not in value and value not in typed]
    assert lost == []
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, "AUD-2017-10-01").state is AllocationState.OUT


def test_another_row_loses_nothing(browser: Browser, cast: Cast) -> None:
    page = browser(cast.auditor).post(address(cast), data=RIGHT | {"rows": "3", "add_action": "yes"}).text
    assert ("Action 4" in page, "Action 5" in page, "Home is calmer." in page) == (True, False, True)
    assert errors_of(page) == []


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_what_is_typed_is_shown_and_never_run(browser: Browser, cast: Cast, payload: str) -> None:
    sent = without("part_in_case", strengths=payload, **{"child.how": payload, "action_1.due": payload})
    page = browser(cast.auditor).post(address(cast), data=sent).text
    assert ("<script>alert" in page, "<img src=x" in page, ">49<" in page) == (False, False, False)
    assert payload in unescape(page)


def test_nobody_else_can_look_or_send(browser: Browser, nobody: FlaskClient, cast: Cast) -> None:
    assert nobody.get(address(cast)).location == f"/sign-in?next={address(cast)}"
    for stranger in (cast.peer, cast.head_of_service, cast.administrator, cast.outsider):
        client = browser(stranger)
        answers = [client.get(address(cast)), client.post(address(cast), data=RIGHT)]
        assert [(each.status_code, cast.allocation.case.ref in each.text) for each in answers] == [(404, False)] * 2


def test_a_part_in_the_case_hands_it_back_without_the_rest(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    answer = client.post(address(cast), data={"response_id": "r-2", "part_in_case": "yes"})
    assert answer.status_code == 303
    assert "Thank you for saying so" in client.get(address(cast)).text
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, "AUD-2017-10-01").state is AllocationState.WITHDRAWN
        assert _told(session, "case_handed_back") == [cast.administrator.email]
        [waiting] = find.cases.waiting_for_an_auditor(session, "2017-10")
        assert waiting.ref == cast.allocation.case.ref


def test_after_the_cut_off_it_is_late_and_counts_as_returned(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 19), time(12, 1)))
    browser(cast.auditor).post(address(cast), data=RIGHT)
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, "AUD-2017-10-01").state is AllocationState.RETURNED_LATE


@pytest.mark.parametrize("conduct", ["no", "yes"])
def test_who_hears_that_a_child_is_unsafe(browser: Browser, office: Office, cast: Cast, conduct: str) -> None:
    sent = without("action_1.step", "action_1.measure", "action_1.priority") | {
        "safety": "unsafe_now",
        "safety_detail": "Nobody has seen the child.",
        "staff_conduct": conduct,
    }
    browser(cast.auditor).post(address(cast), data=sent)
    in_the_team = conduct == "no"
    near = {cast.childs_head_of_service.email, cast.head_of_quality.email}
    with office.record.reading() as session:
        told = set(_told(session, "child_unsafe"))
        raised = _told(session, "action_raised")
    assert told == (near | {cast.team_manager.email} if in_the_team else near)
    owner = cast.team_manager if in_the_team else cast.childs_head_of_service
    assert raised == [owner.email]
