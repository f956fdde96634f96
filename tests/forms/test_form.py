"""The built-in form: who may see it, what it asks, and that nothing typed is ever lost."""

import re
from datetime import date, time
from html import unescape

import pytest
from flask.testing import FlaskClient

from programme.calendar import at_london
from programme.tool import FormItem
from programme.words import AllocationState, Grade, SubmissionState
from storage import clock, find
from storage.office import Office
from tests.cast import Cast
from tests.forms.filling import RIGHT, address, errors_of, fill_in, post, returned, sealed, send, without
from tests.web.conftest import Browser


def test_a_whole_return_is_kept_accepted_and_receipted(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    answer = returned(client, cast)
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
    fill_in(client, cast, RIGHT)
    assert [send(client, cast).status_code for _ in range(2)] == [303, 303]
    with office.record.reading() as session:
        allocation = find.allocations.by_ref(session, "AUD-2017-10-01")
        assert len(find.submissions.of_allocation(session, allocation)) == 1


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
        (
            without(**{"action_1.due.day": "soon"}),
            "Action 1: there is no such day. Write it in numbers, like 31 10 2017.",
        ),
        (without(overall="7"), "'7' is not one of the answers here."),
        (without(impact="x" * 5001), "This answer has 5,001 characters. Shorten it to 5,000."),
    ],
)
def test_what_is_missing_is_said_on_the_check_page_and_on_its_own(
    browser: Browser, office: Office, cast: Cast, sent: dict[str, str], sentence: str
) -> None:
    client = browser(cast.auditor)
    answer = returned(client, cast, sent)
    assert (answer.status_code, errors_of(answer.text)) == (422, [sentence])
    assert "<title>Error: " in answer.text
    [way_back] = re.findall(r'href="([^"]+)\?back=check#[^"]*">' + re.escape(sentence), unescape(answer.text))
    assert errors_of(client.get(f"{way_back}?back=check").text) == [sentence]
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, "AUD-2017-10-01").state is AllocationState.OUT


def test_another_row_loses_nothing(browser: Browser, cast: Cast) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, RIGHT)
    action = {name: said for name, said in RIGHT.items() if name.startswith("action_")}
    answer = post(client, cast, "actions", action, add_action="yes")
    assert answer.location == f"{address(cast, 'actions')}#action_2-step"
    page = client.get(address(cast, "actions")).text
    assert ["Action 2" in page, "Action 3" in page, "Write to the school." in page] == [True, False, True]


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_what_is_typed_is_shown_and_never_run(browser: Browser, cast: Cast, payload: str) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, without(strengths=payload, **{"child.how": payload, "action_1.due.day": payload}))
    shown = [client.get(address(cast, page)).text for page in ("strengths", "voices", "actions", "check")]
    for page in shown:
        assert ("<script>alert" in page, "<img src=x" in page, ">49<" in page) == (False, False, False)
        assert payload in unescape(page)


PAGES = ("", "core", "check", "later", "print")


def test_nobody_else_can_look_or_send(browser: Browser, nobody: FlaskClient, cast: Cast) -> None:
    for page in PAGES:
        assert nobody.get(address(cast, page)).location == f"/sign-in?next={address(cast, page)}"
    for stranger in (cast.peer, cast.head_of_service, cast.administrator, cast.outsider):
        client = browser(stranger)
        answers = [client.get(address(cast, page)) for page in PAGES]
        answers += [client.post(address(cast, page), data={"send": "yes"}) for page in ("", "core", "check")]
        found = [(each.status_code, cast.allocation.case.ref in each.text) for each in answers]
        assert found == [(404, False)] * len(answers)


def test_a_part_in_the_case_hands_it_back_without_the_rest(browser: Browser, office: Office, cast: Cast) -> None:
    client = browser(cast.auditor)
    post(client, cast, "strengths", {"strengths": "Not to be sent."})
    answer = post(client, cast, "about", {"part_in_case": "yes"})
    assert answer.location == address(cast, "check")
    assert send(client, cast).status_code == 303
    assert "Thank you for saying so" in client.get(address(cast)).text
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, "AUD-2017-10-01")
        assert audit.state is AllocationState.WITHDRAWN
        assert [each.fields for each in find.submissions.of_allocation(session, audit)] == [{"part_in_case": "yes"}]
        assert _told(session, "case_handed_back") == [cast.administrator.email]
        [waiting] = find.cases.waiting_for_an_auditor(session, "2017-10")
        assert waiting.ref == cast.allocation.case.ref


def test_after_the_cut_off_it_is_late_and_counts_as_returned(browser: Browser, office: Office, cast: Cast) -> None:
    with office.record.writing() as session:
        clock.set_to(session, at_london(date(2017, 10, 19), time(12, 1)))
    returned(browser(cast.auditor), cast)
    with office.record.reading() as session:
        assert find.allocations.by_ref(session, "AUD-2017-10-01").state is AllocationState.RETURNED_LATE


def test_only_what_was_checked_is_sent(browser: Browser, office: Office, cast: Cast) -> None:
    """The check page stands open in one window while an answer is changed in another."""
    client = browser(cast.auditor)
    fill_in(client, cast, RIGHT)
    opened = sealed(client.get(address(cast, "check")).text)
    post(client, cast, "overall", {"overall": "3", "impact": "Home is calmer."})
    answer = client.post(address(cast, "check"), data={"checked": opened, "send": "yes"})
    assert (answer.status_code, "Your answers have changed" in answer.text) == (409, True)
    with office.record.reading() as session:
        allocation = find.allocations.by_ref(session, "AUD-2017-10-01")
        assert (allocation.state, [*find.submissions.of_allocation(session, allocation)]) == (AllocationState.OUT, [])


def test_what_may_be_personal_data_is_pointed_out_once_and_the_choice_recorded(
    browser: Browser, office: Office, cast: Cast
) -> None:
    client = browser(cast.auditor)
    answer = returned(client, cast, without(impact="Her mother answers on 07700 900123 now."))
    assert answer.status_code == 422
    assert send(client, cast, "anyway").status_code == 303
    with office.record.reading() as session:
        audit = find.allocations.by_ref(session, "AUD-2017-10-01")
        [arrived] = find.submissions.of_allocation(session, audit)
    assert (arrived.state, arrived.fields["personal_data"]) == (SubmissionState.ACCEPTED, "sent_anyway")


@pytest.mark.parametrize(("overall", "said"), [("2", True), ("1.5", False)])
def test_good_overall_while_most_answers_are_not_is_said_and_stops_nothing(
    browser: Browser, cast: Cast, overall: str, said: bool
) -> None:
    client = browser(cast.auditor)
    fill_in(client, cast, without(overall=overall))
    assert ("most of your answers are not" in client.get(address(cast, "check")).text) == said
    assert send(client, cast).location == address(cast)


@pytest.mark.parametrize("conduct", ["no", "yes"])
def test_who_hears_that_a_child_is_unsafe(browser: Browser, office: Office, cast: Cast, conduct: str) -> None:
    client = browser(cast.auditor)
    post(
        client,
        cast,
        "safety",
        {"safety": "unsafe_now", "safety_detail": "Nobody has seen the child.", "staff_conduct": conduct},
    )
    in_the_team = conduct == "no"
    near = {cast.childs_head_of_service.email, cast.head_of_quality.email}
    with office.record.reading() as session:
        told = set(_told(session, "child_unsafe"))
        raised = _told(session, "action_raised")
    assert told == (near | {cast.team_manager.email} if in_the_team else near)
    owner = cast.team_manager if in_the_team else cast.childs_head_of_service
    assert raised == [owner.email]


def test_where_there_is_a_google_form_the_first_page_leads_to_it_filled_in(
    browser: Browser, office: Office, cast: Cast
) -> None:
    form = "https://docs.google.com/forms/d/e/1F/viewform"
    with office.record.writing() as session:
        find.tools.must_be(session, cast.tool.version).link(form, [FormItem("code", "2", "22")])
    page = browser(cast.auditor).get(address(cast)).text
    assert f'href="{form}?usp=pp_url&amp;entry.22={cast.allocation.token}"' in page
