"""The audit tool's pages: who reads the questions, and how the Head of Quality writes a new version of them."""

import re
import tomllib
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from programme import tool_file
from programme.tool import AuditTool
from storage import find, tables
from storage.office import Office
from tests.cast import Cast, audit_tool
from tests.web.conftest import Browser
from tests.web.sent import Fields, errors_in, fields_of
from web.sign_in import SEEN

NEW = "/tool/2017-10/new"


@pytest.fixture
def client(browser: Browser, cast: Cast) -> FlaskClient:
    return browser(cast.head_of_quality)


def texts_in(page: str) -> list[str]:
    fields = fields_of(page)
    return [str(fields[f"questions.{n}.text"]) for n in range(1, 99) if f"questions.{n}.text" in fields]


def versions(office: Office) -> list[str]:
    with office.record.reading() as session:
        return [tool.version for tool in find.tools.every(session)]


def on_record(office: Office, version: str) -> AuditTool:
    with office.record.reading() as session:
        return find.tools.must_be(session, version)


ASKED = [question.text for question in audit_tool().questions]


class TestReading:
    def test_whoever_may_see_a_report_or_an_audit_sees_what_is_asked(self, browser: Browser, cast: Cast) -> None:
        cast_of = {name: browser(getattr(cast, name)) for name in ("auditor", "social_worker", "head_of_service")}
        answers = {name: [each.get(at).status_code for at in PAGES] for name, each in cast_of.items()}
        assert list(answers.values()) == [[200, 200, 200]] * 3

    def test_who_may_see_neither_finds_nothing_and_no_link(self, office: Office, browser: Browser, cast: Cast) -> None:
        with office.record.writing() as session:
            person = find.people.by_email(session, cast.outsider.email)
            assert person is not None
            person.roles_held.clear()
        outsider = browser(cast.outsider)
        assert [outsider.get(at).status_code for at in PAGES] == [404, 404, 404]
        assert 'href="/tool"' not in outsider.get("/").text

    def test_the_list_says_which_months_use_which(self, client: FlaskClient) -> None:
        page = client.get("/tool").text
        rows = [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in page.split("<tbody")[1].split("</tr>")
        ]
        assert rows[0].endswith("2017-10 Wednesday 20 September 2017 3 core, 2 theme October 2017")

    def test_a_version_shows_all_of_each_question(self, client: FlaskClient) -> None:
        page = unescape(client.get("/tool/2017-10").text)
        assert [text in page for text in ASKED] == [True] * 5
        parts = ("What is expected.", "What to look for.", "The child's voice", "Every plan", "theme.father_known")
        assert [part in page for part in parts] == [True] * 5

    def test_the_file_is_taken_back_unchanged(self, office: Office, client: FlaskClient) -> None:
        answer = client.get("/tool/2017-10.toml")
        assert answer.headers["Content-Disposition"] == "attachment; filename=audit-tool-2017-10.toml"
        again, _ = tool_file.read(tomllib.loads(answer.text))
        assert tool_file.write(again) == answer.text == tool_file.write(on_record(office, "2017-10"))

    def test_what_is_not_there_is_not_found(self, client: FlaskClient) -> None:
        gone = ("/tool/2017-09", "/tool/2017-09.toml", "/tool/2017-09/new", "/tool/2017-09/remove")
        assert [client.get(at).status_code for at in gone] == [404] * 4


PAGES = ("/tool", "/tool/2017-10", "/tool/2017-10.toml")


@pytest.mark.parametrize("who", ["auditor", "administrator", "head_of_service", "outsider"])
def test_only_the_head_of_quality_writes_and_removes(office: Office, browser: Browser, cast: Cast, who: str) -> None:
    client = browser(getattr(cast, who))
    assert [client.get(at).status_code for at in (NEW, "/tool/2017-10/remove")] == [404, 404]
    sent = [client.post(NEW, data={"do": wish}).status_code for wish in ("save", "check", "add core")]
    assert [*sent, client.post("/tool/2017-10/remove").status_code] == [404] * 4
    assert "/new" not in client.get("/tool/2017-10").text
    assert versions(office) == ["2017-10"]


class TestWriting:
    def test_it_begins_as_the_other_with_todays_date_and_no_name(self, client: FlaskClient) -> None:
        page = client.get(NEW).text
        fields = fields_of(page)
        assert (fields["version"], fields["date"], texts_in(page)) == ("", "2017-10-02", ASKED)
        assert (fields["questions.4.key"], fields["questions.4.area"]) == ("theme.father_known", "Fathers")

    @pytest.mark.parametrize(
        ("wish", "order"),
        [
            ("up 2", [1, 0, 2, 3, 4]),
            ("down 2", [0, 2, 1, 3, 4]),
            ("up 1", [0, 1, 2, 3, 4]),
            ("down 5", [0, 1, 2, 3, 4]),
            ("out 1", [1, 2, 3, 4, 0]),
            ("up 9", [0, 1, 2, 3, 4]),
            ("up", [0, 1, 2, 3, 4]),
            ("out 0", [0, 1, 2, 3, 4]),
            ("add other", [0, 1, 2, 3, 4]),
            ("nonsense", [0, 1, 2, 3, 4]),
        ],
    )
    def test_questions_move_and_nothing_typed_is_lost(self, client: FlaskClient, wish: str, order: list[int]) -> None:
        typed = fields_of(client.get(NEW).text) | {"version": "draft", "questions.5.standard": "Typed, not saved."}
        answer = client.post(NEW, data=typed | {"do": wish})
        fields = fields_of(answer.text)
        assert (answer.status_code, texts_in(answer.text)) == (200, [ASKED[place] for place in order])
        assert (fields["version"], fields[f"questions.{order.index(4) + 1}.standard"]) == ("draft", "Typed, not saved.")

    def test_a_question_that_was_taken_out_is_put_back_as_it_was(self, client: FlaskClient) -> None:
        typed = fields_of(client.get(NEW).text) | {"questions.2.applies_to": ["Looked After", "Care leaver"]}
        without = fields_of(client.post(NEW, data=typed | {"do": "out 2"}).text)
        assert (without["questions.5.text"], without["questions.5.out"]) == (ASKED[1], "yes")
        again = fields_of(client.post(NEW, data=without | {"do": "back 5"}).text)
        assert (again["questions.3.text"], again["questions.3.key"]) == (ASKED[1], "core.plan")
        assert again["questions.3.applies_to"] == ["Looked After", "Care leaver"]

    @pytest.mark.parametrize(("kind", "place"), [("core", 4), ("theme", 6)])
    def test_a_new_question_stands_after_the_last_of_its_kind(self, client: FlaskClient, kind: str, place: int) -> None:
        answer = client.post(NEW, data=fields_of(client.get(NEW).text) | {"do": f"add {kind}"})
        fields = fields_of(answer.text)
        assert (fields[f"questions.{place}.text"], fields[f"questions.{place}.kind"]) == ("", kind)
        assert f'formaction="#question-{place}">Add a {kind} question' in client.get(NEW).text

    def test_faults_are_shown_by_field_and_nothing_typed_is_lost(self, office: Office, client: FlaskClient) -> None:
        typed = fields_of(client.get(NEW).text)
        wrong = {
            "date": "soon",
            "questions.2.area": "",
            "questions.3.text": f" {ASKED[0].upper()} ",
            "questions.4.area": "x" * 101,
            "questions.5.standard": "Kept.\r\nAnd this.",
        }
        answer = client.post(NEW, data=typed | wrong | {"do": "check"})
        assert (answer.status_code, errors_in(answer.text)) == (
            422,
            {
                "version": 'Version: is missing. Give this tool a version, like "2017-10".',
                "date": "Write the date as 2017-10-31.",
                "questions-2-area": "Question 2: has no area.",
                "questions-3-text": "Question 3: asks the same as core.assessment, in the same words.",
                "questions-4-area": "Question 4: its area has 101 characters; at most 100 are kept.",
            },
        )
        fields = fields_of(answer.text)
        assert (fields["date"], fields["questions.5.standard"]) == ("soon", "Kept.\nAnd this.")
        assert re.findall(r"<details[^>]*>", answer.text) == [
            '<details class="govuk-details">',
            *['<details class="govuk-details" open>'] * 3,
            '<details class="govuk-details">',
        ]
        assert versions(office) == ["2017-10"]

    def test_without_any_question_it_says_so(self, client: FlaskClient) -> None:
        assert errors_in(client.post(NEW, data={"version": "a", "date": "2017-10-03", "do": "check"}).text) == {
            "questions": "Keep at least one question."
        }

    def test_a_name_that_is_taken_is_refused_when_looked_over_and_when_saved(self, client: FlaskClient) -> None:
        typed = fields_of(client.get(NEW).text) | {"version": "2017-10"}
        answers = [client.post(NEW, data=typed | {"do": wish}) for wish in ("check", "save")]
        told = "Version 2017-10 is here already and is not changed. Give the new one another name."
        assert [(each.status_code, errors_in(each.text)) for each in answers] == [(422, {"version": told})] * 2


def with_changes(client: FlaskClient) -> Fields:
    """One question reworded, one new, one taken out, under a new name."""
    typed = fields_of(client.get(NEW).text) | {"version": "2017-11", "date": "2017-11-01"}
    typed = fields_of(client.post(NEW, data=typed | {"do": "out 3"}).text)
    typed = fields_of(client.post(NEW, data=typed | {"do": "add theme"}).text)
    new = {"text": "Is the father heard?", "standard": "He is asked.", "definition": "His words.", "area": "Fathers"}
    described = {"questions.1.text": "Does the assessment tell of today?", "questions.1.descriptors.2": "It does."}
    return typed | described | {f"questions.5.{name}": said for name, said in new.items()}


class TestSaving:
    def test_it_is_looked_over_before_it_is_saved(self, office: Office, client: FlaskClient) -> None:
        page = unescape(client.post(NEW, data=with_changes(client) | {"do": "check"}).text)
        sections = re.split(r"<h2[^>]*>", page)[1:]
        listed = {part.partition("<")[0]: re.findall(r"<li>(.*?) <span", part) for part in sections}
        assert listed == {
            "New": ["Is the father heard?"],
            "Changed": ["Does the assessment tell of today?"],
            "No longer asked": ["Can the child be heard in the record?"],
        }
        assert "theme.is_the_father_heard" in page
        assert "The next month that is opened takes this version." in page
        assert versions(office) == ["2017-10"]

    def test_what_was_looked_over_can_still_be_changed(self, client: FlaskClient) -> None:
        looked_over = fields_of(client.post(NEW, data=with_changes(client) | {"do": "check"}).text)
        page = client.post(NEW, data=looked_over | {"do": "edit"}).text
        again, before = fields_of(page), with_changes(client)
        assert {name: said for name, said in again.items() if said} == {
            name: said for name, said in before.items() if said
        }

    def test_it_is_saved_as_a_version_of_its_own_and_the_other_stays(self, office: Office, client: FlaskClient) -> None:
        before = tool_file.write(on_record(office, "2017-10"))
        looked_over = fields_of(client.post(NEW, data=with_changes(client) | {"do": "check"}).text)
        answer = client.post(NEW, data=looked_over | {"do": "save"})
        assert (answer.status_code, answer.location) == (303, "/tool/2017-11")
        saved = on_record(office, "2017-11")
        assert [(each.key, each.position) for each in saved.questions] == [
            ("core.assessment", 0),
            ("core.plan", 1),
            ("theme.father_known", 2),
            ("theme.father_involved", 3),
            ("theme.is_the_father_heard", 4),
        ]
        assert saved.questions[0].descriptors == {"2": "It does."}
        assert [step.label for step in saved.scale] == ["not yet good", "nearly good", "good", "outstanding"]
        assert tool_file.write(on_record(office, "2017-10")) == before
        with office.record.reading() as session:
            assert find.rounds.of_month(session, "2017-10").tool is find.tools.by_version(session, "2017-10")

    def test_the_history_says_who_made_it_of_what(self, office: Office, client: FlaskClient, cast: Cast) -> None:
        client.post(NEW, data=with_changes(client) | {"do": "save"})
        history = tables.history.c
        with office.record.reading() as session:
            made = session.execute(
                select(history.by_id, history.about, history.details).where(history.kind == "tool_version_made")
            ).all()
        assert [tuple(each) for each in made] == [
            (cast.head_of_quality.id, "tool 2017-11", {"questions": "5", "made_from": "2017-10"})
        ]

    def test_sent_twice_it_is_saved_once(self, office: Office, client: FlaskClient) -> None:
        typed = with_changes(client) | {"do": "save"}
        assert [client.post(NEW, data=typed).status_code for _ in range(2)] == [303, 422]
        assert versions(office) == ["2017-11", "2017-10"]

    def test_more_questions_than_advised_are_warned_of_and_may_be_saved(self, client: FlaskClient) -> None:
        typed = fields_of(client.get(NEW).text) | {"version": "2017-11"}
        for n in range(6, 13):
            typed |= {f"questions.{n}.{part}": f"{part} {n}" for part in ("text", "standard", "definition", "area")}
        page = client.post(NEW, data=typed | {"do": "check"}).text
        assert "10 core questions; at most 8 are advised." in page
        assert client.post(NEW, data=typed | {"do": "save"}).status_code == 303

    def test_an_older_date_is_pointed_out(self, client: FlaskClient) -> None:
        typed = fields_of(client.get(NEW).text) | {"version": "old", "date": "2017-01-01"}
        page = client.post(NEW, data=typed | {"do": "check"}).text
        assert "A new month goes on taking version 2017-10: its date is later." in page
        assert "It asks the same as version 2017-10." in page

    def test_what_was_typed_is_text_and_nothing_else(self, client: FlaskClient) -> None:
        odd = "\"><b>&amp;</b> {{ 1 }} ü\t'”"
        typed = fields_of(client.get(NEW).text) | {"version": "2017-11", "questions.1.text": odd}
        looked_over = client.post(NEW, data=typed | {"do": "check"}).text
        assert ("<b>" in looked_over, fields_of(looked_over)["questions.1.text"]) == (False, odd)


def test_what_took_longer_than_half_an_hour_to_write_is_taken(office: Office, client: FlaskClient) -> None:
    typed = with_changes(client)
    with client.session_transaction() as cookie:
        cookie[SEEN] = int((office.real_now() - timedelta(hours=2)).timestamp())
    assert client.get(NEW).status_code == 303
    assert client.post(NEW, data=typed | {"do": "save"}).location == "/tool/2017-11"


class TestRemoving:
    def test_what_a_month_uses_stays(self, office: Office, client: FlaskClient) -> None:
        answers = [client.get("/tool/2017-10/remove"), client.post("/tool/2017-10/remove")]
        told = "Version 2017-10 is used by October 2017 and stays as it is."
        assert [(each.status_code, told in each.text) for each in answers] == [(409, True)] * 2
        assert (versions(office), "/remove" in client.get("/tool/2017-10").text) == (["2017-10"], False)

    def test_what_none_uses_goes_once_it_is_confirmed(self, office: Office, client: FlaskClient) -> None:
        client.post(NEW, data=with_changes(client) | {"do": "save"})
        assert 'href="/tool/2017-11/remove"' in client.get("/tool/2017-11").text
        assert "Remove version 2017-11?" in client.get("/tool/2017-11/remove").text
        assert versions(office) == ["2017-11", "2017-10"]
        assert client.post("/tool/2017-11/remove").location == "/tool"
        with office.record.reading() as session:
            left = session.scalar(select(func.count()).select_from(tables.question))
            told = session.scalars(
                select(tables.history.c.about).where(tables.history.c.kind == "tool_version_removed")
            )
            assert (left, list(told)) == (5, ["tool 2017-11"])
        assert (versions(office), client.post("/tool/2017-11/remove").status_code) == (["2017-10"], 404)
