"""Every address of the whole app is on one of these lists, and whoever it is not for gets nothing of it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

import app as front_hall
from programme.people import Person
from programme.sign_in import Visit
from settings import Settings
from storage.office import Office
from storage.session import Record
from tests.bot.conftest import ON_ONE_DATABASE
from tests.cast import MONTH, Cast, here
from tests.storage.test_races import url_of

pytestmark = ON_ONE_DATABASE

ANYBODY = {"/healthz", "/readyz", "/help", "/privacy", "/accessibility", "/sign-in", "/sign-out", "/static/<filename>"}
ANYBODY_IN_THE_DEMO = {"/demo", "/demo/next-day"}
BY_A_SECRET = {"/sign-in/<secret>"}
WHOSE_PRACTICE_IS_ASKED_ABOUT = {"/tool", "/tool/<version>", "/tool/<version>.toml"}
WHO_EDITS_THE_TOOL = {"/tool/<version>/new", "/tool/<version>/remove"}
BY_A_SIGNATURE = {"/slack/events", "/forms/returns"}
BY_A_TOKEN = {"/metrics"}
SOMEBODY = {"/", "/me", "/me/calendar.ics", "/actions", "/actions.csv", "/held", "/outbox", "/outbox/past"}
ABOUT_ONESELF = {"/me"}
WHO_MAY_SEE_THE_MESSAGE = {"/outbox/<number>"}
WHO_SENT_IT = {"/held/<ref>"}
WHO_MAY_SEE_THE_ACTION = {"/actions/<ref>"}
WHO_MAY_WITHDRAW_IT = {"/actions/<ref>/withdraw"}
WHO_HAS_ACTIONS = {"/actions/confirm"}
WHO_HANDS_OVER = {"/actions/hand-over"}
WHO_CHECKS_IT = {"/actions/<ref>/check"}
WHO_MAY_SEE_THE_ALERT = {"/safety/<ref>"}
WHO_LEARNS_FROM_IT = {"/rounds/<month>/workshop", "/audits/<ref>/spread"}
WHO_HAD_A_PART_IN_IT = {"/audits/<ref>/learnt"}
ITS_HOLDER = {"/returns/<token>", "/returns/<token>/<part>", "/returns/<token>/check"}
ITS_HOLDER_TO_READ = {"/returns/<token>/later", "/returns/<token>/print"}
WHO_MAY_SEE_THE_AUDIT = {"/audits/<ref>"}
WHO_ANSWERS_FOR_IT = {"/audits/<ref>/answer"}
WHO_HAS_ITS_OUTCOME = {"/audits/<ref>/outcome"}
ITS_MODERATORS = {"/audits/<ref>/moderate", "/audits/<ref>/send-back", "/audits/<ref>/disagree"}
WHO_DECIDES = {"/audits/<ref>/decide"}
WHO_IS_ASKED_TO_THE_DAY = {"/rounds/<month>/moderation/mine"}
WHO_IS_ASKED_TO_THE_DAY_TO_READ = {"/rounds/<month>/moderation/day.ics"}
WHO_MAY_SEE_THE_MONTH = {"/rounds", "/rounds/<month>", "/rounds/<month>/moderation"}
WHOSE_TURNS_THEY_ARE = {"/rounds/rota"}
WHO_MAY_SEE_PEOPLE = {"/people", "/people/<number>"}
WHO_MAY_SEE_THE_LISTS = {"/rounds/<month>/roll-check"}
WHO_MAY_ANSWER_FOR_THE_LIST = {"/rounds/<month>/roll-check/<service>"}
WHO_MAY_SEE_THE_REPORT = {"/reports/<month>", "/reports/<month>.json", "/reports/<month>/appendix"}
WHO_MAY_TAKE_THE_STEP = {"/reports/<month>/<step>"}
WHO_WORKS_WITH_THE_CHILD = {"/chosen/<ref>"}
WHO_MAY_SEE_THE_HISTORY = {"/history"}
WHO_AUDITS = {"/competency"}
WHO_MAY_SEE_THE_PROFILE = {"/competency/<reference>"}
WHO_EVALUATES = {"/competency/evaluations/<ref>"}
WHO_SIGNS_OFF = {"/competency/sign-offs/<ref>"}
WHO_SWAPS = {"/swaps", "/swaps/choose"}
WHO_MAY_UNDO_IT = {"/swaps/<ref>/undo"}
WHO_RUNS_THE_MONTH = {
    "/people/accounts",
    *("/rounds/open", "/rounds/<month>/frame", "/rounds/<month>/sample", "/rounds/<month>/close"),
    *("/rounds/<month>/forecast", "/rounds/<month>/dates", "/rounds/<month>/again"),
    *(
        "/rounds/<month>/allocate",
        "/rounds/<month>/give-out",
        "/rounds/<month>/withdraw",
        "/rounds/<month>/pairs",
        "/rounds/<month>/moderation/attendance",
        "/rounds/<month>/moderation/instead/<number>",
        "/rounds/<month>/outcomes",
    ),
}

CLOSED = (
    SOMEBODY
    | WHOSE_PRACTICE_IS_ASKED_ABOUT
    | WHO_EDITS_THE_TOOL
    | ITS_HOLDER
    | WHO_SENT_IT
    | ITS_HOLDER_TO_READ
    | ITS_MODERATORS
    | WHO_IS_ASKED_TO_THE_DAY
    | WHO_IS_ASKED_TO_THE_DAY_TO_READ
    | WHO_DECIDES
    | WHO_ANSWERS_FOR_IT
    | WHO_MAY_SEE_THE_AUDIT
    | WHO_HAS_ITS_OUTCOME
    | WHO_MAY_SEE_THE_ACTION
    | WHO_MAY_WITHDRAW_IT
    | WHO_HAS_ACTIONS
    | WHO_HANDS_OVER
    | WHO_CHECKS_IT
    | WHO_MAY_SEE_THE_ALERT
    | WHO_LEARNS_FROM_IT
    | WHO_HAD_A_PART_IN_IT
    | WHO_MAY_SEE_THE_REPORT
    | WHO_MAY_TAKE_THE_STEP
    | WHO_MAY_SEE_THE_MONTH
    | WHOSE_TURNS_THEY_ARE
    | WHO_MAY_SEE_THE_LISTS
    | WHO_MAY_SEE_PEOPLE
    | WHO_MAY_ANSWER_FOR_THE_LIST
    | WHO_RUNS_THE_MONTH
    | WHO_MAY_SEE_THE_HISTORY
    | WHO_SWAPS
    | WHO_AUDITS
    | WHO_MAY_SEE_THE_PROFILE
    | WHO_EVALUATES
    | WHO_SIGNS_OFF
    | WHO_MAY_UNDO_IT
    | WHO_WORKS_WITH_THE_CHILD
    | WHO_MAY_SEE_THE_MESSAGE
)
KNOWN = ANYBODY | ANYBODY_IN_THE_DEMO | BY_A_SECRET | BY_A_SIGNATURE | BY_A_TOKEN | CLOSED
NOT_FOR_THE_OUTSIDER = sorted(CLOSED - SOMEBODY - WHOSE_PRACTICE_IS_ASKED_ABOUT)


@pytest.fixture
def app(office: Office, cast: Cast) -> Iterator[Flask]:  # noqa: ARG001 - both are on record before the app opens it
    built = front_hall.build(
        Settings(
            _env_file=None,
            database_url=url_of(office.record),
            secret_key=SecretStr("for tests only, and long enough for it"),
            slack_bot_token=SecretStr("a token"),
            slack_signing_secret=SecretStr("a secret"),
            forms_secret=SecretStr("a secret for the webhook alone"),
            metrics_token=SecretStr("a token for the numbers alone"),
            demo=True,
        )
    )
    yield built
    record: Record = built.extensions["auditloop"].office.record
    record.close()


def client_of(app: Flask, office: Office, person: Person | None) -> FlaskClient:
    client = app.test_client()
    if person is not None:
        with office.record.writing() as session:
            visit, secret = Visit.begin(here(session, person), at=office.real_now())
            session.add(visit)
        with client.session_transaction() as cookie:
            cookie.update(visit=secret, seen=int(office.real_now().timestamp()))
    return client


def address(rule: str, cast: Cast) -> str:
    filled = {
        "<month>": MONTH,
        "<token>": cast.allocation.token or "",
        "<part>": "core",
        "<secret>": "x",
        "<ref>": "ACT-2017-10-01-1",
        "<step>": "draft",
        "<version>": cast.tool.version,
        "<service>": "1",
        "<number>": "1",
        "<reference>": cast.auditor.reference,
    }
    for name, value in filled.items():
        rule = rule.replace(name, value)
    return rule


def forms_secret(client: FlaskClient) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/demo").text)
    assert found is not None
    return found[1]


def rules(app: Flask, method: str) -> set[str]:
    rules = (rule for rule in app.url_map.iter_rules() if method in (rule.methods or set()))
    return {re.sub(r"<\w+:", "<", rule.rule) for rule in rules}


def test_every_address_is_on_a_list(app: Flask) -> None:
    assert rules(app, "GET") | rules(app, "POST") == KNOWN


def test_nothing_else_is_answered_to(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_every_page_is_a_class_that_was_handed_what_it_needs(app: Flask) -> None:
    functions = {name for name, view in app.view_functions.items() if not hasattr(view, "view_class")}
    assert functions == {"static", "slack.events"}


@pytest.mark.parametrize("rule", sorted(CLOSED))
def test_nobody_is_sent_to_sign_in(app: Flask, office: Office, cast: Cast, rule: str) -> None:
    client, where = client_of(app, office, None), address(rule, cast)
    assert client.get(where).location == f"/sign-in?next={where}"
    assert client.head(where).location == f"/sign-in?next={where}"


@pytest.mark.parametrize("rule", NOT_FOR_THE_OUTSIDER)
def test_an_outsider_is_told_what_anybody_is_told_of_nothing(app: Flask, office: Office, cast: Cast, rule: str) -> None:
    client = client_of(app, office, cast.outsider)
    answer = client.get(address(rule, cast))
    nothing = client.get("/nowhere")
    assert (answer.status_code, heading(answer.text)) == (404, heading(nothing.text))
    assert [cast.allocation.ref in answer.text, cast.auditor.name in answer.text] == [False, False]


def test_what_changes_something_is_closed_to_nobody_and_to_the_outsider(app: Flask, office: Office, cast: Cast) -> None:
    changing = sorted(rules(app, "POST") & CLOSED)
    whose = ITS_HOLDER | ITS_MODERATORS | WHO_RUNS_THE_MONTH | WHO_MAY_SEE_THE_ACTION | WHO_MAY_TAKE_THE_STEP
    whose |= WHO_EDITS_THE_TOOL | WHO_SENT_IT | WHO_MAY_ANSWER_FOR_THE_LIST | WHO_WORKS_WITH_THE_CHILD
    whose |= WHO_MAY_SEE_PEOPLE | WHO_SWAPS | WHO_MAY_SEE_THE_MESSAGE | WHO_ANSWERS_FOR_IT
    whose |= WHO_IS_ASKED_TO_THE_DAY
    whose |= WHO_MAY_SEE_THE_PROFILE | WHO_EVALUATES | WHO_SIGNS_OFF
    whose |= WHO_MAY_WITHDRAW_IT | WHO_HAS_ACTIONS | WHO_HANDS_OVER | WHO_CHECKS_IT | WHO_MAY_SEE_THE_ALERT
    whose |= WHO_HAD_A_PART_IN_IT
    whose |= WHO_HAS_ITS_OUTCOME | WHO_DECIDES
    assert changing == sorted(whose | {"/", "/outbox"} | ABOUT_ONESELF)
    for who, statuses in ((None, {303, 302}), (cast.outsider, {404})):
        changing = [rule for rule in changing if who is None or rule not in ABOUT_ONESELF]
        client = client_of(app, office, who)
        secret = forms_secret(client)
        answers = {client.post(address(rule, cast), data={"csrf_token": secret}).status_code for rule in changing}
        assert answers <= statuses


def test_no_form_is_taken_without_its_secret(app: Flask, office: Office, cast: Cast) -> None:
    client = client_of(app, office, cast.administrator)
    taking = sorted(rules(app, "POST") - BY_A_SIGNATURE)
    answers = [client.post(address(rule, cast), data={"csrf_token": "made up"}).status_code for rule in taking]
    assert answers == [400] * len(taking)


def test_what_is_not_signed_is_not_slacks(app: Flask) -> None:
    assert app.test_client().post("/slack/events", data={"payload": "{}"}).status_code == 401


def heading(page: str) -> str:
    found = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    return found[0] if found else ""
