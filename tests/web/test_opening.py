"""How a month begins and ends on the pages: opened, its children's records brought in, and closed."""

import io
import re

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from werkzeug.test import TestResponse

from programme.words import AllocationState, RoundState
from storage import clock, find
from storage.office import Office
from tests.cast import MONTH, Cast
from tests.web.conftest import Browser

HEADINGS = "case_ref,team,social_worker,team_manager,plan_type,age_band"
ROW = "MDW-0903,Meadow,{worker},{manager},Child Protection,5-9"


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def sheet(*rows: str) -> bytes:
    return "\n".join([HEADINGS, *rows]).encode()


def row(cast: Cast, team: str = "Meadow") -> str:
    said = ROW.format(worker=cast.social_worker.email, manager=cast.team_manager.email)
    return said.replace("Meadow", team)


NOVEMBER = {"month": "2017-11", "theme": "Plans", "group": "Linden"}


def send(client: FlaskClient, content: bytes, name: str = "frame.csv") -> TestResponse:
    """Sent for November, which is opened first; October's sample has been drawn, and its frame is shut."""
    client.post("/rounds/open", data=NOVEMBER)
    return client.post("/rounds/2017-11/frame", data={"file": (io.BytesIO(content), name)})


def counts(office: Office) -> tuple[int, int]:
    with office.record.reading() as session:
        return find.cases.frame_counts(session, "2017-11")


class TestOpening:
    def test_the_month_is_opened_for_the_group_that_is_next(self, browser: Browser, office: Office, cast: Cast) -> None:
        client = browser(cast.administrator)
        page = client.get("/rounds/open").text
        assert re.findall(r'<option value="([^"]*)"', page)[:2] == ["2017-11", "2017-12"]
        assert re.findall(r"<option value=\"([^\"]*)\" selected>", page) == ["2017-11", "Linden"]
        answer = client.post("/rounds/open", data=NOVEMBER)
        assert (answer.status_code, answer.location) == (303, "/rounds/2017-11")
        with office.record.reading() as session:
            opened = find.rounds.of_month(session, "2017-11")
            assert (opened.theme, opened.target, opened.target_set_by) == ("Plans", 30, None)

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"theme": ""}, "theme", "Say what the month&#39;s theme is."),
            ({"target": "many"}, "target", "Give the target as a whole number, like 30."),
            ({"target": "0"}, "target", "A target of 0 asks for nothing. Give a number above 0."),
            ({"month": MONTH}, "month", f"The round for {MONTH} is open already."),
            ({"month": "soon"}, "month", "&#39;soon&#39; is not a month."),
            ({"group": "Oak"}, "group", "There is no audit group &#39;Oak&#39;."),
        ],
    )
    def test_what_is_wrong_stands_by_its_field_and_nothing_is_opened(
        self, browser: Browser, office: Office, cast: Cast, said: dict[str, str], field: str, sentence: str
    ) -> None:
        typed = NOVEMBER | {"target": ""} | said
        answer = browser(cast.administrator).post("/rounds/open", data=typed)
        assert (answer.status_code, f'id="{field}-error"' in answer.text, sentence in answer.text) == (422, True, True)
        with office.record.reading() as session:
            assert [of.month for of in find.rounds.all_months(session)] == [MONTH]

    def test_pressed_twice_it_is_opened_once(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        assert [client.post("/rounds/open", data=NOVEMBER).status_code for _ in range(2)] == [303, 422]


class TestTheFrame:
    def test_a_file_is_taken_in(self, browser: Browser, office: Office, cast: Cast) -> None:
        client = browser(cast.administrator)
        assert [send(client, sheet(row(cast))).status_code for _ in range(2)] == [303, 303]
        assert counts(office) == (1, 0)

    def test_so_is_a_workbook(self, browser: Browser, office: Office, cast: Cast) -> None:
        book, kept = Workbook(), io.BytesIO()
        assert book.active is not None
        for line in (HEADINGS, row(cast)):
            book.active.append(line.split(","))
        book.save(kept)
        assert send(browser(cast.administrator), kept.getvalue(), "frame.xlsx").status_code == 303
        assert counts(office) == (1, 0)

    def test_every_fault_is_named_and_nothing_is_taken_in(self, browser: Browser, office: Office, cast: Cast) -> None:
        answer = send(browser(cast.administrator), sheet(row(cast), row(cast), row(cast, "Nowhere")))
        said = words(answer.text)
        assert answer.status_code == 422
        assert "Row 3, case_ref: MDW-0903 stands in row 2 too." in said
        assert "Row 4, team: &#39;Nowhere&#39; is not on the people list." in said
        assert counts(office) == (0, 0)

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"", "", "Choose a file first: CSV or XLSX."),
            (b"x", "frame.pdf", "frame.pdf is neither CSV nor XLSX. Save it as one of them."),
            (b"", "frame.csv", "the file.csv is empty."),
            (b"\xff\xfe", "frame.csv", "the file.csv is not UTF-8 text."),
            (b"PK\x03\x04 no", "frame.xlsx", "the file.xlsx"),
        ],
    )
    def test_what_is_no_file_of_rows_is_refused(
        self, browser: Browser, cast: Cast, content: bytes, name: str, sentence: str
    ) -> None:
        answer = send(browser(cast.administrator), content, name)
        assert (answer.status_code, sentence in words(answer.text)) == (422, True)


class TestClosing:
    def test_not_while_anything_is_out(self, browser: Browser, cast: Cast) -> None:
        client = browser(cast.administrator)
        page = words(client.get(f"/rounds/{MONTH}/close").text)
        assert "These have not ended: AUD-2017-10-01, AUD-2017-10-02." in page
        client.post(f"/rounds/{MONTH}/close")
        assert "October 2017 cannot be closed" in client.get(f"/rounds/{MONTH}").text

    def test_once_everything_has_ended(self, browser: Browser, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            for each in find.allocations.of_round(session, find.rounds.of_month(session, MONTH)):
                each.state = AllocationState.WITHDRAWN
        client = browser(cast.administrator)
        assert client.post(f"/rounds/{MONTH}/close").status_code == 303
        assert "October 2017 is closed." in client.get(f"/rounds/{MONTH}").text
        with office.record.reading() as session:
            assert find.rounds.of_month(session, MONTH).state is RoundState.CLOSED


class TestTheChecklist:
    def test_it_is_for_those_who_run_the_month(self, browser: Browser, cast: Cast) -> None:
        board = f"/rounds/{MONTH}"
        pages = [browser(who).get(board).text for who in (cast.administrator, cast.head_of_service)]
        assert ["The month, step by step" in page for page in pages] == [True, False]

    def test_what_is_late_is_on_the_board_with_where_to_go(self, browser: Browser, office: Office, cast: Cast) -> None:
        with office.record.writing() as session:
            for _ in range(10):
                clock.set_to(session, office.rules.calendar.next_morning(office.today(session)))
        page = browser(cast.administrator).get(f"/rounds/{MONTH}").text
        found = re.findall(r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a></li>', page)
        assert (f"/rounds/{MONTH}#audits", "2 were due, without a reason") in found
