"""Moderation on its pages: blind, then side by side, then agreed; and who may read the whole audit."""

import re

import pytest

from programme.marks import Mark
from programme.people import Person
from programme.words import Grade, Safety
from storage import find
from storage.office import Office
from tests.cast import Cast
from tests.moderated import KEYS, REF, agreed_and_sent, agreed_by, judged, pair, read_by, returned, sent_out
from tests.web.conftest import Browser

PAGE, WHOLE = f"/audits/{REF}/moderate", f"/audits/{REF}"


@pytest.fixture
def both(office: Office, cast: Cast) -> tuple[Person, Person]:
    returned(office, cast)
    return pair(office, cast)


def filled(grade: str = "2", **more: str) -> dict[str, str]:
    return dict.fromkeys([*KEYS, "overall"], grade) | more


MARKS = {f"mark.{mark}": "yes" for mark in Mark}


def agreed(grade: str = "2", **more: str) -> dict[str, str]:
    """The form of the pair, whole; what `more` says of a reason is said of every judgement."""
    why = {f"{name}.{part}": more[part] for name in [*KEYS, "overall"] for part in ("why", "words") if part in more}
    day = {"ACT-2017-10-01-1.due.day": "30", "ACT-2017-10-01-1.due.month": "10", "ACT-2017-10-01-1.due.year": "2017"}
    action = {"step": "Stepcanary", "measure": "Measurecanary", "priority": "standard"}
    row = {f"ACT-2017-10-01-1.{part}": words for part, words in action.items()} | day
    return filled(grade) | MARKS | row | {"agreeing": "yes", "discussed": "The dates.", "note": "Notecanary"} | why


def checked(page: str) -> dict[str, str]:
    """Which answer is chosen under each name."""
    inputs = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", page)
    chosen = [each for each in inputs if " checked" in each]
    return {re.findall(r'name="([^"]+)"', each)[0]: re.findall(r'value="([^"]+)"', each)[0] for each in chosen}


class TestAlone:
    def test_what_the_auditor_judged_is_not_on_the_page(
        self, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        page = browser(both[0]).get(PAGE).text
        assert (checked(page), cast.auditor.name in page, "Seen in the record." in page) == ({}, False, True)

    def test_nor_may_they_look_at_the_whole_audit_first(self, browser: Browser, both: tuple[Person, Person]) -> None:
        assert browser(both[0]).get(WHOLE).status_code == 404

    def test_what_was_chosen_stays_when_something_is_missing(
        self, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        answer = browser(both[0]).post(PAGE, data=filled() | {"core.plan": ""})
        assert (answer.status_code, len(checked(answer.text))) == (422, len(KEYS))
        asked = "Choose a judgement for &#39;Does the plan say who will do what?&#39;."
        told = f"{asked} &#39;Not applicable&#39; is an answer too."
        assert re.findall(r'<a href="#core-plan">(.*?)</a>', answer.text) == [told]

    def test_then_it_waits_for_the_other(self, browser: Browser, both: tuple[Person, Person]) -> None:
        client = browser(both[0])
        client.post(PAGE, data=filled("1"))
        assert f"{both[1].name} has not judged it yet." in client.get(PAGE).text


class TestSideBySide:
    def test_all_judgements_stand_there_and_what_is_alike_is_chosen(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        read_by(office, both[0])
        read_by(office, both[1], grade=Grade.GOOD)
        page = browser(both[0]).get(PAGE).text
        assert checked(page) == filled() | {"mark.every_question": "yes", "mark.dated_actions": "no"}
        assert [name in page for name in (both[0].name, both[1].name)] == [True, True]

    def test_where_they_differ_nothing_is_chosen(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        read_by(office, both[0])
        read_by(office, both[1], grade=Grade.NOT_YET_GOOD)
        chosen = checked(browser(both[0]).get(PAGE).text)
        assert [name for name in chosen if not name.startswith("mark.")] == []

    def test_a_change_without_a_reason_is_asked_for_one(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        answer = browser(both[1]).post(PAGE, data=agreed("1"))
        assert answer.status_code == 422
        assert re.findall(r'<a href="#overall-(.*?)">(.*?)</a>', answer.text) == [
            ("why", "Choose why the overall judgement is not the auditor&#39;s."),
            ("words", "Say in a few words why the overall judgement is not the auditor&#39;s."),
        ]
        assert "The dates." in answer.text

    def test_what_is_agreed_is_kept_and_leads_to_the_audit(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        client = browser(both[1])
        client.post(PAGE, data=agreed("1", why="missed", words="No date is set."))
        assert client.get(PAGE).location == WHOLE
        page = client.get(WHOLE).text
        assert page.count("Something was missed: No date is set.") == len(KEYS) + 1
        assert ["Not yet good" in page, "The dates." in page, "Notecanary" in page] == [True] * 3

    def test_pressed_by_both_the_second_reads_who_was_first(
        self, office: Office, browser: Browser, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        agreed_by(office, both[0], judged())
        client = browser(both[1])
        client.post(PAGE, data=agreed())
        page = client.get(WHOLE).text
        assert f"{both[0].name} wrote down what you agreed, on Monday 2 October at 09:05." in page


BEFORE = ("auditor", "administrator", "head_of_quality", "childs_head_of_service")
AFTER = (*BEFORE, "team_manager", "social_worker")


class TestTheWholeAudit:
    def seen_by(self, browser: Browser, cast: Cast) -> set[str]:
        names = [*AFTER, "head_of_service", "outsider"]
        return {name for name in names if browser(getattr(cast, name)).get(WHOLE).status_code == 200}

    def test_before_it_is_moderated_the_childs_team_does_not_see_it(
        self, office: Office, browser: Browser, cast: Cast
    ) -> None:
        returned(office, cast)
        assert self.seen_by(browser, cast) == set(BEFORE)

    def test_once_its_outcome_is_sent_the_childs_team_does(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        agreed_by(office, both[0], judged())
        assert self.seen_by(browser, cast) == set(BEFORE)
        sent_out(office, cast)
        assert self.seen_by(browser, cast) == set(AFTER)

    def test_a_worry_about_staff_is_not_shown_to_the_team(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        agreed_and_sent(office, cast, both)
        with office.record.writing() as session:
            made = find.submissions.return_of(session, find.allocations.by_ref(session, REF))
            assert made is not None
            made.safety, made.staff_conduct = Safety.UNSAFE_NOW, True
        shown = {
            name: "Unsafe now" in browser(getattr(cast, name)).get(WHOLE).text
            for name in ("team_manager", "social_worker", "childs_head_of_service")
        }
        assert shown == {"team_manager": False, "social_worker": False, "childs_head_of_service": True}

    def test_the_marks_and_the_note_are_the_auditors_the_pairs_and_the_head_of_qualitys(
        self, office: Office, browser: Browser, cast: Cast, both: tuple[Person, Person]
    ) -> None:
        read_by(office, *both)
        agreed_by(office, both[0], judged())
        readers = {name: getattr(cast, name) for name in AFTER} | {"first": both[0], "second": both[1]}
        shown = {name for name, who in readers.items() if "You know this child well." in browser(who).get(WHOLE).text}
        assert shown == {"auditor", "head_of_quality", "first", "second"}

    def test_what_has_not_come_back_is_not_there(self, browser: Browser, cast: Cast) -> None:
        assert browser(cast.administrator).get(WHOLE).status_code == 404


@pytest.mark.parametrize("who", ["auditor", "administrator", "head_of_quality", "team_manager", "outsider"])
def test_nobody_but_the_pair_moderates(browser: Browser, cast: Cast, both: tuple[Person, Person], who: str) -> None:
    client = browser(getattr(cast, who))
    assert (client.get(PAGE).status_code, client.post(PAGE, data=filled()).status_code) == (404, 404)
    assert both


def test_the_board_names_pairs_once_and_the_start_page_lists_them(office: Office, browser: Browser, cast: Cast) -> None:
    returned(office, cast)
    with office.record.writing() as session:
        find.people.by_id(session, cast.peer.id or 0).moderates = True  # type: ignore[union-attr]
    client = browser(cast.administrator)
    assert "nobody" not in client.get("/rounds/2017-10/pairs").text
    assert f"{REF}: only one moderator is there" in client.get("/rounds/2017-10/pairs").text
    first, _ = pair(office, cast)
    assert f'href="{PAGE}">{REF}</a>, with Ottilie Bramwell: judge it alone first' in browser(first).get("/").text
